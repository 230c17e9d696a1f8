"""Bedrooms that a household needs, and dwellings that have too few or too many of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from housing import arithmetic
from housing.arithmetic import Occupant, OccupationVerdict, bedrooms_needed, bedrooms_needed_for
from housing.choices import STILL_EXPECTED, Occupation, PersonCategory
from housing.models import BedroomNorm, Case, Person, SharingRule, Tenancy
from partners.models import User


@dataclass(frozen=True)
class RoomRules:
    """How bedrooms are reckoned on a day: who shares, or else by the size of the household."""

    sharing: arithmetic.SharingRule | None
    norms: dict[int, int]


def room_rules(*, on: date) -> RoomRules:
    """The rules in force on ``on``. Two queries."""
    row = SharingRule.objects.on(on).first()
    sharing = row and arithmetic.SharingRule(
        couple_shares=row.couple_shares,
        same_sex_below=row.same_sex_below,
        any_sex_below=row.any_sex_below,
        max_per_room=row.max_per_room,
    )
    norms = {norm.persons_from: norm.bedrooms for norm in BedroomNorm.objects.on(on)}
    return RoomRules(sharing, norms)


def is_expected(person: Person) -> bool:
    """As ``PersonQuerySet.expected``, for a person that was read already."""
    return (
        person.category == PersonCategory.REUNIFIER
        and person.arrived_on is None
        and person.left_on is None
        and person.reunion in STILL_EXPECTED
    )


def is_here(person: Person) -> bool:
    """As ``PersonQuerySet.here``, for a person that was read already."""
    expected = person.category == PersonCategory.REUNIFIER and person.arrived_on is None
    return person.left_on is None and not expected


def bedrooms_of(
    persons: Iterable[Person], rules: RoomRules, *, on: date
) -> tuple[int | None, int | None]:
    """Bedrooms for who is here, and with the family who follow; None where no rule says so or
    nobody is there."""
    household = [
        Occupant(
            role=person.relation,
            birth_date=person.birth_date,
            sex=person.sex or None,
            expected=is_expected(person),
        )
        for person in persons
        if is_here(person) or is_expected(person)
    ]
    here = [one for one in household if not one.expected]
    now, later = (_needed(group, rules, on) for group in (here, household))
    return now, later


def _needed(household: list[Occupant], rules: RoomRules, on: date) -> int | None:
    if not household:
        return None
    if rules.sharing is None:
        return bedrooms_needed(len(household), rules.norms)
    return bedrooms_needed_for(household, rules.sharing, on=on).bedrooms


# -- too few and too many --------------------------------------------------------------------------


def current_tenancies(on: date) -> Q:
    """Tenancies that run on ``on``."""
    return Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gt=on))


def with_needs(tenancies: QuerySet) -> QuerySet:
    """Adds ``needed_now`` and ``needed_later``: what was set by hand goes before both."""
    return tenancies.annotate(
        needed_now=Coalesce("case__bedrooms_by_hand", "case__bedrooms_now"),
        needed_later=Coalesce(
            "case__bedrooms_by_hand", "case__bedrooms_later", "case__bedrooms_now"
        ),
    )


def too_small(tenancies: QuerySet) -> QuerySet:
    return tenancies.filter(needed_now__gt=F("dwelling__bedrooms"))


def too_large(tenancies: QuerySet) -> QuerySet:
    """More bedrooms than anybody will need. One that is kept for a family is not too large."""
    return tenancies.filter(
        Q(needed_now__isnull=True) | Q(needed_now__lte=F("dwelling__bedrooms")),
        needed_later__lt=F("dwelling__bedrooms"),
    )


@dataclass(frozen=True)
class Misfit:
    """A household whose dwelling has too few or too many bedrooms."""

    tenancy: Tenancy
    verdict: OccupationVerdict


def misfits(user: User, *, on: date) -> list[Misfit]:
    """The over- and under-occupied dwellings of the households that ``user`` sees, the most
    crowded first. Two queries at most."""
    found = with_needs(
        Tenancy.objects.filter(current_tenancies(on), case__in=Case.objects.visible_to(user))
    ).select_related("case", "dwelling__village")
    return sorted(
        (
            Misfit(tenancy, occupation_of(tenancy))
            for tenancy in (too_small(found) | too_large(found))
        ),
        key=lambda misfit: (
            misfit.verdict.kind != Occupation.OVER,
            -misfit.verdict.rooms,
            misfit.tenancy.pk,
        ),
    )


def occupation_of(tenancy: Tenancy) -> OccupationVerdict:
    """How the bedrooms of a dwelling suit its household; the row needs ``with_needs``."""
    return arithmetic.occupation(
        tenancy.dwelling.bedrooms, tenancy.needed_now or 0, tenancy.needed_later
    )
