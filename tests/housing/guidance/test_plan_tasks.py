"""After a contract: the tasks of the template, whose they are and when they are due."""

from datetime import date, timedelta

import pytest

from housing.choices import GuidanceEvent, ReunionState, StepCode
from housing.models import Case, CaseStep, GuidanceTask, GuidanceTemplate
from housing.services.cases import case_version, change_case
from housing.services.guidance import change_due, finish_task, plan_tasks
from housing.services.persons import add_person, change_person, person_version
from housing.services.placing import move_in, register_in_brp, sign_contract, sign_off
from housing.services.reunion import record_reunion_fact
from housing.services.steps import add_step, last_step
from housing.services.undoing import undo_step
from partners.choices import OrganisationKind
from tests.factories import OccupancyFactory, OrganisationFactory, PersonFactory
from tests.guidance import GuidanceTemplateFactory, checklist, signed, task
from tests.placing import DAY, at, household, placed

FORTNIGHT = timedelta(days=14)


def codes(**found) -> set[str]:
    return set(GuidanceTask.objects.filter(**found).values_list("template__code", flat=True))


def undo_last(cast, case) -> None:
    undo_step(by=cast.coordinator, step=last_step(case), reason="Vergissing", now=at())


def test_a_contract_brings_the_tasks_in_force(cast):
    GuidanceTemplateFactory(code="later", valid_from=date(2022, 1, 1))
    GuidanceTemplateFactory(code="over", valid_to=date(2017, 1, 1))
    signed(cast)
    assert codes() == {"contract", "key", "assistance", "move", "allowance", "route"}


def test_before_the_contract_there_is_none(cast):
    signed(cast, until=StepCode.ACCEPT)
    assert not GuidanceTask.objects.exists()


def test_each_task_has_its_owner(cast):
    signed(cast)
    assert task("contract").owner == cast.corporation
    assert task("assistance").owner == cast.marum.organisation  # linked, not where the dwelling is
    assert task("move").owner == cast.coa
    assert task("allowance").owner == cast.guidance


def test_of_several_that_guide_the_one_chosen_does_it(cast):
    other = OrganisationFactory(region=cast.region, kind=OrganisationKind.GUIDANCE)
    signed(cast, case=household(cast, guidance=other))
    assert task("allowance").owner == other


def test_where_nobody_guides_the_municipality_does(cast):
    OrganisationFactory(region=cast.region, kind=OrganisationKind.GUIDANCE)
    signed(cast)
    assert task("allowance").owner == cast.marum.organisation


def test_a_day_is_filled_in_as_soon_as_its_event_is_known(cast):
    proposal = signed(cast)
    assert task("contract").due_on == DAY
    assert task("move").due_on == DAY + FORTNIGHT
    assert (task("allowance").due_on, task("route").due_on) == (None, None)
    more = {"by": cast.coordinator, "proposal": proposal, "on": DAY, "now": at()}
    move_in(**more)
    assert task("allowance").due_on == DAY + FORTNIGHT
    register_in_brp(**more)
    sign_off(**more)
    assert task("route").due_on == DAY + timedelta(days=70)


def test_a_step_taken_back_takes_its_days_back(cast):
    proposal = signed(cast, until=StepCode.MOVE_IN)
    undo_last(cast, proposal.case)
    assert task("allowance").due_on is None


def test_the_contract_taken_back_takes_the_tasks_that_nobody_did(cast):
    proposal = signed(cast)
    finish_task(by=cast.corporation_staff, task=task("contract"), on=DAY, now=at())
    undo_last(cast, proposal.case)
    assert codes() == {"contract"}


def test_signed_again_on_another_day_what_was_done_stays_done(cast):
    proposal = signed(cast)
    finish_task(by=cast.corporation_staff, task=task("contract"), on=DAY, now=at())
    undo_last(cast, proposal.case)
    sign_contract(
        by=cast.coordinator,
        proposal=proposal,
        starts_on=DAY + timedelta(days=7),
        on=DAY,
        now=at(),
    )
    assert task("contract").done_on == DAY
    assert task("key").due_on == DAY + timedelta(days=7)


def test_a_day_set_by_hand_stays(cast):
    proposal = signed(cast)
    by_hand = DAY + timedelta(days=3)
    change_due(by=cast.guidance_worker, task=task("allowance"), due_on=by_hand, now=at())
    move_in(by=cast.coordinator, proposal=proposal, on=DAY, now=at())
    assert task("allowance").due_on == by_hand


