"""The dwelling check of somebody who follows: four conditions, yes or no."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from housing.choices import StepCode
from housing.models import DwellingCheck, Tenancy
from housing.services.reunion import check_dwelling
from partners.models import JournalEntry
from tests.placing import DAY, at, counting_rules, household
from tests.reunion import LATER, checked, follower, housed
from westerkwartier.web.refusals import Refused


@pytest.fixture(autouse=True)
def rules(db):
    counting_rules()


def test_complete_when_all_four_are_told(cast):
    person = follower(housed(cast))
    check = checked(cast, person, approved_on=None)
    assert (check.is_complete, check.approved_by) == (False, None)
    check = checked(cast, person)
    assert (check.is_complete, check.approved_by) == (True, cast.coordinator)
    assert check.tenancy == Tenancy.objects.get()


def test_who_approved_stays_who_approved(cast):
    person = follower(housed(cast))
    checked(cast, person, mvv=False)
    told = {"approved_on": DAY, "registered": True, "number_present": True, "mvv": True}
    check = check_dwelling(by=cast.officer_marum, person=person, now=at(LATER), **told)
    assert (check.mvv, check.approved_by) == (True, cast.coordinator)


def test_not_before_there_is_a_dwelling(cast):
    with pytest.raises(Refused):
        checked(cast, follower(household(cast, expected=1)))
    assert checked(cast, follower(housed(cast, until=StepCode.SIGN)))


def test_an_approval_does_not_lie_in_the_future(cast):
    with pytest.raises(Refused) as refusal:
        checked(cast, follower(housed(cast)), approved_on=DAY + timedelta(days=1))
    assert refusal.value.field == "approved_on"


def test_only_who_handles_the_household(cast):
    person = follower(housed(cast))
    told = {"approved_on": None, "registered": True, "number_present": False, "mvv": False}
    assert check_dwelling(by=cast.officer_leek, person=person, now=at(), **told)  # housed there
    for who in (cast.corporation_staff, cast.guidance_worker, cast.stranger):
        with pytest.raises(PermissionDenied):
            check_dwelling(by=who, person=person, now=at(), **told)


def test_twice_is_one_check(cast):
    person = follower(housed(cast))
    assert checked(cast, person) == checked(cast, person)
    assert DwellingCheck.objects.count() == 1
    assert JournalEntry.objects.filter(action="reunion.check").count() == 1
