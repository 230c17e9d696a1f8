"""What the package speaks of: limits, cells, rows, and its two ways of saying no."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from westerkwartier.web.refusals import Refused

MIB = 1024 * 1024

# An empty cell is None, never "". CSV knows only text.
Cell = str | int | Decimal | date | bool | None

# From a cell to a value; raises CellError.
Reader = Callable[[Cell], Any]


class Unreadable(Refused):
    """A file is refused as a whole: ``str(error)`` is a sentence for the person who sent it."""


class CellError(ValueError):
    """A cell does not hold what its column asks: ``str(error)`` is a sentence about that cell."""


@dataclass(frozen=True)
class Limits:
    """How much of an upload is read before it is refused."""

    bytes: int = 20 * MIB  # of the file as sent
    rows: int = 200_000  # below the header, empty ones not counted
    columns: int = 100
    cell: int = 1_000  # characters
    unpacked: int = 300 * MIB  # of all parts of a packed file together
    ratio: int = 100  # bytes unpacked for each byte packed


DEFAULT_LIMITS = Limits()


@dataclass(slots=True)
class Row:
    """One row below the header.

    ``number`` is the line or row in the file as a person sees it; the header is 1. A row of CSV
    with line breaks in a cell has the line on which it starts. ``cells`` has one for each header.
    ``surplus``: there was content to the right of the last header, which is not in ``cells``.
    """

    number: int
    cells: list[Cell]
    surplus: bool = False
