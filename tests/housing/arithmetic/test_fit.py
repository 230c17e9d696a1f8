"""Whether a dwelling suits a household, rule by rule."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from housing.arithmetic import Asked, Limits, Offered, fit
from housing.choices import Accessibility, FitRule, NeedCode, Outcome, RentVerdict

LIMITS_2017 = Limits(
    quality_limit=Decimal("414.02"),
    low_cap=Decimal("592.55"),
    high_cap=Decimal("635.05"),
    max_rent=Decimal("710.68"),
)
ALONE = Asked(persons_now=1, persons_later=1, bedrooms_now=1, bedrooms=1)
FOLLOWED = Asked(persons_now=1, persons_later=4, bedrooms_now=1, bedrooms=3)
HOUSE = Offered(bedrooms=3, net_rent=Decimal("620.00"))


def outcome_of(asked, offered, rule, limits=LIMITS_2017):
    return [check.outcome for check in fit(asked, offered, limits).checks if check.rule == rule]


@pytest.mark.parametrize(
    ("bedrooms", "needed", "fits"), [(3, 3, True), (3, 4, False), (3, 1, True)]
)
def test_a_dwelling_has_the_bedrooms_that_are_needed(bedrooms, needed, fits):
    found = fit(replace(ALONE, bedrooms=needed), replace(HOUSE, bedrooms=bedrooms), LIMITS_2017)
    assert found.fits == fits
    assert [(c.asked, c.offered) for c in found.obstacles] == ([] if fits else [(4, 3)])


def test_bedrooms_that_nobody_reckoned_keep_nobody_out():
    found = fit(replace(ALONE, bedrooms=None), HOUSE, LIMITS_2017)
    assert found.fits
    assert [check.rule for check in found.cautions] == [FitRule.BEDROOMS]


def test_ahead_of_the_family_the_rent_is_judged_twice():
    """A single of 23 or older in a family dwelling of 620 euro in 2017 (DOMAIN 4.3)."""
    found = fit(FOLLOWED, HOUSE, LIMITS_2017)
    assert (found.rent.now, found.rent.after) == (RentVerdict.ABOVE_CAP, RentVerdict.FITS)
    assert found.rent.above_cap == Decimal("27.45")
    assert found.fits
    assert found.ahead_of_family
    assert found.spare_now == 2
    assert outcome_of(FOLLOWED, HOUSE, FitRule.RENT) == [Outcome.FAIL]
    assert outcome_of(FOLLOWED, HOUSE, FitRule.RENT_LATER) == [Outcome.PASS]


def test_who_is_young_has_no_allowance_until_the_family_is_there():
    found = fit(replace(FOLLOWED, young=True), replace(HOUSE, net_rent=Decimal("500")), LIMITS_2017)
    assert found.rent.now == RentVerdict.ABOVE_MAX
    assert found.rent.above_cap == Decimal("85.98")


def test_nobody_follows_nothing_is_ahead():
    assert not fit(ALONE, HOUSE, LIMITS_2017).ahead_of_family
    assert outcome_of(ALONE, HOUSE, FitRule.RENT_LATER) == []
    assert not fit(replace(FOLLOWED, bedrooms_now=3), HOUSE, LIMITS_2017).ahead_of_family


def test_without_limits_the_rent_is_not_known():
    found = fit(FOLLOWED, HOUSE, None)
    assert found.rent.above_cap is None
    assert outcome_of(FOLLOWED, HOUSE, FitRule.RENT, None) == [Outcome.UNKNOWN]


@pytest.mark.parametrize(
    ("need", "offered", "outcome"),
    [
        (NeedCode.LIFT, {"floor": 0}, Outcome.PASS),
        (NeedCode.LIFT, {"floor": 3, "lift": True}, Outcome.PASS),
        (NeedCode.LIFT, {"floor": 3}, Outcome.FAIL),
        (NeedCode.STEP_FREE, {"step_free": True}, Outcome.PASS),
        (NeedCode.STEP_FREE, {"accessibility": Accessibility.WHEELCHAIR}, Outcome.PASS),
        (NeedCode.STEP_FREE, {}, Outcome.FAIL),
        (NeedCode.WHEELCHAIR, {"accessibility": Accessibility.WIDE_WHEELCHAIR}, Outcome.PASS),
        (NeedCode.WHEELCHAIR, {"accessibility": Accessibility.WALKER}, Outcome.FAIL),
        (NeedCode.WHEELCHAIR, {}, Outcome.UNKNOWN),
        (NeedCode.LARGE_WHEELCHAIR, {"accessibility": Accessibility.WHEELCHAIR}, Outcome.FAIL),
        (NeedCode.WALKING_FRAME, {"accessibility": Accessibility.WALKER_WITH_STEPS}, Outcome.PASS),
        (NeedCode.GROUND_FLOOR, {"accessibility": Accessibility.GROUND_FLOOR}, Outcome.PASS),
        (NeedCode.GROUND_FLOOR, {"accessibility": Accessibility.NONE}, Outcome.FAIL),
        (NeedCode.ENTRANCE_FLOOR, {}, Outcome.UNKNOWN),
        (NeedCode.ADAPTED_BATHROOM, {"adaptations": "douchezitje"}, Outcome.UNKNOWN),
        (NeedCode.ADAPTED_BATHROOM, {}, Outcome.FAIL),
        ("near_hospital", {"accessibility": Accessibility.WHEELCHAIR}, Outcome.UNKNOWN),
    ],
)
def test_a_need_is_met_not_met_or_not_known(need, offered, outcome):
    asked, dwelling = replace(ALONE, needs=frozenset({need})), replace(HOUSE, **offered)
    assert outcome_of(asked, dwelling, FitRule.NEED) == [outcome]
    assert fit(asked, dwelling, LIMITS_2017).fits == (outcome != Outcome.FAIL)


def test_a_label_and_a_last_day_are_looked_at_by_people():
    found = fit(
        ALONE, replace(HOUSE, label="senior", temporary_until=date(2018, 6, 1)), LIMITS_2017
    )
    assert found.fits
    assert [check.rule for check in found.cautions] == [FitRule.LABEL, FitRule.TEMPORARY]
