"""CSV: comma, semicolon or tab; UTF-8 with or without byte order mark, else Windows-1252."""

import codecs
import csv
import re
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext as _

from westerkwartier.web.sheets.kinds import MIB, Cell, Limits, Unreadable
from westerkwartier.web.sheets.values import text_cell, too_long

# The semicolon first: it is what a spreadsheet writes where the comma is in the numbers.
DELIMITERS = (";", "\t", ",")

CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")

# UTF-8 for the letters with an accent. In Windows-1252 that is a Ã before a sign: no Dutch word.
ACCENT_IN_UTF_8 = re.compile(rb"\xc3[\x80-\xbf]")

# Some programs write the delimiter above the headers.
NAMED_DELIMITER = re.compile(r"sep=([;,\t])\s*", re.IGNORECASE)


class Delimited:
    """The records of a CSV file. ``header_at`` is the line of the headers."""

    format = "csv"

    def __init__(self, path: Path, limits: Limits):
        self.path, self.limits = path, limits
        self.encoding = encoding_of(path)
        with self._open() as file:
            named = NAMED_DELIMITER.fullmatch(file.readline())
        self.header_at = 2 if named else 1
        self.delimiter = named[1] if named else self._sniff()

    def records(self) -> Iterator[tuple[int, list[Cell]]]:
        """Line number and cells of each record, the header first. Raises Unreadable."""
        for number, texts in self._split(self.delimiter):
            if max(map(len, texts), default=0) > self.limits.cell:
                raise too_long(number, self.limits)
            yield number, [text_cell(text) for text in texts]

    def _open(self):
        name = "utf-8-sig" if self.encoding == "utf-8" else "cp1252"
        return self.path.open(encoding=name, newline="")  # the csv module sees the line ends

    def _sniff(self) -> str:
        """The delimiter that splits the first line in most columns; quotes hide it."""

        def width(delimiter: str) -> int:
            try:
                _number, texts = next(self._split(delimiter), (1, []))
            except Unreadable:  # quotes that another delimiter may explain
                return 0
            return len(texts)

        return max(DELIMITERS, key=width)

    def _split(self, delimiter: str) -> Iterator[tuple[int, list[str]]]:
        with self._open() as file:
            for _line in range(self.header_at - 1):
                file.readline()
            # Strict: else a quote that is never closed takes in the rest of the file.
            reader = csv.reader(file, delimiter=delimiter, strict=True)
            starts_at = self.header_at
            try:
                for texts in reader:
                    yield starts_at, texts
                    starts_at = reader.line_num + self.header_at
            except csv.Error as error:
                if "field limit" in str(error):
                    raise too_long(starts_at, self.limits) from error
                raise bad_quotes(starts_at) from error
            except UnicodeDecodeError as error:  # the file changed after it was examined
                raise undecodable() from error


def encoding_of(path: Path) -> str:
    """ "utf-8" or "windows-1252". Raises Unreadable for bytes that are neither."""
    decoders = {"utf-8": codecs.getincrementaldecoder("utf-8")()}
    decoders["windows-1252"] = codecs.getincrementaldecoder("cp1252")()
    accents, tail, first = False, b"", b""
    with path.open("rb") as file:
        while chunk := file.read(MIB):
            first = first or chunk[:3]
            if CONTROL.search(chunk):
                raise undecodable()
            accents = accents or bool(ACCENT_IN_UTF_8.search(tail + chunk))
            tail = chunk[-1:]
            for name in list(decoders):
                if not decodes(decoders[name], chunk):
                    del decoders[name]
    if "utf-8" in decoders and not decodes(decoders["utf-8"], b"", final=True):
        del decoders["utf-8"]
    if not decoders:
        raise undecodable()
    encoding = next(iter(decoders))
    if encoding != "utf-8" and (accents or first == codecs.BOM_UTF8):
        raise Unreadable(
            _(
                "The file mixes two ways of writing letters with accents. Save it as “CSV UTF-8” "
                "and send it again."
            )
        )
    return encoding


def decodes(decoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def undecodable() -> Unreadable:
    return Unreadable(
        _("The file holds characters that are no text. Save it as “CSV UTF-8” and send it again.")
    )


def bad_quotes(number: int) -> Unreadable:
    return Unreadable(
        _("The quotation marks in row %(row)s do not match. Put a pair around the whole cell.")
        % {"row": number}
    )
