"""Every write of the reports app: asking for a report, making it, trying again, sweeping.

The row is the job. A worker claims it by a conditional UPDATE whose row count decides, holds it by
a lease that it renews, and closes it by a second conditional UPDATE that names its attempt. So a
doubled message does nothing, a lost one is rung again by the sweep, and of two workers on one run
only the last to claim it can finish it. Leases use the clock of the database, the only one that
all workers share; the dates that people read come from ``now``, as everywhere.
"""

import errno
import logging
from datetime import date, datetime, timedelta
from functools import partial

from celery.exceptions import SoftTimeLimitExceeded
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, InterfaceError, transaction
from django.db.models import DateTimeField, ExpressionWrapper, F, Value
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from partners.choices import Result
from partners.models import Region, User
from partners.services import bell, journal
from partners.services.heartbeat import Heartbeat
from reports import files
from reports.choices import ReportKind, RunFault, RunState, states_before
from reports.figures import as_json
from reports.models import ReportRun
from reports.policies import can_request_run, can_retry_run
from reports.render import report_pdf
from reports.selectors import NoQuota, first_reference_date, monthly_figures
from westerkwartier.web.refusals import Refused

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=12)
RENEW_EVERY = 3  # seconds: three beats may be missed
RING_AGAIN = timedelta(seconds=8)
MAX_TRIES = 5
AT_ONCE = 100  # runs rung in one sweep


# -- asking ----------------------------------------------------------------------------------------


@transaction.atomic
def request_run(
    *,
    by: User | None,
    region: Region,
    kind: str,
    reference_date: date,
    now: datetime,
    again: bool = False,
) -> ReportRun:
    """Ask for a report; the same request twice gives the same run.

    ``again`` asks for a new version where the newest one is ready: figures may have been corrected
    since. ``by`` is None for the monthly plan. Raises ``Refused`` for a date out of bounds and
    ``PermissionDenied`` for who does not coordinate the region.
    """
    if by is not None and not can_request_run(by, region):
        raise PermissionDenied
    # Two people who ask at once wait here for each other; rows that only point at it do not.
    Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    first = first_reference_date(region)
    if first is None:
        raise Refused(_("No quota is known for this region yet, so there is nothing to report."))
    if reference_date < first:
        raise Refused(
            _("The figures of this region do not go back that far."), field="reference_date"
        )
    if reference_date > now.date():
        raise Refused(_("The reference date lies in the future."), field="reference_date")
    newest = (
        ReportRun.objects.filter(region=region, kind=kind, reference_date=reference_date)
        .order_by("-version")
        .first()
    )
    if newest is not None and not (again and newest.state == RunState.DONE):
        return newest
    run = ReportRun.objects.create(
        region=region,
        kind=kind,
        reference_date=reference_date,
        version=newest.version + 1 if newest else 1,
        requested_by=by,
        requested_at=now,
    )
    journal.record(by=by, action="report.request", obj=run, region=region, detail=_label(run))
    transaction.on_commit(partial(ring, run.pk))
    return run


@transaction.atomic
def retry_run(*, by: User | None, run: ReportRun) -> ReportRun:
    """Put a failed run back in the queue; any other run is left as it is.

    Raises ``PermissionDenied`` for who does not coordinate the region; ``by`` None is the machine.
    """
    run = ReportRun.objects.select_for_update().get(pk=run.pk)
    if by is not None and not can_retry_run(by, run):
        raise PermissionDenied
    if run.state != RunState.FAILED:
        return run
    run.state, run.error = RunState.QUEUED, ""
    run.tries, run.progress, run.lease_until = 0, 0, None
    run.save(update_fields=["state", "error", "tries", "progress", "lease_until"])
    journal.record(by=by, action="report.retry", obj=run, region=run.region, detail=_label(run))
    transaction.on_commit(partial(ring, run.pk))
    return run


def plan_runs(*, today: date, now: datetime) -> list[ReportRun]:
    """The monthly report of the first of this month, once, for every region that has figures."""
    first_of_month = today.replace(day=1)
    runs = []
    for region in Region.objects.order_by("pk"):
        first = first_reference_date(region)
        if first is None or first > first_of_month:
            continue
        runs.append(
            request_run(
                by=None,
                region=region,
                kind=ReportKind.MONTHLY,
                reference_date=first_of_month,
                now=now,
            )
        )
    return runs


# -- ringing ---------------------------------------------------------------------------------------


def ring(run_id: int) -> bool:
    """Tell a worker that a run waits. False when the broker is away: the sweep rings later."""
    ReportRun.objects.filter(pk=run_id, state=RunState.QUEUED).update(
        lease_until=_from_now(RING_AGAIN)
    )
    return bell.ring("reports.tasks.build_report", run_id)


def sweep() -> list[int]:
    """Ring for the runs that are due; put those of a silent worker back first. Gives their ids.

    A run that lost its worker too often is closed as failed. Two sweeps at once are harmless.
    """
    silent = ReportRun.objects.filter(state=RunState.RUNNING, lease_until__lt=Now())
    for run_id, attempt in silent.filter(tries__gte=MAX_TRIES).values_list("pk", "attempt"):
        fail_run(run_id, attempt, fault=RunFault.WORKER_LOST)
    silent.filter(tries__lt=MAX_TRIES).update(state=RunState.QUEUED, lease_until=None)
    rung = []
    due = ReportRun.objects.due(Now()).filter(state=RunState.QUEUED)
    for run_id in due.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]:
        if not ring(run_id):
            break
        rung.append(run_id)
    return rung


# -- making ----------------------------------------------------------------------------------------


