"""Rent against the caps, and working days."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from housing.arithmetic import Limits, rent_verdict, working_days
from housing.choices import RentVerdict

LIMITS_2017 = Limits(Decimal("592.55"), Decimal("635.05"), Decimal("710.68"))


@pytest.mark.parametrize(
    ("rent", "persons", "verdict"),
    [
        ("592.55", 1, RentVerdict.FITS),
        ("592.56", 2, RentVerdict.ABOVE_CAP),
        ("620.00", 1, RentVerdict.ABOVE_CAP),
        ("620.00", 3, RentVerdict.FITS),
        ("635.06", 5, RentVerdict.ABOVE_CAP),
        ("710.69", 5, RentVerdict.ABOVE_MAX),
    ],
)
def test_a_rent_against_the_limits_of_2017(rent, persons, verdict):
    assert rent_verdict(Decimal(rent), persons, LIMITS_2017) == verdict


def test_without_limits_nothing_is_claimed():
    assert rent_verdict(Decimal(500), 1, None) == RentVerdict.UNKNOWN


DAYS = st.dates(date(2016, 1, 1), date(2020, 1, 1))


@given(start=DAYS, length=st.integers(0, 400))
def test_working_days_count_mondays_to_fridays(start, length):
    end = start + timedelta(days=length)
    counted = sum((start + timedelta(days=n)).weekday() < 5 for n in range(1, length + 1))
    assert working_days(start, end) == counted


@given(start=DAYS, end=DAYS)
def test_working_days_are_never_negative(start, end):
    assert working_days(start, end) >= 0
