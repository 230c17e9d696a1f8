"""What can be imported: columns, and how a row of a file is compared with the register.

A kind speaks of one model. The engine reads the cells, the kind says for a chunk of rows what each
would do: add a row, change the one that is there, or nothing. Values are what JSON holds, under the
names of the database columns, so that PostgreSQL itself writes them (``applying``).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from django.db.models import Model, QuerySet
from django.utils import translation
from django.utils.functional import Promise

from partners.models import ImportBatch, ImportRow, Organisation, User
from westerkwartier.web.sheets.kinds import Cell, Reader

LANGUAGES = ("nl", "en")


@dataclass(frozen=True)
class Column:
    """A column of a file. ``reader`` is asked for cells that are not empty.

    ``names`` are headers by which it is recognised beside its label in each language. ``show``
    gives the cell of a row of the register, as an export writes it. ``hint`` says in the template
    what to fill in.
    """

    name: str
    label: str | Promise
    reader: Reader
    show: Callable[[Any], Cell]
    names: tuple[str, ...] = ()
    hint: str | Promise = ""

    def known_as(self) -> set[str]:
        """Every header that means this column, folded."""
        labels = []
        for language in LANGUAGES:
            with translation.override(language):
                labels.append(str(self.label))
        return {fold(text) for text in (self.name, *labels, *self.names)}


@dataclass
class CheckedRow:
    """A row on its way to the staging table.

    ``given`` holds the values of the columns that the file has, None for an empty cell; one that
    could not be read is missing there and in ``problems``. The kind fills the rest: ``target`` is
    the row of the register that it changes, ``record`` the values to write, ``before`` those that
    stand there now. Without a target it adds. ``keys`` are what may stand in a file once only, in
    the order of ``ImportKind.twice``. ``told`` is what the sender says, kept whether or not the
    register can follow; empty where a kind keeps no such thing.
    """

    number: int
    given: dict[str, Any]
    raw: list[Cell]
    problems: list[tuple[str, str]] = field(default_factory=list)
    warnings: list[tuple[str, str]] = field(default_factory=list)
    label: str = ""
    keys: tuple[str, str] = ("", "")
    target: int | None = None
    record: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)

    def block(self, column: str, sentence: str) -> None:
        """The row cannot be imported; ``column`` is a column's name, or empty for the row."""
        self.problems.append((column, sentence))

    def warn(self, column: str, sentence: str) -> None:
        """Somebody has to look at this before approving."""
        self.warnings.append((column, sentence))


class Writer(Protocol):
    """How rows come into the register where their services write them, one by one.

    For facts with rules of their own, that bulk SQL would pass by. ``chunk`` rows go in one
    transaction.
    """

    chunk: int

    def lock(self, rows: list[ImportRow]) -> None:
        """Hold what these rows will change, in the order in which every service locks."""

    def write(self, batch: ImportBatch, row: ImportRow, now: datetime) -> int:
        """Call the service and give the id in the register. Refusals are told of the row."""

    def finish(self, batch: ImportBatch, now: datetime) -> None:
        """Called once, in the transaction that closes the import."""

    def obstacles(self, batch: ImportBatch) -> dict[int, str]:
        """Lock what the import wrote; why rows (by id) cannot be taken back."""

    def take_back(self, batch: ImportBatch, now: datetime) -> None:
        """Undo the import; called in the transaction in which there was no obstacle."""


@dataclass(frozen=True)
class ImportKind:
    """One kind of import.

    ``check(organisation, rows, columns, on)`` compares a chunk of rows with the register, in a
    constant number of queries. ``fields`` gives the database columns that rows write to when the
    file has these columns; ``model`` is where. ``stock(organisation)`` are the rows of the
    register that the organisation may change. ``extra`` finishes rows that were written (ids in
    the staging table), ``show_value`` words a value for the preview. ``obstacle`` says why a
    change from the second record back to the first cannot be undone, or "". ``passed_over`` are
    headers that an export adds for its readers and that say nothing of these rows.

    ``writer`` writes the rows instead of the engine. ``tells``: rows keep what their sender said
    (``CheckedRow.told``), so that a file is worth importing also when it changes nothing.
    ``mapped_only``: cells of columns that nobody asked for are not kept, as they may hold anything.
    ``outcome_page`` is the name and the label of a page that shows what came of it.
    """

    name: str
    label: str | Promise
    model: type[Model]
    columns: tuple[Column, ...]
    required: tuple[str, ...]
    example: Mapping[str, Cell]
    twice: tuple[str | Promise, str | Promise]
    organisations: Callable[[User], QuerySet[Organisation]]
    check: Callable[[Organisation, list[CheckedRow], set[str], date], None]
    fields: Callable[[set[str]], tuple[str, ...]]
    labels: Mapping[str, str | Promise]
    stock: Callable[[Organisation], QuerySet]
    show_value: Callable[[str, Any], str]
    extra: Callable[..., None] | None = None
    obstacle: Callable[[dict, dict], str] = lambda before, after: ""
    final: Callable[[set[str]], str] = lambda columns: ""
    passed_over: tuple[str | Promise, ...] = ()
    writer: Writer | None = None
    tells: bool = False
    mapped_only: bool = False
    outcome_page: tuple[str, str | Promise] | None = None

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


_kinds: dict[str, ImportKind] = {}


def register_kind(kind: ImportKind) -> None:
    """Make a kind known; called once, when its app is ready."""
    _kinds[kind.name] = kind


def kind_named(name: str) -> ImportKind | None:
    return _kinds.get(name)


def all_kinds() -> Iterable[ImportKind]:
    return _kinds.values()


def kinds_for(user: User) -> list[ImportKind]:
    """The kinds that this person may import for at least one organisation."""
    return [kind for kind in all_kinds() if kind.organisations(user).exists()]


def fold(header: str) -> str:
    """A header without case, signs and double spaces, as headers are compared."""
    return " ".join("".join(c if c.isalnum() else " " for c in header.casefold()).split())
