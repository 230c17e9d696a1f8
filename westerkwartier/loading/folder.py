"""Reads a region folder into checked values, and tells every mistake with file and line."""

import csv
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from westerkwartier.loading.case_layout import CASE_TABLES
from westerkwartier.loading.layout import (
    NATIONAL_TABLES,
    REGION_TABLES,
    TOML_PARTS,
    Table,
)

LINE = "_line"
EXAMPLES = {str: '"…"', date: "2016-03-24", Decimal: "0.20", list: "[…]"}


class LoadError(Exception):
    """The folder cannot be loaded; ``mistakes`` holds a sentence for each thing to mend."""

    def __init__(self, mistakes: list[str]):
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


class RegionFolder:
    """The files of one region and the national ones, read and checked cell by cell.

    ``rows(name)`` gives dicts of values plus the line number under ``LINE``; ``words`` is the
    content of region.toml. ``mistakes`` is filled while reading; ``checks`` adds to it.
    """

    def __init__(self, path: Path, national: Path):
        self.path = path
        self.national = national
        self.mistakes: list[str] = []
        nationwide = NATIONAL_TABLES + CASE_TABLES
        self.tables = {table.name: table for table in REGION_TABLES + nationwide}
        self._rows: dict[str, list[dict]] = {}
        for folder, tables in ((path, REGION_TABLES), (national, nationwide)):
            for table in tables:
                self._rows[table.name] = self._read(folder / f"{table.name}.csv", table)
        self.words = self._read_toml()

    def rows(self, name: str) -> list[dict]:
        return self._rows[name]

    def wrong(self, file: str, line: int | None, sentence: str) -> None:
        """Notes a mistake; ``line`` is None when the whole file is meant."""
        place = f"{file}:{line}" if line else file
        self.mistakes.append(f"{place}: {sentence}")

    def wrong_row(self, table: str, row: dict, sentence: str) -> None:
        self.wrong(f"{table}.csv", row[LINE], sentence)

    # -- CSV ---------------------------------------------------------------------------------------

    def _read(self, file: Path, table: Table) -> list[dict]:
        if not file.exists():
            if table.required:
                self.wrong(file.name, None, _("this file is missing."))
            return []
        try:
            content = file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            self.wrong(file.name, None, _("this file is not UTF-8."))
            return []
        reader = csv.DictReader(content.splitlines(), strict=True)
        missing = [name for name in table.columns if name not in (reader.fieldnames or [])]
        if missing:
            self.wrong(
                file.name,
                1,
                _("these columns are missing: %(names)s.") % {"names": ", ".join(missing)},
            )
            return []
        rows, seen = [], {}
        for raw in self._lines(file.name, reader):
            row = self._values(file.name, reader.line_num, table, raw)
            if row is None:
                continue
            key = tuple(row[column] for column in table.key)
            if key in seen:
                self.wrong(
                    file.name,
                    reader.line_num,
                    _("this repeats line %(line)s.") % {"line": seen[key]},
                )
                continue
            seen[key] = reader.line_num
            rows.append(row)
        return rows

    def _lines(self, file: str, reader: csv.DictReader):
        """The lines of a file; a quote that is never closed ends them with a mistake."""
        try:
            yield from reader
        except csv.Error as error:
            self.wrong(
                file, reader.line_num + 1, _("this is not CSV: %(error)s.") % {"error": error}
            )

    def _values(self, file: str, line: int, table: Table, raw: dict) -> dict | None:
        if None in raw or None in raw.values():
            self.wrong(
                file,
                line,
                _("this line does not have as many cells as the first line."),
            )
            return None
        row, whole = {LINE: line}, True
        for column, reader in table.columns.items():
            try:
                row[column] = reader(raw[column].strip())
            except ValueError as error:
                self.wrong(file, line, f"{column}: {error}.")
                whole = False
        return row if whole else None

    # -- region.toml -------------------------------------------------------------------------------

    def _read_toml(self) -> dict:
        file = self.path / "region.toml"
        try:
            words = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)
        except FileNotFoundError:
            self.wrong(file.name, None, _("this file is missing."))
            return {}
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            self.wrong(file.name, None, _("this is not TOML: %(error)s.") % {"error": error})
            return {}
        before = len(self.mistakes)
        covenant = words.get("covenant", {})
        for name, value in (
            *words.items(),
            ("share", covenant.get("share", [])),
            ("measure", covenant.get("measure", [])),
        ):
            for item in value if isinstance(value, list) else [value]:
                self._check_words(name, item)
        for name in ("region", "organisation", "covenant"):
            if name not in words:
                self.wrong(file.name, None, _("the part [%(name)s] is missing.") % {"name": name})
        return words if len(self.mistakes) == before else {}

    def _check_words(self, name: str, item) -> None:
        file = "region.toml"
        if name not in TOML_PARTS or not isinstance(item, dict):
            self.wrong(file, None, _("[%(name)s] is not known.") % {"name": name})
            return
        for word, (kind, needed) in TOML_PARTS[name].items():
            if word not in item:
                if needed:
                    self.wrong(
                        file,
                        None,
                        _("[%(name)s] has no “%(word)s”.") % {"name": name, "word": word},
                    )
            elif not isinstance(item[word], kind):
                self.wrong(
                    file,
                    None,
                    _("“%(word)s” in [%(name)s] is not written as %(example)s.")
                    % {"word": word, "name": name, "example": EXAMPLES[kind]},
                )
        for word in sorted(item.keys() - TOML_PARTS[name].keys()):
            self.wrong(
                file,
                None,
                _("[%(name)s] does not know “%(word)s”.") % {"name": name, "word": word},
            )


def find_folder(name: str) -> Path:
    """A folder by path, or by name under ``data/regions``; LoadError when there is none."""
    for path in (Path(name), settings.BASE_DIR / "data" / "regions" / name):
        if (path / "region.toml").exists():
            return path
    raise LoadError(
        [_("There is no region “%(name)s”: no folder with a region.toml.") % {"name": name}]
    )


def read_folder(path: Path, national: Path | None = None) -> RegionFolder:
    """Reads a region folder with the national files of this installation."""
    return RegionFolder(path, national or settings.BASE_DIR / "data" / "national")
