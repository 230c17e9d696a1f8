"""Pure sums of the housing app: no database, no clock."""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from housing.choices import RECORDED_CAUSES, RentVerdict, WaitCause

POSTCODE_FORM = re.compile(r"[1-9][0-9]{3}[A-Z]{2}")  # as it is stored


@dataclass(frozen=True)
class Limits:
    """A year's rent limits, in euro a month (Wet op de huurtoeslag art. 13 and 20).

    ``quality_limit`` is the highest rent for somebody younger than ``young_below`` who lives
    alone. ``max_is_condition``: above the highest rent there is no allowance at all, as the act
    said until 2026; without it the highest rent only bounds the sum.
    """

    quality_limit: Decimal
    low_cap: Decimal
    high_cap: Decimal
    max_rent: Decimal
    young_below: int = 23
    max_is_condition: bool = True

    def cap(self, persons: int) -> Decimal:
        """Up to which rent a dwelling fits a household of ``persons``."""
        return self.low_cap if persons <= 2 else self.high_cap


LARGE_HOUSEHOLD = 8  # from here on the highest rent is no bound (Wet op de huurtoeslag art. 13)


def rent_verdict(
    net_rent: Decimal,
    persons: int,
    limits: Limits | None,
    *,
    young: bool = False,
    exempt: bool = False,
) -> RentVerdict:
    """Whether a dwelling fits a household of ``persons``. Unknown without limits.

    At or below the cap is fitting (Besluit toegelaten instellingen volkshuisvesting art. 54); the
    low cap is for 1 or 2 persons, the high cap for 3 or more (Wet op de huurtoeslag art. 20);
    above the highest rent there is no allowance at all (art. 13). ``young``: somebody below the
    age in the limits; alone, the quality discount limit is then the highest rent. ``exempt``: a
    dwelling adapted to a handicap, for which art. 13 sets no highest rent; nor does it for a
    household of eight or more.
    """
    if limits is None:
        return RentVerdict.UNKNOWN
    alone = young and persons == 1 and not exempt
    cap = limits.quality_limit if alone else limits.cap(persons)
    if net_rent <= cap:
        return RentVerdict.FITS
    highest = limits.quality_limit if alone else limits.max_rent
    bound = limits.max_is_condition and not exempt and persons < LARGE_HOUSEHOLD
    return RentVerdict.ABOVE_MAX if bound and net_rent > highest else RentVerdict.ABOVE_CAP


@dataclass(frozen=True)
class TwoMoments:
    """The rent verdict now and once the family is here, and what the rent is above the cap until
    then, in euro a month; 0 when it fits already, None when nothing is known."""

    now: RentVerdict
    after: RentVerdict
    above_cap: Decimal | None


def rent_verdict_around_reunification(
    net_rent: Decimal,
    persons_now: int,
    persons_after: int,
    limits: Limits | None,
    *,
    young: bool = False,
    exempt: bool = False,
) -> TwoMoments:
    """Judges a dwelling for the household as it is now and as it will be.

    The cap depends on the size of the household, and the highest rent on living alone while young:
    somebody alone may rent a family dwelling in advance.
    """
    now = rent_verdict(net_rent, persons_now, limits, young=young, exempt=exempt)
    after = rent_verdict(net_rent, persons_after, limits, young=young, exempt=exempt)
    if limits is None:
        return TwoMoments(now, after, None)
    alone = young and persons_now == 1 and not exempt
    cap = limits.quality_limit if alone else limits.cap(persons_now)
    return TwoMoments(now, after, max(Decimal(0), net_rent - cap))


def extra_cost(above_cap: Decimal | None, start: date, until: date | None) -> Decimal | None:
    """What living above the cap costs from ``start`` up to, not including, ``until``, in euro.

    ``above_cap`` is in euro a month, see ``TwoMoments``; ``until`` is the day on which the family
    arrives. Whole months first, each from the day in the month of ``start`` (or the month's last
    day) to the next; the days that are left count as part of the month they lie in. Rounded to a
    cent. None when the arrival or the rent limits are not known, 0 when they are here already.
    """
    if above_cap is None or until is None:
        return None
    if until <= start:
        return Decimal("0.00")
    months = (until.year - start.year) * 12 + until.month - start.month
    if months_later(start, months) > until:
        months -= 1
    begins, ends = months_later(start, months), months_later(start, months + 1)
    part = Decimal((until - begins).days) / (ends - begins).days
    return (above_cap * (months + part)).quantize(Decimal("0.01"), ROUND_HALF_UP)


def months_later(day: date, months: int) -> date:
    """The same day ``months`` (0 or more) later; the last day of a month that is too short."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))


def most_persons(bedrooms: int, norms: Mapping[int, int]) -> int | None:
    """The largest household that ``bedrooms`` suit; None when there is no largest.

    ``norms`` maps "from so many persons" to the bedrooms they need. 0 when the dwelling has too
    few for anybody, and without norms.
    """
    steps = sorted(norms.items())
    too_small = [persons for persons, needed in steps if needed > bedrooms]
    if too_small:
        return min(too_small) - 1
    return None if steps else 0


def bedrooms_needed(persons: int, norms: Mapping[int, int]) -> int | None:
    """How many bedrooms a household of ``persons`` needs; None where no norm says so."""
    reached = [(start, needed) for start, needed in norms.items() if start <= persons]
    return max(reached)[1] if reached else None


def passes_threshold(households: int, dwellings: int, *, share: Decimal, at_least: int) -> bool:
    """Whether so many households of permit holders in so many dwellings ask for a warning."""
    return households >= at_least and bool(dwellings) and Decimal(households) / dwellings >= share


def working_days(start: date, end: date) -> int:
    """Mondays to Fridays after ``start`` up to and including ``end``; 0 when ``end`` is earlier.

    Public holidays are not left out.
    """
    days = max(0, (end - start).days)
    weeks, rest = divmod(days, 7)
    return weeks * 5 + sum((start + timedelta(days=n)).weekday() < 5 for n in range(1, rest + 1))


def postcode_stored(text: str) -> str:
    """A postcode as people write it, the way it is kept: ``9356 xl`` → ``9356XL``."""
    return "".join(text.split()).upper()


def postcode_written(postcode: str) -> str:
    """``9356XL`` as people write it: ``9356 XL``."""
    return f"{postcode[:4]} {postcode[4:].strip()}".strip()


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


def working_days_ago(end: date, days: int) -> date:
    """The latest day from which at least ``days`` (1 or more) working days passed up to ``end``."""
    day = end
    while days:
        days -= day.weekday() < 5
        day -= timedelta(days=1)
    return day


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
