"""Working days (Mondays to Fridays that are no public holiday), months and birthdays."""

from bisect import bisect_right
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from holidays import OPTIONAL, PUBLIC
from holidays.countries import Netherlands

ONE_DAY = timedelta(days=1)
# Every holiday of the act is known in these years; outside them none is.
FIRST_YEAR, LAST_YEAR = 1982, 2100


@cache
def public_holidays(year: int) -> frozenset[date]:
    """The public holidays of a calendar year, those on a Saturday or Sunday included.

    By art. 3 lid 1 and 2 of the Algemene termijnenwet (BWBR0002448): New Year's Day, Easter Monday,
    Whit Monday, both Christmas days, Ascension Day, the day on which the King's birthday is
    celebrated and 5 May; Good Friday is put on a par with them. 5 May is in the act every year,
    also where an employer gives the day off once in five years only. The days that a royal decree
    adds now and then (lid 3), such as the Friday after Ascension Day, are not in it.

    Easter Sunday and Whit Sunday are in the answer too, being Sundays.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return frozenset()
    # The library files 5 May under "optional" in the years in which few people have the day off.
    return frozenset(Netherlands(years=year, categories=(PUBLIC, OPTIONAL)))


@cache
def _lost_to_holidays(year: int) -> tuple[date, ...]:
    """The public holidays on a Monday to Friday, in order."""
    return tuple(sorted(day for day in public_holidays(year) if day.weekday() < 5))


def is_working_day(day: date) -> bool:
    """Whether ``day`` is a Monday to Friday and no public holiday."""
    return day.weekday() < 5 and day not in public_holidays(day.year)


def working_days(start: date, end: date) -> int:
    """Working days after ``start`` up to and including ``end``; 0 when ``end`` is earlier."""
    if end <= start:
        return 0
    weeks, rest = divmod((end - start).days, 7)
    weekdays = weeks * 5 + sum((start.weekday() + n) % 7 < 5 for n in range(1, rest + 1))
    return weekdays - _holidays_between(start, end)


def _holidays_between(start: date, end: date) -> int:
    """Public holidays on a Monday to Friday after ``start`` up to and including ``end``."""
    years = range(max(start.year, FIRST_YEAR), min(end.year, LAST_YEAR) + 1)
    return sum(
        bisect_right(_lost_to_holidays(year), end) - bisect_right(_lost_to_holidays(year), start)
        for year in years
    )


@dataclass(frozen=True)
class DaysLeft:
    """How far a last day still is, in calendar days and in working days: 0 on the day itself,
    negative is days late."""

    days: int
    working_days: int


def days_left(due_on: date, on: date) -> DaysLeft:
    """From ``on`` to the last day of a term."""
    # One of both counts is 0.
    working = working_days(on, due_on) - working_days(due_on, on)
    return DaysLeft((due_on - on).days, working)


def add_working_days(day: date, number: int) -> date:
    """The ``number``-th working day after ``day``, or before it when ``number`` is negative.

    With 0 the day itself, whether or not it is a working day.
    """
    if number < 0:
        return _before(day, -number)
    # So many days hold at most as many working days, so this never goes too far; when nothing is
    # left, the last step was over working days alone.
    while number:
        further = day + timedelta(days=number)
        number -= working_days(day, further)
        day = further
    return day


def _before(day: date, number: int) -> date:
    while number:
        earlier = day - timedelta(days=number)
        number -= working_days(earlier - ONE_DAY, day - ONE_DAY)
        day = earlier
    return day


def working_days_ago(end: date, days: int) -> date:
    """The latest day from which at least ``days`` (1 or more) working days passed up to ``end``."""
    return add_working_days(end + ONE_DAY, -days) - ONE_DAY


def months_later(day: date, months: int) -> date:
    """The same day ``months`` (0 or more) later; the last day of a month that is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))


def birthday(born_on: date, age: int) -> date:
    """The day on which somebody reaches ``age``; born on 29 February: 1 March in other years."""
    year = born_on.year + age
    if (born_on.month, born_on.day) == (2, 29) and monthrange(year, 2)[1] == 28:
        return date(year, 3, 1)
    return born_on.replace(year=year)
