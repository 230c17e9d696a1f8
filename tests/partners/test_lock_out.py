"""Too many failures lock an account and an address, also for the right password."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from unittest.mock import patch

import pytest
from allauth.core.internal import ratelimit
from django.db import connection
from django.test import Client

from partners.models import JournalEntry
from tests.cast import build_cast
from tests.factories import PASSWORD, UserFactory

LOGIN = "/account/login/"


def attempt(email, password=PASSWORD, address="192.0.2.1"):
    client = Client(REMOTE_ADDR=address)
    return client.post(LOGIN, {"login": email, "password": password})


def opens(answer) -> bool:
    return answer.status_code == 302


@contextmanager
def later(seconds):
    real = ratelimit.time.time
    with patch.object(ratelimit.time, "time", lambda: real() + seconds):
        yield


@pytest.fixture
def locked(cast):
    for _turn in range(5):
        assert not opens(attempt(cast.coordinator.email, "mis"))
    return cast.coordinator


def test_after_five_failures_the_right_password_does_not_open(locked):
    answer = attempt(locked.email)
    assert not opens(answer)
    assert "15" in answer.content.decode()
    assert JournalEntry.objects.filter(detail="locked", object_key=str(locked.pk)).exists()


def test_it_holds_from_another_address_too(locked):
    assert not opens(attempt(locked.email, address="198.51.100.9"))


def test_it_holds_just_under_a_quarter_of_an_hour_and_then_opens(locked):
    with later(14 * 60 + 50):
        assert not opens(attempt(locked.email))
    with later(15 * 60 + 5):
        assert opens(attempt(locked.email))


def test_others_at_the_same_address_still_get_in(locked, cast):
    assert opens(attempt(cast.officer_leek.email))


def test_a_success_in_between_forgives_nothing(cast):
    for _turn in range(4):
        attempt(cast.coordinator.email, "mis")
    assert opens(attempt(cast.coordinator.email))
    attempt(cast.coordinator.email, "mis")
    assert not opens(attempt(cast.coordinator.email))


def test_an_address_that_tries_many_accounts_is_locked_for_all(cast):
    for number in range(20):
        attempt(f"iemand{number}@voorbeeld.example", "mis", address="203.0.113.5")
    assert not opens(attempt(cast.coordinator.email, address="203.0.113.5"))
    assert opens(attempt(cast.coordinator.email, address="203.0.113.6"))


def test_a_new_password_by_mail_opens_the_account_again(locked):
    from partners.services.letters import _reset_url

    client = Client(REMOTE_ADDR="192.0.2.1")
    url = _reset_url(locked).removeprefix("http://localhost")
    form = client.get(url).headers["Location"]
    client.post(form, {"password1": PASSWORD + "!", "password2": PASSWORD + "!"})
    assert opens(attempt(locked.email, PASSWORD + "!"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["redis", "files"])
def test_many_attempts_at_the_same_moment_count_as_many(kind, settings, tmp_path):
    if kind == "files":
        settings.CACHES = {
            "default": {
                "BACKEND": "westerkwartier.web.caches.FileCache",
                "LOCATION": str(tmp_path),
            }
        }
    build_cast()
    user = UserFactory()

    def work(_number):
        answer = attempt(user.email, "mis")
        connection.close()
        return opens(answer)

    with ThreadPoolExecutor(8) as pool:
        assert not any(pool.map(work, range(12)))
    reasons = JournalEntry.objects.filter(object_key=str(user.pk)).values_list("detail", flat=True)
    assert list(reasons).count("password") == 5
    assert list(reasons).count("locked") == 7
