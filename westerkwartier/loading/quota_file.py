"""Reads a CSV file with official quotas: period, cbs_code, net_quota, source."""

import csv
from pathlib import Path

from django.utils.translation import gettext as _

from westerkwartier.loading.cells import code, free, integer, one_of, period, text
from westerkwartier.loading.folder import LoadError
from westerkwartier.web.models import Certainty

COLUMNS = {"period": period, "cbs_code": code, "net_quota": integer, "source": text(250)}
OPTIONAL = {"certainty": one_of(*Certainty.values), "note": free(250)}
MISSING = {"certainty": Certainty.OFFICIAL.value, "note": ""}


def read_quota_file(path: Path) -> list[dict]:
    """The rows of the file, each value checked. Raises LoadError with every mistake and its line.

    ``certainty`` (official by default) and ``note`` may be left out; other columns are refused.
    """
    try:
        content = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise LoadError(
            [_("The file cannot be read: %(why)s.") % {"why": error.strerror}]
        ) from None
    except UnicodeDecodeError:
        raise LoadError([_("This file is not UTF-8.")]) from None
    reader = csv.DictReader(content.splitlines(), strict=True)
    header = reader.fieldnames or []
    missing = [name for name in COLUMNS if name not in header]
    unknown = [name for name in header if name not in COLUMNS | OPTIONAL]
    if missing or unknown:
        wrong = []
        if missing:
            wrong.append(_("These columns are missing: %(names)s.") % {"names": ", ".join(missing)})
        if unknown:
            wrong.append(
                _("These columns are not known: %(names)s.") % {"names": ", ".join(unknown)}
            )
        raise LoadError(wrong)
    rows, mistakes = [], []
    for raw in _lines(reader, mistakes):
        place = f"{path.name}:{reader.line_num}"
        if None in raw or None in raw.values():
            mistakes.append(
                f"{place}: " + _("this line does not have as many cells as the first line.")
            )
            continue
        row = dict(MISSING)
        for name in header:
            try:
                row[name] = (COLUMNS | OPTIONAL)[name](raw[name].strip())
            except ValueError as error:
                mistakes.append(f"{place}: {name}: {error}.")
        rows.append(row)
    if mistakes:
        raise LoadError(mistakes)
    return rows


def _lines(reader: csv.DictReader, mistakes: list[str]):
    """The lines of the file; a quote that is never closed ends them with a mistake."""
    try:
        yield from reader
    except csv.Error as error:
        mistakes.append(_("This is not CSV: %(error)s.") % {"error": error})
