"""The one place that reads the clock.

Views, tasks and commands ask here and pass the answer on; what lies deeper is told the time. Three
things ask here themselves, because no door is near: how far a user reaches (``User.reach``), the
moment of a journal line, and what accounts keep (since when, last sign-in, letters). Filters and
tables, which a page makes, ask what day it is as the page does. Only the libraries for sign-in read
the real clock, for codes and sessions that must end in real time.
A demonstration is pinned to the day in the setting CLOCK; the time of day goes on as usual.
"""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """This moment, aware, in the region's time zone; on the pinned day in a demonstration."""
    return told(timezone.now())


def told(moment: datetime) -> datetime:
    """A moment that the database's own clock wrote, as this site tells the time of day."""
    moment = timezone.localtime(moment)
    if settings.CLOCK is None:
        return moment
    return moment.replace(
        year=settings.CLOCK.year, month=settings.CLOCK.month, day=settings.CLOCK.day
    )


def today() -> date:
    """Today's date in the region (Europe/Amsterdam)."""
    return now().date()
