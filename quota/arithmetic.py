"""The sums of the quota, over plain values: persons are whole numbers, shares are exact.

As the ministry and COA publish it, a positive opening balance is a backlog, a negative one a lead;
months are counted on the 1st, because the government publishes its figures as they stand on the
first day of a month.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from quota.choices import Outlook, Standing

MONTHS = 6
DAYS_PER_MONTH = Decimal(1461) / 48  # of four years
UP, NEAREST = "up", "nearest"


def exact_quota(national: int, inhabitants: int, national_inhabitants: int) -> Fraction:
    """The outcome of the formula before rounding, in persons (Huisvestingswet 2014 art. 29 lid 1).

    ``national`` × ``inhabitants`` / ``national_inhabitants``, both counted by CBS on 1 January of
    the year before. Raises ValueError when a figure is below zero or the country is empty.
    """
    if national < 0 or inhabitants < 0 or national_inhabitants <= 0:
        raise ValueError("A quota needs figures of zero or more, and a country with people.")
    return Fraction(national * inhabitants, national_inhabitants)


def statutory_quota(
    national: int, inhabitants: int, national_inhabitants: int, rounding: str
) -> int:
    """The formula of art. 29 lid 1 Huisvestingswet 2014 in whole persons.

    The statute says ``up``; the figures that were published look like ``nearest`` (half goes up).
    Integers throughout: a float would push an exact whole number over the edge now and then.
    """
    exact = exact_quota(national, inhabitants, national_inhabitants)
    if rounding == UP:
        return -(-exact.numerator // exact.denominator)
    if rounding == NEAREST:
        return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
    raise ValueError(f"Unknown rounding {rounding!r}.")


def largest_remainder(total: int, weights: Sequence[int]) -> list[int]:
    """Divide ``total`` whole persons by weight so that the parts add up to it (Hamilton's method).

    Each part is its exact share rounded down, or one more for the largest remainders; equal
    remainders go to the earlier one. Raises ValueError without any weight.
    """
    whole = sum(weights)
    if total < 0 or whole <= 0 or min(weights) < 0:
        raise ValueError("Dividing needs a total of zero or more and weights above zero.")
    parts = [total * weight // whole for weight in weights]
    left = total - sum(parts)
    by_remainder = sorted(
        range(len(weights)), key=lambda place: (-(total * weights[place] % whole), place)
    )
    for place in by_remainder[:left]:
        parts[place] += 1
    return parts


def corrected_quota(net: int, opening: int) -> int:
    """``gecorrigeerde taakstelling``: the net quota plus the backlog, or minus the lead."""
    return net + opening


def remaining(corrected: int, realised: int) -> int:
    """Persons still to be housed; below zero is a lead. At the period's end: the next opening."""
    return corrected - realised


def share_realised(realised: int, corrected: int) -> Decimal | None:
    """Realised as part of the corrected quota; None when a lead already covers everything."""
    return Decimal(realised) / Decimal(corrected) if corrected > 0 else None


def cleared(opening: int, left: int) -> Decimal | None:
    """The part of an opening backlog that is gone when ``left`` (backlog, or a lead) remains.

    Below zero where the backlog has grown; None where there was no backlog.
    """
    return Decimal(opening - max(0, left)) / opening if opening > 0 else None


def months_passed(starts_on: date, on: date) -> int:
    """Whole months from the first day of a half-year, counted on the 1st: 0 to 6.

    On 1 June five months of a first half have passed, on 31 May four.
    """
    months = (on.year - starts_on.year) * 12 + on.month - starts_on.month
    return min(max(months, 0), MONTHS)


def scheduled(corrected: int, months: int) -> Decimal:
    """Persons that should be housed after ``months`` months of a sixth each; not rounded."""
    return Decimal(max(corrected, 0) * months) / MONTHS


def months_left(months: int) -> int:
    """Months in which somebody can still be housed; the month that is under way counts as one."""
    return MONTHS - months


def needed_per_month(still_to_do: int, left: int) -> Decimal | None:
    """Persons a month in the months left; zero when all is done, None when no month is left."""
    if still_to_do <= 0:
        return Decimal(0)
    return Decimal(still_to_do) / left if left > 0 else None


def standing(
    realised: int, corrected: int, months: int, threshold: Decimal, *, has_quota: bool = True
) -> Standing:
    """Where a municipality stands after ``months`` whole months.

    Met: nothing remains. Just begun: in the first month there is no schedule yet to be compared
    with. On schedule: realised ≥ corrected × months/6 (Land in beeld). Slightly behind:
    at least ``threshold`` (0 to 1) of that scheduled number; the programme published two classes
    behind but not the border between them. Without quota and without backlog: no quota.
    """
    if not has_quota and corrected <= 0:
        return Standing.NO_QUOTA
    if realised >= corrected:
        return Standing.MET
    if months == 0:
        return Standing.JUST_BEGUN
    if realised * MONTHS >= corrected * months:
        return Standing.ON_SCHEDULE
    if realised * MONTHS >= corrected * months * threshold:
        return Standing.SLIGHTLY_BEHIND
    return Standing.FAR_BEHIND


@dataclass(frozen=True)
class Needed:
    """What the share of the covenant still asks, in dwellings.

    ``expected``: how many more dwellings come free until the last day, as many a month as so far
    (``per_month``, over ``months_left``). ``needed``: how many of those must go to permit holders;
    more than ``expected`` where that is no longer possible.
    """

    outlook: Outlook
    per_month: Decimal
    months_left: Decimal
    expected: int
    needed: int


def needed_of_the_next(
    let: int, dwellings: int, target: Decimal, *, since: date, on: date, last_day: date
) -> Needed:
    """How many of the next dwellings must go to permit holders for ``target`` on ``last_day``.

    ``let`` of ``dwellings`` were let to permit holders from ``since`` up to and including ``on``.
    ``target`` is a ratio. Raises ValueError for counts below zero, a target outside 0 to 1 or a
    day before ``since``.
    """
    if let < 0 or dwellings < 0 or not 0 <= target <= 1 or on < since or last_day < since:
        raise ValueError("A share needs counts of zero or more and days in order.")
    on = min(on, last_day)
    passed, left = (on - since).days + 1, (last_day - on).days
    # Half a dwelling counts as one; integers, because a float would tip some halves over.
    expected = (2 * dwellings * left + passed) // (2 * passed)
    # Rounding up is done on whole numbers too.
    top, bottom = Fraction(target).as_integer_ratio()
    wanted = -(-top * (dwellings + expected) // bottom)
    needed = max(0, wanted - let)
    return Needed(
        outlook=_outlook(needed, expected, dwellings, left),
        per_month=Decimal(dwellings) / passed * DAYS_PER_MONTH,
        months_left=Decimal(left) / DAYS_PER_MONTH,
        expected=expected,
        needed=needed,
    )


def _outlook(needed: int, expected: int, dwellings: int, days_left: int) -> Outlook:
    if not dwellings:
        return Outlook.UNKNOWN
    if not days_left:
        return Outlook.MISSED if needed else Outlook.MET
    if not needed:
        return Outlook.SECURED
    return Outlook.WITHIN_REACH if needed <= expected else Outlook.OUT_OF_REACH
