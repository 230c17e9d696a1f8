"""Telling what becomes of family who follow: dated facts, in the order of the table."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from housing.choices import ReunionState
from housing.models import ReunionFact
from housing.services.reunion import record_reunion_fact
from partners.models import JournalEntry
from tests.placing import DAY, at, counting_rules, household
from tests.reunion import LATER, follower, housed, joined, tell
from westerkwartier.web.refusals import Refused

S = ReunionState


def test_the_person_says_what_the_newest_fact_says(cast):
    person = follower(household(cast, expected=1))
    tell(cast, person, S.MVV_APPLIED)
    assert (person.reunion, person.expected_on, person.arrived_on) == (S.MVV_APPLIED, None, None)
    tell(cast, person, S.MVV_GRANTED, expected_on=LATER)
    assert (person.reunion, person.expected_on) == (S.MVV_GRANTED, LATER)
    tell(cast, person, S.TRAVEL_PLANNED, expected_on=LATER - timedelta(days=2))
    assert person.expected_on == LATER - timedelta(days=2)
    tell(cast, person, S.ARRIVED, LATER)
    assert (person.reunion, person.arrived_on) == (S.ARRIVED, LATER)
    assert JournalEntry.objects.filter(action="reunion.record").count() == 4


@pytest.mark.parametrize("end", [S.MVV_REFUSED, S.LAPSED])
def test_who_does_not_come_is_expected_no_longer(cast, end):
    case = household(cast, expected=1)
    person = follower(case)
    tell(cast, person, S.MVV_GRANTED, expected_on=LATER)
    if end == S.MVV_REFUSED:
        tell(cast, other := follower(household(cast, expected=1)), S.MVV_APPLIED)
        other.expected_on = LATER
        other.save(update_fields=["expected_on"])
        person, case = other, other.case
    tell(cast, person, end)
    assert (person.reunion, person.expected_on) == (end, None)
    assert not case.persons.expected().exists()
    assert case.persons.here().count() == 1


def test_who_arrived_and_does_not_come_after_all_is_not_here(cast):
    case = household(cast, expected=1)
    person = follower(case)
    tell(cast, person, S.ARRIVED)
    assert case.persons.here().count() == 2
    tell(cast, person, S.LAPSED)
    assert (case.persons.here().count(), person.arrived_on) == (1, None)


def test_only_what_the_table_allows(cast):
    person = follower(household(cast, expected=1))
    with pytest.raises(Refused):
        tell(cast, person, S.MVV_REFUSED)
    tell(cast, person, S.MVV_APPLIED)
    with pytest.raises(Refused):
        tell(cast, person, S.ARRIVED)
    with pytest.raises(Refused, match="bij te plaatsen"):
        tell(cast, person, S.JOINED)


@pytest.mark.parametrize(
    ("state", "on", "expected_on", "field"),
    [
        (S.MVV_APPLIED, DAY + timedelta(days=1), None, "on"),
        (S.TRAVEL_PLANNED, DAY, None, "expected_on"),
        (S.TRAVEL_PLANNED, DAY, DAY - timedelta(days=1), "expected_on"),
        (S.MVV_APPLIED, DAY, LATER, "expected_on"),
    ],
)
def test_days_that_make_no_sense(cast, state, on, expected_on, field):
    person = follower(household(cast, expected=1))
    with pytest.raises(Refused) as refusal:
        record_reunion_fact(
            by=cast.coordinator,
            person=person,
            state=state,
            on=on,
            expected_on=expected_on,
            now=at(),
        )
    assert refusal.value.field == field


def test_a_fact_does_not_lie_before_the_one_it_follows(cast):
    person = follower(household(cast, expected=1))
    tell(cast, person, S.MVV_APPLIED)
    with pytest.raises(Refused, match="20-11-2017"):
        record_reunion_fact(
            by=cast.coordinator,
            person=person,
            state=S.MVV_GRANTED,
            on=date(2017, 11, 19),
            now=at(),
        )


def test_who_lives_there_cannot_lapse(cast):
    counting_rules()
    person = joined(cast, housed(cast))
    with pytest.raises(Refused):
        tell(cast, person, S.LAPSED, LATER)


def test_an_officer_tells_of_the_own_households_only(cast):
    person = follower(household(cast, expected=1))
    told = {"person": person, "state": S.MVV_APPLIED, "on": DAY, "now": at()}
    assert record_reunion_fact(by=cast.officer_marum, **told)
    for who in (cast.officer_leek, cast.corporation_staff, cast.guidance_worker, cast.stranger):
        with pytest.raises(PermissionDenied):
            record_reunion_fact(by=who, **told)


def test_twice_is_one_fact(cast):
    person = follower(household(cast, expected=1))
    first = tell(cast, person, S.TRAVEL_PLANNED, expected_on=LATER)
    assert tell(cast, person, S.TRAVEL_PLANNED, expected_on=LATER) == first
    assert ReunionFact.objects.count() == 1
    assert tell(cast, person, S.TRAVEL_PLANNED, expected_on=LATER + timedelta(days=1)) != first
