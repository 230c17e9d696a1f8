"""The parts of a packed spreadsheet (XLSX, ODS), counted while they are unpacked."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from xml.parsers import expat

from westerkwartier.web.sheets.content import damaged, encrypted, expands_too_far
from westerkwartier.web.sheets.kinds import MIB, Limits

PARTS = 10_000
DEPTH = 100  # of elements in elements; a spreadsheet has less than ten
CHUNK = 64 * 1024
TOKEN = 4 * MIB  # of XML between two events
SMALL = 10 * MIB  # below this a part may be packed as tightly as it likes

# What zipfile raises on bytes that are no sound archive; it reads from memory, no disk is involved.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,  # a way of packing that no spreadsheet uses
    OverflowError,
    struct.error,
    ValueError,  # negative places, names that are no UTF-8
)


class Package:
    """A zip archive held in memory, its sizes checked against ``limits``."""

    def __init__(self, data: bytes, limits: Limits):
        """Raises Unreadable when it is damaged, locked or too large when unpacked."""
        self.limits = limits
        with refused_when_damaged():
            self.archive = zipfile.ZipFile(io.BytesIO(data))
        parts = self.archive.infolist()
        if len(parts) > PARTS or sum(part.file_size for part in parts) > limits.unpacked:
            raise expands_too_far()
        for part in parts:
            if part.flag_bits & 0x1:
                raise encrypted()
            if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise damaged()
            tightest = max(part.compress_size, 1) * limits.ratio
            if part.file_size > SMALL and part.file_size > tightest:
                raise expands_too_far()
        self.names = {part.filename for part in parts}

    def chunks(self, name: str) -> Iterator[bytes]:
        """The content of a part. Raises Unreadable when it is missing, damaged or too large."""
        if name not in self.names:
            raise damaged()
        unpacked = 0
        with refused_when_damaged(), self.archive.open(name) as part:
            while chunk := part.read(CHUNK):
                unpacked += len(chunk)
                if unpacked > self.limits.unpacked:  # whatever the directory claims
                    raise expands_too_far()
                yield chunk

    def elements(self, name: str) -> Iterator[tuple[str, dict[str, str]]]:
        """Local name and attributes of each element of a small part, in order."""
        found = []

        def start(local, attributes):
            found.append(
                (local, {key.rpartition(" ")[2]: text for key, text in attributes.items()})
            )

        for _chunk in self.parse(name, start=start):
            yield from found
            found.clear()

    def parse(
        self,
        name: str,
        *,
        start: Callable[[str, dict[str, str]], Any],
        end: Callable[[str], Any] | None = None,
        characters: Callable[[str], Any] | None = None,
    ) -> Iterator[None]:
        """Read a part as XML, one yield for each chunk.

        ``start`` gets local names, and attributes as "namespace name"; ``end`` local names.
        Raises Unreadable on a document type, which could declare entities, and on bad XML.
        """
        # Whatever encoding the part declares: else it names any codec of Python. Spreadsheet
        # programs write UTF-8.
        parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        parser.buffer_text = True
        locals_of: dict[str, str] = {}
        depth = count = 0
        most = self.limits.rows * self.limits.columns  # empty elements would take minutes

        def open_element(full, attributes):
            nonlocal depth, count
            depth += 1
            if depth > DEPTH:
                raise damaged()
            count += 1
            if count > most:
                raise expands_too_far()
            local = locals_of.get(full)
            if local is None:
                local = full.rpartition(" ")[2]
                if len(locals_of) < 1000:
                    locals_of[full] = local
            start(local, attributes)

        def close_element(full):
            nonlocal depth
            depth -= 1
            if end:
                end(locals_of.get(full) or full.rpartition(" ")[2])

        def refuse(*_declaration):
            raise damaged()

        parser.StartDoctypeDeclHandler = refuse
        parser.StartElementHandler = open_element
        parser.EndElementHandler = close_element
        if characters:
            parser.CharacterDataHandler = characters
        fed = 0
        try:
            for chunk in self.chunks(name):
                parser.Parse(chunk, False)
                fed += len(chunk)
                if fed - max(parser.CurrentByteIndex, 0) > TOKEN:
                    raise damaged()
                yield
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            raise damaged() from error
        yield


@contextmanager
def refused_when_damaged():
    try:
        yield
    except DAMAGE as error:
        raise damaged() from error
