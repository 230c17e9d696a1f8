"""Days left and days late, in calendar days and in working days."""

from datetime import date

import pytest

from housing.arithmetic import DaysLeft, days_left


@pytest.mark.parametrize(
    ("due_on", "on", "days", "working"),
    [
        (date(2017, 11, 23), date(2017, 11, 23), 0, 0),  # the last day itself
        (date(2017, 12, 5), date(2017, 11, 23), 12, 8),
        (date(2017, 11, 18), date(2017, 11, 23), -5, -4),  # a Saturday: from Monday on
        (date(2017, 11, 26), date(2017, 11, 24), 2, 0),  # a weekend
        (date(2017, 12, 27), date(2017, 12, 22), 5, 1),  # Christmas on a Monday and a Tuesday
        (date(2018, 4, 27), date(2018, 4, 30), -3, -1),  # the day on which the King's is celebrated
        (date(2018, 5, 4), date(2018, 5, 11), -7, -4),  # Ascension Day
    ],
)
def test_until_the_last_day_and_after_it(due_on, on, days, working):
    assert days_left(due_on, on) == DaysLeft(days, working)
