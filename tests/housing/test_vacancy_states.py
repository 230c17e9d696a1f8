"""The database lets a vacancy go from a state to where the table says, and nowhere else."""

from itertools import product

import pytest
from django.db import ProgrammingError, transaction

from housing.choices import LET_STATES, OPEN_STATES, VACANCY_TRANSITIONS, VacancyState
from housing.models import Vacancy
from tests.factories import TODAY, VacancyFactory, WithdrawalReasonFactory

PAIRS = [(a, b) for a, b in product(VacancyState, VacancyState) if a != b]


def closing(state):
    return None if state in OPEN_STATES else TODAY


@pytest.mark.django_db
@pytest.mark.parametrize(("start", "end"), PAIRS)
def test_each_edge_is_there_or_refused(start, end):
    vacancy = VacancyFactory(state=start, closed_on=closing(start))
    rows = Vacancy.objects.filter(pk=vacancy.pk)
    changes = {
        "state": end,
        "closed_on": closing(end),
        "let_from": TODAY if end in LET_STATES else None,
        "withdrawn_because": WithdrawalReasonFactory() if end == VacancyState.WITHDRAWN else None,
    }
    if end in VACANCY_TRANSITIONS[start]:
        assert rows.update(**changes) == 1
        return
    with pytest.raises(ProgrammingError, match="Invalid transition"), transaction.atomic():
        rows.update(**changes)
    assert rows.get().state == start
