"""The rows of a table as HTML.

django-tables2 works out for every cell anew what holds for its whole column: which method renders
it with which arguments, its class, its heading. A page of fifty rows spends most of its time
there, so here that is done once a column; what a cell holds is the same.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from html import escape
from types import MethodType

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.formats import localize
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import template_localtime
from django_tables2.rows import BoundRow
from django_tables2.utils import A

# What django-tables2 can give a render method besides value and record is read by nobody here.
KNOWN_ARGUMENTS = {"value", "record"}


def written(value) -> str:
    """A value as ``{{ value }}`` writes it: localised and escaped."""
    if type(value) is str:  # nearly all are: what conditional_escape does, without its questions
        return escape(value)
    if isinstance(value, str):
        return conditional_escape(value)
    return conditional_escape(localize(template_localtime(value)))


@dataclass(frozen=True)
class Cells:
    """One column: what stands before and after the value, and how to get from record to value."""

    before: str
    after: str
    content: Callable[[object], object]

    def html(self, record) -> str:
        return f"{self.before}{written(self.content(record))}{self.after}"


def table_body(table) -> SafeString:
    """All rows of a table. The class of a cell may not depend on its row."""
    records = [row.record for row in table.paginated_rows]
    columns = [cells(table, column, records[0]) for column in table.columns] if records else []
    return mark_safe(
        "\n".join(
            f'<tr class="utrecht-table__row">{"".join(c.html(record) for c in columns)}</tr>'
            for record in records
        )
    )


def cells(table, column, example) -> Cells:
    """How the cells of a column are made, for records like ``example``."""
    style = conditional_escape(column.attrs["td"]["class"] or "")
    if column.name == table.row_header:
        before = f'<th scope="row" class="{f"utrecht-table__cell row-head {style}".strip()}">'
        return Cells(before, "</th>", content_of(table, column, example))
    before = f'<td class="{f"utrecht-table__cell {style}".strip()}" data-label="'
    before += f'{conditional_escape(column.header)}">'
    return Cells(before, "</td>", content_of(table, column, example))


def content_of(table, column, example) -> Callable[[object], object]:
    wanted = arguments(column.render)
    if column.link or not isinstance(example, Model) or not wanted <= KNOWN_ARGUMENTS:
        return lambda record: BoundRow(record, table=table).get_cell(column.name)
    read = reader(A(column.accessor), example)
    render, empty, default = column.render, column.column.empty_values, column.default
    with_value, with_record = "value" in wanted, "record" in wanted

    def content(record):
        value = read(record)
        if value in empty:
            return default
        given = {"value": value} if with_value else {}
        return render(**given, record=record) if with_record else render(**given)

    return content


def arguments(render: Callable) -> set[str]:
    return set(inspect.signature(render).parameters)


def reader(accessor, example: Model) -> Callable[[object], object]:
    """Reads a column's value: of a field with choices its label, of nothing None."""
    *path, last = accessor.bits
    try:
        field = accessor.get_field(example)
    except FieldDoesNotExist:
        field = None
    labels = {value: str(label) for value, label in getattr(field, "flatchoices", None) or ()}

    def read(record):
        value = record
        for step in path:
            value = called(getattr(value, step, None))
        value = called(getattr(value, last, None))
        return labels.get(value, value) if labels else value

    return read


def called(value):
    """What a method answers; a manager could be called as well and is left alone."""
    return value() if isinstance(value, MethodType | partial) else value
