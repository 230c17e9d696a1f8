"""The balance of one municipality over all half-years: what each began and ended with."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, FilteredRelation, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from housing.models import Person
from partners.models import Municipality
from quota import arithmetic as sums
from quota.models import OpeningBalance, QuotaPeriod
from quota.selectors.ledger import least_certain
from westerkwartier.web.models import Certainty


@dataclass(frozen=True)
class PeriodBalance:
    """A half-year of the ledger, in persons; ``closing`` above zero is a backlog.

    ``net`` is None without an obligation; ``final`` tells whether the half-year is over. What is
    carried over is as sure as the least certain figure it is made of.
    """

    period: QuotaPeriod
    opening: int
    opening_certainty: str
    opening_source: str
    net: int | None
    net_certainty: str
    net_source: str
    corrected: int
    realised: int
    realised_certainty: str
    closing: int
    final: bool

    @property
    def corrected_certainty(self) -> str:
        return least_certain([self.opening_certainty, self.net_certainty])

    @property
    def closing_certainty(self) -> str:
        return least_certain([self.corrected_certainty, self.realised_certainty])


def municipality_balances(municipality: Municipality, *, on: date) -> list[PeriodBalance]:
    """From the first half-year kept up to the one of ``on``, oldest first; empty without a ledger.

    Two queries, whatever the number of periods and persons.
    """
    first = OpeningBalance.objects.filter(municipality=municipality).select_related("period")
    first = first.first()
    realised = Person.objects.filter(
        credited_municipality=municipality,
        counted_on__gte=OuterRef("starts_on"),
        counted_on__lte=OuterRef("ends_on"),
    ).filter(counted_on__lte=on)
    counted = realised.order_by().values("credited_municipality").annotate(n=Count("pk"))
    periods = (
        QuotaPeriod.objects.filter(starts_on__lte=on)
        .annotate(
            due=FilteredRelation(
                "obligations", condition=Q(obligations__municipality=municipality)
            ),
            net=F("due__net_quota"),
            net_certainty=F("due__certainty"),
            net_source=F("due__source"),
            realised=Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0),
            illustrative=Exists(realised.filter(case__illustrative=True)),
        )
        .order_by("starts_on")
    )
    balances: list[PeriodBalance] = []
    balance = first.backlog if first else 0
    certainty = first.certainty if first else Certainty.OFFICIAL
    source = first.source if first else ""
    for period in periods:
        begun = period.starts_on >= first.period.starts_on if first else period.net is not None
        if not balances and not begun:
            continue
        corrected = sums.corrected_quota(period.net or 0, balance)
        closing = sums.remaining(corrected, period.realised)
        invented = Certainty.ILLUSTRATIVE if period.illustrative else Certainty.OFFICIAL
        balances.append(
            PeriodBalance(
                period=period,
                opening=balance,
                opening_certainty=certainty,
                opening_source=source,
                net=period.net,
                net_certainty=period.net_certainty or Certainty.OFFICIAL,
                net_source=period.net_source or "",
                corrected=corrected,
                realised=period.realised,
                realised_certainty=invented,
                closing=closing,
                final=on > period.ends_on,
            )
        )
        balance, certainty = closing, balances[-1].closing_certainty
    return balances
