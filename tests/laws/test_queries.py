"""Laws of the lists as in production: at most eight queries, however many rows; so the inbox."""

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housing.models import Vacancy
from tests.factories import (
    BedroomNormFactory,
    DispersalThresholdFactory,
    DwellingFactory,
    RentLimitFactory,
    VacancyFactory,
    VillageFacilityFactory,
)
from tests.laws.test_lists import add_rows, list_views, reader

__all__ = ["add_rows"]

AT_MOST = 8


@pytest.fixture(autouse=True)
def production(settings, cast):
    settings.SECOND_FACTOR_REQUIRED = True
    for user in (cast.coordinator, cast.administrator, cast.corporation_staff):
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})


def count(client, name: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse(name)).status_code == 200
    return len(queries)


@pytest.mark.parametrize(("name", "view"), list_views())
def test_a_list_takes_at_most_eight_queries(name, view, cast, add_rows):
    add_rows(1)
    assert count(reader(cast, name), name) <= AT_MOST


def test_the_inbox_takes_as_few(cast, add_rows):
    """Also with everything on the cards that helps to judge."""
    RentLimitFactory()
    BedroomNormFactory()
    DispersalThresholdFactory(region=cast.region)
    VillageFacilityFactory(village=cast.village_marum)
    add_rows(1)
    client = cast.client("corporation_staff")
    place = {"village": cast.village_marum, "corporation": cast.corporation}
    for cards in (1, 30):
        for _card in range(cards - Vacancy.objects.awaiting_verdict().count()):
            VacancyFactory(dwelling=DwellingFactory(**place))
        assert count(client, "housing:inbox") <= AT_MOST


@pytest.mark.parametrize("name", ["housing:vacancy_list", "housing:dwelling_list"])
def test_a_hundred_rows_take_as_many_queries_as_one(name, cast):
    def add(number: int) -> None:
        place = {"village": cast.village_marum, "corporation": cast.corporation}
        VacancyFactory(dwelling=DwellingFactory(street="Lange laan", number=number, **place))

    add(1)
    client = cast.client("coordinator")
    one = count(client, name)
    for number in range(2, 101):
        add(number)
    assert count(client, name) == one
