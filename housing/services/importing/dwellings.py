"""What a row of a file with dwellings does to the register."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.choices import VERA_KINDS, DwellingKind
from housing.models import Dwelling, Vacancy
from housing.services.importing.columns import DWELLING_COLUMNS, LETTER
from housing.services.importing.common import corporations, filled, own_stock, show_value
from partners.models import Organisation, Village
from partners.services.imports.checking import as_json
from partners.services.imports.kinds import CheckedRow, ImportKind
from westerkwartier.web.templatetags.ui import date_short

# What a new dwelling has where the file says nothing.
NEW: dict[str, Any] = {
    "addition": "",
    "bag_id": "",
    "vera_kind": "",
    "label": "",
    "floor_area": None,
    "floor": 0,
    "lift": False,
    "step_free": False,
    "accessibility": "",
    "adaptations": "",
    "energy_label": "",
    "build_year": None,
    "regulated": True,
    "temporary_until": None,
    "temporary_reason": "",
    "left_stock_on": None,
}
NEEDED = ("street", "kind", "rooms", "bedrooms")

# An empty cell empties these; the others stay as they are.
MAY_BE_EMPTIED = {
    "bag_id": "",
    "vera_kind": "",
    "label": "",
    "floor_area": None,
    "accessibility": "",
    "adaptations": "",
    "energy_label": "",
    "build_year": None,
    "temporary_until": None,
    "temporary_reason": "",
    "left_stock_on": None,
}

SMALL, LARGE = 15, 300  # m² outside which somebody should look


def address_key(postcode: str, number: int, addition: str) -> tuple[str, int, str]:
    """What is the same address, however it was written."""
    return postcode.replace(" ", "").upper(), number, addition.strip().upper()


def written_columns(columns: set[str]) -> tuple[str, ...]:
    """The database columns that rows write to when the file has these columns."""
    names = {column.name for column in DWELLING_COLUMNS} & columns
    if names & {"village", "postcode"}:
        names.add("village_id")
    if "vera_kind" in names:
        names.add("kind")
    if "letter" in columns:
        names.add("addition")
    return tuple(sorted(names - {"village"}))


class Register:
    """What the register holds of the rows of a chunk: three queries, however many rows."""

    def __init__(self, organisation: Organisation, rows: list[CheckedRow]):
        self.organisation = organisation
        self.villages: dict[str, Village] = {}
        self.of_area: dict[str, list[Village]] = {}
        for village in Village.objects.filter(region=organisation.region_id):
            self.villages[village.name.casefold()] = village
            self.of_area.setdefault(village.postcode4, []).append(village)
        given = [row.given for row in rows]
        postcodes = {one["postcode"] for one in given if one.get("postcode")}
        spaced = {f"{code[:4]} {code[4:]}" for code in postcodes}
        numbers = {one["number"] for one in given if one.get("number")}
        bag_ids = {one["bag_id"] for one in given if one.get("bag_id")}
        found = Dwelling.objects.filter(
            Q(postcode__in=postcodes | spaced, number__in=numbers) | Q(bag_id__in=bag_ids)
        )
        self.by_address: dict[tuple[str, int, str], Dwelling] = {}
        self.by_bag_id: dict[str, Dwelling] = {}
        for dwelling in found:
            key = address_key(dwelling.postcode, dwelling.number, dwelling.addition)
            self.by_address[key] = dwelling
            if dwelling.bag_id:
                self.by_bag_id[dwelling.bag_id] = dwelling
        keys = {dwelling.pk for dwelling in found}
        self.vacant = set(
            Vacancy.objects.open().filter(dwelling__in=keys).values_list("dwelling_id", flat=True)
        )

    def find(self, row: CheckedRow) -> Dwelling | None:
        """The dwelling that a row speaks of; blocks the row when that is another's or two."""
        given = row.given
        if given.get("letter"):
            given["addition"] = given["letter"] + (given.get("addition") or "")
        key = None
        if given.get("postcode") and given.get("number"):
            key = address_key(given["postcode"], given["number"], given.get("addition") or "")
        at_address = self.by_address.get(key) if key else None
        of_bag = self.by_bag_id.get(given.get("bag_id") or "")
        if at_address and of_bag and at_address.pk != of_bag.pk:
            row.block(
                "bag_id",
                _("In the register this BAG object id belongs to another address, %(address)s.")
                % {"address": of_bag.address}
                if of_bag.corporation_id == self.organisation.pk
                else _("This BAG object id belongs to a dwelling of another corporation."),
            )
            return None
        dwelling = of_bag or at_address
        if dwelling and dwelling.corporation_id != self.organisation.pk:
            row.block("", _("This dwelling belongs to another corporation."))
            return None
        return dwelling


