"""A child is born; somebody leaves the household. Both can be taken back."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from housing.choices import StepCode
from housing.models import Occupancy, Person
from housing.services.persons import household_version, register_birth, register_departure
from housing.services.undoing import undo_step
from tests.housing.cases.rules import sharing_rules
from tests.placing import DAY, at, counting_rules, household, placed
from westerkwartier.web.refusals import Refused


def birth(cast, case, *, by=None, on=DAY, **fields):
    values = {"name": "Zoë", "sex": "f", **fields}
    return register_birth(by=by or cast.coordinator, case=case, on=on, now=at(), **values)


def departure(cast, person, *, by=None, because="moved", on=DAY):
    return register_departure(
        by=by or cast.coordinator, person=person, because=because, on=on, now=at()
    )


def test_a_child_belongs_to_the_household_and_changes_its_bedrooms(cast):
    sharing_rules()
    case = household(cast)
    step = birth(cast, case)
    child = case.persons.get(relation="child")
    case.refresh_from_db()
    assert (child.birth_date, child.arrived_on, step.kept) == (DAY, None, {"person": child.pk})
    assert case.bedrooms_now == 2


def test_a_child_lives_where_the_household_lives_and_counts_when_that_is_signed_off(cast):
    counting_rules()
    proposal = placed(cast, until=StepCode.MOVE_IN)
    birth(cast, proposal.case)
    child = proposal.case.persons.get(relation="child")
    assert Occupancy.objects.get(person=child).moved_in_on == DAY
    assert (child.arrived_on, child.counted_on) == (DAY, None)


def test_twins_are_two_but_a_double_click_is_one(cast):
    case = household(cast)
    first = birth(cast, case, name="")
    assert birth(cast, case, name="") == first
    assert birth(cast, case, name="", version=household_version(case)) != first
    assert case.persons.filter(relation="child").count() == 2


def test_a_birth_that_was_a_mistake_is_taken_back(cast):
    counting_rules()
    case = placed(cast, until=StepCode.MOVE_IN).case
    step = birth(cast, case)
    undo_step(by=cast.coordinator, step=step, reason="Ander huishouden", now=at())
    assert not case.persons.filter(relation="child").exists()


def test_who_leaves_no_longer_lives_there_but_still_counts(cast):
    counting_rules()
    case = placed(cast, until=StepCode.SIGN_OFF, case=household(cast, persons=2)).case
    partner = case.persons.get(relation="partner")
    departure(cast, partner)
    partner.refresh_from_db()
    assert (partner.left_on, partner.left_because, partner.counted_on) == (DAY, "moved", DAY)
    assert Occupancy.objects.get(person=partner).moved_out_on == DAY
    assert case.persons.here().count() == 1


def test_a_departure_that_was_a_mistake_is_taken_back(cast):
    counting_rules()
    case = placed(cast, until=StepCode.MOVE_IN, case=household(cast, persons=2)).case
    partner = case.persons.get(relation="partner")
    step = departure(cast, partner)
    undo_step(by=cast.coordinator, step=step, reason="Bleef toch", now=at())
    partner.refresh_from_db()
    assert (partner.left_on, partner.left_because) == (None, "")
    assert Occupancy.objects.get(person=partner).moved_out_on is None


def test_nobody_leaves_before_moving_in(cast):
    counting_rules()
    case = placed(cast, until=StepCode.MOVE_IN).case
    with pytest.raises(Refused) as refusal:
        departure(cast, case.persons.get(), on=DAY - timedelta(days=3))
    assert refusal.value.field == "on"


def test_who_is_expected_cannot_leave(cast):
    case = household(cast, expected=1)
    with pytest.raises(Refused):
        departure(cast, Person.objects.expected().get(case=case))


@pytest.mark.parametrize("who", ["officer_leek", "corporation_staff", "guidance_worker"])
def test_others_may_not(cast, who):
    case = household(cast)
    with pytest.raises(PermissionDenied):
        birth(cast, case, by=getattr(cast, who))
    with pytest.raises(PermissionDenied):
        departure(cast, case.persons.get(), by=getattr(cast, who))


def test_nothing_happens_in_the_future(cast):
    case = household(cast)
    with pytest.raises(Refused):
        birth(cast, case, on=date(2018, 1, 1))


def test_leaving_twice_is_once(cast):
    case = household(cast, persons=2)
    partner = case.persons.get(relation="partner")
    assert departure(cast, partner) == departure(cast, partner)
    with pytest.raises(Refused):
        departure(cast, partner, because="died")
