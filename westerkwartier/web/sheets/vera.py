"""VERA JSON of units: a list of ``Eenheid`` objects, or ``{"eenheden": [...]}``.

As in the specification of the process "Beheer Vastgoedgegevens" (BVG, VERA 4.1) of Aedes, which
https://github.com/Aedes-datastandaarden/vera-openapi publishes. Each unit becomes a row under
``COLUMNS``; keys that are not named there are ignored. Texts, numbers and codes stay what they
are: readers of ``cells`` take them further. ``oppervlakte`` is in m², rents are in euros a month.

- ``bagId``: ``adresseerbaarObjectBasisregistratie.bagIdentificatie``
- ``energielabel``: the code of the label of the latest energy performance that has one (AP is A+)
- ``slaapkamers``: the number of spaces (``ruimten``) of the kind SLA, empty without spaces
- ``oppervlakte``: ``gebruiksoppervlakte``, else that of the BAG, else ``totaleOppervlakte``
"""

import json
import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from westerkwartier.web.sheets.content import too_large
from westerkwartier.web.sheets.kinds import Cell, Limits, Unreadable
from westerkwartier.web.sheets.values import number_cell, text_cell, too_long

PARTS = 3_000_000  # values in the file: what fits in the memory of a worker

BEDROOM = "SLA"  # RUIMTEDETAILSOORT

BAG = "adresseerbaarObjectBasisregistratie"

# Header: the ways to its value, the first that gives one counts.
PATHS = {
    "id": ["id"],
    "code": ["code"],
    "bagId": [f"{BAG}.bagIdentificatie"],
    "adres.straatnaam": ["adres.straatnaam"],
    "adres.huisnummer": ["adres.huisnummer"],
    "adres.huisletter": ["adres.huisletter"],
    "adres.huisnummerToevoeging": ["adres.huisnummerToevoeging"],
    "adres.postcode": ["adres.postcode"],
    "adres.woonplaats": ["adres.woonplaats.naam"],
    "soort.code": ["soort.code"],
    "detailSoort.code": ["detailSoort.code"],
    "status.code": ["status.code"],
    "bouwjaar": ["bouwjaar"],
    "kamers": ["kamersAantal"],
    "oppervlakte": [
        "gebruiksoppervlakte",
        f"{BAG}.bagOppervlakteVerblijfsobject",
        "totaleOppervlakte",
    ],
    "etage": ["etage"],
    "toegankelijkheidslabel.code": ["toegankelijkheidslabel.code"],
    "doelgroep.code": ["doelgroep.code"],
    "bestemming.code": ["bestemming.code"],
    "woonvorm.code": ["woonvorm.code"],
    "maatschappelijkLabel.code": ["maatschappelijkLabel.code"],
    "beoogdUitExploitatieDatum": ["beoogdUitExploitatieDatum"],
    "brutohuur": ["brutohuur"],
    "rekenhuur": ["rekenhuur"],
}

COLUMNS = [*PATHS, "slaapkamers", "energielabel"]

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Vera:
    """The units of a file; the first has number 1."""

    format, encoding, delimiter, header_at = "vera", "", "", 0

    def __init__(self, path: Path, limits: Limits):
        """Raises Unreadable for JSON that is damaged or something else."""
        self.limits = limits
        units = parsed(path.read_bytes(), limits)
        if isinstance(units, dict):
            units = units.get("eenheden")
        if not isinstance(units, list) or not all(isinstance(unit, dict) for unit in units):
            raise unknown()
        if units and not any(unit.keys() & {"adres", "code", "detailSoort", BAG} for unit in units):
            raise unknown()
        self.units = units

    def records(self) -> Iterator[tuple[int, list[Cell]]]:
        """Position and cells of each unit, after the headers. Raises Unreadable."""
        yield 0, list(COLUMNS)
        for number, unit in enumerate(self.units, start=1):
            try:
                cells = [first_value(unit, ways) for ways in PATHS.values()]
                cells += [bedrooms(unit), energy_label(unit)]
            except TypeError as error:
                raise Unreadable(
                    _("Unit %(number)s in the file is not as VERA describes a unit.")
                    % {"number": number}
                ) from error
            yield number, [self._cell(cell, number) for cell in cells]

    def _cell(self, value: Cell, number: int) -> Cell:
        if not isinstance(value, str):
            return value
        if UNSTORABLE.search(value):
            raise unknown()
        if len(value) > self.limits.cell:
            raise too_long(number, self.limits)
        return text_cell(value)


def parsed(data: bytes, limits: Limits) -> Any:
    """The value of a JSON text. Raises Unreadable."""
    if data.count(b",") + data.count(b"{") + data.count(b"[") > PARTS:
        raise too_large(limits)
    try:
        return json.loads(
            data.decode("utf-8-sig"), parse_float=fraction, parse_constant=refuse_constant
        )
    except (ValueError, RecursionError) as error:  # also what is no UTF-8, or too deep
        raise Unreadable(
            _("The JSON in the file is damaged. Export it again and send that file.")
        ) from error


def fraction(raw: str) -> int | Decimal:
    try:
        return number_cell(raw)
    except Unreadable as error:  # too large for any number of a dwelling
        raise ValueError(raw) from error


def refuse_constant(name: str):
    raise ValueError(f"{name} is no JSON")


def unknown() -> Unreadable:
    return Unreadable(_("The JSON in the file is not a list of VERA units (“eenheden”)."))


def first_value(unit: dict, ways: list[str]) -> Cell:
    """Raises TypeError when something on the way is of another kind than VERA says."""
    for way in ways:
        value: Any = unit
        for key in way.split("."):
            value = inner(value).get(key)
        if isinstance(value, list | dict):
            raise TypeError(way)
        if value is not None:
            return value
    return None


def inner(value: Any) -> dict:
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise TypeError(value)
    return value


def objects(unit: dict, key: str) -> list[dict]:
    values = unit.get(key)
    if values is None:
        return []
    if not isinstance(values, list):
        raise TypeError(key)
    return [inner(value) for value in values]


def bedrooms(unit: dict) -> int | None:
    spaces = objects(unit, "ruimten")
    if not spaces:
        return None
    return sum(first_value(space, ["detailSoort.code"]) == BEDROOM for space in spaces)


def energy_label(unit: dict) -> Cell:
    labelled = [
        (str(first_value(one, ["begindatum"]) or ""), str(label))
        for one in objects(unit, "energieprestaties")
        if (label := first_value(one, ["label.code"])) is not None
    ]
    return max(labelled)[1] if labelled else None
