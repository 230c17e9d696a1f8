"""An account of a demonstration opens nothing outside demo mode."""

from datetime import date

import pytest
from django.urls import reverse

from partners.choices import Role
from partners.services.demonstration import put_demo_account
from tests.factories import PASSWORD

LOGIN = reverse("account_login")


@pytest.fixture
def account(cast, settings):
    settings.DEMO = True
    return put_demo_account(
        by=None,
        email="demo@voorbeeld.example",
        name="Voorbeeld",
        password=PASSWORD,
        organisation=cast.office,
        role=Role.COORDINATOR,
        since=date(2016, 1, 1),
    )


def sign_in(client):
    return client.post(LOGIN, {"login": "demo@voorbeeld.example", "password": PASSWORD})


def test_it_signs_in_while_demonstrating(client, account):
    assert sign_in(client).status_code == 302
    assert client.get("/").status_code == 200


def test_elsewhere_its_password_is_not_right(client, account, settings):
    settings.DEMO = False
    assert sign_in(client).status_code == 200
    assert client.get("/").status_code == 302


def test_elsewhere_its_session_is_over(client, account, settings):
    sign_in(client)
    settings.DEMO = False
    assert client.get("/").url.startswith(LOGIN)


def test_others_sign_in_as_ever(client, cast, settings):
    settings.DEMO = False
    answer = client.post(LOGIN, {"login": cast.coordinator.email, "password": PASSWORD})
    assert answer.status_code == 302
