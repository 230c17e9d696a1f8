"""From state to state by hand: reserving, letting, withdrawing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from housing.choices import VacancyState
from housing.models import Vacancy
from housing.services.vacating import (
    let_regularly,
    make_available,
    reserve_vacancy,
    unreserve_vacancy,
    withdraw_vacancy,
)
from partners.models import JournalEntry
from tests.cast import build_cast
from tests.factories import (
    TODAY,
    DwellingFactory,
    VacancyFactory,
    VacancyWaitFactory,
    WithdrawalReasonFactory,
)
from westerkwartier.web.refusals import Refused

S = VacancyState


def new_vacancy(cast, **fields):
    dwelling = DwellingFactory(village=cast.village_marum, corporation=cast.corporation)
    return VacancyFactory(dwelling=dwelling, **fields)


@pytest.fixture
def vacancy(cast):
    return new_vacancy(cast)


def url(vacancy, deed):
    return reverse(f"housing:vacancy_{deed}", args=[vacancy.pk])


def now_in(vacancy) -> str:
    vacancy.refresh_from_db()
    return vacancy.state


@pytest.mark.parametrize("who", ["coordinator", "corporation_staff"])
def test_reserving_and_back(who, cast, vacancy):
    client = cast.client(who)
    for _click in range(2):
        response = client.post(url(vacancy, "reserve"), follow=True)
        assert now_in(vacancy) == S.RESERVED
    assert url(vacancy, "unreserve") in response.content.decode()
    for _click in range(2):
        client.post(url(vacancy, "unreserve"))
        assert now_in(vacancy) == S.AVAILABLE
    lines = JournalEntry.objects.filter(action__startswith="vacancy.").order_by("pk")
    assert [line.action for line in lines] == ["vacancy.reserve", "vacancy.unreserve"]


def test_an_announced_dwelling_becomes_available(cast):
    vacancy = new_vacancy(cast, state=S.ANNOUNCED)
    cast.client("corporation_staff").post(url(vacancy, "make_available"))
    assert now_in(vacancy) == S.AVAILABLE


def test_a_step_has_no_page_of_its_own(cast, vacancy):
    answer = cast.client("coordinator").get(url(vacancy, "reserve"), follow=True)
    assert answer.redirect_chain == [(f"/vacancies/{vacancy.pk}/", 302)]
    assert "Er is nog niets gewijzigd." in answer.content.decode()


def test_letting_regularly_closes_the_vacancy_and_its_waits(cast, vacancy):
    wait = VacancyWaitFactory(vacancy=vacancy)
    client = cast.client("corporation_staff")
    assert client.get(url(vacancy, "let")).context["form"]["let_from"].value() == TODAY
    for _click in range(2):
        assert client.post(url(vacancy, "let"), {"let_from": "2017-12-01"}).status_code == 302
    assert now_in(vacancy) == S.LET_REGULAR
    assert (vacancy.let_from, vacancy.closed_on) == (date(2017, 12, 1), TODAY)
    wait.refresh_from_db()
    assert wait.ends_on == date(2017, 12, 1)
    assert JournalEntry.objects.filter(action="vacancy.let_regularly").count() == 1


@pytest.mark.parametrize("day", ["2017-11-09", "2019-01-01", "31-02-2018", ""])
def test_a_first_day_that_makes_no_sense_is_refused(day, cast, vacancy):
    response = cast.client("corporation_staff").post(url(vacancy, "let"), {"let_from": day})
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"let_from"}
    assert now_in(vacancy) == S.AVAILABLE


def test_a_reserved_dwelling_is_not_let_regularly(cast):
    vacancy = new_vacancy(cast, state=S.RESERVED)
    response = cast.client("coordinator").post(url(vacancy, "let"), {"let_from": "2017-12-01"})
    assert response.status_code == 422
    assert "gereserveerd" in response.content.decode()
    assert now_in(vacancy) == S.RESERVED


def test_withdrawing_asks_for_a_reason(cast, vacancy):
    reason = WithdrawalReasonFactory()
    client = cast.client("corporation_staff")
    assert client.get(url(vacancy, "withdraw")).status_code == 200
    assert client.post(url(vacancy, "withdraw")).status_code == 422
    for _click in range(2):
        sent = client.post(url(vacancy, "withdraw"), {"reason": reason.pk})
        assert sent.status_code == 302
    assert now_in(vacancy) == S.WITHDRAWN
    assert (vacancy.withdrawn_because, vacancy.closed_on) == (reason, TODAY)
    line = JournalEntry.objects.get(action="vacancy.withdraw")
    assert line.detail == reason.code


def test_a_reason_no_longer_in_force_cannot_be_chosen(cast, vacancy):
    reason = WithdrawalReasonFactory(code="old", valid_to=date(2017, 1, 1))
    sent = cast.client("corporation_staff").post(url(vacancy, "withdraw"), {"reason": reason.pk})
    assert sent.status_code == 422


@pytest.mark.parametrize("state", [S.LET_REGULAR, S.LET_PERMIT, S.WITHDRAWN])
def test_what_is_closed_stays_closed(state, cast):
    vacancy = new_vacancy(cast, state=state, closed_on=TODAY)
    client = cast.client("coordinator")
    for deed in ("let", "withdraw", "edit", "wait"):
        answer = client.get(url(vacancy, deed))
        assert answer.url == reverse("housing:vacancy_detail", args=[vacancy.pk])
    for deed in ("reserve", "unreserve", "make_available"):
        assert "blijft" in client.post(url(vacancy, deed), follow=True).content.decode()
    assert now_in(vacancy) == state


def test_a_dwelling_can_be_reported_again_after_a_withdrawal(cast, vacancy):
    withdraw_vacancy(
        by=cast.coordinator, vacancy=vacancy, reason=WithdrawalReasonFactory(), today=TODAY
    )
    page = cast.client("coordinator").get(
        reverse("housing:dwelling_vacate", args=[vacancy.dwelling_id])
    )
    assert page.status_code == 200
    assert page.context["form"]["net_rent"].value() == "550,00"


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        (S.ANNOUNCED, {"make_available", "reserve", "edit", "withdraw"}),
        (S.AVAILABLE, {"reserve", "edit", "let", "withdraw"}),
        (S.RESERVED, {"unreserve", "edit", "withdraw"}),
        (S.WITHDRAWN, set()),
        (S.LET_PERMIT, set()),
    ],
)
def test_the_page_offers_what_the_state_allows(state, offered, cast):
    closed_on = TODAY if state in (S.WITHDRAWN, S.LET_PERMIT) else None
    vacancy = new_vacancy(cast, state=state, closed_on=closed_on)
    detail = reverse("housing:vacancy_detail", args=[vacancy.pk])
    context = cast.client("corporation_staff").get(detail).context
    shown = {address for address, _label in [*context["posts"], *context["links"]]}
    assert shown == {url(vacancy, deed) for deed in offered}
    context = cast.client("officer_marum").get(detail).context
    assert (context["posts"], context["links"], context["may_change"]) == ([], [], False)


DEEDS = ("edit", "let", "withdraw", "wait", "reserve", "unreserve", "make_available")


@pytest.mark.parametrize("deed", DEEDS)
def test_who_may(deed, cast, vacancy):
    assert cast.client("officer_marum").post(url(vacancy, deed)).status_code == 403
    for who in ("guidance_worker", "tenants_reader", "stranger"):
        assert cast.client(who).post(url(vacancy, deed)).status_code == 404


def test_the_services_ask_themselves(cast, vacancy):
    by, reason = cast.officer_marum, WithdrawalReasonFactory()
    for call in (
        lambda: make_available(by=by, vacancy=vacancy),
        lambda: reserve_vacancy(by=by, vacancy=vacancy),
        lambda: unreserve_vacancy(by=by, vacancy=vacancy),
        lambda: let_regularly(by=by, vacancy=vacancy, let_from=TODAY, today=TODAY),
        lambda: withdraw_vacancy(by=by, vacancy=vacancy, reason=reason, today=TODAY),
    ):
        with pytest.raises(PermissionDenied):
            call()


@pytest.mark.django_db(transaction=True)
def test_of_letting_and_withdrawing_at_once_one_wins():
    cast = build_cast()
    reason = WithdrawalReasonFactory()
    for _round in range(3):
        vacancy = new_vacancy(cast)

        def let(vacancy=vacancy):
            day = TODAY + timedelta(days=8)
            let_regularly(by=cast.coordinator, vacancy=vacancy, let_from=day, today=TODAY)

        def withdraw(vacancy=vacancy):
            withdraw_vacancy(by=cast.corporation_staff, vacancy=vacancy, reason=reason, today=TODAY)

        def attempt(deed):
            try:
                deed()
            except Refused as refusal:
                return str(refusal)
            finally:
                connection.close()
            return ""

        with ThreadPoolExecutor(2) as pool:
            outcomes = list(pool.map(attempt, (let, withdraw)))
        assert outcomes.count("") == 1
        state = Vacancy.objects.get(pk=vacancy.pk).state
        assert state == (S.LET_REGULAR if outcomes[0] == "" else S.WITHDRAWN)
