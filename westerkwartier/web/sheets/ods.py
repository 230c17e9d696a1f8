"""ODS: the first sheet of an OpenDocument spreadsheet (ODF 1.3), read as a stream."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from westerkwartier.web.sheets.content import damaged, encrypted
from westerkwartier.web.sheets.kinds import Cell, Limits, Unreadable
from westerkwartier.web.sheets.packed import Package
from westerkwartier.web.sheets.values import iso_cell, number_cell, text_cell, too_long

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384

TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0 "
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0 "


class Ods:
    """The rows of the first sheet."""

    format, encoding, delimiter, header_at = "ods", "", "", 1

    def __init__(self, package: Package, name: str, limits: Limits):
        """Raises Unreadable for one that is locked or has macros."""
        self.package, self.limits = package, limits
        if "META-INF/manifest.xml" in package.names:
            for local, _attributes in package.elements("META-INF/manifest.xml"):
                if local == "encryption-data":
                    raise encrypted()
        # LibreOffice puts two empty listings in Basic/ of any file; a module is a part beside them.
        macros = [part for part in package.names if part.startswith(("Basic/", "Scripts/"))]
        if any(not part.endswith(("/", "script-lc.xml", "script-lb.xml")) for part in macros):
            raise Unreadable(_("The file holds macros. Save it without them and send it again."))

    def records(self) -> Iterator[tuple[int, list[Cell]]]:
        """Row number and cells of each row, the header first. Raises Unreadable."""
        reader = TableReader(self.limits)
        for _chunk in self.package.parse(
            "content.xml", start=reader.start, end=reader.end, characters=reader.characters
        ):
            for number, repeated, cells in reader.rows:
                for at in range(repeated):
                    yield number + at, list(cells)
            reader.rows.clear()


class TableReader:
    """Makes rows of the elements of the first table; done ones wait in ``rows``."""

    def __init__(self, limits: Limits):
        self.limits = limits
        self.rows: list[tuple[int, int, list[Cell]]] = []  # number, how often, cells
        self.tables = self.depth = self.number = self.column = 0
        self.notes = self.paragraphs = 0
        self.repeated_row = self.repeated_cell = 1
        self.cells: list[Cell] = []
        self.in_cell = False
        self.attributes: dict[str, str] = {}
        self.pieces: list[str] = []
        self.room = 0

    def start(self, local: str, attributes: dict[str, str]) -> None:
        if local == "table":
            self.depth += 1
            self.tables += 1
        if self.tables != 1 or self.depth != 1:
            return
        if local in ("table-cell", "covered-table-cell"):
            self.repeated_cell = times(attributes, "number-columns-repeated")
            self.attributes, self.in_cell = attributes, True
            self.pieces, self.room, self.paragraphs = [], self.limits.cell + 1, 0
        elif local == "table-row":
            self.repeated_row = times(attributes, "number-rows-repeated")
            self.cells, self.column = [], 0
        elif local in ("annotation", "shapes"):
            self.notes += 1
        elif self.in_cell and not self.notes:
            self.start_text(local, attributes)

    def start_text(self, local: str, attributes: dict[str, str]) -> None:
        if local == "p":
            self.paragraphs += 1
            if len(self.pieces) or self.paragraphs > 1:
                self.add("\n")
        elif local == "s":
            spaces = attributes.get(TEXT + "c", "1")
            self.add(" " * min(whole(spaces), self.room))
        elif local == "tab":
            self.add("\t")
        elif local == "line-break":
            self.add("\n")

    def characters(self, text: str) -> None:
        if self.in_cell and self.paragraphs and not self.notes and self.depth == 1:
            self.add(text)

    def add(self, text: str) -> None:
        if self.room > 0:
            self.pieces.append(text[: self.room])
            self.room -= len(text)

    def end(self, local: str) -> None:
        if self.tables == 1 and self.depth == 1:
            if local in ("table-cell", "covered-table-cell"):
                self.in_cell = False
                self.place(self.value())
            elif local == "table-row":
                self.finish_row()
            elif local in ("annotation", "shapes"):
                self.notes -= 1
        if local == "table":
            self.depth -= 1

    def place(self, value: Cell) -> None:
        """Put a value in its columns; all that is too far to the right in the last one kept."""
        first, self.column = self.column, self.column + self.repeated_cell
        if self.column > LAST_COLUMN:
            # A row that ends in more empty cells than there are columns is harmless.
            if value is not None:
                raise damaged()
            self.column = LAST_COLUMN
        if value is None:
            return
        last = self.limits.columns
        for at in range(min(first, last), min(self.column - 1, last) + 1):
            if len(self.cells) <= at:
                self.cells.extend([None] * (at + 1 - len(self.cells)))
            self.cells[at] = value

    def finish_row(self) -> None:
        first = self.number + 1
        self.number += self.repeated_row
        if self.cells:
            if self.number > LAST_ROW:
                raise damaged()
            self.rows.append((first, self.repeated_row, self.cells))
            self.cells = []

    def value(self) -> Cell:
        kind = self.attributes.get(OFFICE + "value-type", "")
        if kind in ("float", "currency", "percentage"):
            return number_cell(self.attributes.get(OFFICE + "value", ""))
        if kind == "date":
            return iso_cell(self.attributes.get(OFFICE + "date-value", ""))
        if kind == "boolean":
            return self.attributes.get(OFFICE + "boolean-value") == "true"
        text = self.attributes.get(OFFICE + "string-value") or "".join(self.pieces)
        if len(text) > self.limits.cell:
            raise too_long(self.number + 1, self.limits)
        return text_cell(text)


def times(attributes: dict[str, str], name: str) -> int:
    return max(whole(attributes.get(TABLE + name, "1")), 1)


def whole(raw: str) -> int:
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 9):
        raise damaged()
    return int(raw)
