"""Adding somebody who follows to a household."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from housing.choices import Relation, StepReason
from housing.services.cases import unlink_case
from housing.services.reunion import expect_person
from tests.factories import TODAY
from tests.placing import DAY, at, household
from tests.reunion import LATER
from westerkwartier.web.refusals import Refused


def expect(cast, case, number=1, by=None, **more):
    values = {"relation": Relation.PARTNER, "expected_on": LATER, **more}
    by = by or cast.coordinator
    return expect_person(by=by, case=case, number=number, now=at(), **values)


def test_room_is_kept_for_who_follows(cast):
    case = household(cast)
    person = expect(cast, case, by=cast.officer_marum)
    assert (person.category, person.expected_on, person.reunion) == ("reunifier", LATER, "")
    assert list(case.persons.expected()) == [person]


def test_a_child_may_say_girl_or_boy_and_nobody_else(cast):
    case = household(cast)
    assert expect(cast, case, relation=Relation.CHILD, sex="f").sex == "f"
    with pytest.raises(Refused) as refusal:
        expect(cast, case, 2, sex="f")
    assert refusal.value.field == "sex"


def test_name_and_birth_date_as_far_as_they_are_known(cast):
    person = expect(cast, household(cast), name="Test Persoon", birth_date=date(1990, 5, 1))
    person.refresh_from_db()
    assert (person.name, person.birth_date) == ("Test Persoon", date(1990, 5, 1))
    with pytest.raises(Refused) as refusal:
        expect(cast, household(cast), birth_date=TODAY)
    assert refusal.value.field == "birth_date"


def test_the_holder_is_here(cast):
    with pytest.raises(Refused):
        expect(cast, household(cast), relation=Relation.HOLDER)


def test_two_alike_are_two(cast):
    case = household(cast)
    assert expect(cast, case, 1) != expect(cast, case, 2)


def test_somebody_else_added_another_in_the_meantime(cast):
    case = household(cast)
    expect(cast, case, 1)
    with pytest.raises(Refused):
        expect(cast, case, 1, relation=Relation.CHILD)
    with pytest.raises(Refused):
        expect(cast, case, 3)


def test_not_of_a_household_that_was_unlinked(cast):
    case = household(cast)
    unlink_case(by=cast.coordinator, case=case, reason=StepReason.LEFT, on=DAY, now=at())
    with pytest.raises(Refused):
        expect(cast, case)


def test_only_who_handles_the_household(cast):
    case = household(cast)
    for who in (cast.officer_leek, cast.corporation_staff, cast.guidance_worker, cast.stranger):
        with pytest.raises(PermissionDenied):
            expect(cast, case, by=who)


def test_twice_is_one_person(cast):
    case = household(cast)
    assert expect(cast, case) == expect(cast, case)
    assert case.persons.count() == 2
