"""Bringing many rows to what a file says: new ones added, different ones changed, equal ones left.

Rows that the file no longer names stay: what was once true is history, not rubbish.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class Changes:
    """How many rows were added and changed; falsy when nothing had to be done."""

    added: int = 0
    changed: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed)

    def __add__(self, other: "Changes") -> "Changes":
        return Changes(self.added + other.added, self.changed + other.changed)

    def __str__(self) -> str:
        return f"{self.added} added, {self.changed} changed"


def put_rows(
    existing: QuerySet, key: tuple[str, ...], rows: Iterable[dict]
) -> tuple[list[Model], Changes]:
    """Rows by ``key`` (field names, foreign keys as ``…_id``); gives the objects in row order.

    ``existing`` is locked, so two loaders at a time do not add a row twice. Call it in a
    transaction only.
    """
    model = existing.model
    found = {tuple(getattr(o, k) for k in key): o for o in existing.select_for_update()}
    objects, new, different, names = [], [], [], set()
    for row in rows:
        obj = found.get(tuple(row[k] for k in key))
        if obj is None:
            obj = model(**row)
            new.append(obj)
        else:
            wrong = [name for name, value in row.items() if getattr(obj, name) != value]
            if wrong:
                for name in wrong:
                    setattr(obj, name, row[name])
                different.append(obj)
                names.update(wrong)
        objects.append(obj)
    model._default_manager.bulk_create(new, batch_size=2000)
    if different:
        fields = [model._meta.get_field(name.removesuffix("_id")).name for name in names]
        model._default_manager.bulk_update(different, fields)
    return objects, Changes(len(new), len(different))
