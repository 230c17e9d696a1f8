"""What the worker does with an import: check it, write it to the register, undo it.

The batch is the job, held as a report run is (see the reports' services): claimed by a conditional
UPDATE, kept by a lease, closed by an UPDATE that names its attempt. A chunk of rows and the cursor
that says it is done are one transaction: a worker that is killed leaves whole chunks behind, and
whoever goes on starts at the next. Undoing is one transaction as a whole.
"""

import logging
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from celery.exceptions import SoftTimeLimitExceeded
from django.db import DatabaseError, InterfaceError, transaction
from django.db.models import DateTimeField, ExpressionWrapper, F, Value
from django.db.models.functions import Now
from django.utils import translation
from django.utils.translation import gettext as _

from partners.choices import (
    ImportFault,
    ImportPhase,
    ImportState,
    Result,
    RowOutcome,
    import_states_before,
)
from partners.models import ImportBatch, ImportRow
from partners.services import bell, journal
from partners.services.heartbeat import Heartbeat
from partners.services.imports import checking, files, serving, writing
from partners.services.imports.kinds import ImportKind, kind_named
from westerkwartier.web.sheets.kinds import Unreadable
from westerkwartier.web.sheets.reading import open_sheet

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=12)
RENEW_EVERY = 3  # seconds: three beats may be missed
RING_AGAIN = timedelta(seconds=8)
MAX_TRIES = 5  # without a chunk finished in between
CHUNK = 2000  # rows in a transaction
AT_ONCE = 20  # batches rung in one sweep
TASK = "partners.tasks.run_import"

# What is written first, and what after it: a row may open what another closes.
STEPS = (RowOutcome.CHANGE, RowOutcome.ADD)


class Lost(Exception):
    """Another worker has the batch by now: what this one did in its transaction must not stand."""


def ring(batch_id: int) -> bool:
    """Tell a worker that a batch waits. False when the broker is away: the sweep rings later."""
    ImportBatch.objects.filter(pk=batch_id, state=ImportState.QUEUED).update(
        lease_until=_from_now(RING_AGAIN)
    )
    return bell.ring(TASK, batch_id)


def sweep() -> list[int]:
    """Ring for the batches that are due; put those of a silent worker back first. Gives their ids.

    A batch that lost its worker too often without any progress is closed as failed.
    """
    silent = ImportBatch.objects.filter(state=ImportState.RUNNING, lease_until__lt=Now())
    for batch_id, attempt in silent.filter(tries__gte=MAX_TRIES).values_list("pk", "attempt"):
        fail(batch_id, attempt, fault=ImportFault.WORKER_LOST)
    silent.filter(tries__lt=MAX_TRIES).update(state=ImportState.QUEUED, lease_until=None)
    rung = []
    due = ImportBatch.objects.due(Now()).filter(state=ImportState.QUEUED)
    for batch_id in due.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]:
        if not ring(batch_id):
            break
        rung.append(batch_id)
    return rung


@transaction.atomic
def claim(batch_id: int, *, lease: timedelta = LEASE) -> ImportBatch | None:
    """Take a batch for the length of ``lease``; None when it is not to be had."""
    taken = (
        ImportBatch.objects.claimable(Now())
        .filter(pk=batch_id, tries__lt=MAX_TRIES)
        .update(
            state=ImportState.RUNNING,
            attempt=F("attempt") + 1,
            tries=F("tries") + 1,
            lease_until=_from_now(lease),
        )
    )
    if not taken:
        return None
    batches = ImportBatch.objects.select_related("organisation__region", "approved_by", "undone_by")
    return batches.get(pk=batch_id)


def renew(batch_id: int, attempt: int, *, lease: timedelta = LEASE) -> bool:
    """Keep a batch for another ``lease``; False when this attempt no longer holds it."""
    held = ImportBatch.objects.filter(pk=batch_id, attempt=attempt, state=ImportState.RUNNING)
    return bool(held.update(lease_until=_from_now(lease)))


def run(batch_id: int, *, today: date, now: datetime) -> bool:
    """Do what a batch waits for; False when it was not ours to do or to finish.

    When the database itself is away the exception goes on to the log and the batch stays claimed:
    its lease runs out and the sweep rings again.
    """
    batch = claim(batch_id)
    if batch is None:
        return False
    beat = partial(renew, batch.pk, batch.attempt)
    with (
        translation.override(batch.language),
        Heartbeat(beat, seconds=RENEW_EVERY),
    ):
        try:
            kind = kind_named(batch.kind)
            if kind is None:
                raise LookupError(f"Nothing is known of imports of {batch.kind}.")
            match batch.phase:
                case ImportPhase.CHECK:
                    check(batch, kind, today=today, now=now)
                case ImportPhase.APPLY:
                    apply(batch, kind, now=now)
                case ImportPhase.UNDO:
                    undo(batch, kind, now=now)
        except Lost:
            return False
        except SoftTimeLimitExceeded:
            hand_back(batch)
            return False
        except (DatabaseError, InterfaceError):
            raise
        except Unreadable as refusal:
            fail(batch.pk, batch.attempt, fault=ImportFault.UNREADABLE, sentence=str(refusal))
            return False
        except files.FileLost as error:
            log.error("Import %s: %s", batch.pk, error)
            fail(batch.pk, batch.attempt, fault=ImportFault.FILE_LOST)
            return False
        except Exception:
            log.exception("Import %s stopped.", batch.pk)
            fail(batch.pk, batch.attempt, fault=ImportFault.UNEXPECTED)
            return False
    return True


# -- the three phases ------------------------------------------------------------------------------


