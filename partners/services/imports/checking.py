"""From the rows of a file to staged rows: read, compared with the register, stored in bulk."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from partners.choices import RowOutcome
from partners.models import ImportBatch, ImportRow
from partners.services.imports.columns import EXAMPLE, in_every_language
from partners.services.imports.kinds import CheckedRow, ImportKind, fold
from westerkwartier.web.sheets.kinds import Cell, CellError, Row
from westerkwartier.web.sheets.reading import Sheet

STAGED = (
    *("batch_id", "number", "label", "outcome", "warned", "key", "second_key", "target"),
    *("raw", "record", "before", "problems", "warnings"),
)


def raw_cell(cell: Cell) -> Any:
    """A cell as JSON keeps it, so that ``cell_of`` gives the same cell back."""
    if isinstance(cell, date):
        return {"d": cell.isoformat()}
    return {"n": str(cell)} if isinstance(cell, Decimal) else cell


def cell_of(raw: Any) -> Cell:
    if isinstance(raw, dict):
        return date.fromisoformat(raw["d"]) if "d" in raw else Decimal(raw["n"])
    return raw


def as_json(value: Any) -> Any:
    """A value of a record as JSON keeps it and PostgreSQL reads it."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


class Reading:
    """Reads the rows of a sheet by a batch's mapping."""

    def __init__(self, kind: ImportKind, batch: ImportBatch, sheet: Sheet):
        columns = {column.name: column for column in kind.columns}
        self.batch, self.kind, self.sheet = batch, kind, sheet
        self.columns = [
            (place, columns[batch.mapping[header]])
            for place, header in enumerate(sheet.headers)
            if header in batch.mapping
        ]
        self.names = {column.name for _place, column in self.columns}
        self.kept = {place for place, _column in self.columns} if kind.mapped_only else None
        self.example = in_every_language(EXAMPLE)

    def chunks(self, start: int, size: int) -> Iterator[list[CheckedRow]]:
        """Rows from the one at ``start`` on, ``size`` at a time."""
        rows = islice(self.sheet.rows(), start, None)
        while chunk := [self.read(row) for row in islice(rows, size)]:
            yield chunk

    def read(self, row: Row) -> CheckedRow:
        read = CheckedRow(number=row.number, given={}, raw=self.kept_cells(row.cells))
        for place, column in self.columns:
            cell = row.cells[place]
            if cell is None:
                read.given[column.name] = None
                continue
            try:
                read.given[column.name] = column.reader(cell)
            except CellError as error:
                read.block(column.name, str(error))
        if row.surplus:
            read.block("", _("The row has more cells than there are columns."))
        if self.is_example(row.cells):
            read.problems = [("", _("This is the example of the template. Remove this row."))]
        return read

    def kept_cells(self, cells: list[Cell]) -> list[Cell]:
        if self.kept is None:
            return cells
        return [cell if place in self.kept else None for place, cell in enumerate(cells)]

    def is_example(self, cells: list[Cell]) -> bool:
        first = next((cell for cell in cells if cell is not None), None)
        return isinstance(first, str) and fold(first).partition(" ")[0] in self.example


def outcome_of(row: CheckedRow) -> RowOutcome:
    if row.problems:
        return RowOutcome.ERROR
    if not row.before:
        return RowOutcome.ADD
    same = all(row.record.get(name) == value for name, value in row.before.items())
    return RowOutcome.SAME if same and not row.record.get("extra") else RowOutcome.CHANGE


def stage(batch: ImportBatch, kind: ImportKind, rows: list[CheckedRow]) -> None:
    """Store a chunk of checked rows. Rows that the engine adds get the id that they will have."""
    outcomes = [outcome_of(row) for row in rows]
    new = [row for row, outcome in zip(rows, outcomes, strict=True) if outcome == RowOutcome.ADD]
    with connection.cursor() as cursor:
        if kind.writer is None:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [kind.model._meta.db_table, kind.model._meta.pk.column, len(new)],
            )
            for row, (key,) in zip(new, cursor.fetchall(), strict=True):
                row.target = key
        names = ", ".join(STAGED)
        with cursor.copy(f"COPY {ImportRow._meta.db_table} ({names}) FROM STDIN") as copy:
            for row, outcome in zip(rows, outcomes, strict=True):
                copy.write_row(staged(batch, row, outcome))


def staged(batch: ImportBatch, row: CheckedRow, outcome: RowOutcome) -> tuple:
    """The values of a staged row, in the order of ``STAGED``."""
    counts = outcome != RowOutcome.ERROR
    record = row.record if counts or row.target else {}
    if row.told:
        record = {**record, "told": row.told}
    return (
        batch.pk,
        row.number,
        row.label[:120],
        outcome.value,
        bool(row.warnings) and outcome in (RowOutcome.ADD, RowOutcome.CHANGE),
        row.keys[0][:80],
        row.keys[1][:80],
        row.target,
        json.dumps([raw_cell(cell) for cell in row.raw]),
        json.dumps(record),
        json.dumps(row.before),
        json.dumps(row.problems),
        json.dumps(row.warnings if counts else []),
    )


# Joined by id: whatever the planner believes of rows that were stored just now, it is fast.
TWINS = """
    UPDATE {table} AS r
    SET outcome = 'error', warned = false, warnings = '[]', twin = d.other,
        problems = r.problems || jsonb_build_array(jsonb_build_array(
            '', replace(%(sentence)s, '#', d.other::text)))
    FROM (
        SELECT id, CASE WHEN number = first THEN second ELSE first END AS other FROM (
            SELECT id, number, count(*) OVER w AS times, min(number) OVER w AS first,
                nth_value(number, 2) OVER (w ORDER BY number
                    ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS second
            FROM {table} WHERE batch_id = %(batch)s AND {key} <> ''
            WINDOW w AS (PARTITION BY {key})
        ) AS counted WHERE times > 1
    ) AS d WHERE r.id = d.id
"""


def find_twins(batch: ImportBatch, kind: ImportKind) -> None:
    """Block the rows that speak of the same thing: which of them is right nobody can tell."""
    with connection.cursor() as cursor:
        for key, sentence in zip(("key", "second_key"), kind.twice, strict=True):
            cursor.execute(
                TWINS.format(key=key, table=ImportRow._meta.db_table),
                {"batch": batch.pk, "sentence": str(sentence)},
            )


def counted(batch: ImportBatch, kind: ImportKind) -> dict[str, int]:
    """Rows by outcome, how many that would be written have a warning, and how many tell
    something that is kept whatever their outcome (for the kinds that do)."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT outcome, count(*), count(*) FILTER (WHERE warned) "
            f"FROM {ImportRow._meta.db_table} WHERE batch_id = %s GROUP BY outcome",
            [batch.pk],
        )
        rows = cursor.fetchall()
    counts = {outcome.value: 0 for outcome in RowOutcome}
    counts |= {outcome: number for outcome, number, _warned in rows}
    counts |= {"warned": sum(warned for _outcome, _number, warned in rows)}
    return counts | {"told": told_rows(batch).count()} if kind.tells else counts


def told_rows(batch: ImportBatch):
    """Rows that tell something; of two that speak of the same nobody knows which to believe."""
    return ImportRow.objects.filter(batch=batch, record__has_key="told", twin=None)
