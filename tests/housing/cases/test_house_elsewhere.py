"""Accommodation that is no dwelling of its own: where it counts, and where it does not."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from housing.choices import CaseStatus, StepCode
from housing.services.cases import house_elsewhere
from housing.services.placing import move_in
from housing.services.steps import last_step
from housing.services.undoing import undo_step
from tests.placing import (
    DAY,
    AccommodationTypeFactory,
    CountingRuleFactory,
    at,
    counting_rules,
    household,
    placed,
)
from westerkwartier.web.refusals import Refused

EARLIER = DAY - timedelta(days=5)


@pytest.fixture
def hotel(db):
    """Nobody counts there."""
    kind = AccommodationTypeFactory(code="hotel", regular=False)
    CountingRuleFactory(accommodation=kind, from_event="none", credited_to="none")
    return kind


@pytest.fixture
def reception(db):
    """Small-scale reception, in which a holder counts on moving in."""
    kind = AccommodationTypeFactory(code="reception", regular=False)
    CountingRuleFactory(accommodation=kind, from_event="moved_in")
    return kind


def house(cast, case, kind, on=DAY, *, by=None, municipality=None):
    return house_elsewhere(
        by=by or cast.coordinator,
        case=case,
        accommodation=kind,
        municipality=municipality or cast.leek,
        on=on,
        now=at(),
    )


def undo_last(cast, case):
    return undo_step(by=cast.coordinator, step=last_step(case), reason="Vergissing", now=at())


def stays(case) -> list[tuple]:
    rows = case.stays.order_by("starts_on", "pk")
    return list(rows.values_list("accommodation__code", "starts_on", "ends_on"))


def test_where_somebody_counts_the_household_is_signed_off(cast, reception):
    case = household(cast)
    assert house(cast, case, reception).code == StepCode.STAY
    case.refresh_from_db()
    person = case.persons.get()
    assert case.status == CaseStatus.SIGNED_OFF
    assert (person.counted_on, person.credited_municipality) == (DAY, cast.marum)
    assert stays(case) == [("reception", DAY, None)]


def test_where_nobody_counts_it_goes_on_looking(cast, hotel):
    case = household(cast)
    assert house(cast, case, hotel).code == StepCode.LODGE
    case.refresh_from_db()
    assert case.status == CaseStatus.LINKED
    assert case.persons.get().counted_on is None


def test_the_next_place_ends_the_one_before(cast, hotel, reception):
    case = household(cast)
    house(cast, case, hotel, EARLIER)
    house(cast, case, reception)
    assert stays(case) == [("hotel", EARLIER, DAY), ("reception", DAY, None)]
    undo_last(cast, case)
    assert stays(case) == [("hotel", EARLIER, None)]
    assert case.persons.get().counted_on is None
    undo_last(cast, case)
    assert stays(case) == []


def test_two_places_on_one_day_are_taken_back_one_by_one(cast, hotel):
    case = household(cast)
    house(cast, case, hotel)
    house(cast, case, hotel, municipality=cast.marum)
    assert stays(case) == [("hotel", DAY, DAY), ("hotel", DAY, None)]
    undo_last(cast, case)
    assert case.stays.get().municipality == cast.leek
    assert stays(case) == [("hotel", DAY, None)]


def test_it_ends_when_the_household_moves_into_a_dwelling(cast, hotel):
    counting_rules()
    case = household(cast)
    house(cast, case, hotel, EARLIER)
    proposal = placed(cast, case=case, until=StepCode.MOVE_IN)
    assert stays(case) == [("hotel", EARLIER, DAY)]
    undo_last(cast, proposal.case)
    assert stays(case) == [("hotel", EARLIER, None)]


def test_nobody_moves_in_before_they_came_where_they_stay(cast, hotel):
    case = household(cast)
    house(cast, case, hotel, DAY)
    proposal = placed(cast, case=case, until=StepCode.SIGN, on=EARLIER)
    with pytest.raises(Refused) as refusal:
        move_in(by=cast.coordinator, proposal=proposal, on=EARLIER, now=at())
    assert refusal.value.field == "on"
    assert stays(case) == [("hotel", DAY, None)]


def test_not_where_no_rule_is_known(cast):
    kind = AccommodationTypeFactory(code="tent", regular=False)
    with pytest.raises(Refused) as refusal:
        house(cast, household(cast), kind)
    assert refusal.value.field == "accommodation"


@pytest.mark.parametrize("who", ["officer_leek", "corporation_staff", "guidance_worker"])
def test_only_who_handles_the_household(who, cast, hotel):
    with pytest.raises(PermissionDenied):
        house(cast, household(cast), hotel, by=getattr(cast, who))


def test_not_in_the_future(cast, hotel):
    with pytest.raises(Refused):
        house(cast, household(cast), hotel, date(2017, 11, 21))


def test_twice_is_once(cast, hotel, reception):
    for kind in (hotel, reception):
        case = household(cast)
        assert house(cast, case, kind) == house(cast, case, kind)
        assert case.stays.count() == 1
