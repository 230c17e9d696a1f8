"""Changing a dwelling, and two people who do so at the same time."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.urls import reverse

from housing.models import Dwelling
from housing.services.register import change_dwelling, dwelling_version
from partners.models import JournalEntry
from tests.cast import build_cast
from tests.factories import DwellingFactory, VacancyFactory
from westerkwartier.web.refusals import Refused
from westerkwartier.web.versions import Changed


def new_dwelling(cast):
    return DwellingFactory(
        village=cast.village_marum,
        corporation=cast.corporation,
        street="Kerkstraat",
        number=12,
        postcode="9363AB",
    )


@pytest.fixture
def dwelling(cast):
    return new_dwelling(cast)


@pytest.fixture
def url(dwelling):
    return reverse("housing:dwelling_edit", args=[dwelling.pk])


def opened(client, url) -> dict:
    """What the form would send back unchanged."""
    form = client.get(url).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in sent.items() if value is not None and value is not False}


def test_saving_the_form_as_it_is_changes_nothing(cast, dwelling, url):
    client = cast.client("corporation_staff")
    assert client.post(url, opened(client, url)).status_code == 302
    assert not JournalEntry.objects.filter(action="dwelling.change").exists()


def test_it_changes_a_dwelling(cast, dwelling, url):
    client = cast.client("corporation_staff")
    response = client.post(url, opened(client, url) | {"bedrooms": "2", "lift": "on"}, follow=True)
    dwelling.refresh_from_db()
    assert (dwelling.bedrooms, dwelling.lift) == (2, True)
    page = response.content.decode()
    assert "Test corporation_staff" in page  # who, in the history
    assert "3 → 2" in page
    assert JournalEntry.objects.get(action="dwelling.change").actor == cast.corporation_staff


def test_who_saves_second_sees_the_difference_and_may_save_again(cast, dwelling, url):
    first, second = cast.client("corporation_staff"), cast.client("coordinator")
    mine, theirs = opened(second, url), opened(first, url)
    first.post(url, theirs | {"bedrooms": "2", "rooms": "5"})
    response = second.post(url, mine | {"bedrooms": "1"})
    assert response.status_code == 422
    shown = {label: (now, yours) for label, now, yours in response.context["differences"]}
    assert set(shown.values()) == {("2", "1"), ("5", "4")}
    assert response.context["changed_by"] == "Test corporation_staff"
    dwelling.refresh_from_db()
    assert dwelling.bedrooms == 2
    again = mine | {"bedrooms": "1", "version": response.context["form"]["version"].value()}
    assert second.post(url, again).status_code == 302
    dwelling.refresh_from_db()
    assert (dwelling.bedrooms, dwelling.rooms) == (1, 4)


def test_a_double_click_is_no_difference(cast, dwelling, url):
    client = cast.client("corporation_staff")
    sent = opened(client, url) | {"bedrooms": "2"}
    assert [client.post(url, sent).status_code for _click in range(2)] == [302, 302]
    assert JournalEntry.objects.filter(action="dwelling.change").count() == 1


def test_the_address_of_another_is_said_beside_the_number(cast, dwelling, url):
    DwellingFactory(village=cast.village_marum, postcode="9363AB", number=14)
    client = cast.client("corporation_staff")
    response = client.post(url, opened(client, url) | {"number": "14"})
    assert response.context["form"].errors.keys() == {"number"}


def test_a_label_does_not_change_that_of_a_vacancy(cast, dwelling, url):
    vacancy = VacancyFactory(dwelling=dwelling)
    client = cast.client("corporation_staff")
    client.post(url, opened(client, url) | {"label": "senior"})
    vacancy.refresh_from_db()
    dwelling.refresh_from_db()
    assert (dwelling.label, vacancy.label) == ("senior", "")


def test_an_officer_may_look_but_not_change(cast, dwelling, url):
    client = cast.client("officer_marum")
    detail = client.get(reverse("housing:dwelling_detail", args=[dwelling.pk]))
    assert detail.status_code == 200
    assert detail.context["actions"] == []
    assert client.get(url).status_code == client.post(url).status_code == 403


@pytest.mark.parametrize("who", ["guidance_worker", "supervisor", "tenants_reader", "stranger"])
def test_for_others_it_does_not_exist(who, cast, dwelling, url):
    assert cast.client(who).get(url).status_code == 404
    detail = reverse("housing:dwelling_detail", args=[dwelling.pk])
    assert cast.client(who).get(detail).status_code == 404


def test_the_service_refuses_who_may_not(cast, dwelling):
    with pytest.raises(PermissionDenied):
        change_dwelling(by=cast.officer_marum, dwelling=dwelling, values={}, version="")


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_learns_of_the_other():
    cast = build_cast()
    dwelling = new_dwelling(cast)
    version = dwelling_version(dwelling)

    def change(bedrooms):
        try:
            change_dwelling(
                by=cast.coordinator,
                dwelling=dwelling,
                values={"bedrooms": bedrooms},
                version=version,
            )
        except Changed as changed:
            return changed.current.bedrooms
        except Refused:
            return "refused"
        finally:
            connection.close()
        return "changed"

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(change, (1, 2)))
    saved = Dwelling.objects.get(pk=dwelling.pk).bedrooms
    assert sorted(map(str, outcomes)) == sorted(["changed", str(saved)])
