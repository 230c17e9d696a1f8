"""Fixtures for all tests."""

import pgtrigger
import pytest
from django.core.cache import cache
from django.test import TransactionTestCase

from tests.cast import cast

__all__ = ["cast"]

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
