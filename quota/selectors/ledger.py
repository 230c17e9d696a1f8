"""The ledger of a municipality: from when on it is kept, and what was carried over since.

A municipality enters the ledger with an explicit opening balance, or without one with zero at its
first obligation. From then on each opening is the one before plus net minus realised.
"""

from collections.abc import Iterable
from datetime import date

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Count,
    DateField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce

from housing.models import Person
from partners.models import Municipality
from quota.models import Obligation
from westerkwartier.web.models import Certainty

# A figure carried over is as uncertain as the most uncertain one it is made of.
LEAST_CERTAIN_FIRST = (
    Certainty.ILLUSTRATIVE,
    Certainty.UNKNOWN,
    Certainty.MEMORY,
    Certainty.DERIVED,
    Certainty.MIXED,
    Certainty.PRESS,
    Certainty.OFFICIAL,
)


def least_certain(kinds: Iterable[str]) -> str:
    """The least certain of these; official where there is none."""
    kinds = set(kinds)
    return next((kind for kind in LEAST_CERTAIN_FIRST if kind in kinds), Certainty.OFFICIAL)


def with_opening(municipalities: QuerySet, day: date, on: date) -> QuerySet:
    """Adds what the opening balance of the period from ``day`` is made of, as known on ``on``.

    ``ledger_from`` (date or None), ``first_balance`` and ``first_certainty`` (None without an
    explicit balance that holds by ``day``), ``earlier_net``, ``earlier_realised`` (persons),
    ``earlier_certainties`` and ``earlier_illustrative`` (whether a person was invented). All in one
    query, whatever the number of periods and persons.
    """
    obligations = Obligation.objects.filter(municipality=OuterRef("pk"))
    earlier = obligations.filter(
        period__starts_on__lt=day, period__starts_on__gte=OuterRef("ledger_from")
    )
    realised = Person.objects.filter(
        credited_municipality=OuterRef("pk"),
        counted_on__gte=OuterRef("ledger_from"),
        counted_on__lt=day,
        counted_on__lte=on,
    )
    return municipalities.annotate(
        ledger_from=Coalesce(
            F("opening_balance__period__starts_on"),
            Subquery(obligations.order_by("period__starts_on").values("period__starts_on")[:1]),
            output_field=DateField(),
        ),
        first_balance=F("opening_balance__backlog"),
        first_certainty=F("opening_balance__certainty"),
        first_source=F("opening_balance__source"),
        earlier_net=Coalesce(_per_municipality(earlier, Sum("net_quota")), 0),
        earlier_realised=Coalesce(
            _per_municipality(realised, Count("pk"), by="credited_municipality"), 0
        ),
        earlier_certainties=ArraySubquery(
            earlier.order_by().values_list("certainty", flat=True).distinct()
        ),
        earlier_illustrative=Exists(realised.filter(case__illustrative=True)),
    )


def _per_municipality(rows: QuerySet, figure, *, by: str = "municipality") -> Subquery:
    grouped = rows.order_by().values(by).annotate(figure=figure).values("figure")
    return Subquery(grouped, output_field=IntegerField())


def opening_of(municipality: Municipality, day: date) -> int:
    """Backlog or lead on ``day`` of a row of ``with_opening``, in persons."""
    if municipality.ledger_from is None or municipality.ledger_from > day:
        return 0
    return (
        (municipality.first_balance or 0) + municipality.earlier_net - municipality.earlier_realised
    )


def opening_certainty(municipality: Municipality, day: date) -> str:
    """How sure that opening balance is."""
    if municipality.ledger_from is None or municipality.ledger_from > day:
        return Certainty.OFFICIAL
    first = [municipality.first_certainty] if municipality.first_certainty else []
    invented = [Certainty.ILLUSTRATIVE] if municipality.earlier_illustrative else []
    return least_certain([*first, *municipality.earlier_certainties, *invented])
