"""Starts the real servers before any settings are read, hence here and not in ``tests/``.

It also holds that nothing is skipped: a test that cannot run is a failure, not a shrug.
"""

import atexit
import os

import django
import pytest

from tests.servers import start_for_session

servers = start_for_session()
if servers:
    atexit.register(servers.stop)

django.setup()
if servers:
    # The workers of pytest-xdist inherit the environment: with this name in it pytest-django would
    # read the settings before a worker comes here and gets a database of its own.
    del os.environ["DJANGO_SETTINGS_MODULE"]

skipped: list[str] = []


@pytest.fixture(scope="session")
def django_db_setup():
    """Nothing to make: DATABASE_URL names a migrated database that only this process uses."""


def pytest_runtest_logreport(report):
    if report.skipped and not hasattr(report, "wasxfail"):
        skipped.append(report.nodeid)


def pytest_collectreport(report):
    if report.skipped:
        skipped.append(report.nodeid)


def pytest_sessionfinish(session):
    if skipped and session.exitstatus == 0:
        session.exitstatus = 1


def pytest_terminal_summary(terminalreporter):
    if skipped:
        terminalreporter.write_line(f"Skipped, which counts as failed: {', '.join(skipped)}")
