"""From what a file holds to a cell, and from cells to the headers and the rows of a sheet."""

import re
from collections import Counter
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from westerkwartier.web.exports import FORMULA_STARTS
from westerkwartier.web.sheets.content import damaged
from westerkwartier.web.sheets.kinds import Cell, Limits, Row, Unreadable

NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
LETTER = re.compile(r"[^\W\d_]")


def text_cell(raw: str) -> str | None:
    """Text without space around it, or None.

    The apostrophe that our own exports put before what looks like a formula goes again, so that
    an export comes back as it was.
    """
    raw = raw.strip()
    if raw[:1] == "'" and raw[1:].startswith(FORMULA_STARTS):
        raw = raw[1:]
    return raw or None


def number_cell(raw: str) -> int | Decimal:
    """The number in the XML of a spreadsheet. Raises Unreadable for what is none.

    A spreadsheet stores binary fractions: 565.4 may be written 565.39999999999998. The shortest
    decimal with the same binary value is what the person typed.
    """
    if raw.isascii() and raw.isdigit() and len(raw) <= 18:
        return int(raw)
    if not NUMBER.fullmatch(raw):
        raise damaged()
    value = float(raw)
    if value in (float("inf"), float("-inf")):
        raise damaged()
    return int(value) if value.is_integer() and abs(value) < 1e15 else Decimal(repr(value))


def moment_cell(moment: datetime) -> date | str:
    """A date; text for one with a time of day, which is no kind of cell."""
    if moment.time() == time.min:
        return moment.date()
    return moment.isoformat(sep=" ", timespec="seconds")


def iso_cell(raw: str) -> Cell:
    """The date of an ISO text, else the text."""
    try:
        return moment_cell(datetime.fromisoformat(raw).replace(tzinfo=None))
    except ValueError:
        return text_cell(raw)


def serial_cell(serial: int | Decimal, *, from_1904: bool) -> Cell:
    """The date of a day number in XLSX, else the number itself.

    Day 1 is 1 January 1900, and day 60 a 29 February 1900 that never was (ECMA-376, 18.17.4.1).
    """
    if not (0 if from_1904 else 1) <= serial < 2_950_000 or (60 <= serial < 61 and not from_1904):
        return serial
    if from_1904:
        start = date(1904, 1, 1)
    else:
        start = date(1899, 12, 31) if serial < 60 else date(1899, 12, 30)
    midnight = datetime.combine(start, time.min)
    return moment_cell(midnight + timedelta(seconds=round(serial * 86_400)))


def headers_of(cells: list[Cell], limits: Limits) -> list[str]:
    """The texts of the first row. Raises Unreadable when they cannot be the names of columns."""
    texts = ["" if cell is None else str(cell) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    if not texts:
        raise Unreadable(_("The first row is empty. Put the names of the columns there."))
    if len(texts) > limits.columns:
        raise Unreadable(
            _("The file has more than %(number)s columns.") % {"number": limits.columns}
        )
    if not any(LETTER.search(cell) for cell in cells if isinstance(cell, str)):
        raise Unreadable(
            _("The first row holds no names of columns. Put a row with the names above the data.")
        )
    if "" in texts:
        raise Unreadable(
            _("Column %(number)s has no name in the first row.") % {"number": texts.index("") + 1}
        )
    repeated = [key for key, times in Counter(map(str.casefold, texts)).items() if times > 1]
    if repeated:
        name = next(text for text in texts if text.casefold() == repeated[0])
        raise Unreadable(_("The column “%(name)s” occurs more than once.") % {"name": name})
    return texts


def row_of(number: int, cells: list[Cell], width: int) -> Row | None:
    """``cells`` under ``width`` headers; None when all are empty."""
    if cells.count(None) == len(cells):
        return None
    if len(cells) <= width:
        cells.extend([None] * (width - len(cells)))
        return Row(number, cells)
    surplus = cells[width:].count(None) < len(cells) - width
    return Row(number, cells[:width], surplus)


def too_long(number: int, limits: Limits) -> Unreadable:
    return Unreadable(
        _("Row %(row)s has a cell of more than %(number)s characters.")
        % {"row": number, "number": number_format(limits.cell, force_grouping=True)}
    )


def too_many_rows(limits: Limits) -> Unreadable:
    return Unreadable(
        _("The file has more than %(number)s rows. Split it into smaller files.")
        % {"number": number_format(limits.rows, force_grouping=True)}
    )
