"""Writing staged rows to the register, and taking them back: by PostgreSQL itself, in bulk.

No value passes through Python here: rows go from the staging table to the register in one
statement, past its constraints and triggers. Names of tables and columns come from our own models,
values are parameters.
"""

import json
from dataclasses import dataclass, field

from django.db import DatabaseError, OperationalError, connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.choices import RowOutcome
from partners.models import ImportBatch, ImportRow
from partners.services.imports.kinds import ImportKind

ROWS = ImportRow._meta.db_table
SHOWN = 20  # obstacles that are told one by one


def typed(kind: ImportKind, names) -> str:
    fields = {f.column: f for f in kind.model._meta.concrete_fields}
    return ", ".join(f'"{name}" {column_type(fields[name])}' for name in names)


def column_type(db_field) -> str:
    if db_field.is_relation:
        return db_field.target_field.rel_db_type(connection)
    return db_field.db_type(connection)


def listed(names, prefix: str = "") -> str:
    return ", ".join(f'{prefix}"{name}"' for name in names)


def added_columns(kind: ImportKind) -> list[str]:
    """The columns of a row that is added, without its id."""
    return [f.column for f in kind.model._meta.concrete_fields if not f.primary_key and f.editable]


def changed_columns(kind: ImportKind, batch: ImportBatch) -> list[str]:
    return sorted(kind.fields(set(batch.mapping.values())))


def told(row_ids: list[int], sentence: str) -> None:
    """These rows were not written after all, for this reason."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {ROWS} SET outcome = %s, warned = false, warnings = '[]', "
            f"problems = problems || %s::jsonb WHERE id = ANY(%s)",
            [RowOutcome.ERROR.value, json.dumps([["", sentence]]), row_ids],
        )


@dataclass
class Chunk:
    """Rows of a batch of one outcome, and how to write them."""

    batch: ImportBatch
    kind: ImportKind
    outcome: str
    finish: object  # called with the ids that were written
    refused: list[int] = field(default_factory=list)

    def write(self, row_ids: list[int]) -> None:
        """Write all of them, or find out which ones the database refuses."""
        if self.outcome == RowOutcome.CHANGE:
            row_ids = self.unchanged(row_ids)
        if not row_ids:
            return
        try:
            with transaction.atomic():
                if self.outcome == RowOutcome.ADD:
                    self.add(row_ids)
                else:
                    self.change(row_ids)
                self.finish(row_ids)
        except OperationalError:
            raise  # the database is away: nothing is known of these rows
        except DatabaseError as error:
            if len(row_ids) == 1:
                told(row_ids, sentence_of(self.kind, error))
                return
            half = len(row_ids) // 2
            self.write(row_ids[:half])
            self.write(row_ids[half:])

    def unchanged(self, row_ids: list[int]) -> list[int]:
        """Lock what they change; those whose register row is no longer as it was checked fall out.

        So what somebody else changed in the meantime is not overwritten.
        """
        names = changed_columns(self.kind, self.batch)
        table = self.kind.model._meta.db_table
        allowed = self.kind.stock(self.batch.organisation).filter(
            pk__in=ImportRow.objects.filter(pk__in=row_ids).values("target")
        )
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT r.id FROM {ROWS} r JOIN {table} t ON t.id = r.target "
                f"CROSS JOIN LATERAL jsonb_to_record(r.before) AS b({typed(self.kind, names)}) "
                f"WHERE r.id = ANY(%s) AND r.target = ANY(%s) "
                f"AND ROW({listed(names, 't.')}) IS NOT DISTINCT FROM ROW({listed(names, 'b.')}) "
                f"ORDER BY t.id FOR UPDATE OF t",
                [row_ids, list(allowed.values_list("pk", flat=True))],
            )
            same = {key for (key,) in cursor.fetchall()}
        if different := [key for key in row_ids if key not in same]:
            told(
                different,
                _(
                    "Somebody changed this in the register after the file was checked. "
                    "It was left as it is; send the row again to compare it anew."
                ),
            )
        return [key for key in row_ids if key in same]

    def add(self, row_ids: list[int]) -> None:
        table, names = self.kind.model._meta.db_table, added_columns(self.kind)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO {table} (id, {listed(names)}) SELECT r.target, {listed(names, 'v.')} "
                f"FROM {ROWS} r "
                f"CROSS JOIN LATERAL jsonb_to_record(r.record) AS v({typed(self.kind, names)}) "
                f"WHERE r.id = ANY(%s) ORDER BY r.id",
                [row_ids],
            )

    def change(self, row_ids: list[int]) -> None:
        names = changed_columns(self.kind, self.batch)
        restore(self.kind, names, "record", "r.id = ANY(%s)", [row_ids])


def restore(kind: ImportKind, names: list[str], source: str, where: str, parameters: list) -> None:
    """Set the columns ``names`` to what the staged rows hold in ``source``."""
    table = kind.model._meta.db_table
    changes = ", ".join(f'"{name}" = v."{name}"' for name in names)
    differs = f"ROW({listed(names, 't.')}) IS DISTINCT FROM ROW({listed(names, 'v.')})"
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} AS t SET {changes} FROM {ROWS} r "
            f"CROSS JOIN LATERAL jsonb_to_record(r.{source}) AS v({typed(kind, names)}) "
            f"WHERE t.id = r.target AND {differs} AND {where}",
            parameters,
        )


def check_at_once() -> None:
    """Foreign keys speak up at their own statement, so that a refusal belongs to its rows."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def sentence_of(kind: ImportKind, error: DatabaseError) -> str:
    """What the database refused, in the words of the constraint where it has them."""
    name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    for constraint in kind.model._meta.constraints:
        if constraint.name == name:
            return str(constraint.get_violation_error_message())
    return _("The register does not accept this row any more. Send it again to check it anew.")


