"""Laws of the state machines: every status is in its table and every edge leads somewhere."""

import pytest

from housing.choices import (
    NOT_UNDONE,
    OPEN_STATES,
    REUNION_TRANSITIONS,
    STEPS,
    VACANCY_TRANSITIONS,
    CaseStatus,
    ReunionState,
    StepCode,
    VacancyState,
    case_transitions,
)
from housing.services.undoing import UNDOING
from housing.services.undoing_households import UNDOING_HOUSEHOLDS
from partners.choices import IMPORT_TRANSITIONS, ImportState
from reports.choices import RUN_TRANSITIONS, RunState

MACHINES = [
    pytest.param(VacancyState, VACANCY_TRANSITIONS, VacancyState.ANNOUNCED, id="vacancy"),
    pytest.param(CaseStatus, case_transitions(), CaseStatus.LINKED, id="case"),
    pytest.param(["", *ReunionState], REUNION_TRANSITIONS, "", id="reunification"),
    pytest.param(ImportState, IMPORT_TRANSITIONS, ImportState.MAPPING, id="import"),
    pytest.param(RunState, RUN_TRANSITIONS, RunState.QUEUED, id="report run"),
]


@pytest.mark.parametrize(("states", "table", "first"), MACHINES)
def test_every_state_has_its_row(states, table, first):
    assert set(table) == set(states)


@pytest.mark.parametrize(("states", "table", "first"), MACHINES)
def test_every_edge_leads_to_a_state(states, table, first):
    assert all(set(targets) <= set(states) for targets in table.values())


@pytest.mark.parametrize(("states", "table", "first"), MACHINES)
def test_every_state_can_be_reached(states, table, first):
    reached, todo = {first}, [first]
    while todo:
        for target in table[todo.pop()] - reached:
            reached.add(target)
            todo.append(target)
    assert reached == set(states)


def test_a_closed_vacancy_stays_closed_but_for_a_contract_taken_back():
    onward = {s: VACANCY_TRANSITIONS[s] for s in VacancyState if s not in OPEN_STATES}
    assert onward.pop(VacancyState.LET_PERMIT) == {VacancyState.RESERVED}
    assert not any(onward.values())


def test_every_step_is_in_the_table_but_undoing():
    assert set(STEPS) == set(StepCode) - {StepCode.UNDO}


def test_every_step_leads_somewhere_and_somebody_may_take_it():
    for code, rule in STEPS.items():
        assert rule.before, code
        assert rule.who, code
        assert bool(rule.proposal) <= (rule.after is not None), code


def test_every_step_that_can_be_taken_back_says_what_goes_with_it():
    assert not set(UNDOING) & set(UNDOING_HOUSEHOLDS)
    assert set(UNDOING) | set(UNDOING_HOUSEHOLDS) <= set(STEPS) - set(NOT_UNDONE)