def check(batch: ImportBatch, kind: ImportKind, *, today: date, now: datetime) -> None:
    """Read the file and compare each row with the register; resumes at the cursor."""
    sheet = open_sheet(
        files.proven(batch.file, batch.sha256),
        batch.file_name,
        checked=batch.total is not None,
    )
    if batch.total is None:
        _move(batch, total=sheet.count)
    reading = checking.Reading(kind, batch, sheet)
    for rows in reading.chunks(batch.cursor, CHUNK):
        with transaction.atomic():
            kind.check(batch.organisation, rows, reading.names, today)
            checking.stage(batch, kind, rows)
            _move(batch, cursor=batch.cursor + len(rows))
    with transaction.atomic():
        checking.find_twins(batch, kind)
        counts = checking.counted(batch, kind)
        _close(batch, ImportState.CHECKED, counts=counts, total=batch.cursor, now=now)


def apply(batch: ImportBatch, kind: ImportKind, *, now: datetime) -> None:
    """Write the checked rows to the register; resumes at the cursor."""
    finish: Any = partial(kind.extra, batch, now=now) if kind.extra else lambda row_ids: None
    size = kind.writer.chunk if kind.writer else CHUNK
    while batch.step < len(STEPS):
        outcome = STEPS[batch.step]
        with transaction.atomic():
            writing.check_at_once()
            waiting = ImportRow.objects.filter(batch=batch, outcome=outcome, pk__gt=batch.cursor)
            row_ids = list(waiting.order_by("pk").values_list("pk", flat=True)[:size])
            if row_ids and kind.writer:
                serving.write(batch, kind, row_ids, now=now)
                _move(batch, cursor=row_ids[-1])
            elif row_ids:
                writing.Chunk(batch, kind, outcome, finish).write(row_ids)
                _move(batch, cursor=row_ids[-1])
            else:
                _move(batch, step=batch.step + 1, cursor=0)
    with transaction.atomic():
        if kind.writer:
            kind.writer.finish(batch, now)
        counts = checking.counted(batch, kind)
        _close(batch, ImportState.DONE, counts=counts, finished_at=now, now=now)
        _journal(batch, "import.apply", by=batch.approved_by, detail=told_counts(batch, counts))


def undo(batch: ImportBatch, kind: ImportKind, *, now: datetime) -> None:
    """Take the whole batch back, or tell what was built on it and leave everything."""
    with transaction.atomic():
        writing.check_at_once()
        if kind.writer:
            found = kind.writer.obstacles(batch)
        else:
            writing.lock_written(batch, kind)
            found = writing.obstacles(batch, kind)
        if sentences := writing.in_sentences(found):
            by = batch.undone_by
            _close(
                batch,
                ImportState.DONE,
                phase=ImportPhase.APPLY,
                sentence="\n".join(
                    [
                        _("Not undone: something was built on rows of this import since."),
                        *sentences,
                    ]
                ),
                undone_by=None,
                undone_at=None,
                now=now,
            )
            _journal(batch, "import.undo", by=by, detail=str(batch.pk), result=Result.REFUSED)
            return
        if kind.writer:
            kind.writer.take_back(batch, now)
        else:
            writing.take_back(batch, kind)
        _close(batch, ImportState.UNDONE, sentence="", now=now)
        _journal(batch, "import.undo", by=batch.undone_by, detail=told_counts(batch, batch.counts))


def told_counts(batch: ImportBatch, counts: dict) -> str:
    """The counts as the journal keeps them."""
    numbers = ", ".join(f"{outcome}={counts.get(outcome, 0)}" for outcome in RowOutcome.values)
    return f"{batch.kind}, {numbers}"


def _move(batch: ImportBatch, **changes: Any) -> None:
    """Move the cursor in the transaction of the chunk. Raises ``Lost``."""
    held = ImportBatch.objects.filter(pk=batch.pk, attempt=batch.attempt, state=ImportState.RUNNING)
    if not held.update(tries=0, lease_until=_from_now(LEASE), **changes):
        raise Lost
    for name, value in changes.items():
        setattr(batch, name, value)


def _close(batch: ImportBatch, state: ImportState, *, now: datetime, **changes: Any) -> None:
    """End the phase. Raises ``Lost`` when this attempt no longer holds the batch."""
    held = ImportBatch.objects.filter(
        pk=batch.pk, attempt=batch.attempt, state__in=import_states_before(state)
    )
    if not held.update(
        state=state, lease_until=None, tries=0, step=0, cursor=0, error="", moved_at=now, **changes
    ):
        raise Lost


@transaction.atomic
def fail(batch_id: int, attempt: int, *, fault: ImportFault, sentence: str = "") -> bool:
    """Close a batch that cannot go on; False when this attempt no longer holds it."""
    failed = ImportBatch.objects.filter(
        pk=batch_id, attempt=attempt, state__in=import_states_before(ImportState.FAILED)
    ).update(state=ImportState.FAILED, error=fault, sentence=sentence, lease_until=None)
    if failed:
        batch = ImportBatch.objects.select_related("organisation__region").get(pk=batch_id)
        detail = f"{batch.kind}, {fault.value}"
        _journal(batch, f"import.{batch.phase}", by=None, detail=detail, result=Result.FAILED)
    return bool(failed)


def hand_back(batch: ImportBatch) -> None:
    """The task ran as long as one may: another goes on from the cursor."""
    ImportBatch.objects.filter(
        pk=batch.pk, attempt=batch.attempt, state=ImportState.RUNNING
    ).update(state=ImportState.QUEUED, lease_until=None, tries=0)


def _journal(batch: ImportBatch, action: str, *, by, detail: str, result=Result.DONE) -> None:
    region = batch.organisation.region
    journal.record(by=by, action=action, obj=batch, region=region, detail=detail, result=result)


def _from_now(span: timedelta) -> ExpressionWrapper:
    return ExpressionWrapper(Now() + Value(span), output_field=DateTimeField())
