"""From a cell to a value. Each reader raises CellError with a sentence about the cell.

People write numbers the Dutch way, programs the English way, so:

- ``1.234,56`` and ``1234,56`` are Dutch; ``1.234`` is one thousand two hundred thirty-four.
- ``565.40`` and ``565.4``, with one or two digits after a single point, are decimals.
- What could be read in two ways (``1,234.56``, ``1.23.4``, ``1,234``) is refused.

A number in a spreadsheet stays the number it is.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from westerkwartier.web.sheets.kinds import Cell, CellError, Reader

GROUPED = r"[1-9]\d{0,2}(\.\d{3})+"
WHOLE = re.compile(rf"-?(\d{{1,15}}|{GROUPED})", re.ASCII)
DUTCH = re.compile(rf"(\d{{1,15}}|{GROUPED})(,(\d{{1,2}}|-{{1,2}}))?", re.ASCII)
POINTED = re.compile(r"\d{1,15}\.\d{1,2}", re.ASCII)
TOO_FINE = re.compile(rf"(\d{{1,15}}|{GROUPED}),\d{{4,}}|\d+\.\d{{4,}}", re.ASCII)
EURO = re.compile(r"€|EUR\b|\s", re.IGNORECASE)

# Other dashes that a word processor makes of a hyphen, and the space that keeps words together.
DASHES = str.maketrans("‐‑‒–−", "-----")

ISO_DAY = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})([T ]00:00(:00(\.0+)?)?(Z|[+-]\d\d:?\d\d)?)?", re.ASCII
)
DUTCH_DAY = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})", re.ASCII)
SHORT_DAY = re.compile(r"\d{1,2}([-/.])\d{1,2}\1\d{2}", re.ASCII)
FIRST_YEAR, LAST_YEAR = 1900, 2100

POSTCODE = re.compile(r"[1-9]\d{3}[A-Z]{2}", re.ASCII)
NEVER_ISSUED = ("SA", "SD", "SS")

BAG_ID = re.compile(r"\d{4}(01|02|03)\d{10}", re.ASCII)

YES = {"ja", "j", "yes", "y", "1", "true", "waar", "x"}
NO = {"nee", "n", "no", "0", "false", "onwaar"}

CENT = Decimal("0.01")
LARGEST = 10**18  # beyond which no number is read
BINARY_NOISE = Decimal("0.000001")  # what a sum in a spreadsheet leaves behind the cents


def shown(cell: Cell) -> str:
    """The cell as a sentence quotes it."""
    if isinstance(cell, date):
        return date_format(cell, "SHORT_DATE_FORMAT")
    text = format(cell, "f") if small(cell) else str(cell)
    return text if len(text) <= 40 else f"{text[:39]}…"


def small(cell: Cell) -> bool:
    return isinstance(cell, Decimal) and cell.is_finite() and abs(cell.adjusted()) < 20


def filled(cell: Cell) -> Cell:
    """The cell. Raises CellError when it is empty."""
    if cell is None or cell == "":
        raise CellError(_("This may not be empty."))
    return cell


def as_text(cell: Cell) -> str:
    cell = filled(cell)
    if isinstance(cell, bool):
        return _("yes") if cell else _("no")
    if isinstance(cell, date):
        return cell.isoformat()
    return format(cell, "f") if small(cell) else str(cell)


def text(max_length: int) -> Reader:
    """str, not empty and at most ``max_length`` characters. A number is written out."""

    def read(cell: Cell) -> str:
        value = as_text(cell)
        if len(value) > max_length:
            raise CellError(
                _("This is longer than %(number)s characters.") % {"number": max_length}
            )
        return value

    return read


def number_of(cell: Cell) -> int | Decimal | None:
    """A number that the file holds as one, None for anything else."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int):
        return cell if abs(cell) < LARGEST else None
    return cell if isinstance(cell, Decimal) and small(cell) else None


def within(value, low, high):
    """``value``. Raises CellError outside ``low`` and ``high``, which both belong to it."""
    if not low <= value <= high:
        raise CellError(
            _("%(value)s is not between %(low)s and %(high)s.")
            % {"value": plain(value), "low": plain(low), "high": plain(high)}
        )
    return value


def plain(value: int | Decimal) -> str:
    # Four digits without a separator: they are often a year.
    return str(value) if isinstance(value, int) and abs(value) < 10_000 else number_format(value)


def whole_number(low: int, high: int) -> Reader:
    """int from ``low`` up to and including ``high``, with or without points at the thousands."""

    def read(cell: Cell) -> int:
        value = number_of(filled(cell))
        if value is None and isinstance(cell, str):
            raw = re.sub(r"\s", "", cell).translate(DASHES)
            value = int(raw.replace(".", "")) if WHOLE.fullmatch(raw) else None
        if value is None or value != int(value):
            raise CellError(_("“%(raw)s” is not a whole number.") % {"raw": shown(cell)})
        return within(int(value), low, high)

    return read


def amount(high: Decimal | int) -> Reader:
    """Decimal in euros with two places, from 0 up to and including ``high``.

    With or without a euro sign; ``565,-`` is 565.00. More than two decimals are refused, except
    the noise that sums in a spreadsheet leave behind the sixth.
    """

    def read(cell: Cell) -> Decimal:
        value = number_of(filled(cell))
        if value is None:
            value = amount_in(cell) if isinstance(cell, str) else None
        if value is None:
            raise CellError(
                _("“%(raw)s” is not an amount such as 1.234,56.") % {"raw": shown(cell)}
            )
        value = Decimal(value)
        cents = value.quantize(CENT)
        if abs(cents - value) > BINARY_NOISE:
            raise too_fine(cell)
        return within(cents, Decimal(0), high)

    return read


