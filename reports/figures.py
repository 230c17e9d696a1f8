"""The figures of a monthly report: plain values, frozen, and the same again after JSON.

``as_json`` gives what a run keeps; ``from_json`` gives the figures back exactly: dates as ISO text,
decimals as text, tuples as lists. A report is written from these alone, so a stored run gives the
same report for ever, whatever was corrected since.

State on a reference date means everything up to and including that day (Europe/Amsterdam), as on
the pages of the quota. The report is about the half-year that holds the reference date. The month
told of runs from the 1st up to and including that day; on a 1st it is the whole month before.
"""

import types
import typing
from dataclasses import asdict, dataclass, fields, is_dataclass
from datetime import date, timedelta
from decimal import Decimal

LAYOUT = 2  # raised when a stored report no longer fits these classes


@dataclass(frozen=True)
class Progress:
    """One municipality, or the region, against its quota; in persons unless said otherwise."""

    name: str
    net: int | None  # None without an obligation in the period
    opening: int  # backlog above zero, lead below
    corrected: int
    realised: int
    realised_in_month: int | None  # None when the month told of lies before the half-year
    scheduled: Decimal  # corrected × months / 6, not rounded
    share: Decimal | None  # realised / corrected; None when a lead covers everything
    remaining: int  # below zero: ahead
    needed_per_month: Decimal | None
    standing: str  # quota.choices.Standing
    net_certainty: str  # westerkwartier.web.models.Certainty
    opening_certainty: str


@dataclass(frozen=True)
class CoursePoint:
    """Persons counted in the period up to and including ``until``, and those scheduled.

    A whole month is drawn on the 1st after it, another day on that day itself.
    """

    until: date
    day: date
    realised: int | None  # None for what lies after the reference date
    scheduled: Decimal


@dataclass(frozen=True)
class Inflow:
    """What COA linked to a municipality in the month, in households and persons."""

    name: str
    linked: int
    persons: int
    single: int  # households of one person
    unlinked: int
    reunifiers_expected: int  # persons, on the reference date


@dataclass(frozen=True)
class Waiting:
    """Households linked and without a signed tenancy on the reference date."""

    name: str
    households: int
    persons: int
    up_to_half: int  # of the term to find a dwelling
    up_to_term: int
    over_term: int


@dataclass(frozen=True)
class Supply:
    """Dwellings in a span of days."""

    vacated: int
    judged: int
    suitable: int
    let_to_permit_holders: int


@dataclass(frozen=True)
class CovenantShare:
    """The part of the dwellings that went to permit holders since the covenant was signed."""

    since: date
    target: Decimal
    denominator: str  # partners.choices.ShareDenominator
    dwellings: int
    let_to_permit_holders: int
    share: Decimal | None
    certainty: str
    source: str


@dataclass(frozen=True)
class MonthlyFigures:
    """Everything a monthly report tells."""

    region: str
    reference_date: date
    month_start: date
    month_end: date
    counted_to: date  # the last day that is counted: the reference date
    period: str
    period_start: date
    period_end: date
    months_passed: int
    rows: tuple[Progress, ...]
    total: Progress
    course: tuple[CoursePoint, ...]
    inflow: tuple[Inflow, ...]
    waiting: tuple[Waiting, ...]
    find_within_weeks: int | None  # the terms in force; None where none is known
    move_within_weeks: int | None
    moved_late: int  # households that signed longer ago than that and have not moved in
    supply_month: Supply
    supply_since: Supply | None
    share: CovenantShare | None
    sources: tuple[str, ...]  # of the figures that were neither calculated nor made up
    illustrative: bool  # persons, households or dwellings in these figures were made up


def as_json(figures: MonthlyFigures) -> dict:
    """The figures as JSON can hold them without loss."""
    return {"layout": LAYOUT, **_plain(asdict(figures))}


def from_json(stored: dict) -> MonthlyFigures:
    """The figures back from ``as_json``. Raises ValueError for a layout that is not known."""
    if stored.get("layout") == 1:
        stored = _from_first_layout(stored)
    if stored.get("layout") != LAYOUT:
        raise ValueError(f"Report figures in layout {stored.get('layout')!r} cannot be read.")
    return _revive(MonthlyFigures, {name: v for name, v in stored.items() if name != "layout"})


def _from_first_layout(stored: dict) -> dict:
    """Reports of the first layout counted up to the day before the reference date."""
    course = [
        point | {"until": (date.fromisoformat(point["day"]) - timedelta(days=1)).isoformat()}
        for point in stored["course"]
    ]
    return stored | {"layout": LAYOUT, "counted_to": stored["month_end"], "course": course}


def _plain(value):
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value


def _revive(kind, value):
    if is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        return kind(**{f.name: _revive(hints[f.name], value[f.name]) for f in fields(kind)})
    arguments = typing.get_args(kind)
    if isinstance(kind, types.UnionType):
        return None if value is None else _revive(arguments[0], value)
    if typing.get_origin(kind) is tuple:
        return tuple(_revive(arguments[0], item) for item in value)
    if kind is date:
        return date.fromisoformat(value)
    if kind is Decimal:
        return Decimal(value)
    return value
