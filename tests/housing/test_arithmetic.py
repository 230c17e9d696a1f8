"""Rent against the caps, bedrooms against persons, and working days."""

import csv
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from housing.arithmetic import (
    Limits,
    bedrooms_needed,
    most_persons,
    passes_threshold,
    rent_verdict,
    rent_verdict_around_reunification,
    working_days,
    working_days_ago,
)
from housing.choices import RentVerdict
from tests.laws.walk import ROOT

FITS, ABOVE_CAP, ABOVE_MAX = RentVerdict.FITS, RentVerdict.ABOVE_CAP, RentVerdict.ABOVE_MAX


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "data/national" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def limits_of(row: dict[str, str]) -> Limits:
    return Limits(
        quality_limit=Decimal(row["quality_discount_limit"]),
        low_cap=Decimal(row["low_cap"]),
        high_cap=Decimal(row["high_cap"]),
        max_rent=Decimal(row["max_rent"]),
        young_below=int(row["young_below"]),
        max_is_condition=row["max_is_condition"] == "yes",
    )


YEARS = {int(row["year"]): limits_of(row) for row in rows("rent_limits.csv")}
NORMS = {int(row["persons_from"]): int(row["bedrooms"]) for row in rows("bedroom_norms.csv")}
CENT = Decimal("0.01")
RENTS = st.decimals(min_value=0, max_value=2000, places=2)
# The rents just below, at and above a limit of some year matter most.
EDGES = st.sampled_from(
    [
        limit + step
        for limits in YEARS.values()
        for limit in (limits.quality_limit, limits.low_cap, limits.high_cap, limits.max_rent)
        for step in (-CENT, Decimal(0), CENT)
    ]
)


@pytest.mark.parametrize(
    ("rent", "persons", "verdict"),
    [
        ("592.55", 1, FITS),
        ("592.56", 2, ABOVE_CAP),
        ("620.00", 1, ABOVE_CAP),
        ("620.00", 3, FITS),
        ("635.06", 5, ABOVE_CAP),
        ("710.69", 5, ABOVE_MAX),
        ("710.69", 8, ABOVE_CAP),
    ],
)
def test_a_rent_against_the_limits_of_2017(rent, persons, verdict):
    assert rent_verdict(Decimal(rent), persons, YEARS[2017]) == verdict


@pytest.mark.parametrize(
    ("rent", "persons", "verdict"),
    [
        ("414.02", 1, FITS),
        ("414.03", 1, ABOVE_MAX),  # no allowance for somebody of 21 alone
        ("414.03", 2, FITS),  # not alone: the ordinary cap
    ],
)
def test_somebody_young_in_2017(rent, persons, verdict):
    assert rent_verdict(Decimal(rent), persons, YEARS[2017], young=True) == verdict


def test_from_2026_the_highest_rent_shuts_nobody_out():
    assert rent_verdict(Decimal(1500), 1, YEARS[2026]) == ABOVE_CAP
    assert rent_verdict(Decimal(1500), 1, YEARS[2026], young=True) == ABOVE_CAP


def test_somebody_alone_in_a_family_dwelling_until_the_family_comes():
    """The example of the domain: € 620 in 2017, alone now and with two or more later."""
    found = rent_verdict_around_reunification(Decimal(620), 1, 3, YEARS[2017])
    assert (found.now, found.after, found.above_cap) == (ABOVE_CAP, FITS, Decimal("27.45"))
    young = rent_verdict_around_reunification(Decimal(620), 1, 3, YEARS[2017], young=True)
    assert (young.now, young.after, young.above_cap) == (ABOVE_MAX, FITS, Decimal("205.98"))


def test_without_limits_nothing_is_claimed():
    assert rent_verdict(Decimal(500), 1, None) == RentVerdict.UNKNOWN
    found = rent_verdict_around_reunification(Decimal(500), 1, 3, None)
    assert (found.now, found.after, found.above_cap) == (
        RentVerdict.UNKNOWN,
        RentVerdict.UNKNOWN,
        None,
    )


@pytest.mark.parametrize("year", YEARS)
@given(rent=RENTS | EDGES, persons=st.integers(1, 12), young=st.booleans(), exempt=st.booleans())
def test_the_rent_verdict_says_what_the_law_says_in_every_year(year, rent, persons, young, exempt):
    limits = YEARS[year]
    young_alone = young and persons == 1 and not exempt
    cap = limits.low_cap if persons <= 2 else limits.high_cap
    highest = limits.max_rent
    if young_alone:
        cap = highest = limits.quality_limit
    if rent <= cap:
        expected = FITS
    elif exempt or persons >= 8 or not limits.max_is_condition or rent <= highest:
        expected = ABOVE_CAP
    else:
        expected = ABOVE_MAX
    assert rent_verdict(rent, persons, limits, young=young, exempt=exempt) == expected


@pytest.mark.parametrize("year", YEARS)
@given(rent=RENTS | EDGES, more=RENTS, persons=st.integers(1, 12), young=st.booleans())
def test_a_higher_rent_never_fits_better(year, rent, more, persons, young):
    order = [FITS, ABOVE_CAP, ABOVE_MAX]
    cheap = rent_verdict(rent, persons, YEARS[year], young=young)
    dear = rent_verdict(rent + more, persons, YEARS[year], young=young)
    assert order.index(cheap) <= order.index(dear)


@pytest.mark.parametrize("year", YEARS)
@given(rent=RENTS | EDGES, now=st.integers(1, 6), joining=st.integers(0, 6), young=st.booleans())
def test_a_family_that_comes_makes_no_rent_worse(year, rent, now, joining, young):
    found = rent_verdict_around_reunification(rent, now, now + joining, YEARS[year], young=young)
    order = [FITS, ABOVE_CAP, ABOVE_MAX]
    assert order.index(found.after) <= order.index(found.now)
    assert (found.above_cap == 0) == (found.now == FITS)


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


@given(households=st.integers(0, 60), dwellings=st.integers(0, 60))
def test_the_threshold_asks_for_both_the_share_and_the_number(households, dwellings):
    passes = passes_threshold(households, dwellings, share=Decimal("0.1"), at_least=2)
    assert passes == (dwellings > 0 and households >= 2 and households * 10 >= dwellings)


DAYS = st.dates(date(2016, 1, 1), date(2020, 1, 1))


@given(start=DAYS, length=st.integers(0, 400))
def test_working_days_count_mondays_to_fridays(start, length):
    end = start + timedelta(days=length)
    counted = sum((start + timedelta(days=n)).weekday() < 5 for n in range(1, length + 1))
    assert working_days(start, end) == counted


@given(start=DAYS, end=DAYS)
def test_working_days_are_never_negative(start, end):
    assert working_days(start, end) >= 0


@given(end=DAYS, days=st.integers(1, 30), offset=st.integers(-5, 60))
def test_so_many_working_days_ago_or_earlier_is_just_that(end, days, offset):
    start = end - timedelta(days=offset)
    assert (start <= working_days_ago(end, days)) == (working_days(start, end) >= days)
