"""Bedrooms by the size of a household, and a dwelling that is too small or too large."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from housing.arithmetic import OccupationVerdict, bedrooms_needed, most_persons, occupation
from housing.choices import Occupation
from tests.national import national_rows

NORMS = {
    int(row["persons_from"]): int(row["bedrooms"]) for row in national_rows("bedroom_norms.csv")
}


@pytest.mark.parametrize(
    ("bedrooms", "most"), [(0, 0), (1, 2), (2, 4), (3, 6), (4, 8), (5, None), (7, None)]
)
def test_how_many_persons_a_dwelling_suits(bedrooms, most):
    assert most_persons(bedrooms, NORMS) == most


NORM_TABLES = st.dictionaries(st.integers(1, 12), st.integers(1, 8), min_size=1, max_size=6).map(
    # A larger household never needs fewer bedrooms.
    lambda table: dict(zip(sorted(table), sorted(table.values()), strict=True))
)


@given(norms=NORM_TABLES | st.just(NORMS), bedrooms=st.integers(0, 9), persons=st.integers(1, 20))
def test_both_ways_of_reading_the_bedroom_norm_agree(norms, bedrooms, persons):
    most = most_persons(bedrooms, norms)
    needed = bedrooms_needed(persons, norms)
    fits = needed is None or needed <= bedrooms
    assert fits == (most is None or persons <= most)


def test_without_norms_nothing_is_claimed():
    assert bedrooms_needed(3, {}) is None
    assert most_persons(3, {}) == 0


@pytest.mark.parametrize(
    ("bedrooms", "now", "later", "verdict"),
    [
        (2, 3, None, (Occupation.OVER, 1, 0, 1)),
        (2, 3, 5, (Occupation.OVER, 1, 0, 3)),
        (3, 3, None, (Occupation.FITS, 0, 0, 0)),
        (3, 3, 4, (Occupation.FITS, 0, 0, 1)),  # until the family comes
        (3, 1, 3, (Occupation.RESERVED, 2, 2, 0)),
        (3, 1, 4, (Occupation.RESERVED, 2, 2, 1)),
        (4, 1, 3, (Occupation.UNDER, 1, 2, 0)),
        (4, 1, None, (Occupation.UNDER, 3, 0, 0)),
    ],
)
def test_a_dwelling_against_the_bedrooms_needed(bedrooms, now, later, verdict):
    assert occupation(bedrooms, now, later) == OccupationVerdict(*verdict)


@given(bedrooms=st.integers(0, 9), now=st.integers(0, 9), later=st.none() | st.integers(0, 9))
def test_every_bedroom_has_one_use(bedrooms, now, later):
    found = occupation(bedrooms, now, later)
    over = found.rooms if found.kind == Occupation.OVER else 0
    spare = found.rooms if found.kind == Occupation.UNDER else 0
    assert now - over + found.reserved + spare == bedrooms
    assert (found.short_later > 0) == (max(now, later or 0) > bedrooms)
