"""The cells and tables of a report, and the signs behind figures that are not official."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from quota.choices import Standing
from westerkwartier.web.models import Certainty
from westerkwartier.web.templatetags.ui import number

# The sign behind a figure that is not official, explained under "Sources and certainty".
DERIVED, ILLUSTRATIVE, UNVERIFIED = "a", "b", "c"
SIGNS = {
    Certainty.OFFICIAL: "",
    Certainty.DERIVED: DERIVED,
    Certainty.ILLUSTRATIVE: ILLUSTRATIVE,
}
TONES = {
    Standing.MET: "good",
    Standing.JUST_BEGUN: "neutral",
    Standing.ON_SCHEDULE: "good",
    Standing.SLIGHTLY_BEHIND: "warn",
    Standing.FAR_BEHIND: "bad",
    Standing.NO_QUOTA: "neutral",
}


@dataclass(frozen=True)
class Cell:
    """A cell, with the sign of its certainty; ``tone`` makes it a state with a shape."""

    text: str
    sign: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Table:
    """A table of figures: the first cell of a row names it, ``total`` is the last row.

    ``stack``: on a phone each row becomes a small list instead of a table to scroll sideways.
    """

    caption: str
    columns: list[Cell]
    rows: list[list[Cell]]
    total: list[Cell] = field(default_factory=list)
    stack: bool = True

    @property
    def labelled_rows(self) -> list[list[tuple[Cell, Cell]]]:
        """Each row as pairs of a cell and the head of its column."""
        return [list(zip(row, self.columns, strict=True)) for row in self.rows]

    @property
    def labelled_total(self) -> list[tuple[Cell, Cell]]:
        return list(zip(self.total, self.columns, strict=True)) if self.total else []


def sign_of(certainty: str) -> str:
    """The sign for a certainty, empty for an official figure."""
    return SIGNS.get(Certainty(certainty), UNVERIFIED)


def counted(rows: list[tuple]) -> dict:
    """Rows of a name and counts, with their sums as total."""
    sums = [sum(column) for column in list(zip(*rows, strict=True))[1:]] if rows else []
    return {
        "rows": [
            [Cell(name), *(Cell(number(count)) for count in counts)] for name, *counts in rows
        ],
        "total": [Cell(_("Region")), *(Cell(number(count)) for count in sums)] if rows else [],
    }
