"""Taking the newest fact about somebody who follows back, by a line of its own."""

import pytest
from django.core.exceptions import PermissionDenied

from housing.choices import ReunionState
from housing.models import ReunionFact
from housing.services.reunion import undo_reunion_fact
from tests.placing import DAY, at, counting_rules, household
from tests.reunion import LATER, follower, housed, joined, tell
from westerkwartier.web.refusals import Refused

S = ReunionState


def undo(cast, fact, day=LATER):
    return undo_reunion_fact(by=cast.coordinator, fact=fact, now=at(day))


def test_the_person_stands_as_before(cast):
    person = follower(household(cast, expected=1))
    person.expected_on = LATER
    person.save(update_fields=["expected_on"])
    first = tell(cast, person, S.MVV_APPLIED)
    second = tell(cast, person, S.MVV_REFUSED)
    line = undo(cast, second)
    person.refresh_from_db()
    assert (person.reunion, person.expected_on, line.state) == (S.MVV_APPLIED, LATER, S.MVV_APPLIED)
    line = undo(cast, first)
    person.refresh_from_db()
    assert (person.reunion, line.state) == ("", "")
    assert ReunionFact.objects.count() == 4


def test_after_taking_back_something_else_can_be_told(cast):
    person = follower(household(cast, expected=1))
    undo(cast, tell(cast, person, S.ARRIVED, LATER))
    person.refresh_from_db()
    assert person.arrived_on is None
    tell(cast, person, S.MVV_APPLIED, DAY)
    assert person.reunion == S.MVV_APPLIED


def test_only_the_newest(cast):
    person = follower(household(cast, expected=1))
    first = tell(cast, person, S.MVV_APPLIED)
    tell(cast, person, S.MVV_GRANTED)
    with pytest.raises(Refused):
        undo(cast, first)


def test_joining_is_taken_back_with_its_step(cast):
    counting_rules()
    person = joined(cast, housed(cast))
    arrival, joining = person.reunion_facts.standing().order_by("pk")
    for fact in (joining, arrival):
        with pytest.raises(Refused):
            undo(cast, fact)


def test_only_who_handles_the_household(cast):
    fact = tell(cast, follower(household(cast, expected=1)), S.MVV_APPLIED)
    for who in (cast.officer_leek, cast.guidance_worker, cast.stranger):
        with pytest.raises(PermissionDenied):
            undo_reunion_fact(by=who, fact=fact, now=at())


def test_twice_is_one_line(cast):
    fact = tell(cast, follower(household(cast, expected=1)), S.MVV_APPLIED)
    assert undo(cast, fact) == undo(cast, fact)
    assert ReunionFact.objects.count() == 2
