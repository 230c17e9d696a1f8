"""Working days of the years of the story."""

from datetime import date, timedelta

from housing.arithmetic import is_working_day


def on_or_before(day: date) -> date:
    """The last working day up to and including ``day``."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def on_or_after(day: date) -> date:
    """The first working day from ``day`` on."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def working_days(first: date, last: date) -> list[date]:
    """All working days from ``first`` to ``last``, both included."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if is_working_day(day)]


def working_days_back(day: date, number: int) -> date:
    """The working day that lies ``number`` working days before ``day``."""
    while number:
        day -= timedelta(days=1)
        number -= is_working_day(day)
    return day


def working_days_on(day: date, number: int) -> date:
    """The working day that lies ``number`` working days after ``day``."""
    while number:
        day += timedelta(days=1)
        number -= is_working_day(day)
    return day
