"""XLSX: the first visible sheet of a workbook (ECMA-376), read as a stream.

Written here because a library that reads whole sheets makes a grid of what the file claims, and
one cell in the last row and column claims 17 milliards of cells.
"""

import re
from collections.abc import Iterator
from posixpath import join, normpath

from django.utils.translation import gettext as _

from westerkwartier.web.sheets.content import (
    ARCHIVE,
    DOCUMENT,
    damaged,
    expands_too_far,
    not_a_table,
)
from westerkwartier.web.sheets.kinds import Cell, Limits, Unreadable
from westerkwartier.web.sheets.packed import Package
from westerkwartier.web.sheets.values import (
    iso_cell,
    number_cell,
    serial_cell,
    text_cell,
    too_long,
)

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

# Number formats that show a date (ECMA-376, 18.8.30), and what a custom one has beside its texts.
DATE_FORMATS = {14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)}
LITERAL = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.')
DATE_LETTER = re.compile(r"[dyj]", re.IGNORECASE)


class Xlsx:
    """The rows of the first visible sheet."""

    format, encoding, delimiter, header_at = "xlsx", "", "", 1

    def __init__(self, package: Package, name: str, limits: Limits):
        """Raises Unreadable for a package that is no workbook, or one with macros."""
        self.package, self.limits = package, limits
        workbook = self._workbook(name)
        if any("vbaproject" in part.lower() or "macrosheets" in part for part in package.names):
            raise Unreadable(
                _("The file holds macros. Save it as an ordinary .xlsx and send it again.")
            )
        parts = {"worksheet": {}, "sharedStrings": {}, "styles": {}}
        for kind, key, target in relations(package, workbook):
            parts.setdefault(kind, {})[key] = target
        self.part = self._first_sheet(workbook, parts["worksheet"])
        self.strings: list[str] = []
        for target in parts["sharedStrings"].values():
            self.strings = self._shared_strings(target)
        self.date_styles: set[str] = set()
        for target in parts["styles"].values():
            self.date_styles = date_styles(package, target)

    def records(self) -> Iterator[tuple[int, list[Cell]]]:
        """Row number and cells of each row, the header first. Raises Unreadable."""
        reader = RowReader(self)
        for _chunk in self.package.parse(
            self.part, start=reader.start, end=reader.end, characters=reader.characters
        ):
            yield from reader.rows
            reader.rows.clear()

    def _workbook(self, name: str) -> str:
        for kind, _key, target in relations(self.package, ""):
            if kind == "officeDocument":
                if target.endswith(".bin"):
                    raise Unreadable(
                        _("This is a binary workbook (.xlsb). Save it as .xlsx and send it again.")
                    )
                if target.startswith("xl/"):
                    return target
                if target.startswith("word/"):
                    raise not_a_table(name, DOCUMENT)
        raise not_a_table(name, ARCHIVE)

    def _first_sheet(self, workbook: str, parts: dict[str, str]) -> str:
        self.from_1904, found = False, None
        for local, attributes in self.package.elements(workbook):
            if local == "workbookPr":
                self.from_1904 = attributes.get("date1904") in ("1", "true")
            elif local == "sheet" and attributes.get("state", "visible") == "visible":
                found = found or parts.get(attributes.get("id", ""))  # a chart has no rows
        if found is None:
            raise damaged()
        return found

    def _shared_strings(self, part: str) -> list[str]:
        """The texts to which cells refer by number, each cut just over the limit of a cell."""
        strings: list[str] = []
        reader = TextReader(self.limits)
        most = self.limits.rows * 20

        def end(local):
            reader.end(local)
            if local == "si":
                if len(strings) >= most:
                    raise expands_too_far()
                strings.append(reader.take())

        for _chunk in self.package.parse(
            part, start=reader.start, end=end, characters=reader.characters
        ):
            pass
        return strings


class TextReader:
    """Collects the text of ``t`` elements, that of phonetic runs left out."""

    def __init__(self, limits: Limits):
        self.room = self.most = limits.cell + 1  # one more shows that it was too long
        self.pieces: list[str] = []
        self.open = self.phonetic = False

    def start(self, local: str, _attributes) -> None:
        if local == "t":
            self.open = not self.phonetic
        elif local == "rPh":
            self.phonetic = True

    def end(self, local: str) -> None:
        if local == "t":
            self.open = False
        elif local == "rPh":
            self.phonetic = False

    def characters(self, text: str) -> None:
        if self.open and self.room > 0:
            self.pieces.append(text[: self.room])
            self.room -= len(text)

    def take(self) -> str:
        # Excel writes the return before a line break as a code.
        text = "".join(self.pieces).replace("_x000D_", "")
        self.pieces.clear()
        self.room = self.most
        return text


