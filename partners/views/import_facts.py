"""What the pages of an import show: where it stands, its counts and facts, how far it is."""

from django.urls import reverse
from django.utils.translation import gettext as _

from partners.choices import ImportPhase, ImportState, RowOutcome
from partners.import_tables import outcome_label, size_label, state_pill
from partners.models import ImportBatch
from partners.services.imports.kinds import ImportKind
from partners.services.imports.looking import progress
from westerkwartier.web.exports import FORMATS
from westerkwartier.web.templatetags.ui import moment, number

AT_WORK = (ImportState.QUEUED, ImportState.RUNNING)


def detail_url(batch: ImportBatch) -> str:
    return reverse("imports:batch_detail", args=[batch.pk])


def has_rows(batch: ImportBatch) -> bool:
    return batch.forgotten_at is None and batch.state in (
        ImportState.CHECKED,
        ImportState.DONE,
        ImportState.UNDONE,
    )


def rows_url(batch: ImportBatch, outcome: str = "") -> str:
    url = reverse("imports:rows", args=[batch.pk])
    return f"{url}?outcome={outcome}" if outcome else url


def figures(batch: ImportBatch) -> list[dict]:
    """The counts, each with the address of its rows."""
    planned = batch.state == ImportState.CHECKED
    linked = has_rows(batch)
    return [
        {
            "label": outcome_label(outcome, planned=planned),
            "value": number(batch.counts.get(outcome, 0)),
            "url": rows_url(batch, outcome) if linked else "",
        }
        for outcome in (RowOutcome.ADD, RowOutcome.CHANGE, RowOutcome.SAME, RowOutcome.ERROR)
    ]


def errors_urls(batch: ImportBatch) -> list[tuple[str, str]]:
    """The file with error rows in the format that was sent; VERA comes back as a sheet."""
    if not batch.open_errors or not has_rows(batch):
        return []
    format = batch.format if batch.format in FORMATS else "xlsx"
    url = reverse("imports:errors_file", args=[batch.pk])
    return [(str(FORMATS[format][1]), f"{url}?format={format}")]


def outcome_page(batch: ImportBatch, kind: ImportKind | None) -> tuple[str, str] | None:
    """Label and address of the page that shows what came of an import that was carried out."""
    if batch.state != ImportState.DONE or kind is None or kind.outcome_page is None:
        return None
    name, label = kind.outcome_page
    return str(label), reverse(name)


def batch_facts(batch: ImportBatch) -> list[tuple[str, str]]:
    facts = [
        (_("State"), state_pill(batch)),
        (_("Sent by"), batch.uploaded_by.name),
        (_("Sent at"), moment(batch.uploaded_at)),
    ]
    if batch.approved_at:
        facts += [
            (_("Approved by"), batch.approved_by.name),
            (_("Approved at"), moment(batch.approved_at)),
        ]
    if batch.undone_at:
        facts += [
            (_("Undone by"), batch.undone_by.name),
            (_("Undone at"), moment(batch.undone_at)),
        ]
    if batch.total is not None:
        facts.append((_("Rows"), number(batch.total)))
    return [
        *facts,
        (_("Size"), size_label(batch)),
        (_("Checksum (SHA-256)"), batch.sha256),
    ]


def job_of(batch: ImportBatch) -> dict:
    """The context of ``components/job.html`` for an import."""
    doing = {
        ImportPhase.CHECK: _("The rows are being checked."),
        ImportPhase.APPLY: _("The rows are being imported."),
        ImportPhase.UNDO: _("The import is being undone."),
    }
    text = doing[ImportPhase(batch.phase)]
    if batch.state == ImportState.QUEUED:
        text = _("The file waits for its turn.")
    done, of = progress(batch)
    if of and batch.state == ImportState.RUNNING and batch.phase != ImportPhase.UNDO:
        text += " " + _("%(done)s of %(of)s rows.") % {"done": number(done), "of": number(of)}
    return {
        "state": batch.state if batch.state in AT_WORK else "done",
        "text": text,
        "poll_url": reverse("imports:progress", args=[batch.pk]),
        "page_url": detail_url(batch),
    }