def test_another_that_guides_gets_the_open_tasks(cast):
    proposal = signed(cast, until=StepCode.MOVE_IN)
    other = OrganisationFactory(region=cast.region, kind=OrganisationKind.GUIDANCE)
    proposal.case.guidance = other
    proposal.case.save()
    plan_tasks(case=proposal.case)
    assert task("allowance").owner == other


def test_a_family_that_is_expected_has_its_tasks_ahead(cast):
    case = household(cast, expected=1)
    case.persons.expected().update(expected_on=date(2018, 3, 1))
    signed(cast, case=case)
    assert codes(round=2) == {"check", "school"}
    assert task("check", 2).due_on == date(2018, 2, 1)


def test_a_family_that_does_not_come_takes_its_tasks_along(cast):
    case = household(cast, expected=1)
    signed(cast, case=case)
    (person,) = case.persons.expected()
    assert codes(round=2) != set()
    record_reunion_fact(
        by=cast.coordinator, person=person, state=ReunionState.LAPSED, on=DAY, now=at()
    )
    assert codes(round=2) == set()


def joined(cast, proposal, on: date) -> CaseStep:
    person = PersonFactory(
        case=proposal.case, category="reunifier", relation="other", arrived_on=on
    )
    OccupancyFactory(tenancy=proposal.vacancy.tenancy, person=person, moved_in_on=on)
    case = proposal.case
    case.refresh_from_db()
    return add_step(by=cast.coordinator, case=case, code=StepCode.JOIN, on=on, now=at())


def test_each_family_that_joins_has_a_round_of_its_own(cast):
    proposal = signed(cast, until=StepCode.MOVE_IN)
    joined(cast, proposal, DAY)
    joined(cast, proposal, DAY + FORTNIGHT)
    assert task("school", 2).due_on == DAY + FORTNIGHT
    assert task("school", 3).due_on == DAY + 2 * FORTNIGHT


def test_the_tasks_ahead_of_a_family_become_those_of_its_arrival(cast):
    case = household(cast, expected=1)
    proposal = signed(cast, case=case, until=StepCode.MOVE_IN)
    ahead = task("school", 2)
    case.persons.expected().update(arrived_on=DAY)
    proposal.case.refresh_from_db()
    add_step(by=cast.coordinator, case=proposal.case, code=StepCode.JOIN, on=DAY, now=at())
    ahead.refresh_from_db()
    assert ahead.due_on == DAY + FORTNIGHT
    assert not GuidanceTask.objects.filter(round=3).exists()


def test_a_new_template_does_not_double_a_task(cast):
    proposal = signed(cast)
    GuidanceTemplate.objects.filter(code="key").update(valid_to=date(2017, 11, 1))
    GuidanceTemplateFactory(
        code="key", event=GuidanceEvent.TENANCY_START, valid_from=date(2017, 11, 1)
    )
    plan_tasks(case=proposal.case)
    assert GuidanceTask.objects.filter(template__code="key").count() == 1


@pytest.mark.parametrize("until", [StepCode.SIGN, StepCode.SIGN_OFF])
def test_planned_twice_is_planned_once(cast, until):
    checklist()
    proposal = placed(cast, until=until, case=household(cast, expected=1))
    before = list(GuidanceTask.objects.order_by("pk").values())
    assert plan_tasks(case=proposal.case) == 0
    assert list(GuidanceTask.objects.order_by("pk").values()) == before


def test_the_tasks_follow_what_is_told_of_household_and_persons(cast):
    proposal = signed(cast)
    case = Case.objects.get(pk=proposal.case_id)
    person = add_person(
        by=cast.coordinator,
        case=case,
        values={
            "name": "Voorbeeld",
            "category": "reunifier",
            "relation": "other",
            "expected_on": date(2018, 3, 1),
        },
        now=at(),
    )
    assert task("check", 2).due_on == date(2018, 2, 1)
    change_person(
        by=cast.coordinator,
        person=person,
        values={"expected_on": date(2018, 4, 1)},
        version=person_version(person),
        now=at(),
    )
    assert task("check", 2).due_on == date(2018, 3, 4)
    other = OrganisationFactory(region=cast.region, kind=OrganisationKind.GUIDANCE)
    case.refresh_from_db()
    change_case(
        by=cast.coordinator,
        case=case,
        values={"guidance": other},
        version=case_version(case),
    )
    assert task("allowance").owner == other
