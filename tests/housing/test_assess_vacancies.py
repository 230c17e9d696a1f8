"""One verdict for several dwellings at once."""

import pytest
from django.core.exceptions import PermissionDenied

from housing.choices import VacancyState, Verdict
from housing.models import Assessment, Vacancy
from housing.services.assessing import assess_vacancies, assess_vacancy
from partners.models import JournalEntry
from tests.factories import (
    NOW,
    AssessmentReasonFactory,
    DwellingFactory,
    VacancyFactory,
)
from westerkwartier.web.refusals import Refused


@pytest.fixture
def vacancies(cast):
    return [
        VacancyFactory(
            dwelling=DwellingFactory(village=cast.village_marum, corporation=cast.corporation)
        )
        for _number in range(4)
    ]


def test_each_gets_its_own_line(cast, vacancies):
    reason = AssessmentReasonFactory()
    judged = assess_vacancies(
        by=cast.corporation_staff,
        vacancies=vacancies,
        verdict=Verdict.UNSUITABLE,
        reason=reason,
        now=NOW,
    )
    assert {line.vacancy_id for line in judged.given} == {vacancy.pk for vacancy in vacancies}
    assert judged.skipped == []
    assert JournalEntry.objects.filter(action="vacancy.assess").count() == 4


def test_what_no_longer_waits_is_left_alone_and_told(cast, vacancies):
    let, judged_already, *rest = vacancies
    Vacancy.objects.filter(pk=let.pk).update(
        state=VacancyState.LET_REGULAR, closed_on=NOW.date(), let_from=NOW.date()
    )
    reason = AssessmentReasonFactory()
    assess_vacancy(
        by=cast.coordinator,
        vacancy=judged_already,
        verdict=Verdict.UNSUITABLE,
        reason=reason,
        now=NOW,
    )
    judged = assess_vacancies(
        by=cast.corporation_staff, vacancies=vacancies, verdict=Verdict.SUITABLE, now=NOW
    )
    assert [line.vacancy for line in judged.given] == rest
    assert judged.skipped == [
        (let, "al verhuurd"),
        (judged_already, "intussen beoordeeld"),
    ]
    assert judged_already.assessments.count() == 1


def test_twice_leaves_one_line_each(cast, vacancies):
    both = [
        assess_vacancies(
            by=cast.corporation_staff, vacancies=vacancies, verdict=Verdict.SUITABLE, now=NOW
        )
        for _click in range(2)
    ]
    assert both[0].given == both[1].given
    assert Assessment.objects.count() == 4


def test_one_that_is_not_theirs_writes_nothing(cast, vacancies):
    other = VacancyFactory(dwelling=DwellingFactory(village=cast.village_leek))
    with pytest.raises(PermissionDenied):
        assess_vacancies(
            by=cast.corporation_staff,
            vacancies=[*vacancies, other],
            verdict=Verdict.SUITABLE,
            now=NOW,
        )
    assert not Assessment.objects.exists()


def test_without_a_reason_nothing_is_written(cast, vacancies):
    with pytest.raises(Refused):
        assess_vacancies(
            by=cast.corporation_staff, vacancies=vacancies, verdict=Verdict.UNSUITABLE, now=NOW
        )
    assert not Assessment.objects.exists()
