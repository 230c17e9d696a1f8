"""Work in the order in which it is due: overdue, today, this week, later, without a day."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum


class DueBand(IntEnum):
    """When something is due, the most urgent first. Values are the order."""

    OVERDUE = 0
    TODAY = 1
    WEEK = 2
    LATER = 3
    UNDATED = 4


@dataclass(frozen=True)
class Bands:
    """The last day of each band that has one, as seen on ``today``; what is due after ``week`` is
    due later. ``per``: how many of each band are asked for."""

    past: date
    today: date
    week: date
    per: int

    def moved(self, begun: Callable[[date], date]) -> "Bands":
        """The bands for a column with the day on which a term began: ``begun(day)`` is the last
        day on which a term may have begun that ends on ``day`` or before."""
        return replace(self, past=begun(self.past), today=begun(self.today), week=begun(self.week))

    def of(self, due_on: date | None) -> DueBand:
        """The band of one day."""
        if due_on is None:
            return DueBand.UNDATED
        if due_on <= self.past:
            return DueBand.OVERDUE
        if due_on <= self.today:
            return DueBand.TODAY
        return DueBand.WEEK if due_on <= self.week else DueBand.LATER


def bands_on(on: date, *, per: int) -> Bands:
    """As seen on ``on``; a week ends on Sunday."""
    return Bands(on - timedelta(days=1), on, on + timedelta(days=6 - on.weekday()), per)
