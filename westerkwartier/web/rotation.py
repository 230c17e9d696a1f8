"""Sealing every personal value anew under the first key, while the site runs.

All models are walked, the tables of row history included, because they hold the same bytes. A row
is changed by a conditional UPDATE on the very bytes that were read, so that what somebody saves
meanwhile wins; it was then sealed under the first key. Stopping half-way loses nothing.

It happens in SQL and not through the models: it changes no fact. For the same reason the triggers
of these tables are left out (``pgtrigger.ignore``): row history would get a line for each row in
which nothing changed, and append-only tables would refuse.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pgtrigger
from django.apps import apps
from django.db import connection, models, transaction

from westerkwartier.web.blind import BlindTokensField
from westerkwartier.web.sealed import SealedField
from westerkwartier.web.sealing import HEADER, Unsealable, ring

BATCH = 500


@dataclass
class Rotated:
    """What became of the rows of a table that had a value under another key."""

    done: int = 0
    overtaken: int = 0  # changed by somebody else meanwhile
    stuck: list[str] = field(default_factory=list)  # a sentence for each row that does not open


def sealed_models() -> list[type[models.Model]]:
    """Every model with a sealed column in its own table, in a fixed order."""
    found = [m for m in apps.get_models() if m._meta.managed and not m._meta.proxy]
    return sorted(filter(sealed_fields, found), key=lambda model: model._meta.db_table)


def sealed_fields(model: type[models.Model]) -> list[SealedField]:
    return [f for f in model._meta.local_concrete_fields if isinstance(f, SealedField)]


def token_fields(model: type[models.Model]) -> list[BlindTokensField]:
    return [f for f in model._meta.local_concrete_fields if isinstance(f, BlindTokensField)]


def values_by_key(model: type[models.Model]) -> Counter[bytes]:
    """How many values of a table were sealed under which key, told by its header."""
    found: Counter[bytes] = Counter()
    with connection.cursor() as cursor:
        for sealed in sealed_fields(model):
            column, table = _quoted(sealed.column), _quoted(model._meta.db_table)
            cursor.execute(
                f"SELECT substring({column} FROM 1 FOR {HEADER}), count(*) FROM {table} "
                f"WHERE length({column}) > 0 GROUP BY 1"
            )
            for header, number in cursor.fetchall():
                found[bytes(header)] += number
    return found


def rotate(model: type[models.Model], *, say: Callable[[Rotated], None]) -> Rotated:
    """Seal what is not under the first key, and renew the tokens of those rows.

    ``say`` is called after each batch. Calling this again does what is left, or nothing.
    """
    rotated = Rotated()
    last = None
    while rows := _rows_under_other_keys(model, after=last):
        last = rows[-1][0]
        changes = list(_changes(model, rows, rotated))
        written = _write(model, changes) if changes else 0
        rotated.done += written
        rotated.overtaken += len(changes) - written
        say(rotated)
    return rotated


def _rows_under_other_keys(model, *, after) -> list[tuple]:
    """The next rows with such a value: primary key, then the bytes of each sealed column."""
    key, table = _quoted(model._meta.pk.column), _quoted(model._meta.db_table)
    columns = [_quoted(sealed.column) for sealed in sealed_fields(model)]
    other = " OR ".join(
        f"(length({column}) > 0 AND substring({column} FROM 1 FOR {HEADER}) <> %s)"
        for column in columns
    )
    further = "" if after is None else f"{key} > %s AND "
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key}, {', '.join(columns)} FROM {table} "
            f"WHERE {further}({other}) ORDER BY {key} LIMIT {BATCH}",
            [*([] if after is None else [after]), *([ring()[0].header] * len(columns))],
        )
        return cursor.fetchall()


def _changes(model, rows, rotated: Rotated) -> Iterator[list]:
    """For each row that opens: primary key, old bytes, new bytes, new tokens."""
    fields, tokens = sealed_fields(model), token_fields(model)
    first = ring()[0].header
    for key, *columns in rows:
        old = [None if value is None else bytes(value) for value in columns]
        try:
            values = {
                sealed.name: value and sealed.opened(value)
                for sealed, value in zip(fields, old, strict=True)
            }
        except Unsealable as error:
            rotated.stuck.append(f"{model._meta.label} {key}: {error}")
            continue
        new = [
            sealed.sealed(values[sealed.name]) if value and value[:HEADER] != first else value
            for sealed, value in zip(fields, old, strict=True)
        ]
        yield [key, *old, *new, *(t.hashes(values[name] for name in t.of) for t in tokens)]


@transaction.atomic
def _write(model, changes: list[list]) -> int:
    """Write the rows that are still as they were read; how many those are."""
    fields, tokens = sealed_fields(model), token_fields(model)
    pk = model._meta.pk
    olds = [f"old_{number}" for number in range(len(fields))]
    news = [f"new_{number}" for number in range(len(fields))]
    hashes = [f"hash_{number}" for number in range(len(tokens))]
    types = [pk.rel_db_type(connection), *["bytea"] * (2 * len(fields))]
    types += [token.db_type(connection) for token in tokens]
    row = "(" + ", ".join(f"%s::{kind}" for kind in types) + ")"
    assign = [
        f"{_quoted(one.column)} = given.{name}"
        for one, name in zip([*fields, *tokens], [*news, *hashes], strict=True)
    ]
    same = [
        f"own.{_quoted(one.column)} IS NOT DISTINCT FROM given.{name}"
        for one, name in zip(fields, olds, strict=True)
    ]
    with pgtrigger.ignore(), connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {_quoted(model._meta.db_table)} AS own SET {', '.join(assign)} "
            f"FROM (VALUES {', '.join([row] * len(changes))}) "
            f"AS given (key, {', '.join([*olds, *news, *hashes])}) "
            f"WHERE own.{_quoted(pk.column)} = given.key AND {' AND '.join(same)}",
            [value for change in changes for value in change],
        )
        return cursor.rowcount


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
