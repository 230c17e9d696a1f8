"""The list of vacated dwellings: who sees which rows, searching, filtering, paging."""

import pytest
from django.urls import reverse

from housing.choices import VacancyState
from tests.factories import (
    NOW,
    AssessmentFactory,
    DwellingFactory,
    OrganisationFactory,
    VacancyFactory,
    VillageFactory,
)
from westerkwartier.web.paging import PAGE_SIZE

URL = reverse("housing:vacancy_list")


@pytest.fixture
def add(cast):
    """Adds a vacancy in Marum of the corporation; dwelling and vacancy fields by name."""

    def add(village=None, corporation=None, vacancy=None, **dwelling):
        return VacancyFactory(
            dwelling=DwellingFactory(
                village=village or cast.village_marum,
                corporation=corporation or cast.corporation,
                **dwelling,
            ),
            **(vacancy or {}),
        )

    return add


def found(response) -> list[str]:
    return [row.dwelling.address for row in response.context["page"].rows]


def test_it_shows_what_fell_vacant(cast, add):
    add(street="Kerkstraat", number=12)
    response = cast.client("coordinator").get(URL)
    assert found(response) == ["Kerkstraat 12"]
    assert b"Kerkstraat 12" in response.content


def test_corporation_staff_sees_the_own_stock_only(cast, add):
    add(street="Eigenweg", number=1)
    add(
        street="Anderweg",
        number=2,
        corporation=OrganisationFactory(region=cast.region, kind="corporation"),
    )
    assert found(cast.client("corporation_staff").get(URL)) == ["Eigenweg 1"]
    assert len(found(cast.client("officer_marum").get(URL))) == 2


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("kerk", 1),
        ("kerkstraat 12", 1),
        ("marum", 1),
        ("9363 AB", 1),
        ("9363ab", 1),
        ("leek", 0),
        ("niets", 0),
        ("%", 0),
        ("99999999999999999999", 0),
    ],
)
def test_it_searches_street_number_postcode_and_village(words, number, cast, add):
    add(street="Kerkstraat", number=12, postcode="9363AB")
    assert len(found(cast.client("coordinator").get(URL, {"q": words}))) == number


def test_it_filters_by_verdict_state_and_place(cast, add):
    client = cast.client("coordinator")
    waiting = add(street="Wachtweg", number=1)
    judged = add(street="Oordeelweg", number=2, village=cast.village_leek)
    AssessmentFactory(vacancy=judged, by=cast.coordinator)
    add(
        street="Dichtweg",
        number=3,
        vacancy={"state": VacancyState.WITHDRAWN, "closed_on": NOW.date()},
    )

    def ask(**params):
        return found(client.get(URL, params))

    assert ask(verdict="awaiting") == [waiting.dwelling.address]
    assert ask(verdict="suitable") == [judged.dwelling.address]
    assert len(ask(state="open")) == 2
    assert ask(state="withdrawn") == ["Dichtweg 3"]
    assert ask(municipality=cast.leek.pk) == [judged.dwelling.address]
    assert ask(village=cast.village_leek.pk) == [judged.dwelling.address]
    assert ask(bedrooms=9) == []


@pytest.mark.parametrize(
    "sort", ["address", "-address", "net_rent", "-available_from", "village", "municipality"]
)
def test_paging_there_and_back_shows_every_row_once(sort, cast, add):
    for number in range(PAGE_SIZE * 2 + 3):
        add(
            street=f"Straat {number % 7}", number=number + 1, vacancy={"net_rent": 400 + number % 5}
        )
    client = cast.client("coordinator")
    pages, url = [], f"{URL}?sort={sort}"
    while url:
        response = client.get(url)
        pages.append(found(response))
        page = response.context["page"]
        url = page.next_url and URL + page.next_url
    seen = [address for rows in pages for address in rows]
    assert len(seen) == len(set(seen)) == PAGE_SIZE * 2 + 3
    assert len(pages) == 3
    back = found(client.get(URL + page.previous_url))
    assert back == pages[1]
    first = client.get(URL + client.get(URL + page.previous_url).context["page"].previous_url)
    assert found(first) == pages[0]
    assert first.context["page"].previous_url is None


def test_htmx_gets_the_list_alone(cast, add):
    add(street="Kerkstraat", number=12)
    response = cast.client("coordinator").get(URL, headers={"HX-Request": "true"})
    assert b"<html" not in response.content
    assert b'id="list"' in response.content


def test_an_export_cannot_become_a_formula(cast, add):
    add(street="=HYPERLINK(1)", number=1)
    response = cast.client("coordinator").get(URL, {"export": "csv"})
    line = response.content.decode("utf-8-sig").splitlines()[1]
    assert line.endswith(";'=HYPERLINK(1);Marum;Eengezinswoning;3")
    assert "2017-11-10" in line
    assert "550,00" in line


def test_only_villages_with_a_dwelling_are_offered(cast, add):
    add()
    VacancyFactory(dwelling=DwellingFactory(village=cast.village_leek))
    VillageFactory(region=cast.region, name="Leegland", municipality=cast.leek)
    for url in (URL, "/vacancies/dwellings/"):
        form = cast.client("coordinator").get(url).context["filter"].form
        assert [str(one) for one in form.fields["village"].queryset] == ["Leek", "Marum"]


def test_an_empty_list_says_so(cast):
    response = cast.client("coordinator").get(URL)
    assert "nog geen woning vrijgekomen" in response.content.decode()