def check_dwellings(
    organisation: Organisation, rows: list[CheckedRow], columns: set[str], on: date
) -> None:
    """Compare rows with the register. See ``ImportKind.check``."""
    register = Register(organisation, rows)
    written = written_columns(columns)
    for row in rows:
        row.label = label_of(row.given)
        dwelling = register.find(row)
        if not filled(row, ("postcode", "number") if dwelling is None else ()):
            continue
        values = dict(row.given)
        name_village(register, row, values, dwelling)
        settle_kind(row, values)
        row.keys = keys_of(values, dwelling)
        if row.problems:
            continue
        if dwelling is None:
            add(row, values, organisation)
        else:
            change(row, values, dwelling, written)
        look_over(row, dwelling, on, vacant=dwelling is not None and dwelling.pk in register.vacant)


def label_of(given: dict[str, Any]) -> str:
    number = f"{given.get('number') or ''}{given.get('addition') or ''}"
    address = " ".join(filter(None, [given.get("street"), number])).strip()
    return ", ".join(filter(None, [address, given.get("postcode"), given.get("village")]))


def keys_of(values: dict[str, Any], dwelling: Dwelling | None) -> tuple[str, str]:
    if values.get("postcode") and values.get("number"):
        key = address_key(values["postcode"], values["number"], values.get("addition") or "")
    elif dwelling is not None:
        key = address_key(dwelling.postcode, dwelling.number, dwelling.addition)
    else:
        return "", values.get("bag_id") or ""
    return "|".join(map(str, key)), values.get("bag_id") or ""


def name_village(
    register: Register, row: CheckedRow, values: dict[str, Any], dwelling: Dwelling | None
) -> None:
    """Village by its name, or by the area of the postcode where only one lies there."""
    name = values.pop("village", None)
    if name:
        village = register.villages.get(name.casefold())
        if village is None:
            row.block("village", _("“%(name)s” is not a village of this region.") % {"name": name})
            return
        values["village_id"] = village.pk
        return
    if dwelling is not None:
        return
    there = register.of_area.get((values.get("postcode") or "")[:4], [])
    if len(there) == 1:
        values["village_id"] = there[0].pk
        row.warn(
            "village",
            _("The village is not given; by the postcode it is %(village)s.")
            % {"village": there[0].name},
        )
    elif "village" not in dict(row.problems):
        row.block("village", _("Tell the village: the postcode alone does not decide it."))


def settle_kind(row: CheckedRow, values: dict[str, Any]) -> None:
    """The kind follows from VERA's where only that is given."""
    vera = values.get("vera_kind")
    if not vera:
        return
    of_vera = str(VERA_KINDS[vera])
    if not values.get("kind"):
        values["kind"] = of_vera
    elif values["kind"] != of_vera and values["kind"] != DwellingKind.BUNGALOW:
        row.warn(
            "kind",
            _("By VERA (%(code)s) this is another kind: %(kind)s.")
            % {"code": vera, "kind": DwellingKind(of_vera).label},
        )


