"""How many of the next dwellings must go to permit holders."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quota.arithmetic import needed_of_the_next
from quota.choices import Outlook

SINCE = date(2016, 3, 24)
LAST = date(2017, 12, 31)
TARGET = Decimal("0.200")

counts = st.integers(0, 5_000)
targets = st.integers(0, 1000).map(lambda thousandths: Decimal(thousandths) / 1000)
days = st.integers(0, (LAST - SINCE).days + 60).map(lambda passed: SINCE + timedelta(days=passed))


def needed(let, dwellings, target=TARGET, on=date(2017, 11, 23)):
    return needed_of_the_next(let, dwellings, target, since=SINCE, on=on, last_day=LAST)


def test_by_hand():
    # 610 days have passed and 38 are left: 732 × 38 / 610 = 45.6 more, so 778 in all; a fifth of
    # those is 155.6.
    found = needed(150, 732)
    assert (found.expected, found.needed) == (46, 6)
    assert found.outlook == Outlook.WITHIN_REACH
    assert round(found.per_month, 1) == Decimal("36.5")
    assert round(found.months_left, 2) == Decimal("1.25")


@pytest.mark.parametrize(
    ("let", "dwellings", "on", "outlook"),
    [
        (0, 0, date(2017, 1, 1), Outlook.UNKNOWN),
        (156, 732, date(2017, 11, 23), Outlook.SECURED),
        (155, 732, date(2017, 11, 23), Outlook.WITHIN_REACH),
        (110, 732, date(2017, 11, 23), Outlook.WITHIN_REACH),
        (109, 732, date(2017, 11, 23), Outlook.OUT_OF_REACH),
        (20, 100, LAST, Outlook.MET),
        (19, 100, LAST, Outlook.MISSED),
        (19, 100, LAST + timedelta(days=400), Outlook.MISSED),
    ],
)
def test_outlook(let, dwellings, on, outlook):
    assert needed(let, dwellings, on=on).outlook == outlook


@given(let=counts, dwellings=counts, target=targets, on=days)
def test_as_many_as_needed_is_enough_and_one_fewer_is_not(let, dwellings, target, on):
    found = needed(let, dwellings, target, on)
    all_dwellings = dwellings + found.expected
    assert let + found.needed >= Fraction(target) * all_dwellings
    if found.needed:
        assert let + found.needed - 1 < Fraction(target) * all_dwellings


@given(let=counts, dwellings=counts, target=targets, on=days)
def test_what_is_out_of_reach_is_out_of_reach_with_all_of_them(let, dwellings, target, on):
    found = needed(let, dwellings, target, on)
    enough = let + found.expected >= Fraction(target) * (dwellings + found.expected)
    if found.outlook in (Outlook.OUT_OF_REACH, Outlook.MISSED):
        assert not enough
    elif found.outlook != Outlook.UNKNOWN:
        assert enough


@given(let=counts, dwellings=counts, target=targets, on=days)
def test_one_more_that_was_let_is_at_most_one_fewer_to_go(let, dwellings, target, on):
    now, then = needed(let, dwellings, target, on), needed(let + 1, dwellings, target, on)
    assert now.needed - then.needed in (0, 1)
    assert then.expected == now.expected


@given(dwellings=counts, on=days)
def test_nothing_comes_after_the_last_day(dwellings, on):
    found = needed(0, dwellings, on=on)
    if on >= LAST:
        assert (found.expected, found.months_left) == (0, 0)
    else:
        # As many a month as so far, to half a dwelling.
        assert abs(found.expected - found.per_month * found.months_left) <= Decimal("0.501")


@pytest.mark.parametrize(
    ("let", "dwellings", "target", "on"),
    [
        (-1, 1, TARGET, LAST),
        (1, -1, TARGET, LAST),
        (1, 1, Decimal("1.001"), LAST),
        (1, 1, TARGET, SINCE - timedelta(days=1)),
    ],
)
def test_nonsense_is_refused(let, dwellings, target, on):
    with pytest.raises(ValueError, match="in order"):
        needed(let, dwellings, target, on)
