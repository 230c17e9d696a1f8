"""Starts the real servers before any settings are read, hence here and not in ``tests/``.

It also holds that nothing is skipped: a test that cannot run is a failure, not a shrug.
"""

import atexit
import gc
import os

import django
import pytest
from xdist.scheduler.loadscope import LoadScopeScheduling

from tests.servers import start_for_session

servers = start_for_session()
if servers:
    atexit.register(servers.stop)

django.setup()
if servers:
    # The workers of pytest-xdist inherit the environment: with this name in it pytest-django would
    # read the settings before a worker comes here and gets a database of its own.
    del os.environ["DJANGO_SETTINGS_MODULE"]

# These wait more than they work: begun first, they wait while others work.
PATIENT = ("tests/jobs/", "tests/deploy/", "tests/story/")
BROWSER = "tests/journeys/"

# The fixtures of these files take long: one process runs all tests of such a file.
TOGETHER = {
    "tests/deploy/test_bench.py",
    "tests/deploy/test_upgrade.py",
    "tests/journeys/test_placing.py",
    "tests/partners/test_oidc.py",
    "tests/story/test_load_story.py",
}

skipped: list[str] = []


@pytest.fixture(scope="session")
def django_db_setup():
    """Nothing to make: DATABASE_URL names a migrated database that only this process uses."""


def pytest_collection_modifyitems(items):
    """What fails fast comes first, but for the patient; the journeys in the browser come last."""

    def order(item) -> int:
        if item.nodeid.startswith(PATIENT):
            return 0
        return 2 if item.nodeid.startswith(BROWSER) else 1

    items.sort(key=order)


def pytest_collection_finish():
    """What is loaded by now stays: looking through it for garbage again and again takes a tenth of
    the time of the tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


class Schedule(LoadScopeScheduling):
    """Each process that is free takes the next test in the order of collection."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return file if file in TOGETHER else nodeid


def pytest_xdist_make_scheduler(config, log):
    config.option.loadscopereorder = False
    return Schedule(config, log)


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