def add(row: CheckedRow, values: dict[str, Any], organisation: Organisation) -> None:
    if not filled(row, NEEDED, values):
        return
    names = {f.column for f in Dwelling._meta.concrete_fields}
    given = {name: value for name, value in values.items() if name in names and value is not None}
    record = {"corporation_id": organisation.pk, "illustrative": False, **NEW, **given}
    row.record = {name: as_json(value) for name, value in record.items()}


def change(
    row: CheckedRow, values: dict[str, Any], dwelling: Dwelling, written: Iterable[str]
) -> None:
    row.target = dwelling.pk
    for name in written:
        now = getattr(dwelling, name)
        value = values.get(name)
        if value is None:
            value = MAY_BE_EMPTIED[name] if name in MAY_BE_EMPTIED and name in values else now
            if value != now:
                row.warn(name, _("The cell is empty: what the register has is taken out."))
        if name == "addition" and value.upper() == now.upper():
            value = now
        if name == "postcode" and value == now.replace(" ", ""):
            value = now
        row.before[name], row.record[name] = as_json(now), as_json(value)
    moved = [
        n for n in ("postcode", "number", "addition") if row.record.get(n) != row.before.get(n)
    ]
    if moved:
        row.warn(
            moved[0],
            _("The BAG object id is known at another address: %(address)s.")
            % {"address": dwelling.address},
        )


def look_over(row: CheckedRow, dwelling: Dwelling | None, on: date, *, vacant: bool) -> None:
    """What the columns say together."""

    def value(name: str) -> Any:
        return row.record.get(name, as_json(getattr(dwelling, name, None)))

    if row.problems or not row.record:
        return
    if value("bedrooms") > value("rooms"):
        row.block("bedrooms", _("A dwelling has no more bedrooms than rooms."))
    if bool(value("temporary_until")) != bool(value("temporary_reason")):
        row.block("temporary_until", _("A temporary dwelling has a last day and a reason."))
    area = value("floor_area")
    if area is not None and not SMALL <= area <= LARGE:
        row.warn("floor_area", _("%(area)s m² is unusual for a dwelling.") % {"area": area})
    if (value("build_year") or 0) > on.year + 2:
        row.warn(
            "build_year", _("The year %(year)s lies in the future.") % {"year": value("build_year")}
        )
    left = row.record.get("left_stock_on")
    if left and row.before.get("left_stock_on") != left:
        if vacant and left <= on.isoformat():
            row.block(
                "left_stock_on",
                _("This dwelling is reported as vacant: first let it or withdraw the report."),
            )
        else:
            row.warn(
                "left_stock_on",
                _("From %(day)s it no longer counts as stock.")
                % {"day": date_short(date.fromisoformat(left))},
            )


DWELLINGS = ImportKind(
    name="dwellings",
    label=gettext_lazy("Dwellings"),
    model=Dwelling,
    columns=(*DWELLING_COLUMNS, LETTER),
    required=(("postcode", "bag_id"), ("number", "bag_id")),
    example={
        "postcode": "9999 ZZ",
        "number": 12,
        "addition": "a",
        "street": "Voorbeeldstraat",
        "village": "Marum",
        "kind": DwellingKind.HOUSE.label,
        "rooms": 4,
        "bedrooms": 3,
        "floor_area": 86,
        "floor": 0,
        "lift": gettext_lazy("no"),
        "step_free": gettext_lazy("yes"),
        "energy_label": "B",
        "build_year": 1984,
        "regulated": gettext_lazy("yes"),
    },
    twice=(
        gettext_lazy("The same address is on row # too."),
        gettext_lazy("The same BAG object id is on row # too."),
    ),
    organisations=corporations,
    check=check_dwellings,
    fields=written_columns,
    labels={
        **{column.name: column.label for column in DWELLING_COLUMNS},
        "village_id": gettext_lazy("Village"),
    },
    stock=own_stock,
    show_value=show_value,
)
