"""Bedrooms for a household of which the members are known: who shares a room with whom."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from housing.arithmetic.days import birthday
from housing.choices import Relation, RoomUse


@dataclass(frozen=True)
class SharingRule:
    """Who may share a bedroom; ages in years.

    ``couple_shares``: a holder and the partner sleep in one room. Two children may share when both
    are younger than ``any_sex_below``, or of the same sex and both younger than
    ``same_sex_below``; at most ``max_per_room`` (1 or more) in a room. A child whose birth date is
    not known has a room alone with ``unknown_age_as_adult``, else it counts as a young child.
    """

    couple_shares: bool
    same_sex_below: int
    any_sex_below: int
    max_per_room: int
    unknown_age_as_adult: bool = True


@dataclass(frozen=True)
class Occupant:
    """A member of a household, by a ``Relation``; any other role counts as an adult.

    ``birth_date`` and ``sex`` (any two different texts) matter for children only; None is not
    known. A child whose sex is not known shares with young children only. ``expected``: is not
    here yet, but will come to live in the dwelling.
    """

    role: str
    birth_date: date | None = None
    sex: str | None = None
    expected: bool = False


@dataclass(frozen=True, order=True)
class Rooms:
    """``rooms`` bedrooms in each of which ``persons`` sleep; ``use`` is a ``RoomUse``."""

    use: RoomUse
    persons: int
    rooms: int


@dataclass(frozen=True)
class BedroomNeed:
    """How many bedrooms a household needs, how they are used (counts, nobody can be told from
    them), and the first later day on which a birthday makes it more; None when none does."""

    bedrooms: int
    uses: tuple[Rooms, ...]
    next_change_on: date | None


def bedrooms_needed_for(
    household: Iterable[Occupant], sharing: SharingRule, *, on: date, with_expected: bool = True
) -> BedroomNeed:
    """The smallest number of bedrooms by the rule, by the ages on ``on``.

    A holder and a partner share a room, every other adult has one, children share as the rule
    allows. ``with_expected=False`` leaves out who is not here yet.
    """
    persons = [one for one in household if with_expected or not one.expected]
    used = _rooms(persons, sharing, on)
    bedrooms = sum(used.values())
    uses = tuple(sorted(Rooms(use, size, rooms) for (use, size), rooms in used.items()))
    return BedroomNeed(bedrooms, uses, _next_change(persons, sharing, on, bedrooms))


def _next_change(
    persons: list[Occupant], sharing: SharingRule, on: date, bedrooms: int
) -> date | None:
    days = {
        birthday(one.birth_date, age)
        for one in persons
        if one.role == Relation.CHILD and one.birth_date is not None
        for age in (sharing.any_sex_below, sharing.same_sex_below)
    }
    later = (day for day in sorted(days) if day > on)
    changes = (day for day in later if sum(_rooms(persons, sharing, day).values()) != bedrooms)
    return next(changes, None)


def _rooms(persons: list[Occupant], sharing: SharingRule, on: date) -> Counter:
    """Number of rooms by their use and how many sleep in one."""
    return _rooms_of_adults(persons, sharing) + _rooms_of_children(persons, sharing, on)


def _rooms_of_adults(persons: list[Occupant], sharing: SharingRule) -> Counter:
    roles = Counter(one.role for one in persons)
    holders, partners = roles[Relation.HOLDER], roles[Relation.PARTNER]
    couples = min(holders, partners) if sharing.couple_shares else 0
    alone = roles.total() - roles[Relation.CHILD] - 2 * couples
    return Counter({(RoomUse.COUPLE, 2): couples, (RoomUse.ADULT, 1): alone})


def _rooms_of_children(persons: list[Occupant], sharing: SharingRule, on: date) -> Counter:
    """The fewest rooms for the children.

    Older children of one sex fill rooms of their own; places left there go to young children of
    that sex, and the other young children fill rooms together. No division needs fewer rooms: one
    room more for older children makes place for no more young children than a room of young
    children does. A property test holds this against every division there is.
    """
    children = [one for one in persons if one.role == Relation.CHILD]
    standings = [_standing(one, sharing, on) for one in children]
    rooms: Counter = Counter()
    young = Counter(sex for standing, sex in standings if standing == RoomUse.YOUNG)
    older = Counter(sex for standing, sex in standings if standing == RoomUse.SAME_SEX)
    for sex, number in sorted(older.items()):
        places = -number % sharing.max_per_room
        joining = min(places, young[sex])
        young[sex] -= joining
        _fill(rooms, RoomUse.SAME_SEX, number + joining, sharing.max_per_room)
    _fill(rooms, RoomUse.YOUNG, young.total(), sharing.max_per_room)
    alone = sum(standing == RoomUse.ONE_CHILD for standing, _sex in standings)
    _fill(rooms, RoomUse.ONE_CHILD, alone, 1)
    return rooms


def _standing(child: Occupant, sharing: SharingRule, on: date) -> tuple[RoomUse, str | None]:
    """Whether a child shares with any young child, with its own sex only, or with nobody."""
    if child.birth_date is None:
        alone = sharing.unknown_age_as_adult
        return (RoomUse.ONE_CHILD if alone else RoomUse.YOUNG), child.sex
    if on < birthday(child.birth_date, sharing.any_sex_below):
        return RoomUse.YOUNG, child.sex
    if child.sex is not None and on < birthday(child.birth_date, sharing.same_sex_below):
        return RoomUse.SAME_SEX, child.sex
    return RoomUse.ONE_CHILD, child.sex


def _fill(rooms: Counter, use: RoomUse, persons: int, most: int) -> None:
    """Adds the rooms for so many persons who may all share, ``most`` in each."""
    full, rest = divmod(persons, most)
    for size, number in ((most, full), (rest, 1)):
        if size and number:
            rooms[use if size > 1 else RoomUse.ONE_CHILD, size] += number
