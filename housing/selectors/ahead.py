"""A dwelling ahead of the family: what it costs until they are here, and the rooms kept for them.

Somebody who lives alone is placed in a family dwelling so that the family can move straight in.
Numbers and months only: nothing here tells who somebody is.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from housing.arithmetic import (
    TwoMoments,
    bedrooms_needed,
    birthday,
    extra_cost,
    rent_verdict_around_reunification,
)
from housing.choices import CaseStatus, PersonCategory
from housing.models import (
    BedroomNorm,
    Case,
    Dwelling,
    Person,
    Proposal,
    RentLimit,
    Tenancy,
    Vacancy,
)
from housing.selectors.advice import FOR_WHEELCHAIRS
from housing.selectors.reunion import running

# The household lives in its dwelling; family who arrive from then on have to join.
LIVING = (
    CaseStatus.MOVED_IN,
    CaseStatus.REGISTERED,
    CaseStatus.SIGNED_OFF,
    CaseStatus.CLOSED,
)
FOLLOWED = Q(category=PersonCategory.REUNIFIER)


@dataclass(frozen=True)
class Arrivals:
    """Persons expected in a month; ``month`` is its first day, None when no day is known."""

    month: date | None
    persons: int


@dataclass(frozen=True)
class PlacingAhead:
    """A vacancy for a household whose family has yet to come.

    ``persons_now`` are here, ``persons_later`` with everybody who is still expected. ``rent``: the
    verdict now and later, and euro a month above the cap now. ``starts_on``: the first day of
    living there. ``until``: the last day on which somebody is expected, None when no day is known.
    ``cost``: what the rent above the cap comes to until the household is complete, in euro; None
    while that cannot be reckoned (no limits, or a day that is not known yet matters). ``arrivals``
    by month, those without a day last. ``bedrooms`` of the dwelling, ``needed_now`` and
    ``needed_later`` of the household (None without a norm).
    """

    persons_now: int
    persons_later: int
    rent: TwoMoments
    starts_on: date
    until: date | None
    cost: Decimal | None
    arrivals: list[Arrivals]
    bedrooms: int
    needed_now: int | None
    needed_later: int | None

    @property
    def followers(self) -> int:
        return self.persons_later - self.persons_now

    @property
    def without_day(self) -> int:
        """How many are expected on a day that is not known."""
        return sum(arrivals.persons for arrivals in self.arrivals if arrivals.month is None)

    @property
    def rooms_left(self) -> int | None:
        """Bedrooms that stay empty until the family is here."""
        return None if self.needed_now is None else max(0, self.bedrooms - self.needed_now)

    @property
    def short_later(self) -> int | None:
        """Bedrooms that will lack once everybody is here."""
        return None if self.needed_later is None else max(0, self.needed_later - self.bedrooms)


def placing_ahead(
    case: Case, vacancy: Vacancy, *, on: date, with_age: bool = True
) -> PlacingAhead | None:
    """What placing this household in this dwelling means until the family is here.

    None when nobody is expected. ``vacancy`` comes with its dwelling; ``with_age``: whether the
    reader may know of the age of the only one here, who may be too young for the cap
    (``person.birth_date`` in ``policies.FIELDS``). The limits are those of the year in which the
    tenancy can begin; a later year's are not known yet. Four queries.
    """
    expected = list(case.persons.expected())
    if not expected:
        return None
    here = list(case.persons.here())
    now = len(here)
    starts_on = max(on, vacancy.empty_from or vacancy.available_from)
    limit = RentLimit.objects.of(starts_on)
    limits = limit and limit.limits
    young = with_age and limits is not None and _is_young(here, limits.young_below, starts_on)
    dwelling = vacancy.dwelling
    exempt = bool(dwelling.adaptations) or dwelling.accessibility in FOR_WHEELCHAIRS
    later = now + len(expected)

    def judged(size: int) -> TwoMoments:
        return rent_verdict_around_reunification(
            vacancy.net_rent,
            size,
            later,
            limits,
            young=young,
            exempt=exempt,
        )

    days = sorted(person.expected_on for person in expected if person.expected_on)
    needed_now, needed_later = _needed(case, now, later, on)
    return PlacingAhead(
        persons_now=now,
        persons_later=later,
        rent=judged(now),
        starts_on=starts_on,
        until=days[-1] if days else None,
        cost=_cost(judged, now, days, starts_on, everybody_known=len(days) == len(expected)),
        arrivals=_by_month(expected),
        bedrooms=dwelling.bedrooms,
        needed_now=needed_now,
        needed_later=needed_later,
    )


def _is_young(here: list[Person], below: int, on: date) -> bool:
    """Whether somebody lives alone and is below an age on a day, as far as is known."""
    born_on = here[0].birth_date if len(here) == 1 else None
    return born_on is not None and on < birthday(born_on, below)


def _cost(judged, now: int, days: list[date], start: date, *, everybody_known: bool):
    """The rent above the cap from ``start`` on, arrival by arrival, until it fits."""
    cost, size, since = Decimal("0.00"), now, start
    for day in days:
        above = judged(size).above_cap
        if above is None:
            return None
        cost += extra_cost(above, since, day)
        since, size = max(since, day), size + 1
    return cost if everybody_known or judged(size).above_cap == 0 else None


def _by_month(expected: list[Person]) -> list[Arrivals]:
    months = Counter(p.expected_on and p.expected_on.replace(day=1) for p in expected)
    unknown = months.pop(None, 0)
    found = [Arrivals(month, months[month]) for month in sorted(months)]
    return [*found, Arrivals(None, unknown)] if unknown else found


@dataclass(frozen=True)
class RoomsKept:
    """Rooms of a dwelling kept for family who follow: ``persons`` of them, expected until
    ``until`` (None when a day is not known for everybody); ``rooms`` bedrooms, None without a
    norm."""

    persons: int
    rooms: int | None
    until: date | None


def rooms_kept(user, dwelling: Dwelling, *, on: date) -> RoomsKept | None:
    """The rooms that the household in a dwelling keeps for its family; before there is a contract,
    the household to whom it is proposed. None when none are kept or the household is not to be
    known. Four queries.

    Family who arrived and did not join yet is counted too: they will need the rooms.
    """
    lives = Tenancy.objects.filter(running(on), dwelling=dwelling).values("case")
    proposed = Proposal.objects.live().filter(vacancy__dwelling=dwelling).values("case")
    case = (
        Case.objects.visible_to(user)
        .filter(Q(pk__in=lives) | Q(pk__in=proposed))
        .order_by("pk")
        .first()
    )
    if case is None:
        return None
    coming = list(case.persons.expected())
    here, waiting = case.persons.here().count(), 0
    if case.status in LIVING:
        waiting = case.persons.here().filter(FOLLOWED, occupancies=None).count()
    if not coming and not waiting:
        return None
    now = here - waiting
    needed_now, needed_later = _needed(case, now, here + len(coming), on)
    days = [person.expected_on for person in coming]
    known = needed_now is not None and needed_later is not None
    return RoomsKept(
        persons=waiting + len(coming),
        rooms=max(0, min(dwelling.bedrooms, needed_later) - needed_now) if known else None,
        until=max(days, default=None) if all(days) else None,
    )


def _needed(case: Case, now: int, later: int, on: date) -> tuple[int | None, int | None]:
    """Bedrooms for who is here and for everybody: as the case says, else by the norm."""
    norms = {norm.persons_from: norm.bedrooms for norm in BedroomNorm.objects.on(on)}
    return (
        case.bedrooms_now or bedrooms_needed(now, norms),
        case.bedrooms_by_hand or case.bedrooms_later or bedrooms_needed(later, norms),
    )
