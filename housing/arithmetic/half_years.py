"""Halves of a calendar year, the periods of the quota."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class HalfYear:
    """Half a calendar year, both days included; ``code`` is ``2017-I`` or ``2017-II``."""

    code: str
    start: date
    end: date


def half_year_of(day: date) -> HalfYear:
    """The half-year that a day lies in."""
    if day.month <= 6:
        return HalfYear(f"{day.year}-I", date(day.year, 1, 1), date(day.year, 6, 30))
    return HalfYear(f"{day.year}-II", date(day.year, 7, 1), date(day.year, 12, 31))


def half_years(first: date, last: date) -> list[HalfYear]:
    """The half-years from that of ``first`` to that of ``last``, the newest first."""
    found = []
    half = half_year_of(last)
    while half.end >= first:
        found.append(half)
        half = half_year_of(half.start - timedelta(days=1))
    return found
