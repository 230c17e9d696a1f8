"""Changing a password, and choosing a new one by mail."""

import re

import pytest
from django.test import Client

from partners import tasks
from partners.models import JournalEntry, Notice
from tests.factories import PASSWORD

NEW = "een andere zin van vijf"
RESET = "/account/password/reset/"


def test_changing_it_asks_the_old_one_and_ends_other_sessions(cast, mailoutbox):
    here, there = cast.client("coordinator"), cast.client("coordinator")
    data = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post("/account/password/change/", data | {"oldpassword": "mis"}).status_code == 200
    assert here.post("/account/password/change/", data).status_code == 302
    assert here.get("/people/partners/").status_code == 200
    assert there.get("/people/partners/").status_code == 302
    assert JournalEntry.objects.filter(action="account.change_password").count() == 1
    tasks.sweep_mail()
    assert [letter.to for letter in mailoutbox] == [[cast.coordinator.email]]


@pytest.mark.parametrize(
    "weak",
    ["kort", "Welkom2017!!", "GroningenZomer1", "password12345", "1234567890123", "coordinator@v"],
)
def test_a_weak_one_is_refused(cast, weak):
    client = cast.client("coordinator")
    data = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    client.post("/account/password/change/", data)
    cast.coordinator.refresh_from_db()
    assert cast.coordinator.check_password(PASSWORD)


def test_a_letter_brings_a_link_that_works_once(cast, mailoutbox):
    client = Client()
    assert client.post(RESET, {"email": cast.coordinator.email}).status_code == 302
    tasks.sweep_mail()
    (letter,) = mailoutbox
    path = re.search(r"http://localhost(/account/password/reset/key/\S+)", letter.body)[1]
    form = client.get(path).headers["Location"]
    assert client.get(form).status_code == 200
    client.post(form, {"password1": NEW, "password2": NEW})
    cast.coordinator.refresh_from_db()
    assert cast.coordinator.check_password(NEW)
    assert JournalEntry.objects.filter(action="account.reset_password").count() == 1
    again = Client().get(path)
    assert again.status_code == 200  # the page says that the link is no longer valid
    assert "password1" not in again.content.decode()


def test_an_unknown_address_gets_the_same_page_and_no_letter(cast, mailoutbox):
    known = Client().post(RESET, {"email": cast.coordinator.email})
    unknown = Client().post(RESET, {"email": "niemand@voorbeeld.example"})
    assert (known.status_code, known.headers["Location"]) == (
        unknown.status_code,
        unknown.headers["Location"],
    )
    assert Notice.objects.count() == 1
    tasks.sweep_mail()
    assert len(mailoutbox) == 1


def test_a_short_password_is_refused_in_dutch(cast):
    data = {"oldpassword": PASSWORD, "password1": "kort", "password2": "kort"}
    page = cast.client("coordinator").post("/account/password/change/", data).content.decode()
    assert "Dit wachtwoord is te kort: het moet minstens 12 tekens hebben." in page
    assert "too short" not in page
