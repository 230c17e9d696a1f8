"""COA signs a household off: from then on its persons count."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from housing.choices import CaseStatus, CreditedTo, PersonCategory, StepCode
from housing.models import Counting, CountingRule, Occupancy
from housing.services.placing import sign_off
from partners.models import JournalEntry, VillageBelonging
from tests.factories import PersonFactory
from tests.placing import DAY, at, household, placed
from westerkwartier.web.refusals import Refused

pytestmark = pytest.mark.usefixtures("rules")


def off(cast, proposal, *, by="officer_marum", on=DAY):
    return sign_off(by=getattr(cast, by), proposal=proposal, on=on, now=at())


def test_who_lives_there_counts_for_the_municipality_linked(cast):
    proposal = placed(cast, until=StepCode.REGISTER, case=household(cast, persons=2, expected=1))
    off(cast, proposal)
    counted = proposal.case.persons.filter(counted_on=DAY, credited_municipality=cast.marum)
    assert counted.count() == 2
    assert Counting.objects.count() == 2
    assert JournalEntry.objects.get(action="case.count").detail == "2"
    proposal.case.refresh_from_db()
    assert proposal.case.status == CaseStatus.SIGNED_OFF


def test_or_for_the_one_lived_in_when_the_rule_says_so(cast):
    CountingRule.objects.update(credited_to=CreditedTo.HOUSED)
    proposal = placed(cast, until=StepCode.SIGN_OFF)
    assert proposal.case.persons.get().credited_municipality == cast.leek


def test_a_village_of_no_known_municipality_is_refused_not_guessed(cast):
    CountingRule.objects.update(credited_to=CreditedTo.HOUSED)
    proposal = placed(cast, until=StepCode.REGISTER)
    VillageBelonging.objects.filter(village=cast.village_leek).delete()
    with pytest.raises(Refused, match="gemeente"):
        off(cast, proposal, by="coordinator")


def test_before_the_registration_too(cast):
    off(cast, placed(cast, until=StepCode.MOVE_IN))


def test_who_joined_later_does_not_count_from_before(cast):
    early = DAY - timedelta(days=4)
    proposal = placed(cast, until=StepCode.MOVE_IN, on=early)
    late = PersonFactory(
        case=proposal.case, category=PersonCategory.REUNIFIER, relation="other", arrived_on=DAY
    )
    Occupancy.objects.create(tenancy=proposal.vacancy.tenancy, person=late, moved_in_on=DAY)
    off(cast, proposal, on=early + timedelta(days=1))
    late.refresh_from_db()
    assert late.counted_on is None


def test_who_lived_there_twice_counts_once(cast):
    proposal = placed(cast, until=StepCode.MOVE_IN, on=DAY - timedelta(days=4))
    first = Occupancy.objects.get()
    first.moved_out_on = DAY - timedelta(days=2)
    first.save()
    Occupancy.objects.create(
        tenancy=first.tenancy, person=first.person, moved_in_on=DAY - timedelta(days=1)
    )
    off(cast, proposal)
    assert Counting.objects.count() == 1


def test_a_category_without_a_rule_is_refused_not_forgotten(cast):
    proposal = placed(cast, until=StepCode.REGISTER)
    CountingRule.objects.all().delete()
    with pytest.raises(Refused, match="regel"):
        off(cast, proposal)


@pytest.mark.parametrize("who", ["corporation_staff", "guidance_worker", "stranger"])
def test_officers_and_coordinator_tell_it(cast, who):
    with pytest.raises(PermissionDenied):
        off(cast, placed(cast, until=StepCode.REGISTER), by=who)


def test_signing_off_twice_counts_once(cast):
    proposal = placed(cast, until=StepCode.REGISTER)
    assert off(cast, proposal) == off(cast, proposal)
    assert Counting.objects.count() == 1
