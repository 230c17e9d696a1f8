"""Bedrooms for a household of which only the size is known, and too many or too few of them."""

from collections.abc import Mapping
from dataclasses import dataclass

from housing.choices import Occupation


def most_persons(bedrooms: int, norms: Mapping[int, int]) -> int | None:
    """The largest household that ``bedrooms`` suit; None when there is no largest.

    ``norms`` maps "from so many persons" to the bedrooms they need. 0 when the dwelling has too
    few for anybody, and without norms.
    """
    steps = sorted(norms.items())
    too_small = [persons for persons, needed in steps if needed > bedrooms]
    if too_small:
        return min(too_small) - 1
    return None if steps else 0


def bedrooms_needed(persons: int, norms: Mapping[int, int]) -> int | None:
    """How many bedrooms a household of ``persons`` needs; None where no norm says so."""
    reached = [(start, needed) for start, needed in norms.items() if start <= persons]
    return max(reached)[1] if reached else None


@dataclass(frozen=True)
class OccupationVerdict:
    """A dwelling's bedrooms against those that a household needs.

    ``rooms`` goes with ``kind``: lacking now (over), 0 (fits), kept for the family that is expected
    (reserved) or more than anybody will need (under). ``reserved``: bedrooms kept for the family,
    whatever the kind; ``short_later``: bedrooms that will lack once the family is here.
    """

    kind: Occupation
    rooms: int
    reserved: int
    short_later: int


def occupation(bedrooms: int, needed_now: int, needed_later: int | None) -> OccupationVerdict:
    """Whether a dwelling is too small, fits, is kept for a family that comes, or is too large.

    ``needed_later`` is the need with those who are expected; None when nobody is. Over-occupied is
    told first: people live there now.
    """
    later = max(needed_now, needed_later or 0)
    reserved = max(0, min(bedrooms, later) - needed_now)
    short_later = max(0, later - bedrooms)
    if bedrooms < needed_now:
        kind, rooms = Occupation.OVER, needed_now - bedrooms
    elif bedrooms > later:
        kind, rooms = Occupation.UNDER, bedrooms - later
    elif reserved:
        kind, rooms = Occupation.RESERVED, reserved
    else:
        kind, rooms = Occupation.FITS, 0
    return OccupationVerdict(kind, rooms, reserved, short_later)
