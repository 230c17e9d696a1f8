"""Taking a dwelling out of stock, and putting it back."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from housing.choices import VacancyState
from housing.services.register import put_back_in_stock, take_out_of_stock
from partners.models import JournalEntry
from tests.factories import TODAY, DwellingFactory, VacancyFactory


@pytest.fixture
def dwelling(cast):
    return DwellingFactory(village=cast.village_marum, corporation=cast.corporation)


def take_out_url(dwelling):
    return reverse("housing:dwelling_take_out", args=[dwelling.pk])


def test_it_goes_and_comes_back(cast, dwelling):
    client = cast.client("corporation_staff")
    for _click in range(2):
        response = client.post(take_out_url(dwelling), {"left_stock_on": "2017-11-01"}, follow=True)
        assert response.status_code == 200
    dwelling.refresh_from_db()
    assert dwelling.left_stock_on == date(2017, 11, 1)
    back = reverse("housing:dwelling_put_back", args=[dwelling.pk])
    assert back in response.content.decode()  # undo, in the message and as a button
    assert client.get(back).status_code == 200
    for _click in range(2):
        client.post(back)
    dwelling.refresh_from_db()
    assert dwelling.left_stock_on is None
    actions = JournalEntry.objects.filter(action__startswith="dwelling.").order_by("pk")
    assert [line.action for line in actions] == ["dwelling.take_out", "dwelling.put_back"]


def test_it_is_refused_while_the_dwelling_is_vacant(cast, dwelling):
    VacancyFactory(dwelling=dwelling)
    response = cast.client("corporation_staff").post(
        take_out_url(dwelling), {"left_stock_on": "2017-11-23"}
    )
    assert response.status_code == 422
    dwelling.refresh_from_db()
    assert dwelling.left_stock_on is None


def test_it_is_refused_before_the_last_tenancy_began(cast, dwelling):
    VacancyFactory(dwelling=dwelling, state=VacancyState.LET_REGULAR, closed_on=TODAY)
    client = cast.client("corporation_staff")
    response = client.post(take_out_url(dwelling), {"left_stock_on": "2017-11-01"})
    assert response.context["form"].errors.keys() == {"left_stock_on"}
    tomorrow = TODAY + timedelta(days=1)
    assert client.post(take_out_url(dwelling), {"left_stock_on": tomorrow}).status_code == 302


def test_another_day_is_refused_until_it_is_back(cast, dwelling):
    take_out_of_stock(by=cast.coordinator, dwelling=dwelling, on=TODAY)
    response = cast.client("coordinator").post(
        take_out_url(dwelling), {"left_stock_on": "2017-11-01"}
    )
    assert response.status_code == 422


def test_an_officer_may_not(cast, dwelling):
    client = cast.client("officer_marum")
    assert client.post(take_out_url(dwelling)).status_code == 403
    for service in (put_back_in_stock,):
        with pytest.raises(PermissionDenied):
            service(by=cast.officer_marum, dwelling=dwelling)