# -- undoing ---------------------------------------------------------------------------------------


def lock_written(batch: ImportBatch, kind: ImportKind) -> None:
    """Hold every row that the batch wrote, so that nothing is built on them in the meantime."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT 1 FROM {kind.model._meta.db_table} t JOIN {ROWS} r ON r.target = t.id "
            f"WHERE r.batch_id = %s AND r.outcome IN ('add', 'change') "
            f"ORDER BY t.id FOR UPDATE OF t",
            [batch.pk],
        )


def obstacles(batch: ImportBatch, kind: ImportKind) -> dict[int, str]:
    """What was built on the rows of a batch, by their ids."""
    return {**changed_since(batch, kind), **referred_to(batch, kind), **one_way(batch, kind)}


def in_sentences(found: dict[int, str]) -> list[str]:
    """What was built on which rows: the first ``SHOWN`` one by one."""
    rows = ImportRow.objects.in_bulk(list(found)[:SHOWN])
    sentences = [
        _("Row %(row)s (%(what)s): %(why)s")
        % {"row": rows[key].number, "what": rows[key].label, "why": found[key]}
        for key in sorted(found)
        if key in rows
    ]
    if more := len(found) - len(sentences):
        sentences.append(
            ngettext("And %(number)s other row.", "And %(number)s other rows.", more)
            % {"number": more}
        )
    return sentences


def changed_since(batch: ImportBatch, kind: ImportKind) -> dict[int, str]:
    """Rows that are no longer in the register as the batch wrote them."""
    found = {}
    for outcome, names in (
        (RowOutcome.ADD, added_columns(kind)),
        (RowOutcome.CHANGE, changed_columns(kind, batch)),
    ):
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT r.id FROM {ROWS} r "
                f"CROSS JOIN LATERAL jsonb_to_record(r.record) AS v({typed(kind, names)}) "
                f"LEFT JOIN {kind.model._meta.db_table} t ON t.id = r.target "
                f"WHERE r.batch_id = %s AND r.outcome = %s AND (t.id IS NULL OR "
                f"ROW({listed(names, 't.')}) IS DISTINCT FROM ROW({listed(names, 'v.')}))",
                [batch.pk, outcome.value],
            )
            sentence = _("it was changed after the import.")
            found |= {key: sentence for (key,) in cursor.fetchall()}
    return found


def referred_to(batch: ImportBatch, kind: ImportKind) -> dict[int, str]:
    """Added rows to which other rows of the register refer by now."""
    found = {}
    added = ImportRow.objects.filter(batch=batch, outcome=RowOutcome.ADD)
    for relation in kind.model._meta.related_objects:
        other = relation.related_model
        if hasattr(other, "pgh_tracked_model"):
            continue  # the row's own history
        refers = other._default_manager.values(relation.field.attname)
        for key in added.filter(target__in=refers).values_list("pk", flat=True):
            found[key] = _("%(what)s: it is used there.") % {
                "what": other._meta.verbose_name_plural
            }
    return found


def one_way(batch: ImportBatch, kind: ImportKind) -> dict[int, str]:
    """Changes that the register itself does not let go back, and finished extras."""
    found = {}
    rows = ImportRow.objects.filter(batch=batch, outcome=RowOutcome.CHANGE)
    for key, before, record in rows.values_list("pk", "before", "record").iterator():
        if sentence := kind.obstacle(before, record):
            found[key] = sentence
    return found


def take_back(batch: ImportBatch, kind: ImportKind) -> None:
    """Delete what was added and put back what was changed; all of it or nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {kind.model._meta.db_table} t USING {ROWS} r "
            f"WHERE r.batch_id = %s AND r.outcome = 'add' AND t.id = r.target",
            [batch.pk],
        )
    names = changed_columns(kind, batch)
    where, parameters = "r.batch_id = %s AND r.outcome = 'change'", [batch.pk]
    restore(kind, names, "before", where, parameters)
