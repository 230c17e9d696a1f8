"""Signing in and out with a password, and what the journal tells of it."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from partners.choices import Result
from partners.models import JournalEntry
from tests.factories import PASSWORD, UserFactory

LOGIN = "/account/login/"


def sign_in(email, password=PASSWORD, **extra):
    return Client(**extra).post(LOGIN, {"login": email, "password": password})


def test_the_right_password_opens_whatever_the_case_of_the_address(cast):
    assert sign_in(cast.coordinator.email.upper()).headers["Location"] == "/"


def test_a_visitor_is_sent_to_sign_in_and_on_to_the_page_asked_for(cast):
    client = Client()
    answer = client.get("/people/partners/")
    assert answer.headers["Location"] == f"{LOGIN}?next=/people/partners/"
    answer = client.post(
        answer.headers["Location"], {"login": cast.coordinator.email, "password": PASSWORD}
    )
    assert answer.headers["Location"] == "/people/partners/"


def test_nobody_is_sent_to_another_site(cast):
    answer = Client().post(
        f"{LOGIN}?next=https://elders.example/",
        {"login": cast.coordinator.email, "password": PASSWORD},
    )
    assert answer.headers["Location"] == "/"


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(cast):
    known = sign_in(cast.coordinator.email, "iets heel anders").content.decode()
    unknown = sign_in("coordinatro@voorbeeld.example", "iets heel anders").content.decode()
    said = "alert" if "alert" in known else "error"
    assert said in known
    assert known.count("coordinator") == unknown.count("coordinatro")


def test_signing_in_and_out_is_journalled(cast):
    client = Client(REMOTE_ADDR="192.0.2.7")
    client.post(LOGIN, {"login": cast.coordinator.email, "password": PASSWORD})
    client.post("/account/logout/")
    lines = JournalEntry.objects.filter(action__startswith="account.").order_by("pk")
    assert [(line.action, line.detail, line.origin) for line in lines] == [
        ("account.sign_in", "password", "web 192.0.2.7"),
        ("account.sign_out", "", "web 192.0.2.7"),
    ]
    assert {line.actor for line in lines} == {cast.coordinator}
    assert {line.region for line in lines} == {cast.region}


def test_a_refused_sign_in_names_the_account_and_never_what_was_typed(cast):
    sign_in(cast.coordinator.email, "geheim dat ergens anders past")
    sign_in("geheim-in-het-verkeerde-vak@voorbeeld.example")
    known, unknown = JournalEntry.objects.filter(action="account.sign_in_refused").order_by("pk")
    assert (known.object_key, known.result) == (str(cast.coordinator.pk), Result.REFUSED)
    assert known.actor is None
    assert unknown.object_key == ""
    for line in (known, unknown):
        assert "@" not in line.detail
        assert "geheim" not in line.detail


def test_who_may_not_sign_in_does_not(cast):
    cast.coordinator.is_active = False
    cast.coordinator.save()
    answer = sign_in(cast.coordinator.email)
    assert "_auth_user_id" not in answer.client.session if hasattr(answer, "client") else True
    assert not JournalEntry.objects.filter(action="account.sign_in").exists()


def test_an_account_that_closes_ends_its_session(cast):
    client = cast.client("coordinator")
    cast.coordinator.is_active = False
    cast.coordinator.save()
    assert client.get("/people/partners/").headers["Location"].startswith(LOGIN)


def test_there_is_no_sign_up_and_no_management_of_addresses():
    for name in ("account_signup", "account_email", "socialaccount_connections"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    for path in ("signup/", "email/", "3rdparty/", "login/code/"):
        assert Client().get(f"/account/{path}").status_code in (302, 404)


def test_somebody_without_a_role_gets_a_page_that_helps(cast):
    client = cast.client("nobody")
    answer = client.get("/")
    assert answer.status_code == 403
    assert "/account/logout/" in answer.content.decode()
    assert client.post("/account/logout/").status_code == 302


def test_half_an_hour_without_a_request_ends_the_session(cast):
    client = Client()
    client.post(LOGIN, {"login": cast.coordinator.email, "password": PASSWORD})
    kept = Session.objects.get(pk=client.session.session_key)
    left = kept.expire_date - timezone.now()
    assert timedelta(minutes=29) < left <= timedelta(minutes=30)
    Session.objects.update(expire_date=timezone.now() + timedelta(minutes=1))
    assert client.get("/people/partners/").status_code == 200
    kept.refresh_from_db()
    assert kept.expire_date - timezone.now() > timedelta(minutes=29)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/people/partners/").headers["Location"].startswith(LOGIN)


def test_a_page_within_the_minute_does_not_write_the_session_again(cast):
    client = cast.client("administrator")
    kept = Session.objects.get(pk=client.session.session_key)
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/people/partners/").status_code == 200
    assert not any("UPDATE" in query["sql"] for query in queries)
    after = Session.objects.get(pk=kept.pk)
    assert (after.expire_date, after.session_data) == (kept.expire_date, kept.session_data)


def test_the_cookie_goes_when_the_browser_closes_and_no_script_reads_it(cast):
    client = Client()
    client.post(LOGIN, {"login": cast.coordinator.email, "password": PASSWORD})
    cookie = client.cookies["sessionid"]
    assert cookie["max-age"] == ""
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_passwords_are_kept_with_argon2(db):
    user = UserFactory.build()
    user.set_password(PASSWORD)
    assert user.password.startswith("argon2$argon2id$")
