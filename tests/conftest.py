"""Fixtures for all tests."""

import pgtrigger
import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.test import TransactionTestCase
from django.utils import translation

from tests.cast import cast
from westerkwartier.web.origin import origin

__all__ = ["cast"]

# Argon2 is slow and takes 100 MB a sign-in, on purpose; tests sign in hundreds of times.
Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost = 1, 1024

flush = TransactionTestCase._fixture_teardown


def flush_past_the_triggers(self):
    """Tables that refuse TRUNCATE must be emptied all the same after a transactional test."""
    with pgtrigger.ignore():
        flush(self)


TransactionTestCase._fixture_teardown = flush_past_the_triggers


@pytest.fixture(autouse=True)
def empty_cache():
    """Failed sign-ins are counted in the cache: no test starts with those of another."""
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def dutch():
    """A request in English leaves that language on; no test reads another's."""
    translation.activate("nl")


@pytest.fixture(autouse=True)
def as_a_command():
    """A task called straight from a test leaves "worker" behind as the origin of what follows."""
    token = origin.set("command")
    yield
    origin.reset(token)
