"""The table that the bench prints, and the page of the documentation that keeps it."""

import os
import platform
from dataclasses import dataclass
from importlib.metadata import version

from scripts.bench.rounds import Ratio

HEAD = """# Benchmarks

Made by `make bench`, which fills databases of its own and measures everything in one run: each page
once a round, in another order each round and right beside what it is held against, so that whatever
else the machine does hits all alike. A figure is a ratio of medians; between brackets stands where
95 of 100 resamples of the rounds put it. Ratios carry over to another machine, milliseconds do not.
"""
NOTES = """
The list is the one of vacated dwellings as a coordinator sees it, 50 rows a page, asked through the
web application with everything a request passes (session, membership, second factor), as in
production, on an open connection. "Middle" and "last" are pages by their place in the list. A
filter finds the same part of the list in both sizes, except the street that is found seldom, which
has 100 vacancies in each. The raw query brings the rows of the first page by hand-written SQL;
"hello" is a view that answers one word through the same middleware. Django's admin shows the same
rows and columns with a search field and three filters. COPY writes the rows of the import into the
same table, with its constraints and its history.

A list costs the same wherever one is in it and however long it is: keyset paging, an index per sort
order and one for what is vacant now, a count that stops at a thousand, and a search box with an
index for each thing it looks in. A search takes one query more than the plain page, for the names
of the villages. The figures of the start page and the overview are counted anew from the facts each
time (decision 5), so they grow with the number of households.
"""


@dataclass(frozen=True)
class Line:
    """One figure and what it is held to; ``goal`` None is told without a goal."""

    what: str
    value: Ratio | int
    goal: float | None = None

    @property
    def met(self) -> bool | None:
        if self.goal is None:
            return None
        middle = self.value if isinstance(self.value, int) else self.value.middle
        return middle <= self.goal

    def cells(self) -> list[str]:
        if isinstance(self.value, int):
            shown = str(self.value)
        else:
            digits = 2 if self.value.middle < 10 else 1
            shown = (
                f"{self.value.middle:.{digits}f} "
                f"({self.value.low:.{digits}f}–{self.value.high:.{digits}f})"
            )
        goal = "" if self.goal is None else f"≤ {self.goal:g}"
        verdict = {True: "yes", False: "**no**", None: ""}[self.met]
        return [self.what, shown, goal, verdict]


def table(lines: list[Line]) -> str:
    head = [["figure", "ratio or number", "goal", "met"], ["---", "---:", "---:", "---"]]
    return "\n".join(f"| {' | '.join(row)} |" for row in [*head, *(ln.cells() for ln in lines)])


def circumstances(rounds: int, server: str, day) -> str:
    parts = [
        f"{day:%-d %B %Y}",
        f"{os.cpu_count()} cores",
        f"Python {platform.python_version()}",
        f"Django {version('django')}",
        f"PostgreSQL {server}",
        f"{rounds} rounds",
    ]
    return "Last run: " + ", ".join(parts) + "."


def page(lines: list[Line], last_run: str) -> str:
    return f"{HEAD}\n{last_run}\n\n{table(lines)}\n{NOTES}"
