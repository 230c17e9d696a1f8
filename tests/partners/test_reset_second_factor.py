"""An administrator takes away a lost second factor."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from partners import tasks
from partners.models import JournalEntry
from partners.services.people import reset_second_factor
from tests.factories import NOW
from tests.partners.second_factor import give_totp
from westerkwartier.web.refusals import Refused


@pytest.fixture
def person(cast):
    give_totp(cast.coordinator)
    return cast.coordinator


def url(person):
    return f"/people/{person.pk}/reset-second-factor/"


def test_it_goes_the_sessions_end_and_a_letter_tells(cast, person, mailoutbox):
    theirs = cast.client("coordinator")
    assert theirs.get("/people/partners/").status_code == 200
    client = cast.client("administrator")
    assert client.get(url(person)).status_code == 200
    client.post(url(person))
    assert not Authenticator.objects.filter(user=person).exists()
    assert theirs.get("/people/partners/").headers["Location"].startswith("/account/login/")
    tasks.sweep_mail()
    assert [letter.to for letter in mailoutbox] == [[person.email]]


def test_others_are_refused(cast, person):
    for who in ("stranger", "officer_marum"):
        assert cast.client(who).post(url(person)).status_code == 404
    assert cast.client("coordinator").post(url(person)).status_code == 403
    with pytest.raises(PermissionDenied):
        reset_second_factor(by=cast.stranger, user=person, now=NOW)
    assert Authenticator.objects.filter(user=person).exists()


def test_twice_equals_once(cast, person, mailoutbox):
    done = [reset_second_factor(by=cast.administrator, user=person, now=NOW) for _turn in range(2)]
    assert done == [True, False]
    assert JournalEntry.objects.filter(action="user.reset_second_factor").count() == 1
    person.refresh_from_db()
    assert person.session_round == 1


def test_the_own_one_is_refused_with_a_sentence(cast):
    give_totp(cast.administrator)
    with override("en"), pytest.raises(Refused, match="your own"):
        reset_second_factor(by=cast.administrator, user=cast.administrator, now=NOW)
    assert Authenticator.objects.filter(user=cast.administrator).exists()


def test_the_page_of_a_person_offers_it_only_where_there_is_one(cast, person):
    client = cast.client("administrator")
    assert url(person) in client.get(f"/people/{person.pk}/").content.decode()
    other = cast.officer_leek
    assert url(other) not in client.get(f"/people/{other.pk}/").content.decode()
