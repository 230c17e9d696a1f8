"""Dispersal: households per village, the threshold, and the small numbers that not all may see."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from housing.choices import DispersalLevel, VacancyState
from quota.selectors import dispersal
from quota.selectors.dispersal import twelve_months
from tests.factories import (
    TODAY,
    CaseFactory,
    DispersalThresholdFactory,
    DwellingFactory,
    TenancyFactory,
    VacancyFactory,
    VillageFactory,
)

pytestmark = pytest.mark.django_db

PAGE = "/region/dispersal/"
EXACT = ("coordinator", "officer_marum", "corporation_staff")
SUMS = ("supervisor", "tenants_reader")


def house(cast, village, number, starts_on=date(2017, 5, 1), **tenancy):
    """So many households of permit holders in as many dwellings of the village."""
    for _number in range(number):
        dwelling = DwellingFactory(village=village, corporation=cast.corporation)
        TenancyFactory(
            vacancy__dwelling=dwelling,
            vacancy__notice_on=min(date(2017, 10, 10), starts_on - timedelta(days=30)),
            case=CaseFactory(linked_municipality=cast.marum),
            signed_on=starts_on - timedelta(days=3),
            starts_on=starts_on,
            **tenancy,
        )


@pytest.fixture
def villages(cast):
    """Marum: 6 households in 20 dwellings; Leek: 2 in 10; a third village: 3 in 4; one is empty."""
    third = VillageFactory(region=cast.region, name="Nuis", municipality=cast.marum)
    VillageFactory(region=cast.region, name="Ezinge")
    # The cast lives in one spot; a map needs places.
    for number, village in enumerate((cast.village_marum, cast.village_leek)):
        village.latitude, village.longitude = Decimal("53.1"), Decimal("6.2") + number
        village.save(update_fields=["latitude", "longitude"])
    for village, dwellings, households in (
        (cast.village_marum, 20, 6),
        (cast.village_leek, 10, 2),
        (third, 4, 3),
    ):
        house(cast, village, households)
        DwellingFactory.create_batch(
            dwellings - households, village=village, corporation=cast.corporation
        )
    DispersalThresholdFactory(
        region=cast.region, level=DispersalLevel.VILLAGE, share=Decimal("0.300"), at_least=5
    )
    return cast


def found(cast, on=TODAY, small_hidden=False):
    result = dispersal(cast.region, on=on, small_hidden=small_hidden)
    return {village.name: village for village in result.villages}, result


def test_dwellings_and_households_per_village(villages):
    rows, result = found(villages)
    assert {name: (row.dwellings, row.households) for name, row in rows.items()} == {
        "Leek": (10, 2),
        "Marum": (20, 6),
        "Nuis": (4, 3),
    }
    assert (result.total.dwellings, result.total.households) == (34, 11)
    assert rows["Leek"].share == Decimal("0.2")
    assert rows["Nuis"].municipality == "Marum"


def test_a_household_counts_while_its_tenancy_runs(cast):
    house(cast, cast.village_marum, 1, date(2017, 11, 24))
    house(cast, cast.village_marum, 1, TODAY)
    house(cast, cast.village_marum, 1, date(2017, 1, 1), ends_on=TODAY)
    house(cast, cast.village_marum, 1, date(2017, 1, 1), ends_on=date(2017, 11, 24))
    assert found(cast)[0]["Marum"].households == 2
    assert found(cast)[0]["Marum"].dwellings == 4


def test_a_dwelling_that_was_sold_does_not_count(cast):
    DwellingFactory(village=cast.village_marum, left_stock_on=TODAY)
    DwellingFactory(village=cast.village_marum, left_stock_on=TODAY + timedelta(days=1))
    assert found(cast)[0]["Marum"].dwellings == 1


def test_lettings_of_the_last_twelve_months(cast):
    for day, state in (
        (date(2016, 11, 23), VacancyState.LET_PERMIT),
        (date(2016, 11, 24), VacancyState.LET_PERMIT),
        (TODAY, VacancyState.LET_REGULAR),
        (date(2017, 11, 24), VacancyState.LET_REGULAR),
    ):
        dwelling = DwellingFactory(village=cast.village_marum, corporation=cast.corporation)
        VacancyFactory(
            dwelling=dwelling,
            notice_on=day - timedelta(days=40),
            available_from=day - timedelta(days=9),
            state=state,
            closed_on=day,
            let_from=day,
        )
    row = found(cast)[0]["Marum"]
    assert (row.let, row.all_let) == (1, 2)


@pytest.mark.parametrize(
    ("on", "first"),
    [
        (date(2017, 11, 23), date(2016, 11, 24)),
        (date(2016, 2, 28), date(2015, 3, 1)),
        (date(2016, 2, 29), date(2015, 3, 1)),
        (date(2017, 2, 28), date(2016, 3, 1)),
        (date(2017, 12, 31), date(2017, 1, 1)),
    ],
)
def test_twelve_months_back(on, first):
    assert twelve_months(on) == first


def test_the_threshold_warns_from_so_many_households_on(villages):
    rows, _result = found(villages)
    # Nuis passes the share but has fewer than five households; Leek passes neither.
    assert {name: row.warns for name, row in rows.items()} == {
        "Leek": False,
        "Marum": True,
        "Nuis": False,
    }


def test_without_a_threshold_nothing_warns(villages):
    villages.region.dispersal_thresholds.all().delete()
    rows, result = found(villages)
    assert result.threshold is None
    assert not any(row.warns for row in rows.values())
    assert "Threshold" not in page(villages, "coordinator")


# -- small numbers ---------------------------------------------------------------------------------


def test_numbers_below_five_are_not_told_to_readers_of_sums(villages):
    rows, result = found(villages, small_hidden=True)
    assert {name: row.households for name, row in rows.items()} == {
        "Leek": None,
        "Marum": 6,
        "Nuis": None,
    }
    assert rows["Nuis"].share is None
    assert result.total.households == 11


def test_a_total_does_not_give_the_only_hidden_number_away(villages):
    house(villages, villages.village_leek, 3)
    rows, result = found(villages, small_hidden=True)
    assert [name for name, row in rows.items() if row.households is None] == ["Nuis"]
    assert (result.total.households, result.total.share) == (None, None)


def test_a_warning_does_not_tell_what_the_number_may_not(villages):
    villages.region.dispersal_thresholds.update(at_least=2)
    assert found(villages)[0]["Nuis"].warns
    assert not found(villages, small_hidden=True)[0]["Nuis"].warns


# -- the page --------------------------------------------------------------------------------------


def page(cast, who, url=PAGE):
    client = cast.client(who)
    client.cookies["django_language"] = "en"
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("who", EXACT)
def test_who_places_households_sees_every_number(villages, who):
    text = page(villages, who)
    assert "2 of 10" in text  # beside the circle on the map
    assert "&lt;5" not in text
    assert "1 village is above the threshold: Marum." in text
    assert text.count("<svg") >= 2


def test_the_threshold_has_a_column_only_where_it_says_something(villages):
    assert ">Threshold</th>" in page(villages, "coordinator")
    villages.region.dispersal_thresholds.update(at_least=100)
    text = page(villages, "coordinator")
    assert ">Threshold</th>" not in text
    assert "No village is above the threshold." in text


@pytest.mark.parametrize("who", SUMS)
def test_who_watches_sees_no_small_number(villages, who):
    text = page(villages, who)
    assert "&lt;5" in text
    assert "6 of 20" in text
    assert "2 of 10" not in text
    assert "3 of 4" not in text
    assert "20.0%" not in text
    assert "Numbers below 5 are not shown" in text


@pytest.mark.parametrize("who", ["guidance_worker", "administrator", "nobody"])
def test_others_do_not_find_it(villages, who):
    assert villages.client(who).get(PAGE).status_code in (403, 404)


def test_a_stranger_sees_nothing_of_this_region(villages):
    assert "Marum" not in page(villages, "stranger")
    assert villages.client("stranger").get(f"{PAGE}?region=kwartier").status_code == 404


def test_without_dwellings_it_says_so(cast):
    assert "There are no dwellings yet" in page(cast, "coordinator")


def test_as_at_an_earlier_day(villages):
    assert "0 of 20" in page(villages, "coordinator", f"{PAGE}?on=2017-04-30")


def test_queries_do_not_grow_with_the_villages(villages, django_assert_num_queries):
    client = villages.client("coordinator")
    with CaptureQueriesContext(connection) as first:
        client.get(PAGE)
    for _number in range(4):
        village = VillageFactory(region=villages.region, municipality=villages.leek)
        house(villages, village, 1)
    with django_assert_num_queries(len(first)):
        client.get(PAGE)
