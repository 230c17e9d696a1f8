"""Writing the journal. One line per act; nothing else changes it."""

from collections.abc import Iterable

from django.db.models import Model

from partners.choices import Result
from partners.models import JournalEntry, Region, User
from westerkwartier.web.clock import now
from westerkwartier.web.origin import origin


def record(
    *,
    by: User | None,
    action: str,
    obj: Model | None = None,
    region: Region | None = None,
    detail: str = "",
    result: str = Result.DONE,
) -> JournalEntry:
    """Add a line. ``by`` is None for the machine itself; ``action`` is ``model.verb``.

    The time and the origin are set here, by the machine. ``detail`` (cut at 250 characters) holds
    no names of refugees and no secrets.
    """
    entry = _line(by, action, obj, region, detail, result)
    entry.save(force_insert=True)
    return entry


def record_each(
    *, by: User | None, action: str, lines: Iterable[tuple[Model, Region | None, str]]
) -> None:
    """Add a line for each (object, region, detail) of one act, as ``record`` does, in one go."""
    JournalEntry.objects.bulk_create(
        _line(by, action, obj, region, detail, Result.DONE) for obj, region, detail in lines
    )


def _line(by, action, obj, region, detail, result) -> JournalEntry:
    return JournalEntry(
        at=now(),
        action=action,
        object_kind=obj._meta.label_lower if obj is not None else "",
        object_key=str(obj.pk) if obj is not None and obj.pk is not None else "",
        detail=detail[:250],
        result=result,
        origin=origin.get()[:60],
        actor=by,
        region=region,
    )
