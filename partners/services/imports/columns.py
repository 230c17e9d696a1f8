"""Which header of a file means which column."""

from dataclasses import dataclass
from hashlib import sha256

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.models import ImportMapping, Organisation
from partners.services.imports.kinds import LANGUAGES, ImportKind, all_kinds, fold
from westerkwartier.web.refusals import Refused
from westerkwartier.web.sheets.cells import day, house_number, postcode
from westerkwartier.web.sheets.kinds import CellError

# The column that a file with error rows has more than the one they came from.
WHY = gettext_lazy("Why this row was not imported")

# What our template puts before the row that shows how to fill it in.
EXAMPLE = gettext_lazy("Example")


@dataclass(frozen=True)
class Recognised:
    """``mapping`` from header to column's name; ``complete`` when nobody has to look at it."""

    mapping: dict[str, str]
    complete: bool


def signature_of(headers: list[str]) -> str:
    """The same for files with the same headers in the same order."""
    return sha256("\n".join(fold(header) for header in headers).encode()).hexdigest()


def in_every_language(text) -> set[str]:
    found = set()
    for language in LANGUAGES:
        with translation.override(language):
            found.add(fold(str(text)))
    return found


def known_headers(kind: ImportKind, headers: list[str]) -> dict[str, str]:
    """The headers that this kind knows, with the column each stands for; the first one counts."""
    meant = {name: column.name for column in reversed(kind.columns) for name in column.known_as()}
    mapping: dict[str, str] = {}
    for header in headers:
        column = meant.get(fold(header))
        if column and column not in mapping.values():
            mapping[header] = column
    return mapping


def missing_columns(kind: ImportKind, columns: set[str]) -> list[str]:
    """Names of columns without which a row cannot be found; one of each group is enough."""
    return [group[0] for group in kind.required if not columns & set(group)]


def recognise(
    kind: ImportKind, organisation: Organisation, headers: list[str], *, format: str
) -> Recognised:
    """What the headers mean, by their names or by what this organisation told of such a file.

    Raises ``Refused`` for the headers of another kind, and for a first row that holds data.
    """
    mapping = known_headers(kind, headers)
    others = [other for other in all_kinds() if other is not kind]
    for other in others:
        theirs = known_headers(other, headers)
        if len(theirs) > len(mapping) and not missing_columns(other, set(theirs.values())):
            raise Refused(
                _(
                    "The columns of this file are those of “%(other)s”, not of “%(kind)s”. "
                    "Choose the other kind, or another file."
                )
                % {"other": other.label, "kind": kind.label},
                field="kind",
            )
    if not mapping and any(looks_like_data(header) for header in headers):
        raise Refused(
            _("The first row holds no names of columns. Put a row with the names above the data."),
            field="file",
        )
    left_out = in_every_language(WHY).union(*map(in_every_language, kind.passed_over))
    unknown = [h for h in headers if h not in mapping and fold(h) not in left_out]
    missing = missing_columns(kind, set(mapping.values()))
    if not missing and (not unknown or format == "vera"):
        return Recognised(mapping, complete=True)
    told = ImportMapping.objects.filter(
        organisation=organisation, kind=kind.name, signature=signature_of(headers)
    ).first()
    if told is not None and set(told.mapping) <= set(headers):
        return Recognised(told.mapping, complete=True)
    return Recognised(mapping, complete=False)


def looks_like_data(header: str) -> bool:
    for reader in (postcode(), house_number(), day()):
        try:
            reader(header)
        except CellError:
            continue
        return True
    return False


def check_mapping(kind: ImportKind, mapping: dict[str, str]) -> None:
    """Raises ``Refused`` for a column told twice and for one that is needed and not told."""
    told = list(mapping.values())
    for column in kind.columns:
        if told.count(column.name) > 1:
            raise Refused(
                _("“%(column)s” is chosen for more than one column of the file.")
                % {"column": column.label}
            )
    if missing := missing_columns(kind, set(told)):
        raise Refused(
            _("Tell which column holds: %(columns)s.")
            % {"columns": ", ".join(str(kind.column(name).label) for name in missing)}
        )
