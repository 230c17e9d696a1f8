"""A dwelling ahead of the family: what it costs, who comes when, which rooms are kept."""

from datetime import date
from decimal import Decimal

import pytest

from housing.choices import RentVerdict, ReunionState, StepCode
from housing.selectors.advice import waiting_sizes
from housing.selectors.ahead import Arrivals, RoomsKept, placing_ahead, rooms_kept
from housing.selectors.placing import snapshot
from tests.factories import BedroomNormFactory, RentLimitFactory
from tests.placing import DAY, counting_rules, household, placed, suitable_vacancy
from tests.reunion import LATER, arrived, follower, followers_of, housed, tell

S = ReunionState
MARCH, APRIL = date(2018, 3, 20), date(2018, 4, 20)


@pytest.fixture(autouse=True)
def rules(db):
    counting_rules()
    RentLimitFactory(
        year=2017,
        quality_limit=Decimal("414.02"),
        low_cap=Decimal("592.55"),
        high_cap=Decimal("635.05"),
        max_rent=Decimal("710.68"),
    )
    for persons, bedrooms in ((1, 1), (3, 2), (5, 3)):
        BedroomNormFactory(persons_from=persons, bedrooms=bedrooms)


def family(cast, *days):
    case = household(cast, expected=len(days))
    for person, day in zip(followers_of(case), days, strict=True):
        person.expected_on = day
        person.save(update_fields=["expected_on"])
    return case


def ahead(cast, case, rent="620.00", **more):
    vacancy = suitable_vacancy(cast, net_rent=Decimal(rent))
    return placing_ahead(case, vacancy, on=DAY, **more)


def test_both_verdicts_and_the_cost_until_the_cap_is_that_of_a_family(cast):
    found = ahead(cast, family(cast, MARCH, APRIL))
    assert (found.persons_now, found.persons_later, found.followers) == (1, 3, 2)
    assert (found.rent.now, found.rent.after) == (RentVerdict.ABOVE_CAP, RentVerdict.FITS)
    assert found.rent.above_cap == Decimal("27.45")
    assert (found.starts_on, found.until) == (DAY, APRIL)
    assert found.cost == 5 * Decimal("27.45")
    assert found.arrivals == [Arrivals(date(2018, 3, 1), 1), Arrivals(date(2018, 4, 1), 1)]
    assert (found.rooms_left, found.short_later) == (2, 0)


def test_who_comes_after_it_fits_costs_nothing_more(cast):
    found = ahead(cast, family(cast, MARCH, MARCH, APRIL))
    assert found.cost == 4 * Decimal("27.45")


def test_a_day_that_is_not_known_and_matters(cast):
    found = ahead(cast, family(cast, MARCH, None))
    assert (found.cost, found.until, found.without_day) == (None, MARCH, 1)
    assert found.arrivals[-1] == Arrivals(None, 1)
    known = ahead(cast, family(cast, MARCH, MARCH, None))
    assert known.cost == 4 * Decimal("27.45")


def test_what_fits_at_once_costs_nothing(cast):
    found = ahead(cast, family(cast, None, None), rent="560.00")
    assert (found.rent.now, found.cost) == (RentVerdict.FITS, Decimal("0.00"))


def test_somebody_young_alone_has_a_lower_limit(cast):
    case = family(cast, MARCH, APRIL)
    holder = case.persons.get(category="holder")
    holder.birth_date = date(1996, 1, 1)
    holder.save(update_fields=["birth_date"])
    assert ahead(cast, case, with_age=False).rent.now == RentVerdict.ABOVE_CAP
    found = ahead(cast, case)
    assert found.rent.now == RentVerdict.ABOVE_MAX
    assert found.rent.above_cap == Decimal("205.98")
    assert found.cost == 4 * Decimal("205.98") + Decimal("27.45")


def test_limits_that_are_not_known_give_no_cost(cast):
    vacancy = suitable_vacancy(cast, available_from=date(2018, 1, 1))
    found = placing_ahead(family(cast, MARCH), vacancy, on=DAY)
    assert (found.rent.now, found.cost) == (RentVerdict.UNKNOWN, None)


def test_nobody_expected_is_nothing_ahead(cast):
    case = family(cast, MARCH)
    tell(cast, follower(case), S.LAPSED)
    assert ahead(cast, case) is None
    assert ahead(cast, household(cast)) is None


# -- rooms that are kept ---------------------------------------------------------------------------


def test_rooms_are_kept_until_the_last_is_expected(cast):
    case = family(cast, MARCH, APRIL)
    proposal = placed(cast, case=case, until=StepCode.MOVE_IN)
    found = rooms_kept(cast.corporation_staff, proposal.vacancy.dwelling, on=DAY)
    assert found == RoomsKept(persons=2, rooms=1, until=APRIL)


def test_also_for_the_household_to_whom_it_is_proposed(cast):
    proposal = placed(cast, case=family(cast, None))
    assert rooms_kept(cast.coordinator, proposal.vacancy.dwelling, on=DAY).until is None


def test_who_arrived_and_did_not_join_still_needs_a_room(cast):
    case = housed(cast, expected=2)
    first, second = followers_of(case)
    arrived(cast, first)
    tell(cast, second, S.LAPSED, LATER)
    dwelling = case.tenancies.get().dwelling
    assert rooms_kept(cast.coordinator, dwelling, on=LATER).persons == 1


def test_none_when_nobody_comes_and_for_who_may_not_know(cast):
    case = family(cast, MARCH)
    dwelling = placed(cast, case=case).vacancy.dwelling
    assert rooms_kept(cast.officer_leek, dwelling, on=DAY) is None
    tell(cast, follower(case), S.LAPSED)
    assert rooms_kept(cast.coordinator, dwelling, on=DAY) is None
    assert rooms_kept(cast.coordinator, suitable_vacancy(cast).dwelling, on=DAY) is None


def test_who_does_not_come_takes_no_room_anywhere(cast):
    case = family(cast, MARCH, APRIL)
    tell(cast, follower(case), S.LAPSED)
    sizes = waiting_sizes([cast.region.pk], on=DAY)
    assert sizes[cast.region.pk] == {2: 1}
    assert snapshot(case, suitable_vacancy(cast), on=DAY)["household"]["expected"] == 1
