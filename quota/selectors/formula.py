"""The statutory formula beside the net quota: a check of plausibility, never the figure itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from partners.models import Inhabitants, Municipality, Region
from quota import arithmetic as sums
from quota.models import NationalInhabitants, Obligation, QuotaPeriod
from westerkwartier.web.models import Certainty

TOLERANCE = 1  # persons; how the published figures were rounded was not found


@dataclass(frozen=True)
class FormulaCheck:
    """What art. 29 lid 1 Huisvestingswet 2014 gives for a municipality, beside its net quota.

    ``exact`` and ``rounded`` in persons; ``inhabitants_on`` is the 1 January that was used,
    ``wanted_on`` the one the law asks for. None where a figure is not known.
    """

    municipality: Municipality
    net: int | None
    net_certainty: str
    exact: Decimal | None
    rounded: int | None
    inhabitants: int | None
    inhabitants_on: date | None
    wanted_on: date

    @property
    def difference(self) -> int | None:
        """Net quota minus the formula's figure."""
        if self.net is None or self.rounded is None:
            return None
        return self.net - self.rounded

    @property
    def plausible(self) -> bool | None:
        """Whether they lie at most a person apart; None when there is nothing to compare."""
        return None if self.difference is None else abs(self.difference) <= TOLERANCE

    @property
    def as_the_law_asks(self) -> bool:
        """Whether the inhabitants are those of the date in the law, not of one near it."""
        return self.inhabitants_on == self.wanted_on


def formula_check(period: QuotaPeriod, region: Region) -> list[FormulaCheck]:
    """One check per municipality that exists in the period, in order of name. Four queries.

    The law takes CBS's inhabitants on 1 January of the year before; where those are not known for
    both municipality and country, the nearest date that is known for both stands in.
    """
    wanted = date(period.starts_on.year - 1, 1, 1)
    municipalities = list(
        Municipality.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=period.starts_on),
            region=region,
            valid_from__lte=period.ends_on,
        ).order_by("name")
    )
    country = dict(NationalInhabitants.objects.values_list("on", "number"))
    local: dict[int, dict[date, int]] = {}
    for row in Inhabitants.objects.filter(municipality__in=municipalities):
        local.setdefault(row.municipality_id, {})[row.on] = row.number
    nets = {
        row.municipality_id: row
        for row in Obligation.objects.filter(period=period, municipality__in=municipalities)
    }
    checks = []
    for municipality in municipalities:
        numbers = local.get(municipality.pk, {})
        used = nearest(numbers.keys() & country.keys(), wanted)
        outcome = (None, None)
        due = nets.get(municipality.pk)
        if used is not None and period.national_quota is not None:
            outcome = _outcome(
                period.national_quota, numbers[used], country[used], region.rounding_mode
            )
        checks.append(
            FormulaCheck(
                municipality=municipality,
                net=due and due.net_quota,
                net_certainty=due.certainty if due else Certainty.OFFICIAL,
                exact=outcome[0],
                rounded=outcome[1],
                inhabitants=numbers.get(used),
                inhabitants_on=used,
                wanted_on=wanted,
            )
        )
    return checks


def nearest(days: Iterable[date], wanted: date) -> date | None:
    """The day closest to ``wanted``, the earlier one of two; None without any."""
    return min(days, key=lambda day: (abs((day - wanted).days), day), default=None)


def _outcome(national: int, local: int, country: int, rounding: str) -> tuple[Decimal, int]:
    exact = sums.exact_quota(national, local, country)
    return (
        Decimal(exact.numerator) / Decimal(exact.denominator),
        sums.statutory_quota(national, local, country, rounding),
    )
