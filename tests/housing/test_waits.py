"""What an empty dwelling waits for: told, over, taken back."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from housing.choices import VacancyState
from housing.services.vacating import end_wait, remove_wait, resume_wait, start_wait
from partners.models import JournalEntry
from tests.factories import TODAY, DwellingFactory, VacancyFactory, VacancyWaitFactory
from westerkwartier.web.refusals import Refused

FIRST = date(2017, 11, 12)


@pytest.fixture
def vacancy(cast):
    dwelling = DwellingFactory(village=cast.village_marum, corporation=cast.corporation)
    return VacancyFactory(dwelling=dwelling)


@pytest.fixture
def url(vacancy):
    return reverse("housing:vacancy_wait", args=[vacancy.pk])


def wait_url(wait, deed):
    return reverse(f"housing:wait_{deed}", args=[wait.pk])


def test_from_told_to_over_and_back(cast, vacancy, url):
    client = cast.client("corporation_staff")
    for _click in range(2):
        sent = client.post(url, {"cause": "repairs", "starts_on": "2017-11-12"}, follow=True)
    wait = vacancy.waits.get()
    assert wait_url(wait, "remove") in sent.content.decode()
    for _click in range(2):
        sent = client.post(wait_url(wait, "end"), {"ends_on": "2017-11-20"}, follow=True)
    wait.refresh_from_db()
    assert wait.ends_on == date(2017, 11, 20)
    assert wait_url(wait, "resume") in sent.content.decode()
    client.post(wait_url(wait, "resume"))
    wait.refresh_from_db()
    assert wait.ends_on is None
    assert client.get(wait_url(wait, "remove")).status_code == 200
    client.post(wait_url(wait, "remove"))
    assert not vacancy.waits.exists()
    lines = JournalEntry.objects.filter(action__startswith="vacancy.").order_by("pk")
    assert [line.action.removeprefix("vacancy.") for line in lines] == [
        "start_wait",
        "end_wait",
        "resume_wait",
        "remove_wait",
    ]


def test_a_wait_that_is_over_already_can_be_told(cast, vacancy, url):
    cast.client("corporation_staff").post(
        url, {"cause": "viewing", "starts_on": "2017-11-12", "ends_on": "2017-11-15"}
    )
    assert vacancy.waits.get().ends_on == date(2017, 11, 15)


def test_a_day_has_one_cause(cast, vacancy, url):
    VacancyWaitFactory(vacancy=vacancy, starts_on=FIRST)
    response = cast.client("corporation_staff").post(
        url, {"cause": "viewing", "starts_on": "2017-11-20"}
    )
    assert response.status_code == 422
    assert "al op iets anders" in str(response.context["form"].errors["starts_on"])


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"starts_on": "2017-11-24"}, "starts_on"),
        ({"starts_on": "2017-10-09"}, "starts_on"),
        ({"ends_on": "2017-11-11"}, "ends_on"),
        ({"ends_on": "2017-11-24"}, "ends_on"),
        ({"cause": "verdict"}, "cause"),
        ({"cause": ""}, "cause"),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field(sent, field, cast, vacancy, url):
    told = {"cause": "repairs", "starts_on": "2017-11-12"} | sent
    response = cast.client("corporation_staff").post(url, told)
    assert response.context["form"].errors.keys() == {field}
    assert not vacancy.waits.exists()


def test_ending_has_its_order(cast, vacancy):
    wait = VacancyWaitFactory(vacancy=vacancy, starts_on=FIRST)
    client = cast.client("corporation_staff")
    for day in ("2017-11-11", "2017-11-24", ""):
        assert client.post(wait_url(wait, "end"), {"ends_on": day}).status_code == 422
    end_wait(by=cast.coordinator, wait=wait, ends_on=TODAY, today=TODAY)
    with pytest.raises(Refused):
        end_wait(by=cast.coordinator, wait=wait, ends_on=date(2017, 11, 20), today=TODAY)
    VacancyWaitFactory(vacancy=vacancy, cause="viewing", starts_on=TODAY)
    with pytest.raises(Refused):
        resume_wait(by=cast.coordinator, wait=wait)


def test_at_a_closed_vacancy_nothing_is_told(cast, vacancy):
    wait = VacancyWaitFactory(vacancy=vacancy, starts_on=FIRST, ends_on=TODAY)
    rows = type(vacancy).objects.filter(pk=vacancy.pk)
    rows.update(state=VacancyState.LET_REGULAR, closed_on=TODAY, let_from=TODAY)
    for call in (
        lambda: start_wait(
            by=cast.coordinator, vacancy=vacancy, cause="viewing", starts_on=TODAY, today=TODAY
        ),
        lambda: resume_wait(by=cast.coordinator, wait=wait),
        lambda: remove_wait(by=cast.coordinator, wait=wait),
    ):
        with pytest.raises(Refused):
            call()


def test_who_may(cast, vacancy):
    wait = VacancyWaitFactory(vacancy=vacancy, starts_on=FIRST)
    for deed in ("end", "resume", "remove"):
        assert cast.client("officer_marum").post(wait_url(wait, deed)).status_code == 403
        assert cast.client("guidance_worker").post(wait_url(wait, deed)).status_code == 404
    with pytest.raises(PermissionDenied):
        remove_wait(by=cast.officer_marum, wait=wait)


def test_a_wait_that_is_gone_says_so(cast, vacancy):
    wait = VacancyWaitFactory(vacancy=vacancy, starts_on=FIRST)
    remove_wait(by=cast.coordinator, wait=wait)
    wait.pk = wait.pk or 999
    with pytest.raises(Refused):
        end_wait(by=cast.coordinator, wait=wait, ends_on=TODAY, today=TODAY)
