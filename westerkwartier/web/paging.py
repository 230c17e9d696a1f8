"""Keyset paging: a page costs the same at the front of a list and a million rows on.

The address holds the sort key of the row to start after (``?after=``) or before (``?before=``)
instead of a page number, so a page does not shift while rows are added. Sorting is always ended by
the primary key. NULL sorts as PostgreSQL does: above every value.
"""

import base64
import binascii
import json
from dataclasses import dataclass

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.translation import ngettext

PAGE_SIZE = 50
COUNT_CAP = 1000

# What reading a cursor that somebody wrote by hand can end in.
UNREADABLE = (
    ArithmeticError,
    RecursionError,
    TypeError,
    ValueError,
    FieldDoesNotExist,
    ValidationError,
    binascii.Error,
)


@dataclass(frozen=True)
class SortKey:
    """One part of a sort order: a field path or annotation, and its direction."""

    name: str
    descending: bool

    @classmethod
    def parse(cls, text: str) -> "SortKey":
        return cls(text.removeprefix("-"), text.startswith("-"))

    @property
    def reversed(self) -> "SortKey":
        return SortKey(self.name, not self.descending)

    def __str__(self):
        return f"-{self.name}" if self.descending else self.name


@dataclass(frozen=True)
class KeysetPage:
    """One page of rows. ``count_label`` is exact up to 1,000 and says "more than" above."""

    rows: list
    previous_url: str | None
    next_url: str | None
    count_label: str

    @property
    def has_rows(self) -> bool:
        return bool(self.rows)


def keyset_page(
    queryset: QuerySet,
    *,
    order: list[str],
    params: QueryDict,
    size: int = PAGE_SIZE,
    counted: bool = True,
) -> KeysetPage:
    """The page of ``queryset`` that ``params`` asks for, in ``order`` (Django's ``order_by``).

    A cursor that cannot be read starts at the front: a shortened link still shows the list. A page
    that is not ``counted`` has an empty ``count_label``.
    """
    keys = [SortKey.parse(part) for part in order]
    if all(key.name != "pk" for key in keys):
        keys.append(SortKey("pk", keys[-1].descending if keys else False))
    backwards = "before" in params
    walk = [key.reversed for key in keys] if backwards else keys
    values = _decode(queryset, keys, params.get("before" if backwards else "after", ""))
    if values is None:
        backwards, walk = False, keys
    rows = queryset.order_by(*map(str, walk))
    if values is not None:
        rows = rows.filter(_beyond(queryset, walk, values))
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    has_previous = more if backwards else values is not None
    has_next = bool(found) if backwards else more
    return KeysetPage(
        rows=found,
        previous_url=_url(params, "before", keys, found[0]) if has_previous and found else None,
        next_url=_url(params, "after", keys, found[-1]) if has_next and found else None,
        count_label=count_label(queryset) if counted else "",
    )


def count_label(queryset: QuerySet) -> str:
    """ "12 results", or "more than 1,000 results": counting stops there, so it is always fast."""
    count = queryset.order_by()[: COUNT_CAP + 1].count()
    shown = number_format(min(count, COUNT_CAP))
    if count > COUNT_CAP:
        # Translators: %(count)s is a formatted number
        return ngettext("more than %(count)s result", "more than %(count)s results", count) % {
            "count": shown
        }
    return ngettext("%(count)s result", "%(count)s results", count) % {"count": shown}


def _field(queryset: QuerySet, name: str):
    """The model field or the output field of the annotation behind a sort key."""
    if name in queryset.query.annotations:
        return queryset.query.annotations[name].output_field
    options = queryset.model._meta
    *path, last = name.split("__")
    for step in path:
        options = options.get_field(step).related_model._meta
    return options.pk if last == "pk" else options.get_field(last)


def _is_nullable(queryset: QuerySet, name: str) -> bool:
    if name in queryset.query.annotations:
        return True
    options, nullable = queryset.model._meta, False
    for step in name.split("__"):
        field = options.pk if step == "pk" else options.get_field(step)
        nullable = nullable or field.null
        options = field.related_model._meta if field.related_model else options
    return nullable


def _beyond(queryset: QuerySet, keys: list[SortKey], values: list) -> Q:
    """Rows that come after ``values`` in the order ``keys``."""
    after, equal = Q(), Q()
    for key, value in zip(keys, values, strict=True):
        nullable = _is_nullable(queryset, key.name)
        if (step := _past(key, value, nullable)) is not None:
            after |= equal & step
        equal &= Q(**{f"{key.name}__isnull": True}) if value is None else Q(**{key.name: value})
    first, value = keys[0], values[0]
    if value is not None and not _is_nullable(queryset, first.name):
        # Says nothing new, but gives the index a range to start in.
        bound = "lte" if first.descending else "gte"
        return Q(**{f"{first.name}__{bound}": value}) & after
    return after


def _past(key: SortKey, value, nullable: bool) -> Q | None:
    """Rows whose own key lies past ``value``; None when nothing can."""
    if key.descending:
        if value is None:
            return Q(**{f"{key.name}__isnull": False})
        return Q(**{f"{key.name}__lt": value})
    if value is None:
        return None
    past = Q(**{f"{key.name}__gt": value})
    return past | Q(**{f"{key.name}__isnull": True}) if nullable else past


def _value(row, name: str):
    for step in name.split("__"):
        row = getattr(row, step)
    return row


def _url(params: QueryDict, side: str, keys: list[SortKey], row) -> str:
    query = params.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    text = json.dumps([_value(row, key.name) for key in keys], cls=DjangoJSONEncoder)
    query[side] = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    return f"?{query.urlencode()}"


def _decode(queryset: QuerySet, keys: list[SortKey], cursor: str) -> list | None:
    """The values in a cursor; None when it is empty, damaged or of another sort order."""
    if not cursor:
        return None
    try:
        raw = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(raw, list) or len(raw) != len(keys):
            return None
        values = [
            None if value is None else _field(queryset, key.name).to_python(value)
            for key, value in zip(keys, raw, strict=True)
        ]
    except UNREADABLE:
        return None
    if any(isinstance(value, str) and not is_storable(value) for value in values):
        return None
    return None if values[-1] is None else values


def is_storable(text: str) -> bool:
    """Whether PostgreSQL can hold this text: no NUL, no half of a surrogate pair."""
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def is_key(text: str) -> bool:
    """Whether this part of an address can be a primary key."""
    return text.isascii() and text.isdecimal() and len(text) < 19
