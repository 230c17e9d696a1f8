"""Adding a dwelling to the register."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from housing.models import Dwelling
from housing.services.register import add_dwelling
from partners.models import JournalEntry
from tests.factories import DwellingFactory, OrganisationFactory, VillageFactory
from westerkwartier.web.refusals import Refused

URL = reverse("housing:dwelling_add")


@pytest.fixture
def posted(cast):
    """What the form sends for a plain dwelling."""
    return {
        "corporation": cast.corporation.pk,
        "street": "Kerkstraat",
        "number": "12",
        "addition": "a",
        "postcode": "9363 ab",
        "village": cast.village_marum.pk,
        "kind": "house",
        "rooms": "4",
        "bedrooms": "3",
        "floor": "0",
        "regulated": "on",
    }


@pytest.mark.parametrize("who", ["coordinator", "corporation_staff"])
def test_it_adds_a_dwelling(who, cast, posted):
    response = cast.client(who).post(URL, posted)
    dwelling = Dwelling.objects.get()
    assert response.url == reverse("housing:dwelling_detail", args=[dwelling.pk])
    assert (dwelling.address, dwelling.postcode) == ("Kerkstraat 12a", "9363AB")
    assert dwelling.corporation == cast.corporation
    assert JournalEntry.objects.filter(action="dwelling.add").count() == 1


def test_a_double_click_adds_one_dwelling(cast, posted):
    client = cast.client("corporation_staff")
    first, second = client.post(URL, posted), client.post(URL, posted)
    assert first.url == second.url
    assert Dwelling.objects.count() == JournalEntry.objects.filter(action="dwelling.add").count()


def test_an_address_that_is_there_is_said_beside_the_number(cast, posted):
    DwellingFactory(
        village=cast.village_marum, postcode="9363AB", number=12, addition="a", street="Kerkstraat"
    )
    response = cast.client("corporation_staff").post(URL, posted)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"number"}
    assert "adres" in str(response.context["form"].errors["number"])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("postcode", "936 AB"),
        ("postcode", "0363 AB"),
        ("number", "0"),
        ("number", "99999999999"),
        ("bedrooms", "5"),  # of four rooms
        ("rooms", "x"),
        ("bag_id", "123"),
        ("bag_id", "12345678901234567"),
        ("vera_kind", "XYZ"),
        ("kind", ""),
        ("village", ""),
        ("build_year", "20017"),
        ("temporary_until", "2019-01-01"),
        ("temporary_until", "31-02-2019"),
        ("street", "x" * 81),
        ("street", "\x00"),
        ("floor", "999999"),
    ],
)
def test_what_makes_no_sense_is_said_beside_its_field(field, value, cast, posted):
    response = cast.client("corporation_staff").post(URL, posted | {field: value})
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}
    assert not Dwelling.objects.exists()


def test_a_temporary_reason_without_a_day_is_refused(cast, posted):
    response = cast.client("corporation_staff").post(URL, posted | {"temporary_reason": "flex"})
    assert response.context["form"].errors.keys() == {"temporary_until"}


def test_another_corporation_and_another_region_cannot_be_chosen(cast, posted):
    other = OrganisationFactory(region=cast.region, kind="corporation")
    client = cast.client("corporation_staff")
    assert client.post(URL, posted | {"corporation": other.pk}).status_code == 422
    far = VillageFactory(region=cast.other_region)
    assert client.post(URL, posted | {"village": far.pk}).status_code == 422
    assert not Dwelling.objects.exists()


def test_the_service_refuses_who_may_not_and_what_lies_elsewhere(cast):
    values = {"village": cast.village_marum}
    with pytest.raises(PermissionDenied):
        add_dwelling(by=cast.officer_marum, corporation=cast.corporation, values=values)
    values = {"village": VillageFactory(region=cast.other_region)}
    with pytest.raises(Refused):
        add_dwelling(by=cast.coordinator, corporation=cast.corporation, values=values)
    with pytest.raises(Refused):
        add_dwelling(by=cast.coordinator, corporation=cast.office, values=values)


@pytest.mark.parametrize("who", ["officer_marum", "guidance_worker", "tenants_reader"])
def test_for_others_the_form_does_not_exist(who, cast, posted):
    assert cast.client(who).get(URL).status_code == 404
    assert cast.client(who).post(URL, posted).status_code == 404


def test_the_form_offers_the_own_corporation_and_its_villages(cast):
    VillageFactory(region=cast.other_region, name="Ver weg")
    form = cast.client("corporation_staff").get(URL).context["form"]
    assert [c.name for c in form.fields["corporation"].queryset] == [cast.corporation.name]
    assert {v.name for v in form.fields["village"].queryset} == {"Marum", "Leek"}