def amount_in(raw: str) -> Decimal | None:
    bare = EURO.sub("", raw).translate(DASHES)
    sign = -1 if bare.startswith("-") else 1
    bare = bare.removeprefix("-")
    if DUTCH.fullmatch(bare):
        euros, _comma, cents = bare.partition(",")
        return sign * Decimal(f"{euros.replace('.', '')}.{cents.strip('-') or 0}")
    if POINTED.fullmatch(bare):
        return sign * Decimal(bare)
    if TOO_FINE.fullmatch(bare):
        raise too_fine(raw)
    return None


def too_fine(cell: Cell) -> CellError:
    return CellError(_("“%(raw)s” has more than two decimals.") % {"raw": shown(cell)})


def day() -> Reader:
    """date: 2017-03-02, 2-3-2017, 02/03/2017 or 2.3.2017 (day first), from 1900 up to 2100."""

    def read(cell: Cell) -> date:
        if isinstance(filled(cell), date):
            return in_our_time(cell)
        raw = cell.strip().translate(DASHES) if isinstance(cell, str) else ""
        if found := ISO_DAY.fullmatch(raw):
            year, month, day_of_month = found[1], found[2], found[3]
        elif found := DUTCH_DAY.fullmatch(raw):
            day_of_month, month, year = found[1], found[3], found[4]
        elif SHORT_DAY.fullmatch(raw):
            raise CellError(_("Write the year of “%(raw)s” with four digits.") % {"raw": raw})
        else:
            raise CellError(_("“%(raw)s” is not a date such as 2-3-2017.") % {"raw": shown(cell)})
        try:
            value = date(int(year), int(month), int(day_of_month))
        except ValueError as error:
            raise CellError(_("The date “%(raw)s” does not exist.") % {"raw": raw}) from error
        return in_our_time(value)

    return read


def in_our_time(value: date) -> date:
    if not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise CellError(
            _("The year %(year)s is not between %(low)s and %(high)s.")
            % {"year": value.year, "low": FIRST_YEAR, "high": LAST_YEAR}
        )
    return value


def yes_no() -> Reader:
    """bool: ja, nee, yes, no, 1, 0, true, false, waar, onwaar and x."""

    def read(cell: Cell) -> bool:
        if isinstance(filled(cell), bool):
            return cell
        word = as_text(cell).strip().casefold()
        if word not in YES | NO:
            raise CellError(_("“%(raw)s” is not yes or no.") % {"raw": shown(cell)})
        return word in YES

    return read


def one_of(spellings: Mapping[str, Any], named: Callable[[], list[str]] | None = None) -> Reader:
    """The value that belongs to an accepted spelling, whatever its case.

    ``named`` gives the spellings that a refusal lists, where not all need be told.
    """
    values = {spelling.casefold(): value for spelling, value in spellings.items()}

    def read(cell: Cell) -> Any:
        key = " ".join(as_text(cell).casefold().split())
        if key not in values:
            known = named() if named else list(spellings)
            listed = ", ".join(known[:12]) + (", …" if len(known) > 12 else "")
            raise CellError(
                _("“%(raw)s” is not one of: %(values)s.") % {"raw": shown(cell), "values": listed}
            )
        return values[key]

    return read


def postcode() -> Reader:
    """str such as 9356XL."""

    def read(cell: Cell) -> str:
        value = re.sub(r"\s", "", as_text(cell)).upper()
        if not POSTCODE.fullmatch(value) or value.endswith(NEVER_ISSUED):
            raise CellError(
                _("“%(raw)s” is not a postcode such as 9356 XL.") % {"raw": shown(cell)}
            )
        return value

    return read


def house_number() -> Reader:
    """int from 1 up to 99999."""

    def read(cell: Cell) -> int:
        raw = as_text(cell).strip()
        if re.fullmatch(r"\d{1,5}\W*[a-zA-Z]\w*|\d{1,5}\s*[-/]\s*\w+", raw, re.ASCII):
            raise CellError(
                _("“%(raw)s” is more than a number: put the addition in its own column.")
                % {"raw": shown(cell)}
            )
        if not re.fullmatch(r"\d{1,5}", raw, re.ASCII) or int(raw) == 0:
            raise CellError(_("“%(raw)s” is not a house number.") % {"raw": shown(cell)})
        return int(raw)

    return read


def bag_id() -> Reader:
    """str of 16 digits: a dwelling, berth or pitch of the BAG.

    A spreadsheet drops the zeros in front of a number: they are put back.
    """

    def read(cell: Cell) -> str:
        raw = as_text(cell).strip()
        if re.fullmatch(r"\d[.,]\d+E\+\d+", raw):
            raise CellError(
                _("The spreadsheet rounded “%(raw)s”. Make the column a text column first.")
                % {"raw": raw}
            )
        value = raw.zfill(16) if raw.isdecimal() and len(raw) >= 12 else raw
        if not BAG_ID.fullmatch(value):
            raise CellError(
                _("“%(raw)s” is not an object number of the BAG, which has 16 digits.")
                % {"raw": shown(cell)}
            )
        return value

    return read


def optional(reader: Reader) -> Reader:
    """``reader``, and None for an empty cell."""

    def read(cell: Cell) -> Any:
        return None if cell is None or cell == "" else reader(cell)

    return read
