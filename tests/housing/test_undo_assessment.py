"""Taking a verdict back within the hour."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from housing.choices import VacancyState, Verdict
from housing.models import Assessment, Vacancy
from housing.services.assessing import assess_vacancy, undo_assessment
from partners.choices import Role
from partners.models import JournalEntry
from tests.factories import (
    NOW,
    AssessmentReasonFactory,
    DwellingFactory,
    MembershipFactory,
    UserFactory,
    VacancyFactory,
)
from westerkwartier.web.refusals import Refused


@pytest.fixture
def vacancy(cast):
    return VacancyFactory(
        dwelling=DwellingFactory(village=cast.village_marum, corporation=cast.corporation)
    )


def judge(by, vacancy, verdict=Verdict.SUITABLE, now=NOW, **more):
    return assess_vacancy(by=by, vacancy=vacancy, verdict=verdict, now=now, **more)


def test_a_first_verdict_taken_back_leaves_none(cast, vacancy):
    given = judge(cast.corporation_staff, vacancy)
    line = undo_assessment(by=cast.corporation_staff, assessment=given, now=NOW)
    assert (line.undoes, line.verdict, line.by) == (given, "", cast.corporation_staff)
    vacancy.refresh_from_db()
    assert (vacancy.verdict, vacancy.judged_at) == ("", None)
    assert Vacancy.objects.awaiting_verdict().get() == vacancy


def test_the_verdict_before_it_holds_again(cast, vacancy):
    reason = AssessmentReasonFactory()
    judge(cast.coordinator, vacancy, Verdict.UNSUITABLE, reason=reason, remark="Geen bad")
    given = judge(cast.corporation_staff, vacancy)
    line = undo_assessment(by=cast.corporation_staff, assessment=given, now=NOW)
    assert (line.verdict, line.reason, line.remark) == (Verdict.UNSUITABLE, reason, "Geen bad")
    vacancy.refresh_from_db()
    assert vacancy.verdict == Verdict.UNSUITABLE


def test_it_journals(cast, vacancy):
    given = judge(cast.corporation_staff, vacancy)
    undo_assessment(by=cast.corporation_staff, assessment=given, now=NOW)
    line = JournalEntry.objects.get(action="vacancy.undo_assessment")
    assert (line.actor, line.object_key) == (cast.corporation_staff, str(vacancy.pk))


def test_a_double_click_leaves_one_line(cast, vacancy):
    given = judge(cast.corporation_staff, vacancy)
    lines = [
        undo_assessment(by=cast.corporation_staff, assessment=given, now=NOW) for _click in range(2)
    ]
    assert lines[0] == lines[1]
    assert vacancy.assessments.count() == 2
    assert JournalEntry.objects.filter(action="vacancy.undo_assessment").count() == 1


@pytest.mark.parametrize(("minutes", "refused"), [(60, False), (61, True)])
def test_it_can_be_done_for_an_hour(cast, vacancy, minutes, refused):
    given = judge(cast.corporation_staff, vacancy)
    later = NOW + timedelta(minutes=minutes)
    if refused:
        with pytest.raises(Refused, match="uur"):
            undo_assessment(by=cast.corporation_staff, assessment=given, now=later)
    else:
        undo_assessment(by=cast.corporation_staff, assessment=given, now=later)
    assert vacancy.assessments.count() == (1 if refused else 2)


def test_only_the_newest_can_be_taken_back(cast, vacancy):
    first = judge(cast.corporation_staff, vacancy)
    judge(cast.coordinator, vacancy)
    with pytest.raises(Refused, match="nieuwste"):
        undo_assessment(by=cast.corporation_staff, assessment=first, now=NOW)


def test_taking_back_is_not_taken_back(cast, vacancy):
    given = judge(cast.corporation_staff, vacancy)
    line = undo_assessment(by=cast.corporation_staff, assessment=given, now=NOW)
    with pytest.raises(Refused):
        undo_assessment(by=cast.corporation_staff, assessment=line, now=NOW)


def test_a_colleague_may_not_but_the_coordinator_may(cast, vacancy):
    given = judge(cast.corporation_staff, vacancy)
    colleague = UserFactory()
    MembershipFactory(user=colleague, organisation=cast.corporation, role=Role.CORPORATION_STAFF)
    with pytest.raises(Refused, match="coördinator"):
        undo_assessment(by=colleague, assessment=given, now=NOW)
    with pytest.raises(PermissionDenied):
        undo_assessment(by=cast.officer_marum, assessment=given, now=NOW)
    undo_assessment(by=cast.coordinator, assessment=given, now=NOW)
    assert vacancy.assessments.count() == 2


def test_the_verdict_on_a_dwelling_that_was_let_stays(cast, vacancy):
    given = judge(cast.corporation_staff, vacancy)
    Vacancy.objects.filter(pk=vacancy.pk).update(
        state=VacancyState.LET_REGULAR, closed_on=NOW.date(), let_from=NOW.date()
    )
    with pytest.raises(Refused):
        undo_assessment(by=cast.corporation_staff, assessment=given, now=NOW)


def test_after_taking_back_the_same_verdict_can_be_given_again(cast, vacancy):
    judge(cast.corporation_staff, vacancy)
    given = judge(cast.corporation_staff, vacancy, Verdict.UNSUITABLE, reason=a_reason())
    undo_assessment(by=cast.corporation_staff, assessment=given, now=NOW)
    judge(cast.corporation_staff, vacancy)
    assert vacancy.assessments.count() == 4


def a_reason():
    return AssessmentReasonFactory()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_leave_one_line(cast, vacancy):
    given = judge(cast.corporation_staff, vacancy)

    def click(_number):
        try:
            return undo_assessment(by=cast.corporation_staff, assessment=given, now=NOW).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(click, range(6)))) == 1
    assert Assessment.objects.filter(vacancy=vacancy).count() == 2
