"""A list as a file: CSV, XLSX and ODS. Same rows, same columns as the page.

CSV is what a Dutch spreadsheet opens without a question: UTF-8 with a byte order mark, semicolons,
a comma in numbers; dates are ISO. The import reads it back unchanged. Text that a spreadsheet would
take for a formula is preceded by an apostrophe in every format, as OWASP advises.
"""

import re
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

import tablib
from django.http import HttpResponse
from django.utils.encoding import force_str
from django.utils.functional import Promise
from django.utils.timezone import is_aware, localtime
from django.utils.translation import gettext_lazy as _

EXPORT_LIMIT = 100_000

FORMATS = {
    "csv": ("text/csv; charset=utf-8", _("CSV")),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _("Excel (XLSX)"),
    ),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", _("OpenDocument (ODS)")),
}

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value):
    """A value as a spreadsheet may hold it: never a formula."""
    if isinstance(value, Promise):
        value = force_str(value)
    if value is None:
        return ""
    if isinstance(value, datetime) and is_aware(value):
        return localtime(value).replace(tzinfo=None)  # a spreadsheet knows no time zones
    if isinstance(value, str):
        # A spreadsheet refuses control characters, and a reader of CSV may break lines at them.
        value = CONTROL.sub(" ", value)
        if value.startswith(FORMULA_STARTS):
            return f"'{value}"
    return value


def csv_cell(value):
    """A safe cell with a comma in a number."""
    return str(value).replace(".", ",") if isinstance(value, Decimal | float) else value


def export_response(
    *, format: str, name: str, header: list[str], rows: Iterable[list]
) -> HttpResponse:
    """A download of ``rows`` under ``header``. ``format`` is a key of ``FORMATS``."""
    content_type, _label = FORMATS[format]
    data = tablib.Dataset(headers=[force_str(cell) for cell in header], title=name[:31])
    for row in rows:
        cells = [safe_cell(cell) for cell in row]
        data.append([csv_cell(cell) for cell in cells] if format == "csv" else cells)
    if format == "csv":
        content = data.export("csv", delimiter=";").encode("utf-8-sig")
    else:
        content = data.export(format)
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{format}"'
    return response