@transaction.atomic
def claim_run(run_id: int, *, lease: timedelta = LEASE) -> ReportRun | None:
    """Take a run for the length of ``lease``; None when somebody else has it or it is finished."""
    taken = (
        ReportRun.objects.claimable(Now())
        .filter(pk=run_id, tries__lt=MAX_TRIES)
        .update(
            state=RunState.RUNNING,
            attempt=F("attempt") + 1,
            tries=F("tries") + 1,
            progress=0,
            lease_until=_from_now(lease),
        )
    )
    if not taken:
        return None
    # Still in the transaction of the UPDATE, so that nobody can have claimed it in between.
    return ReportRun.objects.select_related("region").get(pk=run_id)


def renew_lease(
    run_id: int, attempt: int, *, lease: timedelta = LEASE, progress: int | None = None
) -> bool:
    """Keep a run for another ``lease``; False when this attempt no longer holds it."""
    changes = {} if progress is None else {"progress": progress}
    held = ReportRun.objects.filter(pk=run_id, attempt=attempt, state=RunState.RUNNING)
    return bool(held.update(lease_until=_from_now(lease), **changes))


@transaction.atomic
def finish_run(
    run_id: int, attempt: int, *, figures: dict, file: files.StoredFile, pages: int, now: datetime
) -> bool:
    """Freeze figures and file in one stroke; False when this attempt no longer holds the run."""
    finished = _held(run_id, attempt, to=RunState.DONE).update(
        state=RunState.DONE,
        figures=figures,
        file=file.name,
        sha256=file.sha256,
        size=file.size,
        pages=pages,
        progress=100,
        lease_until=None,
        finished_at=now,
    )
    if not finished:
        return False
    run = ReportRun.objects.select_related("region").get(pk=run_id)
    detail = f"{_label(run)}, sha256={file.sha256}"
    journal.record(by=None, action="report.make", obj=run, region=run.region, detail=detail)
    return True


@transaction.atomic
def fail_run(run_id: int, attempt: int, *, fault: RunFault) -> bool:
    """Close a run that cannot be made; False when this attempt no longer holds it."""
    failed = _held(run_id, attempt, to=RunState.FAILED).update(
        state=RunState.FAILED, error=fault, progress=0, lease_until=None
    )
    if not failed:
        return False
    run = ReportRun.objects.select_related("region").get(pk=run_id)
    journal.record(
        by=None,
        action="report.make",
        obj=run,
        region=run.region,
        detail=f"{_label(run)}, {fault.value}",
        result=Result.FAILED,
    )
    return True


def build_run(run_id: int, *, now: datetime) -> bool:
    """Make the report of a run; False when it was not ours to make or not ours to finish.

    The PDF is made outside any transaction. When the database itself is away the exception goes
    on to the log and the run stays claimed: its lease runs out and the sweep rings again.
    """
    run = claim_run(run_id)
    if run is None:
        return False
    with Heartbeat(partial(renew_lease, run.pk, run.attempt), seconds=RENEW_EVERY):
        try:
            return _make(run, now)
        except (DatabaseError, InterfaceError):
            raise
        except Exception as error:
            fault = _fault(error)
            log.exception("Report %s could not be made (%s).", run.pk, fault.value)
            fail_run(run.pk, run.attempt, fault=fault)
            return False


def _make(run: ReportRun, now: datetime) -> bool:
    figures = as_json(monthly_figures(run.region, run.reference_date))
    renew_lease(run.pk, run.attempt, progress=30)
    document = report_pdf(figures, version=run.version, made_at=run.requested_at)
    renew_lease(run.pk, run.attempt, progress=90)
    stored = files.store(run.pk, run.attempt, document.content)
    # When the connection breaks here, nobody knows whether the row was closed: the file then stays,
    # and is cleared later if no report points at it.
    finished = finish_run(
        run.pk, run.attempt, figures=figures, file=stored, pages=document.pages, now=now
    )
    if not finished:
        files.remove(stored.name)
    return finished


def _fault(error: Exception) -> RunFault:
    if isinstance(error, NoQuota):
        return RunFault.NO_QUOTA
    if isinstance(error, SoftTimeLimitExceeded):
        return RunFault.TOO_SLOW
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return RunFault.DISK_FULL
    return RunFault.UNEXPECTED


# -- reading and clearing --------------------------------------------------------------------------


def open_run(*, by: User, run: ReportRun) -> bytes:
    """The PDF of a finished run, its checksum proven, with a line in the journal.

    Raises ``Refused`` when the file is gone or is not what was made; that is journalled too.
    """
    try:
        content = files.read(run.file, run.sha256)
    except files.FileLost as error:
        log.error("Report %s: %s", run.pk, error)  # the reader gets a sentence, we get the cause
        journal.record(
            by=by,
            action="report.read",
            obj=run,
            region=run.region,
            detail=f"{_label(run)}, file_lost",
            result=Result.FAILED,
        )
        raise Refused(
            _(
                "The file of this report is missing or was changed. "
                "Ask for a new version, or ask the administrator to restore the file."
            )
        ) from error
    journal.record(by=by, action="report.read", obj=run, region=run.region, detail=_label(run))
    return content


def clear_files() -> list[str]:
    """Remove files of attempts that never finished. Gives their names."""
    kept = set(ReportRun.objects.filter(state=RunState.DONE).values_list("file", flat=True))
    return files.clear_left_behind(kept)


def _held(run_id: int, attempt: int, *, to: RunState):
    """The run while this attempt may still close it as ``to``."""
    return ReportRun.objects.filter(pk=run_id, attempt=attempt, state__in=states_before(to))


def _from_now(span: timedelta) -> ExpressionWrapper:
    return ExpressionWrapper(Now() + Value(span), output_field=DateTimeField())


def _label(run: ReportRun) -> str:
    """What the journal keeps; its page shows the kind in words."""
    return f"{run.kind}, {run.reference_date.isoformat()}, v{run.version}"
