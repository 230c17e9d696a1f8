"""Pure sums of the housing app: no database, no clock."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from housing.choices import RentVerdict


@dataclass(frozen=True)
class Limits:
    """A year's rent limits, in euro a month."""

    low_cap: Decimal
    high_cap: Decimal
    max_rent: Decimal


def rent_verdict(net_rent: Decimal, persons: int, limits: Limits | None) -> RentVerdict:
    """Whether a dwelling fits a household of ``persons``, for holders of 23 and older.

    At or below the cap is fitting (Besluit toegelaten instellingen volkshuisvesting art. 54); the
    low cap is for 1 or 2 persons, the high cap for 3 or more (Wet op de huurtoeslag art. 20);
    above the highest rent there is no allowance at all (art. 13). Unknown without limits.
    """
    if limits is None:
        return RentVerdict.UNKNOWN
    if net_rent > limits.max_rent:
        return RentVerdict.ABOVE_MAX
    cap = limits.low_cap if persons <= 2 else limits.high_cap
    return RentVerdict.FITS if net_rent <= cap else RentVerdict.ABOVE_CAP


def working_days(start: date, end: date) -> int:
    """Mondays to Fridays after ``start`` up to and including ``end``; 0 when ``end`` is earlier.

    Public holidays are not left out.
    """
    days = max(0, (end - start).days)
    weeks, rest = divmod(days, 7)
    return weeks * 5 + sum((start + timedelta(days=n)).weekday() < 5 for n in range(1, rest + 1))
