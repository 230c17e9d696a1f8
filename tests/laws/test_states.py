"""Laws of the state machines: every status is in its table and every edge leads somewhere."""

import pytest

from housing.choices import (
    OPEN_STATES,
    REUNION_TRANSITIONS,
    VACANCY_TRANSITIONS,
    ReunionState,
    VacancyState,
)
from partners.choices import IMPORT_TRANSITIONS, ImportState
from reports.choices import RUN_TRANSITIONS, RunState

MACHINES = [
    pytest.param(VacancyState, VACANCY_TRANSITIONS, VacancyState.ANNOUNCED, id="vacancy"),
    pytest.param(ImportState, IMPORT_TRANSITIONS, ImportState.MAPPING, id="import"),
    pytest.param(["", *ReunionState], REUNION_TRANSITIONS, "", id="family who follow"),
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


def test_a_closed_vacancy_stays_closed():
    assert all(not VACANCY_TRANSITIONS[s] for s in VacancyState if s not in OPEN_STATES)
