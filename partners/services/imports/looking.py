"""What the pages show of an import beside its rows and counts."""

from django.utils.html import format_html
from django.utils.translation import gettext as _

from partners.choices import ImportPhase
from partners.models import ImportBatch, ImportRow
from partners.services.imports import files
from partners.services.imports.checking import cell_of
from partners.services.imports.jobs import STEPS
from partners.services.imports.kinds import ImportKind
from westerkwartier.web.sheets.cells import shown
from westerkwartier.web.sheets.kinds import Cell, Unreadable
from westerkwartier.web.sheets.reading import open_sheet

SAMPLES = 3


def cell_text(cell: Cell) -> str:
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    return "–" if cell in (None, "") else shown(cell)


def progress(batch: ImportBatch) -> tuple[int, int]:
    """Rows that are done and rows in all, of the phase that is at work."""
    if batch.phase == ImportPhase.CHECK:
        return batch.cursor, batch.total or 0
    in_all = sum(batch.counts.get(outcome, 0) for outcome in STEPS)
    if batch.phase == ImportPhase.UNDO or batch.step >= len(STEPS):
        return 0, in_all
    before = sum(batch.counts.get(outcome, 0) for outcome in STEPS[: batch.step])
    done = ImportRow.objects.filter(
        batch=batch, outcome=STEPS[batch.step], pk__lte=batch.cursor
    ).count()
    return before + done, in_all


def samples(batch: ImportBatch) -> list[list[str]]:
    """The first cells below each header; none when the file can no longer be read."""
    found: list[list[str]] = [[] for _header in batch.headers]
    try:
        path = files.proven(batch.file, batch.sha256)
        for row in open_sheet(path, batch.file_name, checked=True).rows():
            for cells, cell in zip(found, row.cells, strict=True):
                if cell is not None and len(cells) < SAMPLES:
                    cells.append(cell_text(cell))
            if row.number > 20:
                break
    except (files.FileLost, Unreadable):
        return [[] for _header in batch.headers]
    return found


def side_by_side(
    batch: ImportBatch, kind: ImportKind, row: ImportRow
) -> tuple[list[str], list[list[str]]]:
    """Labels of the columns, and for each field its name, the file, its twin and the register.

    Cells that differ are bold.
    """
    places = {name: batch.headers.index(header) for header, name in batch.mapping.items()}
    twin = batch.rows.filter(number=row.twin).first() if row.twin else None
    there = kind.model._default_manager.filter(pk=row.target).first() if row.target else None
    labels = [_("Field"), _("Row %(row)s") % {"row": row.number}]
    if twin is not None:
        labels.append(_("Row %(row)s") % {"row": twin.number})
    if there is not None:
        labels.append(_("In the register now"))
    rows = []
    for column in kind.columns:
        if column.name not in places:
            continue
        place = places[column.name]
        cells = [str(column.label), cell_text(cell_of(row.raw[place]))]
        if twin is not None:
            cells.append(cell_text(cell_of(twin.raw[place])))
        if there is not None:
            cells.append(cell_text(column.show(there)))
        if len(set(cells[1:])) > 1:
            cells[1:] = [format_html("<strong>{}</strong>", cell) for cell in cells[1:]]
        rows.append(cells)
    return labels, rows
