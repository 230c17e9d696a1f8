"""Rent against the caps, and what an early placement costs."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from housing.arithmetic import (
    Limits,
    extra_cost,
    rent_verdict,
    rent_verdict_around_reunification,
)
from housing.choices import RentVerdict
from tests.national import national_rows

FITS, ABOVE_CAP, ABOVE_MAX = RentVerdict.FITS, RentVerdict.ABOVE_CAP, RentVerdict.ABOVE_MAX


def limits_of(row: dict[str, str]) -> Limits:
    return Limits(
        quality_limit=Decimal(row["quality_discount_limit"]),
        low_cap=Decimal(row["low_cap"]),
        high_cap=Decimal(row["high_cap"]),
        max_rent=Decimal(row["max_rent"]),
        young_below=int(row["young_below"]),
        max_is_condition=row["max_is_condition"] == "yes",
    )


YEARS = {int(row["year"]): limits_of(row) for row in national_rows("rent_limits.csv")}
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
    ("start", "until", "cost"),
    [
        ("2017-03-01", "2017-09-01", "164.70"),  # six months of 27.45
        ("2017-01-31", "2017-02-28", "27.45"),  # a short month is a month
        ("2017-03-01", "2017-03-11", "8.85"),  # 10 of 31 days
        ("2017-11-16", "2018-01-01", "41.62"),  # a month, and 16 of 31 days
        ("2017-03-01", "2017-03-01", "0.00"),
        ("2017-03-01", "2016-03-01", "0.00"),
    ],
)
def test_what_a_family_dwelling_costs_above_the_cap_until_the_family_comes(start, until, cost):
    days = date.fromisoformat(start), date.fromisoformat(until)
    assert extra_cost(Decimal("27.45"), *days) == Decimal(cost)


def test_without_an_arrival_or_limits_there_is_no_sum():
    assert extra_cost(Decimal("27.45"), date(2017, 3, 1), None) is None
    assert extra_cost(None, date(2017, 3, 1), date(2017, 9, 1)) is None


@given(
    start=st.dates(date(2015, 1, 1), date(2030, 1, 1)),
    days=st.integers(0, 900),
    above=st.decimals(min_value=0, max_value=500, places=2),
)
def test_a_day_more_never_costs_less_nor_more_than_a_day_of_a_short_month(start, days, above):
    until = start + timedelta(days=days)
    less, more = extra_cost(above, start, until), extra_cost(above, start, until + timedelta(1))
    assert 0 <= less <= more <= less + above / 28 + CENT
