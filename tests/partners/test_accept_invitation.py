"""Coming in by the link of an invitation."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from partners.choices import Role
from partners.models import JournalEntry, Membership, User
from partners.services.invitations import accept_invitation, invitation_token, invite_person
from tests.factories import NOW, PASSWORD
from westerkwartier.web.clock import now
from westerkwartier.web.refusals import Refused

PASSWORDS = {"password": PASSWORD, "again": PASSWORD}


@pytest.fixture
def invitation(cast):
    return invite_person(
        by=cast.administrator,
        email="nieuw@voorbeeld.example",
        name="Nieuwe Collega",
        organisation=cast.marum.organisation,
        role=Role.MUNICIPAL_OFFICER,
        now=now(),
    )


@pytest.fixture
def url(invitation):
    return f"/people/welcome/{invitation_token(invitation)}/"


def test_somebody_new_gets_an_account_with_the_role_and_signs_in(url, invitation):
    client = Client()
    assert 'name="password"' in client.get(url).content.decode()
    answer = client.post(url, {"name": "Nieuwe Collega", **PASSWORDS})
    assert answer.headers["Location"] == "/account/login/"
    user = User.objects.get(email="nieuw@voorbeeld.example")
    membership = user.memberships.get()
    assert (membership.role, membership.organisation) == (
        Role.MUNICIPAL_OFFICER,
        invitation.organisation,
    )
    answer = client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    assert answer.headers["Location"] == "/"


def test_reading_the_page_accepts_nothing(url):
    Client().get(url)
    assert not User.objects.filter(email="nieuw@voorbeeld.example").exists()


def test_a_common_or_short_password_is_refused(url):
    for password in ("wachtwoord", "qwertyuiop12", "123456789012", "nieuw@voorbeeld"):
        answer = Client().post(url, {"name": "N", "password": password, "again": password})
        assert answer.status_code == 422, password
    assert not User.objects.filter(email="nieuw@voorbeeld.example").exists()


def test_two_different_passwords_are_refused(url):
    answer = Client().post(url, {"name": "N", "password": PASSWORD, "again": PASSWORD + "!"})
    assert answer.status_code == 422


def test_the_service_too_refuses_a_weak_password(invitation):
    with pytest.raises(ValidationError):
        accept_invitation(token=invitation_token(invitation), now=now(), password="wachtwoord")


def test_accepting_twice_gives_one_account_and_one_role(invitation):
    token = invitation_token(invitation)
    one = accept_invitation(token=token, now=now(), name="N", password=PASSWORD)
    two = accept_invitation(token=token, now=now(), name="Ander", password=PASSWORD + "!")
    assert one == two
    assert two.check_password(PASSWORD)
    assert Membership.objects.filter(user=one).count() == 1
    assert JournalEntry.objects.filter(action="invitation.accept").count() == 1


def test_a_used_link_sends_to_sign_in(invitation, url):
    accept_invitation(token=invitation_token(invitation), now=now(), name="N", password=PASSWORD)
    assert "/account/login/" in Client().get(url).content.decode()


@pytest.mark.parametrize("how", ["expired", "withdrawn"])
def test_an_ended_link_does_not_work(invitation, url, how):
    if how == "expired":
        invitation.expires_at = now() - timedelta(seconds=1)
    else:
        invitation.withdrawn_at = now()
    invitation.save()
    assert Client().post(url, {"name": "N", **PASSWORDS}).status_code == 404
    with pytest.raises(Refused):
        accept_invitation(
            token=invitation_token(invitation), now=now(), name="N", password=PASSWORD
        )


def test_a_guessed_link_does_not_work(db):
    assert Client().get(f"/people/welcome/{'0' * 64}/").status_code == 404


def test_who_has_an_account_signs_in_and_just_gets_the_role(cast):
    invitation = invite_person(
        by=cast.administrator,
        email=cast.officer_leek.email,
        name="x",
        organisation=cast.marum.organisation,
        role=Role.MUNICIPAL_OFFICER,
        now=NOW,
    )
    url = f"/people/welcome/{invitation_token(invitation)}/"
    assert Client().get(url).headers["Location"].startswith("/account/login/?next=")
    with pytest.raises(Refused):
        accept_invitation(token=invitation_token(invitation), now=NOW, name="N", password=PASSWORD)
    assert cast.client("officer_marum").get(url).status_code == 403
    client = cast.client("officer_leek")
    assert client.get(url).status_code == 200
    assert client.post(url).headers["Location"] == "/"
    assert cast.officer_leek.memberships.count() == 2
