"""Deadlines of a household's case, and the days on which the links are counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from housing.arithmetic.days import days_left
from housing.arithmetic.half_years import half_year_of
from housing.choices import DeadlineState, TermCode


@dataclass(frozen=True)
class Deadline:
    """A term that began on ``began_on``: its last day, and how it stands on the day asked for.

    ``days_left`` and ``working_days_left`` are counted to ``due_on`` from the day asked for, or
    from ``met_on`` when it was met: 0 on the last day, negative is days late.
    """

    code: TermCode
    began_on: date
    due_on: date
    state: DeadlineState
    met_on: date | None
    days_left: int
    working_days_left: int


def deadlines(
    *,
    on: date,
    terms: Mapping[str, int | None],
    linked_on: date | None = None,
    permit_on: date | None = None,
    tenancy_starts_on: date | None = None,
    found_on: date | None = None,
    moved_on: date | None = None,
) -> tuple[Deadline, ...]:
    """The deadlines of one case as they stand on ``on``, the first that falls due in front.

    ``terms`` maps a ``TermCode`` to weeks: from link to a dwelling (``found_on``), from the start
    of the tenancy to the move, from permit to the move (coa.nl, for municipalities). A term that
    is not told, or that has not begun by ``on``, gives no deadline. What happened after ``on`` has
    not happened yet; ``on`` itself counts in full.

    The terms are COA's and not set by an act, so they are not made longer when they end on a
    Saturday, Sunday or holiday (Algemene termijnenwet art. 1).
    """
    spans = (
        (TermCode.FIND_DWELLING, linked_on, found_on),
        (TermCode.MOVE, tenancy_starts_on, moved_on),
        (TermCode.PERMIT_TO_MOVE, permit_on, moved_on),
    )
    found = [
        _deadline(code, began_on, weeks, met_on, on)
        for code, began_on, met_on in spans
        if (weeks := terms.get(code)) is not None and began_on is not None and began_on <= on
    ]
    return tuple(sorted(found, key=lambda deadline: deadline.due_on))


def _deadline(
    code: TermCode, began_on: date, weeks: int, met_on: date | None, on: date
) -> Deadline:
    due_on = began_on + timedelta(weeks=weeks)
    met_on = met_on if met_on is not None and met_on <= on else None
    if met_on is None:
        state = DeadlineState.RUNNING if on <= due_on else DeadlineState.MISSED
    else:
        state = DeadlineState.MET if met_on <= due_on else DeadlineState.LATE
    left = days_left(due_on, met_on or on)
    return Deadline(
        code=code,
        began_on=began_on,
        due_on=due_on,
        state=state,
        met_on=met_on,
        days_left=left.days,
        working_days_left=left.working_days,
    )


def link_reference_date(day: date) -> date:
    """The day on which the links of the half-year of ``day`` are counted: 1 April or 1 October.

    When COA linked too few by then, a municipality is not blamed for what lacks (coa.nl, for
    municipalities).
    """
    return half_year_of(day).start.replace(month=4 if day.month <= 6 else 10)


def linked_by_reference_date(
    linked_on: date | None, day: date, *, unlinked_on: date | None = None
) -> bool:
    """Whether a household was linked on the reference date of the half-year of ``day``.

    A link on the reference date itself counts, and so do those of earlier half-years; a link that
    was undone by then does not.
    """
    reference = link_reference_date(day)
    undone = unlinked_on is not None and unlinked_on <= reference
    return linked_on is not None and linked_on <= reference and not undone