class RowReader:
    """Makes rows of the elements of a worksheet; done ones wait in ``rows``."""

    def __init__(self, sheet: Xlsx):
        self.sheet, self.limits = sheet, sheet.limits
        self.text = TextReader(sheet.limits)
        self.columns: dict[str, int] = {}
        self.rows: list[tuple[int, list[Cell]]] = []
        self.number = self.column = self.seen = 0
        self.cells: list[Cell] = []
        self.kind = self.style = ""

    def start(self, local: str, attributes: dict[str, str]) -> None:
        if local == "c":
            self.seen += 1
            if self.seen > LAST_COLUMN:
                raise damaged()
            place = attributes.get("r")
            self.column = self.column_of(place) if place else self.column + 1
            self.kind, self.style = attributes.get("t", "n"), attributes.get("s", "")
        elif local == "v":
            self.text.open = True
        elif local == "row":
            number = attributes.get("r", "")
            last, self.number = self.number, int(number) if number.isdecimal() else self.number + 1
            if not last < self.number <= LAST_ROW:
                raise damaged()
            self.cells, self.column, self.seen = [], 0, 0
        else:
            self.text.start(local, attributes)

    def end(self, local: str) -> None:
        if local == "v":
            self.text.open = False
        elif local == "c":
            if self.text.pieces:
                self.place(self.value(self.text.take()))
        elif local == "row":
            if self.cells:
                self.rows.append((self.number, self.cells))
                self.cells = []
        else:
            self.text.end(local)

    def characters(self, text: str) -> None:
        self.text.characters(text)

    def place(self, value: Cell) -> None:
        """Put a value in its column; all that is too far to the right in the last one kept."""
        if value is None:
            return
        at = min(self.column - 1, self.limits.columns)
        if len(self.cells) <= at:
            self.cells.extend([None] * (at + 1 - len(self.cells)))
        self.cells[at] = value

    def value(self, raw: str) -> Cell:
        if self.kind == "s":
            if not raw.isdecimal() or len(raw) > 9 or int(raw) >= len(self.sheet.strings):
                raise damaged()
            raw = self.sheet.strings[int(raw)]
        elif self.kind == "n":
            raw = raw.strip()
            number = number_cell(raw) if raw else None
            if number is not None and self.style in self.sheet.date_styles:
                return serial_cell(number, from_1904=self.sheet.from_1904)
            return number
        elif self.kind == "b":
            return raw.strip() in ("1", "true")
        elif self.kind == "d":
            return iso_cell(raw.strip())
        if len(raw) > self.limits.cell:
            raise too_long(self.number, self.limits)
        return text_cell(raw)

    def column_of(self, place: str) -> int:
        """The number of the column of a place such as AB12, A is 1."""
        letters = place.rstrip("0123456789")
        column = self.columns.get(letters)
        if column is None:
            if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
                raise damaged()
            column = 0
            for letter in letters.upper():
                column = column * 26 + ord(letter) - 64
            if column > LAST_COLUMN:
                raise damaged()
            self.columns[letters] = column
        return column


def relations(package: Package, part: str) -> Iterator[tuple[str, str, str]]:
    """Kind, id and target of what a part refers to; never anything outside the package."""
    folder, _slash, name = part.rpartition("/")
    listing = join(folder, "_rels", f"{name}.rels")
    if listing not in package.names:
        return
    for local, attributes in package.elements(listing):
        if local != "Relationship" or attributes.get("TargetMode") == "External":
            continue
        target = attributes.get("Target", "")
        target = target[1:] if target.startswith("/") else normpath(join(folder, target))
        yield attributes.get("Type", "").rpartition("/")[2], attributes.get("Id", ""), target


def date_styles(package: Package, part: str) -> set[str]:
    """The numbers of the cell styles that show a date."""
    custom, styles, in_cells = set(), [], False
    for local, attributes in package.elements(part):
        if local == "numFmt":
            if DATE_LETTER.search(LITERAL.sub("", attributes.get("formatCode", ""))):
                custom.add(attributes.get("numFmtId", ""))
        elif local in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            in_cells = local == "cellXfs"
        elif local == "xf" and in_cells:
            styles.append(attributes.get("numFmtId", ""))
    dates = custom | {str(number) for number in DATE_FORMATS}
    return {str(at) for at, format in enumerate(styles) if format in dates}
