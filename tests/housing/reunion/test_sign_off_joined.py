"""COA signs off family who joined: from then on they count."""

import pytest
from django.core.exceptions import PermissionDenied

from housing.choices import CountEvent, CreditedTo, PersonCategory, StepCode
from housing.models import CountingRule
from housing.services.joining import sign_off_joined
from housing.services.undoing import undo_step
from tests.placing import at, counting_rules
from tests.reunion import LATER, arrived, follower, housed, joined
from westerkwartier.web.refusals import Refused


@pytest.fixture(autouse=True)
def rules(db):
    counting_rules()


def sign(cast, case, persons, by=None):
    by = by or cast.coordinator
    return sign_off_joined(by=by, case=case, persons=persons, on=LATER, now=at(LATER))


def test_they_count_for_the_municipality_linked(cast):
    case = housed(cast)
    person = joined(cast, case)
    step = sign(cast, case, [person], by=cast.officer_marum)
    person.refresh_from_db()
    assert (person.counted_on, person.credited_municipality) == (LATER, cast.marum)
    assert person.countings.get().step == step


def test_only_who_lives_there_and_does_not_count_yet(cast):
    case = housed(cast, expected=2)
    person = arrived(cast, follower(case))
    with pytest.raises(Refused):
        sign(cast, case, [person])
    with pytest.raises(Refused, match="tellen al mee"):
        sign(cast, case, [case.persons.get(category="holder")])


def test_where_the_rules_do_not_count_them_nothing_is_signed_off(cast):
    CountingRule.objects.filter(category=PersonCategory.REUNIFIER).update(
        from_event=CountEvent.NONE, credited_to=CreditedTo.NONE
    )
    case = housed(cast)
    person = joined(cast, case)
    with pytest.raises(Refused):
        sign(cast, case, [person])
    assert not case.steps.filter(code=StepCode.SIGN_OFF_JOINED).exists()


def test_not_before_the_household_itself_was_signed_off(cast):
    case = housed(cast, until=StepCode.MOVE_IN)
    with pytest.raises(Refused, match="kan nu niet"):
        sign(cast, case, [joined(cast, case)])


def test_only_who_handles_the_household(cast):
    case = housed(cast)
    person = joined(cast, case)
    for who in (cast.corporation_staff, cast.guidance_worker, cast.stranger):
        with pytest.raises(PermissionDenied):
            sign(cast, case, [person], by=who)


def test_the_step_can_be_taken_back_and_then_the_joining(cast):
    case = housed(cast)
    person = joined(cast, case)
    step = sign(cast, case, [person])
    undo_step(by=cast.coordinator, step=step, reason="Vergissing", now=at(LATER))
    person.refresh_from_db()
    assert (person.counted_on, person.reunion) == (None, "joined")
    step = case.steps.get(code=StepCode.JOIN)
    undo_step(by=cast.coordinator, step=step, reason="Vergissing", now=at(LATER))
    person.refresh_from_db()
    assert person.reunion == "arrived"


def test_twice_is_one_step(cast):
    case = housed(cast)
    person = joined(cast, case)
    assert sign(cast, case, [person]) == sign(cast, case, [person])
    assert person.countings.count() == 1
