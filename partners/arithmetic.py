"""When news leaves: pure sums over moments; no Django."""

from datetime import date, datetime, time, timedelta
from functools import cache

from holidays import PUBLIC
from holidays.countries import Netherlands

from partners.choices import MailRhythm

LEAVES_AT = time(7, 30)  # in the region's time


@cache
def _holidays(year: int) -> frozenset[date]:
    return frozenset(Netherlands(years=year, categories=PUBLIC))


def has_letters(day: date) -> bool:
    """Whether letters leave: a Monday to Friday that is no public holiday."""
    return day.weekday() < 5 and day not in _holidays(day.year)


def last_round(rhythm: str, now: datetime) -> datetime | None:
    """The newest moment, up to and including ``now``, at which news of this rhythm leaves.

    At once is now itself; daily is half past seven on a working day; weekly the same on the first
    working day of a week; None for never. ``now`` is aware, in the region's time.
    """
    if rhythm == MailRhythm.NONE:
        return None
    if rhythm == MailRhythm.AT_ONCE:
        return now
    day = now.date() if now.time() >= LEAVES_AT else now.date() - timedelta(days=1)
    while not _leaves_on(day, rhythm):
        day -= timedelta(days=1)
    return datetime.combine(day, LEAVES_AT, tzinfo=now.tzinfo)


def _leaves_on(day: date, rhythm: str) -> bool:
    if not has_letters(day):
        return False
    if rhythm == MailRhythm.DAILY:
        return True
    earlier = (day - timedelta(days=n) for n in range(1, day.weekday() + 1))
    return not any(has_letters(other) for other in earlier)
