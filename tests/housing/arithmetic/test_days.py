"""Working days without the public holidays of the Algemene termijnenwet."""

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from housing.arithmetic import (
    add_working_days,
    birthday,
    is_working_day,
    months_later,
    public_holidays,
    working_days,
    working_days_ago,
)

# Good Friday, Easter Monday, King's Day, Ascension Day and Whit Monday of each year.
MOVING = {
    2015: ("04-03", "04-06", "04-27", "05-14", "05-25"),
    2016: ("03-25", "03-28", "04-27", "05-05", "05-16"),
    2017: ("04-14", "04-17", "04-27", "05-25", "06-05"),
    2018: ("03-30", "04-02", "04-27", "05-10", "05-21"),
    2019: ("04-19", "04-22", "04-27", "05-30", "06-10"),
    2020: ("04-10", "04-13", "04-27", "05-21", "06-01"),
    2021: ("04-02", "04-05", "04-27", "05-13", "05-24"),
    2022: ("04-15", "04-18", "04-27", "05-26", "06-06"),
    2023: ("04-07", "04-10", "04-27", "05-18", "05-29"),
    2024: ("03-29", "04-01", "04-27", "05-09", "05-20"),
    2025: ("04-18", "04-21", "04-26", "05-29", "06-09"),
    2026: ("04-03", "04-06", "04-27", "05-14", "05-25"),
    2027: ("03-26", "03-29", "04-27", "05-06", "05-17"),
}
FIXED = ("01-01", "05-05", "12-25", "12-26")
DAYS = st.dates(date(2014, 1, 1), date(2030, 1, 1))


@pytest.mark.parametrize("year", MOVING)
def test_the_holidays_of_the_act(year):
    expected = {date.fromisoformat(f"{year}-{day}") for day in (*MOVING[year], *FIXED)}
    sundays = {day for day in public_holidays(year) if day.weekday() == 6}
    assert public_holidays(year) - sundays == {day for day in expected if day.weekday() < 6}
    assert expected <= public_holidays(year)


def test_in_no_other_years_a_holiday_is_made_up():
    assert public_holidays(1981) == public_holidays(2101) == frozenset()
    # The first day of a century that the product knows, and the last one there is.
    assert working_days(date(1900, 1, 1), date(1900, 1, 8)) == 5
    assert working_days(date(9999, 12, 1), date.max) == 22


@pytest.mark.parametrize(
    ("start", "end", "number"),
    [
        ("2017-04-13", "2017-04-18", 1),  # over Easter: Tuesday alone
        ("2017-04-26", "2017-04-27", 0),  # King's Day
        ("2018-05-04", "2018-05-07", 1),  # 5 May on a Saturday
        ("2017-12-22", "2018-01-02", 4),
        ("2017-11-20", "2017-11-23", 3),
        ("2017-11-23", "2017-11-20", 0),
        ("2017-11-24", "2017-11-26", 0),
    ],
)
def test_working_days_between_two_days(start, end, number):
    assert working_days(date.fromisoformat(start), date.fromisoformat(end)) == number


@given(start=DAYS, length=st.integers(-10, 900))
def test_working_days_are_what_counting_gives(start, length):
    days = (start + timedelta(days=n) for n in range(1, length + 1))
    assert working_days(start, start + timedelta(days=length)) == sum(map(is_working_day, days))


@given(days=st.tuples(DAYS, DAYS, DAYS).map(sorted))
def test_working_days_of_adjacent_spans_add_up(days):
    first, middle, last = days
    together = working_days(first, middle) + working_days(middle, last)
    assert working_days(first, last) == together


@given(day=DAYS, number=st.integers(1, 600))
def test_so_many_working_days_later_is_just_that(day, number):
    later = add_working_days(day, number)
    assert is_working_day(later)
    assert working_days(day, later) == number


@given(day=DAYS.filter(is_working_day), number=st.integers(-600, 600))
def test_there_and_back(day, number):
    assert add_working_days(add_working_days(day, number), -number) == day


@given(day=DAYS)
def test_no_working_days_later_is_the_same_day(day):
    assert add_working_days(day, 0) == day


@given(end=DAYS, days=st.integers(1, 30), offset=st.integers(-5, 60))
def test_so_many_working_days_ago_or_earlier_is_just_that(end, days, offset):
    start = end - timedelta(days=offset)
    assert (start <= working_days_ago(end, days)) == (working_days(start, end) >= days)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2017-01-31", 1, "2017-02-28"),
        ("2016-01-31", 1, "2016-02-29"),
        ("2017-01-31", 2, "2017-03-31"),
        ("2017-11-15", 3, "2018-02-15"),
        ("2017-11-15", 0, "2017-11-15"),
    ],
)
def test_months_later(day, months, later):
    assert months_later(date.fromisoformat(day), months) == date.fromisoformat(later)


def test_somebody_born_on_29_february_is_older_on_1_march():
    assert birthday(date(2012, 2, 29), 4) == date(2016, 2, 29)
    assert birthday(date(2012, 2, 29), 5) == date(2017, 3, 1)


@given(born=st.dates(date(1950, 1, 1), date(2030, 1, 1)), age=st.integers(0, 60))
@example(date(2012, 2, 29), 12)
def test_the_years_between_two_birthdays(born, age):
    assert birthday(born, 0) == born
    assert 365 <= (birthday(born, age + 1) - birthday(born, age)).days <= 366
