"""Workers that are killed halfway, messages that are doubled or lost: each report is made once."""

import hashlib
import shutil
import time
from pathlib import Path

import pytest
from celery import current_app
from django.conf import settings
from kombu import Connection

from partners.models import JournalEntry
from reports.choices import ReportKind, RunState
from reports.models import ReportRun
from reports.services import request_run
from tests.factories import NOW
from tests.jobs import processes
from tests.stage import FIRST

WITHIN = 30  # seconds, from the fault to the finished report


class RedisBroker:
    def __init__(self, folder: Path) -> None:
        self.url = settings.CELERY_BROKER_URL

    def ring(self, run: ReportRun) -> None:
        """``request_run`` has rung already; this is the second delivery."""
        current_app.send_task("reports.tasks.build_report", args=[run.pk])

    def empty(self) -> None:
        with Connection(self.url) as connection:
            connection.default_channel.client.flushdb()


class FolderBroker:
    def __init__(self, folder: Path) -> None:
        self.folder = folder / "broker"
        self.url = f"filesystem://{self.folder}"
        for folder in ("queue", "control"):
            (self.folder / folder).mkdir(parents=True)

    def ring(self, run: ReportRun) -> None:
        queue = str(self.folder / "queue")
        options = {
            "data_folder_in": queue,
            "data_folder_out": queue,
            "control_folder": str(self.folder / "control"),
        }
        with Connection("filesystem://", transport_options=options) as connection:
            for _delivery in range(2):
                current_app.send_task(
                    "reports.tasks.build_report", args=[run.pk], connection=connection
                )

    def empty(self) -> None:
        for folder in ("queue", "control"):
            shutil.rmtree(self.folder / folder)
            (self.folder / folder).mkdir()


def state(run: ReportRun) -> str:
    return ReportRun.objects.values_list("state", flat=True).get(pk=run.pk)


@pytest.mark.parametrize("make_broker", [RedisBroker, FolderBroker])
@pytest.mark.django_db(transaction=True)
def test_each_report_is_made_once_whatever_is_killed(make_broker, quota, tmp_path):
    broker, log = make_broker(tmp_path), tmp_path / "celery.log"
    env = processes.environment(tmp_path, broker.url)

    def ask(again: bool = False) -> ReportRun:
        run = request_run(
            by=quota.coordinator,
            region=quota.region,
            kind=ReportKind.MONTHLY,
            reference_date=FIRST.replace(month=10 if again else 11),
            now=NOW,
        )
        broker.ring(run)
        return run

    def halfway(run: ReportRun) -> None:
        processes.wait_until(
            lambda: state(run) == RunState.RUNNING, seconds=40, what="the start", log=log
        )

    def finished(run: ReportRun, *, since: float) -> None:
        processes.wait_until(
            lambda: state(run) == RunState.DONE,
            seconds=WITHIN - (time.monotonic() - since),
            what="the report",
            log=log,
        )

    with processes.beat(env, log):
        with processes.worker(env, log) as first:
            one = ask()
            halfway(one)
            with processes.frozen(first):
                assert state(one) == RunState.RUNNING
                processes.kill_child(first)
            finished(one, since=time.monotonic())
            two = ask(again=True)
            halfway(two)
            with processes.frozen(first):
                assert state(two) == RunState.RUNNING
                processes.kill_all(first)
                killed = time.monotonic()
        broker.empty()
        with processes.worker(env, log):
            finished(two, since=killed)

    runs = list(ReportRun.objects.order_by("pk"))
    assert [run.attempt for run in runs] == [2, 2]
    assert JournalEntry.objects.filter(action="report.make").count() == 2
    stored = {path.name: path for path in (tmp_path / "media" / "reports").glob("*.pdf")}
    for run in runs:
        content = stored[Path(run.file).name].read_bytes()
        assert hashlib.sha256(content).hexdigest() == run.sha256
