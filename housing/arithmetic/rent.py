"""Rents against the caps, and what an early placement costs."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from housing.arithmetic.days import months_later
from housing.choices import RentVerdict


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
