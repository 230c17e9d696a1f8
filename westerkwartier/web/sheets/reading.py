"""Opens an uploaded file as a sheet."""

from collections.abc import Iterator
from pathlib import Path

from westerkwartier.web.sheets.kinds import DEFAULT_LIMITS, Limits, Row


class Sheet:
    """The rows of an uploaded file, in the order of the file.

    ``format`` is "csv", "xlsx", "ods" or "vera"; ``encoding`` is "utf-8" or "windows-1252" for
    CSV and else empty, like ``delimiter``; ``headers`` are stripped, else as written; ``count`` is
    the number of rows that are not empty, None when the file was opened with ``checked=True``.
    """

    format: str
    encoding: str
    delimiter: str
    headers: list[str]
    count: int | None

    def rows(self) -> Iterator[Row]:
        """The rows, from the beginning at each call; wholly empty ones are left out."""
        raise NotImplementedError


def open_sheet(
    path: Path, name: str, limits: Limits = DEFAULT_LIMITS, *, checked: bool = False
) -> Sheet:
    """The sheet in the file at ``path``, which its sender calls ``name``.

    Reads the whole file once, so that whatever is refused is refused here, with ``Unreadable``.
    ``checked=True`` skips that for a file that was opened before and has not changed since: then
    only the first rows are read, and ``rows()`` raises ``Unreadable`` when it changed after all.
    """
    raise NotImplementedError
