"""The pages with empty days: a vacancy's own, the summary, and the list behind it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housing.choices import VacancyState, WaitCause
from tests.factories import (
    AssessmentFactory,
    CovenantFactory,
    DwellingFactory,
    OrganisationFactory,
    VacancyFactory,
    VacancyWaitFactory,
)

URL = reverse("housing:empty_days")
LIST = reverse("housing:empty_days_list")


@pytest.fixture
def add(cast):
    def add(available_from=date(2017, 11, 3), village=None, corporation=None, **fields):
        dwelling = DwellingFactory(
            village=village or cast.village_marum, corporation=corporation or cast.corporation
        )
        return VacancyFactory(
            dwelling=dwelling,
            notice_on=min(date(2017, 1, 2), available_from),
            available_from=available_from,
            **fields,
        )

    return add


def test_a_vacancy_shows_its_days(cast, add):
    vacancy = add()
    VacancyWaitFactory(vacancy=vacancy, starts_on=date(2017, 11, 3), ends_on=date(2017, 11, 8))
    detail = reverse("housing:vacancy_detail", args=[vacancy.pk])
    response = cast.client("officer_marum").get(detail)
    assert response.context["span"].by_cause[WaitCause.REPAIRS] == 5
    page = response.content.decode()
    assert "split__part--repairs" in page
    assert "style=" not in page


def test_the_summary_is_of_the_period(cast, add):
    CovenantFactory(region=cast.region, signed_on=date(2017, 3, 24))
    add(date(2017, 4, 1), state=VacancyState.LET_REGULAR, closed_on=date(2017, 4, 11))
    add(village=cast.village_leek)
    client = cast.client("coordinator")
    together = client.get(URL).context["together"]
    assert (together.vacancies, together.total) == (2, 30)
    labels = [period.label for period in client.get(URL).context["periods"]]
    assert labels[1:] == ["2017-II", "2017-I"]
    first = client.get(URL, {"period": "2017-I"}).context
    assert (first["together"].vacancies, first["together"].total) == (1, 10)
    assert [row.name for row in first["rows"]] == ["Marum"]
    listed = client.get(first["rows"][0].url).context["page"].rows
    assert [row.days_total for row in listed] == [10]
    assert client.get(URL, {"period": "1999-I"}).status_code == 404


def test_staff_counts_the_own_dwellings_only(cast, add):
    add()
    add(corporation=OrganisationFactory(region=cast.region, kind="corporation"))
    assert cast.client("corporation_staff").get(URL).context["together"].vacancies == 1
    assert cast.client("officer_marum").get(URL).context["together"].vacancies == 2


@pytest.mark.parametrize("who", ["guidance_worker", "tenants_reader"])
def test_for_others_it_does_not_exist(who, cast):
    assert cast.client(who).get(URL).status_code == 404
    assert cast.client(who).get(LIST).status_code == 404


def test_an_empty_period_says_so(cast):
    assert "geen woning" in cast.client("coordinator").get(URL).content.decode()


def test_the_list_has_the_longest_first_and_filters(cast, add):
    short = add(date(2017, 11, 20))
    long = add(date(2017, 11, 1), village=cast.village_leek)
    add(date(2017, 12, 1))
    client = cast.client("coordinator")

    def rows(**params):
        return list(client.get(LIST, params).context["page"].rows)

    assert rows() == [long, short]
    assert rows(sort="total") == [short, long]
    assert rows(municipality=cast.leek.pk) == [long]
    assert rows(q="leek") == [long]
    assert rows(state="withdrawn") == []


def test_more_rows_cost_no_more_queries(cast, add):
    client = cast.client("coordinator")
    counts = []
    for _round in range(3):
        AssessmentFactory(vacancy=add())
        with CaptureQueriesContext(connection) as queries:
            assert client.get(URL).status_code == 200
        counts.append(len(queries))
    assert len(set(counts)) == 1
