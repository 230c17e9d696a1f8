"""Reporting that a dwelling falls vacant, and changing the report."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from housing.choices import VacancyState
from housing.models import Vacancy
from housing.services.vacating import change_vacancy, report_vacancy, vacancy_version
from partners.models import JournalEntry
from tests.cast import build_cast
from tests.factories import TODAY, DwellingFactory, VacancyFactory
from westerkwartier.web.refusals import Refused
from westerkwartier.web.versions import Changed

ADD = reverse("housing:vacancy_add")


def new_dwelling(cast, **fields):
    return DwellingFactory(village=cast.village_marum, corporation=cast.corporation, **fields)


@pytest.fixture
def dwelling(cast):
    return new_dwelling(cast, street="Kerkstraat", number=12, label="senior")


@pytest.fixture
def url(dwelling):
    return reverse("housing:dwelling_vacate", args=[dwelling.pk])


def told(**changes):
    return {
        "notice_on": "2017-11-20",
        "available_from": "2017-12-20",
        "net_rent": "565,40",
        "service_costs": "12.50",
        "label": "senior",
    } | changes


VALUES = {
    "notice_on": date(2017, 11, 20),
    "available_from": date(2017, 12, 20),
    "empty_from": None,
    "net_rent": Decimal("565.40"),
    "service_costs": Decimal("0"),
    "label": "",
    "internal_move": False,
}


@pytest.mark.parametrize("who", ["coordinator", "corporation_staff"])
def test_it_reports_a_dwelling(who, cast, dwelling, url):
    client = cast.client(who)
    assert client.get(url).context["form"]["label"].value() == "senior"
    response = client.post(url, told())
    vacancy = dwelling.vacancies.get()
    assert response.url == reverse("housing:vacancy_detail", args=[vacancy.pk])
    assert vacancy.state == VacancyState.ANNOUNCED
    assert (vacancy.net_rent, vacancy.service_costs) == (Decimal("565.40"), Decimal("12.50"))
    assert JournalEntry.objects.get(action="vacancy.report").object_key == str(vacancy.pk)


def test_what_is_free_already_is_available(cast, dwelling, url):
    cast.client("coordinator").post(url, told(available_from="2017-11-23"))
    assert dwelling.vacancies.get().state == VacancyState.AVAILABLE


def test_a_double_click_reports_once(cast, dwelling, url):
    client = cast.client("coordinator")
    first, second = client.post(url, told()), client.post(url, told())
    assert first.url == second.url
    assert JournalEntry.objects.filter(action="vacancy.report").count() == 1


def test_a_second_report_is_refused_with_a_sentence(cast, dwelling, url):
    VacancyFactory(dwelling=dwelling)
    client = cast.client("coordinator")
    response = client.post(url, told())
    assert response.status_code == 422
    assert "al" in str(response.context["form"].non_field_errors())
    assert client.get(url).status_code == 302  # to the vacancy that is there


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("notice_on", "2017-11-24"),
        ("available_from", "2017-11-19"),
        ("empty_from", "2017-12-21"),
        ("net_rent", "-1"),
        ("net_rent", "100000"),
        ("net_rent", "veel"),
        ("service_costs", "NaN"),
        ("available_from", "31-02-2018"),
        ("label", "castle"),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field(field, value, cast, dwelling, url):
    response = cast.client("coordinator").post(url, told(**{field: value}))
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}
    assert not dwelling.vacancies.exists()


def test_a_dwelling_that_left_the_stock_is_refused(cast, dwelling, url):
    dwelling.left_stock_on = date(2017, 12, 1)
    dwelling.save()
    assert cast.client("coordinator").post(url, told()).status_code == 422


def test_notice_before_the_last_tenancy_is_refused(cast, dwelling, url):
    VacancyFactory(dwelling=dwelling, state=VacancyState.LET_REGULAR, closed_on=date(2017, 11, 21))
    response = cast.client("coordinator").post(url, told())
    assert response.context["form"].errors.keys() == {"notice_on"}


def test_who_may(cast, dwelling, url):
    assert cast.client("officer_marum").post(url, told()).status_code == 403
    assert cast.client("stranger").post(url, told()).status_code == 404
    with pytest.raises(PermissionDenied):
        report_vacancy(by=cast.officer_marum, dwelling=dwelling, values=VALUES, today=TODAY)


@pytest.mark.django_db(transaction=True)
def test_two_people_at_once_report_one_vacancy():
    cast = build_cast()
    dwelling = new_dwelling(cast)

    def report(number):
        values = VALUES | {"net_rent": Decimal(500 + number)}
        by = (cast.coordinator, cast.corporation_staff)[number % 2]
        try:
            report_vacancy(by=by, dwelling=dwelling, values=values, today=TODAY)
        except Refused as refusal:
            return str(refusal)
        finally:
            connection.close()
        return "reported"

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(report, range(4)))
    assert Vacancy.objects.filter(dwelling=dwelling).count() == 1
    assert outcomes.count("reported") == 1
    assert all(outcome for outcome in outcomes)


# -- looking up ------------------------------------------------------------------------------------


def test_one_looks_the_dwelling_up_by_its_address(cast, dwelling, url):
    new_dwelling(cast, street="Anderweg")
    response = cast.client("corporation_staff").get(ADD, {"q": "kerkstr 12"})
    assert [row.address for row in response.context["found"]] == ["Kerkstraat 12"]
    assert url in response.content.decode()


def test_a_vacant_one_leads_to_its_vacancy(cast, dwelling):
    vacancy = VacancyFactory(dwelling=dwelling)
    page = cast.client("coordinator").get(ADD, {"q": "kerkstraat"}).content.decode()
    assert reverse("housing:vacancy_detail", args=[vacancy.pk]) in page


@pytest.mark.parametrize("words", ["", "nergens", "\x00", "%", "x" * 500])
def test_the_search_survives_nonsense(words, cast, dwelling):
    response = cast.client("coordinator").get(ADD, {"q": words})
    assert response.status_code == 200
    assert response.context["found"] == []


def test_the_search_is_for_who_keeps_the_stock(cast, dwelling):
    assert cast.client("officer_marum").get(ADD).status_code == 404


# -- changing --------------------------------------------------------------------------------------


def test_an_open_vacancy_can_be_changed(cast, dwelling):
    vacancy = VacancyFactory(dwelling=dwelling)
    url = reverse("housing:vacancy_edit", args=[vacancy.pk])
    client = cast.client("corporation_staff")
    version = client.get(url).context["form"]["version"].value()
    sent = told(notice_on="2017-10-10", available_from="2017-11-25", version=version)
    assert client.post(url, sent).status_code == 302
    vacancy.refresh_from_db()
    assert vacancy.available_from == date(2017, 11, 25)
    assert JournalEntry.objects.filter(action="vacancy.change").count() == 1
    stale = client.post(url, sent | {"net_rent": "600"})
    assert stale.status_code == 422
    assert [line[1:] for line in stale.context["differences"]] == [("€\xa0565,40", "€\xa0600,00")]


def test_a_closed_vacancy_stays_as_it_is(cast, dwelling):
    vacancy = VacancyFactory(dwelling=dwelling, state=VacancyState.WITHDRAWN, closed_on=TODAY)
    url = reverse("housing:vacancy_edit", args=[vacancy.pk])
    client = cast.client("corporation_staff")
    assert client.get(url).status_code == 302
    assert client.post(url, told()).status_code == 422


def test_the_service_of_changing(cast, dwelling):
    vacancy = Vacancy.objects.get(pk=VacancyFactory(dwelling=dwelling).pk)
    deed = {"vacancy": vacancy, "version": vacancy_version(vacancy), "today": TODAY}
    later = {"available_from": TODAY + timedelta(days=3), "notice_on": vacancy.notice_on}
    with pytest.raises(PermissionDenied):
        change_vacancy(by=cast.officer_marum, values=later, **deed)
    change_vacancy(by=cast.coordinator, values=later, **deed)
    change_vacancy(by=cast.coordinator, values=later, **deed)  # harmless twice
    with pytest.raises(Changed):
        change_vacancy(by=cast.coordinator, values=later | {"net_rent": Decimal(1)}, **deed)
