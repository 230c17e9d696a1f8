"""Opens an uploaded file as a sheet."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from django.utils.translation import gettext as _

from westerkwartier.web.sheets.content import (
    ARCHIVE,
    DOCUMENT,
    HEAD,
    kind_of,
    not_a_table,
    refuse_old,
    too_large,
)
from westerkwartier.web.sheets.delimited import Delimited
from westerkwartier.web.sheets.kinds import DEFAULT_LIMITS, Limits, Row, Unreadable
from westerkwartier.web.sheets.ods import Ods
from westerkwartier.web.sheets.packed import Package
from westerkwartier.web.sheets.values import headers_of, row_of, too_many_rows
from westerkwartier.web.sheets.vera import Vera
from westerkwartier.web.sheets.xlsx import Xlsx

Source = Delimited | Xlsx | Ods | Vera

ODS_TYPES = (
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.spreadsheet-template",
)


class Sheet:
    """The rows of an uploaded file, in the order of the file.

    ``format`` is "csv", "xlsx", "ods" or "vera"; ``encoding`` is "utf-8" or "windows-1252" for
    CSV and else empty, like ``delimiter``; ``headers`` are stripped, else as written; ``count`` is
    the number of rows that are not empty, None when the file was opened with ``checked=True``.
    """

    def __init__(self, source: Source, limits: Limits):
        self._source, self._limits = source, limits
        self.format, self.encoding = source.format, source.encoding
        self.delimiter = source.delimiter
        self.count: int | None = None
        with closing(source.records()) as records:
            number, cells = next(records, (None, []))
        if number is None:
            raise empty()
        # A spreadsheet leaves out rows that are empty.
        self.headers: list[str] = headers_of(cells if number == source.header_at else [], limits)

    def rows(self) -> Iterator[Row]:
        """The rows, from the beginning at each call; wholly empty ones are left out.

        Raises Unreadable, but not for a file that was checked and has not changed since.
        """
        width, count = len(self.headers), 0
        with closing(self._source.records()) as records:
            next(records, None)
            for number, cells in records:
                row = row_of(number, cells, width)
                if row is None:
                    continue
                count += 1
                if count > self._limits.rows:
                    raise too_many_rows(self._limits)
                yield row


def open_sheet(
    path: Path, name: str, limits: Limits = DEFAULT_LIMITS, *, checked: bool = False
) -> Sheet:
    """The sheet in the file at ``path``, which its sender calls ``name``.

    Reads the whole file once, so that whatever is refused is refused here, with ``Unreadable``.
    ``checked=True`` skips that for a file that was opened before and has not changed since: then
    only its beginning is read, and ``rows()`` raises ``Unreadable`` when it did change.
    """
    sheet = Sheet(source_of(path, name, limits), limits)
    if not checked:
        sheet.count = sum(1 for _row in sheet.rows())
    return sheet


def source_of(path: Path, name: str, limits: Limits) -> Source:
    """The reader for what the file is. Raises Unreadable."""
    size = path.stat().st_size
    if size > limits.bytes:
        raise too_large(limits)
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head.removeprefix(b"\xef\xbb\xbf").strip() and size <= HEAD:
        raise empty()
    match kind_of(head, name):
        case "old":
            raise refuse_old(path.read_bytes())
        case "json":
            return Vera(path, limits)
        case "packed":
            return packed_source(path, name, limits)
        case _:
            return Delimited(path, limits)


def packed_source(path: Path, name: str, limits: Limits) -> Source:
    package = Package(path.read_bytes(), limits)
    if "[Content_Types].xml" in package.names:
        return Xlsx(package, name, limits)
    if "mimetype" in package.names:
        with closing(package.chunks("mimetype")) as chunks:
            kind = next(chunks, b"").decode("ascii", "replace").strip()
        if kind in ODS_TYPES:
            return Ods(package, name, limits)
        if kind.startswith("application/vnd.oasis.opendocument.text"):
            raise not_a_table(name, DOCUMENT)
    raise not_a_table(name, ARCHIVE)


def empty() -> Unreadable:
    return Unreadable(_("The file is empty."))
