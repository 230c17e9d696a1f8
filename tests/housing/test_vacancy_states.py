"""The database lets a vacancy go from a state to where the table says, and nowhere else."""

from itertools import product

import pytest
from django.db import ProgrammingError, transaction

from housing.choices import OPEN_STATES, VACANCY_TRANSITIONS, VacancyState
from housing.models import Vacancy
from tests.factories import TODAY, VacancyFactory

PAIRS = [(a, b) for a, b in product(VacancyState, VacancyState) if a != b]


def closing(state):
    return None if state in OPEN_STATES else TODAY


@pytest.mark.django_db
@pytest.mark.parametrize(("start", "end"), PAIRS)
def test_each_edge_is_there_or_refused(start, end):
    vacancy = VacancyFactory(state=start, closed_on=closing(start))
    rows = Vacancy.objects.filter(pk=vacancy.pk)
    if end in VACANCY_TRANSITIONS[start]:
        assert rows.update(state=end, closed_on=closing(end)) == 1
        return
    with pytest.raises(ProgrammingError, match="Invalid transition"), transaction.atomic():
        rows.update(state=end, closed_on=closing(end))
    assert rows.get().state == start
