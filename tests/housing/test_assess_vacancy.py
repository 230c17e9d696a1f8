"""Marking a vacated dwelling suitable or not."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from housing.choices import VacancyState, Verdict
from housing.models import Assessment
from housing.services.assessing import assess_vacancy
from partners.models import JournalEntry
from tests.factories import (
    NOW,
    AssessmentReasonFactory,
    DwellingFactory,
    VacancyFactory,
)
from westerkwartier.web.refusals import Refused


@pytest.fixture
def vacancy(cast):
    return VacancyFactory(
        dwelling=DwellingFactory(village=cast.village_marum, corporation=cast.corporation)
    )


@pytest.fixture
def url(vacancy):
    return reverse("housing:vacancy_assess", args=[vacancy.pk])


@pytest.mark.parametrize("who", ["coordinator", "corporation_staff"])
def test_it_marks_a_dwelling_suitable(who, cast, vacancy, url):
    response = cast.client(who).post(url, {"verdict": "suitable"}, follow=True)
    assert response.redirect_chain[-1][0] == reverse("housing:vacancy_detail", args=[vacancy.pk])
    assert b"Geschikt" in response.content
    assessment = vacancy.assessments.get()
    assert (assessment.verdict, assessment.by) == (Verdict.SUITABLE, getattr(cast, who))


def test_it_journals_the_verdict(cast, vacancy, url):
    cast.client("coordinator").post(url, {"verdict": "suitable"})
    line = JournalEntry.objects.get(action="vacancy.assess")
    assert (line.actor, line.object_key, line.detail) == (
        cast.coordinator,
        str(vacancy.pk),
        "suitable",
    )
    assert line.origin == "web 127.0.0.1"


def test_not_suitable_needs_a_reason(cast, vacancy, url):
    response = cast.client("corporation_staff").post(url, {"verdict": "unsuitable"})
    assert response.status_code == 422
    assert not vacancy.assessments.exists()


def test_the_reason_goes_with_the_verdict(cast, vacancy, url):
    reason = AssessmentReasonFactory(verdict=Verdict.CONDITIONAL)
    response = cast.client("corporation_staff").post(
        url, {"verdict": "unsuitable", "reason": reason.pk}
    )
    assert response.status_code == 422
    assert not vacancy.assessments.exists()


def test_a_double_click_leaves_one_line(cast, vacancy, url):
    client = cast.client("coordinator")
    for _click in range(2):
        client.post(url, {"verdict": "suitable"})
    assert vacancy.assessments.count() == 1


def test_the_newest_verdict_counts(cast, vacancy, url):
    client = cast.client("coordinator")
    reason = AssessmentReasonFactory()
    client.post(url, {"verdict": "suitable"})
    client.post(url, {"verdict": "unsuitable", "reason": reason.pk, "remark": "Geen bad"})
    vacancy.refresh_from_db()
    assert vacancy.verdict == Verdict.UNSUITABLE
    assert vacancy.judged_at == vacancy.assessments.first().at
    assert vacancy.assessments.count() == 2


def test_a_closed_vacancy_is_refused_with_a_sentence(cast, vacancy, url):
    vacancy.state = VacancyState.LET_REGULAR
    vacancy.closed_on = vacancy.let_from = NOW.date()
    vacancy.save()
    response = cast.client("coordinator").post(url, {"verdict": "suitable"})
    assert response.status_code == 422
    assert "niet meer" in response.content.decode()
    assert not vacancy.assessments.exists()


def test_an_officer_may_look_but_not_judge(cast, vacancy, url):
    client = cast.client("officer_marum")
    assert client.get(reverse("housing:vacancy_detail", args=[vacancy.pk])).status_code == 200
    assert client.get(url).status_code == 403
    assert client.post(url, {"verdict": "suitable"}).status_code == 403


@pytest.mark.parametrize("who", ["guidance_worker", "supervisor", "tenants_reader", "stranger"])
def test_for_others_it_does_not_exist(who, cast, vacancy, url):
    assert cast.client(who).post(url, {"verdict": "suitable"}).status_code == 404


def test_the_form_of_a_closed_vacancy_sends_back_with_a_sentence(cast, vacancy, url):
    vacancy.state = VacancyState.LET_REGULAR
    vacancy.closed_on = vacancy.let_from = NOW.date()
    vacancy.save()
    response = cast.client("coordinator").get(url, follow=True)
    assert response.redirect_chain[-1][0] == reverse("housing:vacancy_detail", args=[vacancy.pk])
    assert "niet meer nodig" in response.content.decode()


def test_the_page_leads_on_to_the_next_without_a_verdict(cast, vacancy, url):
    other = VacancyFactory(
        dwelling=DwellingFactory(
            village=cast.village_leek, corporation=cast.corporation, street="Vervolgweg"
        )
    )
    response = cast.client("corporation_staff").post(url, {"verdict": "suitable"}, follow=True)
    assert response.context["following"] == other
    assert "Vervolgweg" in response.content.decode()


def test_the_service_refuses_who_may_not(cast, vacancy):
    with pytest.raises(PermissionDenied):
        assess_vacancy(by=cast.officer_marum, vacancy=vacancy, verdict="suitable", now=NOW)


def test_the_service_refuses_a_reason_of_another_verdict(cast, vacancy):
    reason = AssessmentReasonFactory(verdict=Verdict.CONDITIONAL)
    with pytest.raises(Refused):
        assess_vacancy(
            by=cast.coordinator, vacancy=vacancy, verdict="unsuitable", reason=reason, now=NOW
        )


@pytest.mark.django_db(transaction=True)
def test_two_at_once_leave_one_line_each_click(cast, vacancy):
    def click(_number):
        try:
            return assess_vacancy(
                by=cast.coordinator, vacancy=vacancy, verdict="suitable", now=NOW
            ).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        keys = set(pool.map(click, range(8)))
    assert len(keys) == 1
    assert Assessment.objects.filter(vacancy=vacancy).count() == 1
