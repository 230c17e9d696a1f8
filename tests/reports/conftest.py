"""A region with a quota, a run that waits, one that is done, and a folder for their files."""

import pytest

from reports.services import build_run
from tests.factories import NOW, ReportRunFactory
from tests.stage import FIRST, covenant, quota

__all__ = ["covenant", "quota"]


@pytest.fixture(autouse=True)
def report_folder(tmp_path, settings):
    """Report files of a test are its own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "reports"


@pytest.fixture
def run(quota):
    """A request for the report of 1 November 2017 that waits."""
    return ReportRunFactory(
        region=quota.region, reference_date=FIRST, requested_by=quota.coordinator
    )


@pytest.fixture
def done(run):
    """The same, made."""
    assert build_run(run.pk, now=NOW)
    run.refresh_from_db()
    return run
