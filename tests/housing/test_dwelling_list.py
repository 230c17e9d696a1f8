"""The register of dwellings: who sees which rows, searching, filtering, exporting."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from housing.services.importing import DWELLING_COLUMNS
from tests.factories import TODAY, DwellingFactory, OrganisationFactory, VacancyFactory

URL = reverse("housing:dwelling_list")


@pytest.fixture
def add(cast):
    """Adds a dwelling in Marum of the corporation; fields by name."""

    def add(**fields):
        values = {"village": cast.village_marum, "corporation": cast.corporation} | fields
        return DwellingFactory(**values)

    return add


def found(response) -> list[str]:
    assert response.status_code == 200
    return [row.address for row in response.context["page"].rows]


def test_corporation_staff_sees_the_own_stock_only(cast, add):
    add(street="Eigenweg", number=1)
    other = OrganisationFactory(region=cast.region, kind="corporation")
    add(street="Anderweg", number=2, corporation=other)
    assert found(cast.client("corporation_staff").get(URL)) == ["Eigenweg 1"]
    assert found(cast.client("officer_marum").get(URL)) == ["Anderweg 2", "Eigenweg 1"]
    assert found(cast.client("coordinator").get(URL)) == ["Anderweg 2", "Eigenweg 1"]


@pytest.mark.parametrize("who", ["guidance_worker", "supervisor", "tenants_reader", "nobody"])
def test_for_others_the_register_does_not_exist(who, cast, add):
    assert cast.client(who).get(URL).status_code in (403, 404)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("kerk", 1),
        ("kerkstraat 12", 1),
        ("kerkstraat 12a", 1),
        ("kerkstraat 12b", 0),
        ("kerkstraat 9", 0),
        ("marum", 1),
        ("9363 AB", 1),
        ("leek", 0),
        ("%", 0),
        ("99999999999999999999", 0),
    ],
)
def test_it_searches_street_number_postcode_and_village(words, number, cast, add):
    add(street="Kerkstraat", number=12, addition="A", postcode="9363AB")
    assert len(found(cast.client("coordinator").get(URL, {"q": words}))) == number


def test_it_filters(cast, add):
    client = cast.client("coordinator")
    add(street="Flatweg", number=1, kind="flat", bedrooms=1, label="senior", energy_label="A")
    add(street="Tijdweg", number=2, temporary_until=date(2019, 1, 1), temporary_reason="flex")
    add(street="Rolweg", number=3, accessibility="ROL", village=cast.village_leek)

    def ask(**params):
        return found(client.get(URL, params))

    assert ask(kind="flat") == ["Flatweg 1"]
    assert ask(label="senior") == ["Flatweg 1"]
    assert ask(label="none", energy_label="") == ["Rolweg 3", "Tijdweg 2"]
    assert ask(energy_label="A") == ["Flatweg 1"]
    assert ask(temporary="yes") == ["Tijdweg 2"]
    assert ask(temporary="no") == ["Flatweg 1", "Rolweg 3"]
    assert ask(accessibility="ROL") == ["Rolweg 3"]
    assert ask(municipality=cast.leek.pk) == ["Rolweg 3"]
    assert ask(village=cast.village_leek.pk) == ["Rolweg 3"]
    assert ask(bedrooms=2) == ["Rolweg 3", "Tijdweg 2"]


def test_what_left_the_stock_is_shown_when_asked_for(cast, add):
    client = cast.client("coordinator")
    add(street="Blijfweg", number=1)
    add(street="Wegweg", number=2, left_stock_on=TODAY)
    add(street="Straksweg", number=3, left_stock_on=TODAY + timedelta(days=1))
    assert found(client.get(URL)) == ["Blijfweg 1", "Straksweg 3"]
    assert found(client.get(URL, {"stock": "left"})) == ["Wegweg 2"]
    assert len(found(client.get(URL, {"stock": "all"}))) == 3


def test_a_vacant_dwelling_says_so(cast, add):
    VacancyFactory(dwelling=add())
    assert "Leeg" in cast.client("coordinator").get(URL).content.decode()


def test_the_export_has_the_columns_of_the_import(cast, add):
    add(street="Kerkstraat", number=12, postcode="9363AB", lift=True)
    text = cast.client("coordinator").get(URL, {"export": "csv"}).content.decode("utf-8-sig")
    header, line = text.splitlines()
    assert header.split(";") == [str(column.label) for column in DWELLING_COLUMNS]
    assert line.startswith("9363AB;12;;Kerkstraat;Marum;")


def test_an_empty_register_says_so(cast):
    assert "nog geen woningen" in cast.client("coordinator").get(URL).content.decode()
