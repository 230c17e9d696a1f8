"""Asking for a report, making it, trying again; each harmless when done twice."""

import errno
import hashlib
from datetime import date, timedelta

import pgtrigger
import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from kombu.exceptions import OperationalError as BrokerError

from partners.models import JournalEntry
from partners.services import bell as bell_of_partners
from reports import files, services
from reports.choices import RUN_TRANSITIONS, ReportKind, RunFault, RunState
from reports.models import ReportRun
from tests.factories import NOW, RegionFactory, ReportRunFactory
from tests.stage import FIRST
from westerkwartier.web.refusals import Refused


@pytest.fixture
def bell(monkeypatch):
    """Run ids that were rung for, in order."""
    rung = []
    monkeypatch.setattr(
        bell_of_partners.current_app,
        "send_task",
        lambda name, args, **options: rung.append(args[0]),
    )
    return rung


def ask(cast, **changes):
    request = {
        "by": cast.coordinator,
        "region": cast.region,
        "kind": ReportKind.MONTHLY,
        "reference_date": FIRST,
        "now": NOW,
    }
    return services.request_run(**request | changes)


def lapse(run):
    """As if the lease had run out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE reports_reportrun SET lease_until = now() - interval '1 second' WHERE id = %s",
            [run.pk],
        )


# -- asking ----------------------------------------------------------------------------------------


def test_asking_twice_gives_one_run(quota, bell, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        run = ask(quota)
        assert ask(quota, by=None) == run
    assert bell == [run.pk]
    assert JournalEntry.objects.filter(action="report.request").count() == 1


def test_a_new_version_comes_only_after_a_finished_one(quota, run):
    assert ask(quota, again=True) == run
    services.build_run(run.pk, now=NOW)
    assert ask(quota) == run
    newer = ask(quota, again=True)
    assert (newer.version, newer.state) == (2, RunState.QUEUED)
    assert ask(quota, again=True) == newer


@pytest.mark.parametrize("day", [NOW.date() + timedelta(days=1), date(2017, 6, 30)])
def test_a_date_out_of_bounds_is_refused(quota, day):
    with pytest.raises(Refused):
        ask(quota, reference_date=day)
    assert not ReportRun.objects.exists()


@pytest.mark.parametrize("who", ["officer_marum", "corporation_staff", "administrator", "stranger"])
def test_the_services_ask_again_who_may(quota, done, who):
    user = getattr(quota, who)
    with pytest.raises(PermissionDenied):
        ask(quota, by=user)
    with pytest.raises(PermissionDenied):
        ask(quota, by=user, again=True)
    with pytest.raises(PermissionDenied):
        services.retry_run(by=user, run=done)
    assert ReportRun.objects.count() == 1


def test_a_region_without_quota_has_nothing_to_report(quota):
    with pytest.raises(Refused):
        ask(quota, by=None, region=RegionFactory())


def test_a_broker_that_is_down_does_not_break_the_request(
    quota, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    def down(*args, **options):
        raise BrokerError("connection refused")

    monkeypatch.setattr(bell_of_partners.current_app, "send_task", down)
    with django_capture_on_commit_callbacks(execute=True):
        run = ask(quota)
    assert run.state == RunState.QUEUED
    assert "waits for the sweep" in caplog.text


def test_the_monthly_plan_asks_once(quota, bell):
    today = date(2017, 11, 23)
    first = services.plan_runs(today=today, now=NOW)
    assert [(run.region, run.reference_date) for run in first] == [(quota.region, FIRST)]
    assert services.plan_runs(today=today, now=NOW) == first
    assert ReportRun.objects.get().requested_by is None


# -- making ----------------------------------------------------------------------------------------


def test_a_report_is_made(run, report_folder):
    assert services.build_run(run.pk, now=NOW)
    run.refresh_from_db()
    assert (run.state, run.attempt, run.finished_at) == (RunState.DONE, 1, NOW)
    content = (report_folder / f"{run.pk:06d}-1.pdf").read_bytes()
    assert hashlib.sha256(content).hexdigest() == run.sha256
    assert (len(content), run.pages) == (run.size, 2)
    assert run.figures["total"]["realised"] == 4
    assert [path.suffix for path in report_folder.iterdir()] == [".pdf"]
    assert JournalEntry.objects.filter(action="report.make", result="done").count() == 1


def test_a_second_delivery_does_nothing(done):
    assert not services.build_run(done.pk, now=NOW)
    done.refresh_from_db()
    assert done.attempt == 1


def test_a_held_run_cannot_be_claimed(run):
    assert services.claim_run(run.pk).attempt == 1
    assert services.claim_run(run.pk) is None


def test_a_lapsed_run_can_and_the_loser_cannot_finish(run, report_folder):
    services.claim_run(run.pk)
    lapse(run)
    assert services.claim_run(run.pk).attempt == 2
    assert not services.renew_lease(run.pk, 1)
    assert services.renew_lease(run.pk, 2)
    file = files.StoredFile(name="reports/x.pdf", sha256="0" * 64, size=1)
    late = services.finish_run(run.pk, 1, figures={}, file=file, pages=1, now=NOW)
    assert not late
    assert not services.fail_run(run.pk, 1, fault=RunFault.TOO_SLOW)
    run.refresh_from_db()
    assert run.state == RunState.RUNNING


def test_the_loser_takes_its_file_along(run, report_folder, monkeypatch):
    render = services.report_pdf

    def overtaken(*args, **options):
        ReportRun.objects.filter(pk=run.pk).update(attempt=7)
        return render(*args, **options)

    monkeypatch.setattr(services, "report_pdf", overtaken)
    assert not services.build_run(run.pk, now=NOW)
    assert list(report_folder.iterdir()) == []


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (OSError(errno.ENOSPC, "full"), RunFault.DISK_FULL),
        (services.SoftTimeLimitExceeded(), RunFault.TOO_SLOW),
        (ZeroDivisionError(), RunFault.UNEXPECTED),
    ],
)
def test_what_goes_wrong_gets_a_cause(run, monkeypatch, error, fault):
    def broken(*args, **options):
        raise error

    monkeypatch.setattr(services, "report_pdf", broken)
    assert not services.build_run(run.pk, now=NOW)
    run.refresh_from_db()
    assert (run.state, run.error) == (RunState.FAILED, fault)
    assert JournalEntry.objects.filter(action="report.make", result="failed").count() == 1


def test_a_date_without_quota_fails_with_that_cause(quota):
    run = ReportRunFactory(region=quota.region, reference_date=date(2017, 6, 30))
    assert not services.build_run(run.pk, now=NOW)
    run.refresh_from_db()
    assert run.error == RunFault.NO_QUOTA


# -- sweeping and trying again ---------------------------------------------------------------------


def test_the_sweep_rings_for_what_waits_and_not_twice_at_once(run, bell):
    assert services.sweep() == [run.pk]
    assert services.sweep() == []
    lapse(run)
    assert services.sweep() == [run.pk]
    assert bell == [run.pk, run.pk]


def test_the_sweep_puts_the_run_of_a_silent_worker_back(run, bell):
    services.claim_run(run.pk)
    assert services.sweep() == []
    lapse(run)
    assert services.sweep() == [run.pk]
    run.refresh_from_db()
    assert run.state == RunState.QUEUED
    assert services.build_run(run.pk, now=NOW)


def test_a_run_that_keeps_losing_its_worker_fails_and_can_be_tried_again(quota, run, bell):
    for _try in range(services.MAX_TRIES):
        assert services.claim_run(run.pk)
        lapse(run)
    assert services.claim_run(run.pk) is None
    assert services.sweep() == []
    run.refresh_from_db()
    assert (run.state, run.error) == (RunState.FAILED, RunFault.WORKER_LOST)
    again = services.retry_run(by=quota.coordinator, run=run)
    assert services.retry_run(by=quota.coordinator, run=run) == again
    assert JournalEntry.objects.filter(action="report.retry").count() == 1
    assert services.build_run(run.pk, now=NOW)
    run.refresh_from_db()
    assert run.attempt == services.MAX_TRIES + 1


def test_only_a_failed_run_is_tried_again(quota, done):
    assert services.retry_run(by=quota.coordinator, run=done).state == RunState.DONE


@pytest.mark.parametrize("start", RunState)
@pytest.mark.parametrize("end", RunState)
def test_the_database_holds_the_table_of_transitions(run, start, end):
    with pgtrigger.ignore("reports.ReportRun:state_transitions"):
        put(run, start)
    if end == start or end in RUN_TRANSITIONS[start]:
        put(run, end)
    else:
        with pytest.raises(ProgrammingError, match="Invalid transition"), transaction.atomic():
            put(run, end)


def put(run, state):
    """The run in this state, with what that state asks of a row."""
    ReportRun.objects.filter(pk=run.pk).update(
        state=state,
        lease_until=NOW,
        error=RunFault.TOO_SLOW,
        figures={},
        size=1,
        finished_at=NOW,
        file="reports/x.pdf",
        sha256="0" * 64,
    )


# -- files -----------------------------------------------------------------------------------------


def test_files_that_no_report_points_at_go_after_a_while(done, report_folder):
    for name in ("000099-1.pdf", "000099-2.pdf.12.tmp"):
        (report_folder / name).write_bytes(b"left behind")
    assert services.clear_files() == []
    kept = {done.file}
    removed = files.clear_left_behind(kept, older_than=-1)
    assert removed == ["reports/000099-1.pdf", "reports/000099-2.pdf.12.tmp"]
    assert [path.name for path in report_folder.iterdir()] == [f"{done.pk:06d}-1.pdf"]


def test_a_changed_file_is_not_handed_out(quota, done, report_folder):
    assert services.open_run(by=quota.officer_marum, run=done).startswith(b"%PDF-1.7")
    path = report_folder / f"{done.pk:06d}-1.pdf"
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(Refused):
        services.open_run(by=quota.officer_marum, run=done)
    path.unlink()
    with pytest.raises(Refused):
        services.open_run(by=quota.officer_marum, run=done)
    results = JournalEntry.objects.filter(action="report.read").order_by("pk")
    assert [entry.result for entry in results] == ["done", "failed", "failed"]
