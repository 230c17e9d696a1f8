"""Bijplaatsen: family who arrived joins the tenancy of the household."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from housing.choices import CaseStatus, CountEvent, PersonCategory, ReunionState, StepCode
from housing.models import CountingRule, Occupancy, Tenancy, Vacancy
from housing.selectors import covenant_share
from housing.services.joining import join_tenancy
from housing.services.placing import sign_off
from housing.services.reunion import check_dwelling, record_reunion_fact
from housing.services.steps import last_step
from housing.services.undoing import undo_step
from tests.factories import CovenantFactory, ShareDefinitionFactory
from tests.placing import DAY, at, counting_rules, household
from tests.reunion import LATER, arrived, checked, follower, followers_of, housed, joined, tell
from westerkwartier.web.refusals import Refused

S = ReunionState


@pytest.fixture(autouse=True)
def rules(db):
    counting_rules()


def join(cast, case, persons, on=LATER, by=None):
    by = by or cast.coordinator
    return join_tenancy(by=by, case=case, persons=persons, on=on, now=at(LATER))


def test_they_live_in_the_dwelling_of_the_household(cast):
    case = housed(cast, expected=3)
    first, second, third = followers_of(case)
    step = join(cast, case, [arrived(cast, first), arrived(cast, second)])
    step.refresh_from_db()
    assert (step.code, step.status_after) == (StepCode.JOIN, CaseStatus.SIGNED_OFF)
    lives = Occupancy.objects.filter(moved_in_on=LATER, tenancy=Tenancy.objects.get())
    assert set(lives.values_list("person", flat=True)) == {first.pk, second.pk}
    assert [p.reunion for p in followers_of(case)] == [S.JOINED, S.JOINED, ""]
    assert third.occupancies.count() == 0
    assert step.kept["household"]["expected"] == 1


def test_no_dwelling_is_taken_and_the_share_of_the_covenant_stays(cast):
    ShareDefinitionFactory(covenant=CovenantFactory(region=cast.region, ends_on=LATER))
    case = housed(cast)
    vacancies = list(Vacancy.objects.values())
    before = covenant_share(cast.region, on=LATER)
    joined(cast, case)
    assert list(Vacancy.objects.values()) == vacancies
    assert covenant_share(cast.region, on=LATER) == before
    assert (before.let, Tenancy.objects.count()) == (1, 1)


def test_they_count_on_signing_off_by_the_rules(cast):
    person = joined(cast, housed(cast))
    assert person.counted_on is None


def test_they_count_at_once_where_the_rules_say_so(cast):
    CountingRule.objects.filter(category=PersonCategory.REUNIFIER).update(
        from_event=CountEvent.MOVED_IN
    )
    person = joined(cast, housed(cast))
    assert (person.counted_on, person.credited_municipality) == (LATER, cast.marum)


def test_before_the_household_is_signed_off_they_count_with_it(cast):
    case = housed(cast, until=StepCode.MOVE_IN)
    person = joined(cast, case)
    sign_off(by=cast.coordinator, proposal=case.proposals.get(), on=LATER, now=at(LATER))
    person.refresh_from_db()
    assert person.counted_on == LATER


def test_what_is_missing_of_the_check_is_named(cast):
    case = housed(cast, expected=2)
    first, second = followers_of(case)
    arrived(cast, first)
    tell(cast, second, S.ARRIVED, LATER)
    with pytest.raises(Refused, match=r"goedgekeurd, [^;]*\(BRP\), [^;]*\(BSN\), mvv"):
        join(cast, case, [first, second])
    checked(cast, second, LATER, approved_on=None, mvv=False)
    with pytest.raises(Refused, match=r"ontbreekt: Andere volwassene: woning goedgekeurd, mvv\.$"):
        join(cast, case, [first, second])
    assert not Occupancy.objects.filter(person__in=[first, second]).exists()


def test_not_before_arrival_nor_for_who_is_here(cast):
    case = housed(cast, expected=1)
    person = follower(case)
    checked(cast, person)
    with pytest.raises(Refused, match="nog niet aangekomen"):
        join(cast, case, [person])
    arrived(cast, person)
    with pytest.raises(Refused) as refusal:
        join(cast, case, [person], on=LATER - timedelta(days=1))
    assert refusal.value.field == "on"
    with pytest.raises(Refused):
        join(cast, case, [case.persons.get(category="holder")])
    with pytest.raises(Refused):
        join(cast, case, [])


def test_not_without_a_dwelling_in_which_the_household_lives(cast):
    person = follower(household(cast, expected=1))
    tell(cast, person, S.ARRIVED, LATER)
    with pytest.raises(Refused, match="geen woning"):
        join(cast, person.case, [person])
    signed = housed(cast, until=StepCode.SIGN)
    person = arrived(cast, follower(signed))
    with pytest.raises(Refused, match="kan nu niet"):
        join(cast, signed, [person])


def test_somebody_whose_arrival_was_only_a_date_gets_the_fact_too(cast):
    case = housed(cast)
    person = follower(case)
    person.arrived_on = LATER
    person.save(update_fields=["arrived_on"])
    checked(cast, person, LATER)
    join(cast, case, [person])
    facts = person.reunion_facts.order_by("pk").values_list("state", "on")
    assert list(facts) == [(S.ARRIVED, LATER), (S.JOINED, LATER)]


def test_who_handles_the_household_may(cast):
    case = housed(cast, expected=2)
    first, second = [arrived(cast, person) for person in followers_of(case)]
    join(cast, case, [first], by=cast.officer_leek)
    for who in (cast.corporation_staff, cast.guidance_worker, cast.stranger):
        with pytest.raises(PermissionDenied):
            join(cast, case, [second], by=who)


def test_the_step_can_be_taken_back_with_everything_it_did(cast):
    CountingRule.objects.filter(category=PersonCategory.REUNIFIER).update(
        from_event=CountEvent.MOVED_IN
    )
    case = housed(cast, expected=2)
    first, second = [arrived(cast, person) for person in followers_of(case)]
    join(cast, case, [first])
    undo_step(
        by=cast.coordinator, step=join(cast, case, [second]), reason="Vergissing", now=at(LATER)
    )
    for person in (first, second):
        person.refresh_from_db()
    assert (first.reunion, first.counted_on) == (S.JOINED, LATER)
    assert (second.reunion, second.counted_on, second.arrived_on) == (S.ARRIVED, None, LATER)
    assert first.occupancies.exists()
    assert not second.occupancies.exists()
    assert join(cast, case, [second]) == last_step(case)


def test_the_day_after_something_can_be_told_of_others(cast):
    case = housed(cast, expected=2)
    first, second = followers_of(case)
    arrived(cast, first)
    join(cast, case, [first])
    record_reunion_fact(
        by=cast.coordinator, person=second, state=S.MVV_APPLIED, on=DAY, now=at(LATER)
    )
    told = {"approved_on": LATER, "registered": False, "number_present": False, "mvv": False}
    assert not check_dwelling(by=cast.coordinator, person=second, now=at(LATER), **told).is_complete


def test_twice_is_one_step(cast):
    case = housed(cast)
    person = arrived(cast, follower(case))
    step = join(cast, case, [person])
    assert join(cast, case, [person]) == step
    assert case.steps.filter(code=StepCode.JOIN).count() == 1
    assert person.occupancies.count() == 1
