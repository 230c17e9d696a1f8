"""Moving in: who is here by then lives there from that day on."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from housing.choices import CountEvent, PersonCategory, StepCode
from housing.models import Occupancy
from housing.services.placing import move_in, sign_contract
from tests.factories import PersonFactory
from tests.placing import DAY, CountingRuleFactory, at, household, placed
from westerkwartier.web.refusals import Refused

pytestmark = pytest.mark.usefixtures("rules")


def move(cast, proposal, *, by="officer_marum", on=DAY):
    return move_in(by=getattr(cast, by), proposal=proposal, on=on, now=at())


def test_everybody_who_is_here_moves_in_and_nobody_who_follows(cast):
    proposal = placed(cast, until=StepCode.SIGN, case=household(cast, persons=2, expected=1))
    move(cast, proposal)
    lived = Occupancy.objects.select_related("person")
    assert [one.person.category for one in lived] == [PersonCategory.HOLDER, PersonCategory.FAMILY]
    assert {one.person.arrived_on for one in lived} == {DAY}
    assert not proposal.case.persons.exclude(counted_on=None).exists()


def test_who_arrives_later_is_not_here_yet(cast):
    case = household(cast)
    PersonFactory(case=case, category=PersonCategory.REUNIFIER, relation="other", arrived_on=DAY)
    proposal = placed(cast, until=StepCode.SIGN, case=case, on=DAY - timedelta(days=2))
    move(cast, proposal, on=DAY - timedelta(days=1))
    assert Occupancy.objects.count() == 1


def test_whom_the_rules_count_on_moving_in_counts_from_that_day(cast):
    rule = CountingRuleFactory._meta.model.objects.get(category=PersonCategory.HOLDER)
    rule.from_event = CountEvent.MOVED_IN
    rule.save()
    proposal = placed(cast, until=StepCode.SIGN)
    move(cast, proposal)
    person = proposal.case.persons.get()
    assert (person.counted_on, person.credited_municipality) == (DAY, cast.marum)


def test_not_before_the_tenancy_begins(cast):
    proposal = placed(cast, until=StepCode.ACCEPT)
    sign_contract(
        by=cast.coordinator, proposal=proposal, starts_on=date(2017, 12, 1), on=DAY, now=at()
    )
    with pytest.raises(Refused, match="huur") as refusal:
        move(cast, proposal)
    assert refusal.value.field == "on"


def test_nobody_here_is_nobody_moving(cast):
    proposal = placed(cast, until=StepCode.SIGN, case=household(cast, persons=0, expected=2))
    with pytest.raises(Refused, match="nog niemand in Nederland"):
        move(cast, proposal)


@pytest.mark.parametrize("who", ["corporation_staff", "guidance_worker", "stranger"])
def test_officers_and_coordinator_tell_it(cast, who):
    proposal = placed(cast, until=StepCode.SIGN)
    with pytest.raises(PermissionDenied):
        move(cast, proposal, by=who)
    # Since the contract the officer of the municipality lived in knows of the household too.
    move(cast, proposal, by="officer_leek")


def test_moving_in_twice_is_harmless(cast):
    proposal = placed(cast, until=StepCode.SIGN)
    assert move(cast, proposal) == move(cast, proposal)
    assert Occupancy.objects.count() == 1
