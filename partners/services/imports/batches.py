"""What people do with an import: send a file, tell its columns, approve, undo, give up."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from partners.choices import ImportPhase, ImportState, Language, RowOutcome
from partners.models import ImportBatch, ImportMapping, ImportRow, Organisation, User
from partners.policies import can_manage_import
from partners.services import journal
from partners.services.imports import files, jobs
from partners.services.imports.checking import cell_of
from partners.services.imports.columns import WHY, check_mapping, recognise, signature_of
from partners.services.imports.kinds import ImportKind, fold, kind_named
from westerkwartier.web.refusals import Refused
from westerkwartier.web.sheets.kinds import Unreadable
from westerkwartier.web.sheets.reading import open_sheet

READ_WHOLE = 1024 * 1024  # bytes of a file that the page reads to its end; the worker reads more
BEFORE_APPROVAL = (ImportState.MAPPING, ImportState.QUEUED, ImportState.RUNNING)


def upload(
    *,
    by: User,
    kind: ImportKind,
    organisation: Organisation,
    name: str,
    chunks: Iterable[bytes],
    now: datetime,
) -> ImportBatch:
    """Keep a file and have it checked; the same file sent twice in a row is one import.

    ``Refused`` (``Unreadable``) with one sentence for a file that cannot be read, and nothing of it
    is kept. ``PermissionDenied`` for who may not import for this organisation.
    """
    if not kind.organisations(by).filter(pk=organisation.pk).exists():
        raise PermissionDenied
    stored = files.store(chunks)
    try:
        batch = _begin(by, kind, organisation, name, stored, now)
    except BaseException:
        files.remove(stored.name)
        raise
    if batch.file != stored.name:
        files.remove(stored.name)
    return batch


@transaction.atomic
def _begin(by, kind, organisation, name, stored: files.StoredFile, now) -> ImportBatch:
    sheet = open_sheet(files.path_of(stored.name), name, checked=stored.size > READ_WHOLE)
    if sheet.count == 0:
        raise Unreadable(_("Below the names of the columns the file holds no rows."))
    recognised = recognise(kind, organisation, sheet.headers, format=sheet.format)
    # Two clicks wait here for each other.
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    again = ImportBatch.objects.filter(
        organisation=organisation,
        kind=kind.name,
        sha256=stored.sha256,
        phase=ImportPhase.CHECK,
        state__in=[*BEFORE_APPROVAL, ImportState.CHECKED],
    ).first()
    if again is not None:
        return again
    language = get_language()
    batch = ImportBatch.objects.create(
        organisation=organisation,
        kind=kind.name,
        state=ImportState.QUEUED if recognised.complete else ImportState.MAPPING,
        file_name=name[-200:],
        file=stored.name,
        sha256=stored.sha256,
        size=stored.size,
        format=sheet.format,
        headers=sheet.headers,
        signature=signature_of(sheet.headers),
        mapping=recognised.mapping,
        total=sheet.count,
        language=language if language in Language.values else Language.NL,
        uploaded_by=by,
        uploaded_at=now,
        moved_at=now,
    )
    detail = f"{kind.name}, {stored.size}, sha256={stored.sha256}"
    _journal(by, "import.upload", batch, detail)
    if batch.state == ImportState.QUEUED:
        transaction.on_commit(partial(jobs.ring, batch.pk))
    return batch


@transaction.atomic
def tell_columns(
    *, by: User, batch: ImportBatch, mapping: dict[str, str], now: datetime
) -> ImportBatch:
    """Say what the columns of the file mean, and remember it for the next file like it."""
    batch = _locked(by, batch)
    if batch.state != ImportState.MAPPING:
        return batch
    kind = known(batch)
    mapping = {header: mapping[header] for header in batch.headers if mapping.get(header)}
    check_mapping(kind, mapping)
    ImportMapping.objects.update_or_create(
        organisation=batch.organisation,
        kind=batch.kind,
        signature=batch.signature,
        defaults={"mapping": mapping, "told_by": by, "told_at": now},
    )
    batch.mapping = mapping
    _queue(batch, ImportPhase.CHECK, now, "mapping")
    _journal(by, "import.map", batch, batch.kind)
    return batch


@transaction.atomic
def approve(*, by: User, batch: ImportBatch, warnings_seen: bool, now: datetime) -> ImportBatch:
    """Have the checked rows written; a second approval changes nothing.

    ``Refused`` when there is nothing to write, or warnings that nobody said to have seen.
    """
    batch = _locked(by, batch)
    if batch.approved_at is not None:
        return batch
    if batch.state != ImportState.CHECKED:
        raise Refused(_("This file has not been checked yet."))
    if not any(batch.counts.get(name) for name in (RowOutcome.ADD, RowOutcome.CHANGE, "told")):
        raise Refused(_("There is nothing to import in this file."))
    if batch.counts.get("warned") and not warnings_seen:
        raise Refused(_("First say that you have seen the warnings."), field="warnings_seen")
    batch.approved_by, batch.approved_at = by, now
    _queue(batch, ImportPhase.APPLY, now, "approved_by", "approved_at")
    _journal(by, "import.approve", batch, jobs.told_counts(batch, batch.counts))
    return batch


@transaction.atomic
def ask_undo(*, by: User, batch: ImportBatch, now: datetime) -> ImportBatch:
    """Have the whole import taken back; the worker first looks whether anything was built on it."""
    batch = _locked(by, batch)
    if batch.phase == ImportPhase.UNDO:
        return batch
    if batch.state != ImportState.DONE:
        raise Refused(_("Only an import that was carried out can be undone."))
    if batch.forgotten_at is not None:
        raise Refused(_("The rows of this import are no longer kept, so it cannot be undone."))
    batch.undone_by, batch.undone_at = by, now
    _queue(batch, ImportPhase.UNDO, now, "undone_by", "undone_at", "sentence")
    _journal(by, "import.ask_undo", batch, batch.kind)
    return batch


@transaction.atomic
def retry(*, by: User, batch: ImportBatch, now: datetime) -> ImportBatch:
    """Go on with an import that stopped, where it stopped; any other is left as it is."""
    batch = _locked(by, batch)
    if batch.state == ImportState.FAILED:
        batch.error = ""
        _queue(batch, ImportPhase(batch.phase), now, "error", anew=False)
        _journal(by, "import.retry", batch, f"{batch.kind}, {batch.phase}")
    return batch


@transaction.atomic
def abandon(*, by: User | None, batch: ImportBatch, now: datetime) -> ImportBatch:
    """Give up a file that was not approved: its rows and the file itself are deleted."""
    batch = _locked(by, batch)
    if batch.state == ImportState.ABANDONED:
        return batch
    if batch.approved_at is not None or batch.state in (ImportState.QUEUED, ImportState.RUNNING):
        raise Refused(_("This import is at work or was approved, so it cannot be given up."))
    batch.state, batch.moved_at = ImportState.ABANDONED, now
    batch.save(update_fields=["state", "moved_at"])
    _forget(batch, now)
    _journal(by, "import.abandon", batch, batch.kind)
    return batch


def forget_imports(*, now: datetime) -> int:
    """Delete rows and files of imports that have been over for a month; gives their number."""
    forgotten = 0
    for batch in ImportBatch.objects.to_forget(now).select_related("organisation__region"):
        if batch.approved_at is None and batch.state != ImportState.ABANDONED:
            abandon(by=None, batch=batch, now=now)
        else:
            with transaction.atomic():
                _forget(batch, now)
        forgotten += 1
    return forgotten


def clear_files() -> list[str]:
    """Remove files that no import names. Gives their names."""
    return files.clear_left_behind(set(ImportBatch.objects.values_list("file", flat=True)))


def error_rows(*, by: User, batch: ImportBatch) -> tuple[list[str], list[list[Any]]]:
    """Headers and rows of a file with the rows that were not imported, and why not.

    The file can be mended and sent again: the last column is left out when it comes back.
    """
    if not can_manage_import(by, batch):
        raise PermissionDenied
    kind = known(batch)
    labels = {column.name: str(column.label) for column in kind.columns}
    header_of = {name: header for header, name in batch.mapping.items()}
    why = {fold(str(WHY))}
    places = [place for place, header in enumerate(batch.headers) if fold(header) not in why]
    rows = []
    wrong = ImportRow.objects.filter(batch=batch, outcome=RowOutcome.ERROR).order_by("number")
    for raw, problems in wrong.values_list("raw", "problems").iterator():
        sentences = [
            f"{header_of.get(name, labels.get(name, name))}: {sentence}" if name else sentence
            for name, sentence in problems
        ]
        rows.append([*(cell_of(raw[place]) for place in places), " ".join(sentences)])
    _journal(by, "import.errors", batch, f"{batch.kind}, {len(rows)}")
    return [*(batch.headers[place] for place in places), str(WHY)], rows


def known(batch: ImportBatch) -> ImportKind:
    kind = kind_named(batch.kind)
    if kind is None:
        raise Refused(_("This kind of import is no longer known."))
    return kind


def _locked(by: User | None, batch: ImportBatch) -> ImportBatch:
    batch = (
        ImportBatch.objects.select_for_update(of=["self"])
        .select_related("organisation__region")
        .get(pk=batch.pk)
    )
    if by is not None and not can_manage_import(by, batch):
        raise PermissionDenied
    return batch


def _queue(
    batch: ImportBatch, phase: ImportPhase, now: datetime, *changed: str, anew: bool = True
) -> None:
    """Put a batch before the worker; ``changed`` names what else is to be saved."""
    batch.state, batch.phase, batch.moved_at = ImportState.QUEUED, phase, now
    batch.tries, batch.lease_until, batch.sentence = 0, None, ""
    if anew:
        batch.step, batch.cursor = 0, 0
    fields = ["state", "phase", "moved_at", "tries", "lease_until", "sentence", "step", "cursor"]
    batch.save(update_fields=sorted({*fields, *changed}))
    transaction.on_commit(partial(jobs.ring, batch.pk))


def _forget(batch: ImportBatch, now: datetime) -> None:
    ImportRow.objects.filter(batch=batch).delete()
    name, batch.file, batch.forgotten_at = batch.file, "", now
    batch.save(update_fields=["file", "forgotten_at"])
    transaction.on_commit(partial(files.remove, name))


def _journal(by: User | None, action: str, batch: ImportBatch, detail: str) -> None:
    region = batch.organisation.region
    journal.record(by=by, action=action, obj=batch, region=region, detail=detail)
