"""A statement of a worker that was killed ends by itself; pages have no such limit."""

import time

import pytest
from celery.signals import celeryd_init
from django.conf import settings
from django.db import OperationalError, connections

from westerkwartier import celery


@pytest.fixture
def new_connection(db):
    """``new_connection()``: one more connection to the test database, closed at the end."""
    opened = []

    def new_connection():
        opened.append(connections.create_connection("default"))
        return opened[-1]

    yield new_connection
    for one in opened:
        one.close()


@pytest.fixture
def started():
    """``started()``: what happens first in a process that becomes a worker."""
    options = connections.settings["default"]["OPTIONS"]
    before = dict(options)
    yield lambda: celeryd_init.send(sender="worker")
    options.clear()
    options.update(before)


def ask(connection, sql: str):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def test_a_worker_ends_its_statements_a_little_after_its_task(new_connection, started):
    assert ask(new_connection(), "SHOW statement_timeout") == "0"
    started()
    limit = ask(new_connection(), "SELECT setting FROM pg_settings WHERE name='statement_timeout'")
    assert int(limit) == (settings.CELERY_TASK_TIME_LIMIT + 10) * 1000


def test_a_statement_that_is_too_slow_is_ended(new_connection, started, monkeypatch):
    monkeypatch.setattr(celery, "STATEMENT_MARGIN", 1 - settings.CELERY_TASK_TIME_LIMIT)
    started()
    start = time.monotonic()
    with pytest.raises(OperationalError, match="statement timeout"):
        ask(new_connection(), "SELECT pg_sleep(20)")
    assert time.monotonic() - start < 10


def test_what_the_address_of_the_database_says_goes_before(new_connection, started):
    connections.settings["default"]["OPTIONS"]["options"] = "-c statement_timeout=7000"
    started()
    assert ask(new_connection(), "SHOW statement_timeout") == "7s"
    assert ask(new_connection(), "SHOW application_name") == "worker"
