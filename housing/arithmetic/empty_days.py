"""What the days of an empty dwelling were spent on."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from housing.choices import RECORDED_CAUSES, WaitCause

# (cause, first day, first day without or None), of one vacancy.
Wait = tuple[str, date, date | None]


def empty_days_by_cause(
    empty_from: date, until: date, judged_on: date | None, waits: Iterable[Wait]
) -> dict[WaitCause, int]:
    """The days from ``empty_from`` up to, not including, ``until``, by what they waited for.

    Each day has one cause: what was told (``waits``) first; else the verdict as long as there was
    none (before ``judged_on``, the day of the first verdict that was not taken back); else a
    match. Waits that overlap, which the database refuses, count by the order of
    ``RECORDED_CAUSES``. All causes are in the answer; their sum is the number of days.
    """
    days = dict.fromkeys(WaitCause, 0)
    if until <= empty_from:
        return days
    told = [
        (WaitCause(cause), max(start, empty_from), min(end or until, until))
        for cause, start, end in waits
    ]
    told = [(cause, start, end) for cause, start, end in told if start < end]
    judged = until if judged_on is None else min(max(judged_on, empty_from), until)
    edges = {empty_from, until, judged}
    for _cause, start, end in told:
        edges |= {start, end}
    for start, end in pairwise(sorted(edges)):
        here = {cause for cause, first, last in told if first <= start < last}
        otherwise = WaitCause.VERDICT if start < judged else WaitCause.MATCH
        cause = next((cause for cause in RECORDED_CAUSES if cause in here), otherwise)
        days[cause] += (end - start).days
    return days
