"""Counts of households and persons: who waits, and who is expected."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from housing.choices import NOT_COMING, PersonCategory, TermCode
from housing.models import Case, Person, ReunionFact, Term
from partners.models import Municipality, Region

WITHIN_DAYS = 90  # "within three months": as the meeting speaks of it, not a legal term


def term_weeks(code: TermCode, *, on: date) -> int | None:
    """Weeks that a step may take on this day; None where no term is known."""
    return Term.objects.on(on).filter(code=code).values_list("weeks", flat=True).first()


@dataclass(frozen=True)
class WaitingHouseholds:
    """Linked households without a signed tenancy. ``overdue`` wait longer than ``weeks``.

    ``oldest_weeks`` and ``oldest_reference`` tell of the household that waits longest.
    ``weeks`` is None where no term is known, and nothing is then overdue.
    """

    count: int
    overdue: int
    weeks: int | None
    oldest_weeks: int | None
    oldest_reference: str


def waiting_households(
    region: Region, *, on: date, linked_to: Municipality | None = None
) -> WaitingHouseholds:
    """Households that wait on ``on``, of the region or linked to one place. Three queries."""
    weeks = term_weeks(TermCode.FIND_DWELLING, on=on)
    waiting = Case.objects.filter(region=region).waiting(on)
    if linked_to is not None:
        waiting = waiting.filter(linked_municipality=linked_to)
    late = linked_longer_than(weeks, on=on)
    found = waiting.aggregate(
        count=Count("pk"), overdue=Count("pk", filter=late), since=Min("linked_on")
    )
    # Asked for the day that was found: the index on it then gives a handful of rows to look at.
    oldest = waiting.filter(linked_on=found["since"]).order_by("pk").values_list("reference")
    first = oldest.first() if found["since"] else None
    return WaitingHouseholds(
        count=found["count"],
        overdue=found["overdue"],
        weeks=weeks,
        oldest_weeks=(on - found["since"]).days // 7 if first else None,
        oldest_reference=first[0] if first else "",
    )


def linked_longer_than(weeks: int | None, *, on: date) -> Q:
    """Cases linked more than ``weeks`` weeks before ``on``; none where no term is known."""
    return Q(linked_on__lt=on - timedelta(weeks=weeks)) if weeks is not None else Q(pk__in=[])


@dataclass(frozen=True)
class Reunifiers:
    """Family members who have yet to join somebody, in persons and households.

    ``soon`` and ``soon_households`` are expected within three months; ``with_room`` have a
    household that already rents a dwelling.
    """

    persons: int
    with_room: int
    soon: int
    soon_households: int
    first_expected_on: date | None


def expected_reunifiers(
    region: Region, *, on: date, linked_to: Municipality | None = None
) -> Reunifiers:
    """Reunifiers not arrived by ``on``, of households that are still linked. One query."""
    expected = not_yet_joined(region, on=on)
    if linked_to is not None:
        expected = expected.filter(case__linked_municipality=linked_to)
    soon = Q(expected_on__lte=on + timedelta(days=WITHIN_DAYS))
    lives_here = Q(case__tenancies__signed_on__lte=on) & (
        Q(case__tenancies__ends_on__isnull=True) | Q(case__tenancies__ends_on__gt=on)
    )
    found = expected.aggregate(
        persons=Count("pk", distinct=True),
        with_room=Count("pk", filter=lives_here, distinct=True),
        soon=Count("pk", filter=soon, distinct=True),
        soon_households=Count("case", filter=soon, distinct=True),
        first_expected_on=Min("expected_on", filter=Q(expected_on__gte=on)),
    )
    return Reunifiers(**found)


def not_yet_joined(region: Region, *, on: date) -> QuerySet:
    """Reunifiers of the region's linked households who have not arrived by ``on`` and may still
    come: by then neither refused, nor given up, nor taken out of the household."""
    facts = ReunionFact.objects.standing().filter(person=OuterRef("pk"), on__lte=on)
    return (
        Person.objects.filter(
            Q(arrived_on__isnull=True) | Q(arrived_on__gt=on),
            Q(left_on__isnull=True) | Q(left_on__gt=on),
            Q(case__unlinked_on__isnull=True) | Q(case__unlinked_on__gt=on),
            case__region=region,
            case__linked_on__lte=on,
            category=PersonCategory.REUNIFIER,
        )
        .alias(state_then=Coalesce(Subquery(facts.order_by("-pk").values("state")[:1]), Value("")))
        .exclude(state_then__in=NOT_COMING)
    )
