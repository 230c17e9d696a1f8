"""The base of every list: a django-tables2 table whose rows come from keyset paging."""

import django_tables2 as tables
from django_tables2.data import TableListData


class PageRows(TableListData):
    """Rows of one page. The database has sorted them; django-tables2 must not do so again."""

    def order_by(self, aliases):
        return None


class Table(tables.Table):
    """Class attributes that a list may set: ``caption`` (what the table holds, for screen
    readers), ``row_header`` (the column that names a row) and ``default_order`` (column aliases).
    A column is sortable when its ``order_by`` names fields or annotations that the database can
    sort by; ``related`` names the relations to fetch along.
    """

    caption = ""
    row_header = ""
    default_order: tuple[str, ...] = ()
    related: tuple[str, ...] = ()

    class Meta:
        template_name = "components/table.html"
        orderable = False

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("default", "–")  # what an empty cell shows
        super().__init__(*args, **kwargs)

    def paginate(self, *args, **kwargs):
        """Every row it is given is shown: keyset paging has cut the page already."""

    @classmethod
    def sort_fields(cls, asked: str) -> tuple[list[str], list[str]]:
        """The aliases in ``asked`` (``name`` or ``-name``, comma between) that this table knows,
        and the database fields they stand for; the default order when none is known."""
        for aliases in (asked.split(","), list(cls.default_order)):
            known = [a for a in aliases if cls._sortable(a.removeprefix("-"))]
            if known:
                break
        fields: list[str] = []
        for alias in known:
            order = cls.base_columns[alias.removeprefix("-")].order_by or (alias.removeprefix("-"),)
            for field in order:
                descending = alias.startswith("-") != field.startswith("-")
                fields.append(f"-{field.lstrip('-')}" if descending else field.lstrip("-"))
        return known, fields

    @classmethod
    def _sortable(cls, name: str) -> bool:
        column = cls.base_columns.get(name)
        return column is not None and bool(column.orderable)

    def export_header(self) -> list:
        return [column.header for column in self._exported()]

    def export_row(self, record) -> list:
        """Plain values of a record: ``value_<column>(record)`` where the table has it."""
        cells = []
        for column in self._exported():
            special = getattr(self, f"value_{column.name}", None)
            if special is not None:
                cells.append(special(record))
                continue
            display = getattr(record, f"get_{column.name}_display", None)
            cells.append(display() if display else column.accessor.resolve(record, quiet=True))
        return cells

    def _exported(self):
        return [c for c in self.columns if not getattr(c.column, "exclude_from_export", False)]
