"""The columns of dwellings and vacated dwellings, in files that come in and files that go out.

An export writes what an import reads back unchanged: ``[c.label for c in DWELLING_COLUMNS]`` above
``[c.show(dwelling) for c in DWELLING_COLUMNS]`` (rows need ``village``; vacancies need
``dwelling__village`` and ``withdrawn_because``).
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from housing.choices import (
    VERA_KINDS,
    Accessibility,
    DwellingKind,
    DwellingLabel,
    EnergyLabel,
    TemporaryReason,
    VacancyState,
    Verdict,
)
from partners.services.imports.kinds import LANGUAGES, Column
from westerkwartier.web.sheets.cells import (
    amount,
    bag_id,
    day,
    house_number,
    one_of,
    postcode,
    text,
    whole_number,
    yes_no,
)
from westerkwartier.web.sheets.kinds import Cell, Reader

# Groups of VERA (DOELGROEP) for whom we know a label; the others are no label.
LABEL_OF_GROUP = {
    "SEN": DwellingLabel.SENIOR,
    "ZOR": DwellingLabel.CARE,
    "STU": DwellingLabel.STUDENT,
    **dict.fromkeys(("EEN", "GEZ", "HZO", "JON", "STA", "ZDR"), ""),
}


def choice(choices, more: Mapping[str, Any] | None = None) -> Reader:
    """The value for its label in any of our languages, its code, or a spelling in ``more``."""
    found: list[Reader] = []

    def read(cell: Cell) -> Any:
        if not found:  # labels are known once everything has started
            spellings: dict[str, Any] = {}
            for language in LANGUAGES:
                with translation.override(language):
                    spellings |= {str(label): str(value) for value, label in choices.choices}
            spellings |= {str(value): str(value) for value in choices.values}
            found.append(
                one_of(
                    spellings | dict(more or {}), lambda: [str(label) for label in choices.labels]
                )
            )
        return found[0](cell)

    return read


def shown(name: str) -> Callable[[Any], Cell]:
    """The cell for a field as it is: its label for a choice, words for yes and no."""

    def show(obj: Any) -> Cell:
        for step in name.split("__")[:-1]:
            obj = getattr(obj, step)
        last = name.rpartition("__")[2] or name
        display = getattr(obj, f"get_{last}_display", None)
        value = display() if display else getattr(obj, last)
        if isinstance(value, bool):
            return str(_("yes")) if value else str(_("no"))
        return None if value in ("", None) else value

    return show


def column(name: str, label, reader: Reader, *names: str, show: str = "", hint="") -> Column:
    return Column(name, label, reader, shown(show or name), names, hint)


ADDRESS = (
    ("postcode", _("Postcode"), postcode(), "adres.postcode", "pc", "zipcode"),
    (
        *("number", _("House number"), house_number()),
        *("huisnummer", "huisnr", "nummer", "nr", "adres.huisnummer"),
    ),
    (
        *("addition", _("Addition"), text(10)),
        *("toevoeging", "huisnummertoevoeging", "toev", "adres.huisnummerToevoeging"),
    ),
)

LETTER = Column(
    "letter",
    _("House letter"),
    text(1),
    lambda dwelling: None,  # part of the addition in our register
    ("huisletter", "adres.huisletter"),
)

DWELLING_COLUMNS: tuple[Column, ...] = (
    *(column(*parts) for parts in ADDRESS),
    column(
        *("street", _("Street"), text(80)),
        *("straatnaam", "adres.straatnaam", "street name"),
    ),
    column(
        *("village", _("Village"), text(60)),
        *("kern", "woonplaats", "plaats", "adres.woonplaats", "town", "place"),
        show="village__name",
    ),
    column(
        *("bag_id", _("BAG object id"), bag_id()),
        *("bag id", "bag-id", "bagId", "verblijfsobject", "vbo", "bag vbo id", "vbo id"),
    ),
    column(
        "kind",
        _("Kind of dwelling"),
        choice(DwellingKind, VERA_KINDS),
        *("soort", "type", "woningtype", "kind", "dwelling type", "soort woning"),
    ),
    column(
        "vera_kind",
        _("Kind by VERA"),
        one_of({code: code for code in VERA_KINDS}),
        *("detailSoort.code", "vera", "vera code", "eenheiddetailsoort", "detailsoort"),
    ),
    column(
        *("rooms", _("Rooms"), whole_number(1, 30)),
        *("kamers", "aantal kamers", "kamersAantal", "number of rooms"),
    ),
    column(
        *("bedrooms", _("Bedrooms"), whole_number(0, 20)),
        *("slaapkamers", "aantal slaapkamers", "number of bedrooms"),
    ),
    column(
        *("floor_area", _("Floor area in m²"), whole_number(1, 2000)),
        *("oppervlakte", "woonoppervlakte", "gebruiksoppervlakte", "m2", "area", "floor area"),
    ),
    column(
        *("floor", _("Floor"), whole_number(-3, 60)),
        *("etage", "verdieping", "bouwlaag", "storey"),
    ),
    column("lift", _("Lift"), yes_no(), "elevator", "lift aanwezig"),
    column(
        *("step_free", _("Step-free"), yes_no()),
        *("drempelvrij", "zonder drempels", "step free"),
    ),
    column(
        "accessibility",
        _("Accessibility"),
        choice(Accessibility),
        *("toegankelijkheid", "toegankelijkheidslabel", "toegankelijkheidslabel.code"),
    ),
    column(
        *("adaptations", _("Adaptations"), text(200)),
        *("aanpassingen", "woningaanpassingen", "wmo-aanpassingen"),
    ),
    column(
        "energy_label",
        _("Energy label"),
        choice(EnergyLabel),
        *("energielabel", "energie label", "ep label"),
    ),
    column(
        *("build_year", _("Built in"), whole_number(1500, 2100)),
        *("bouwjaar", "build year", "year built", "jaar"),
    ),
    column(
        *("regulated", _("DAEB"), yes_no()),
        *("gereguleerd", "sociale huur", "regulated", "daeb ja nee"),
    ),
    column(
        *("label", _("Label"), choice(DwellingLabel, LABEL_OF_GROUP)),
        *("doelgroep", "doelgroep.code", "woninglabel", "target group"),
    ),
    column(
        *("temporary_until", _("Temporary until"), day()),
        *("tijdelijk tot", "tijdelijk t/m", "einde tijdelijk"),
    ),
    column(
        "temporary_reason",
        _("Temporary because"),
        choice(
            TemporaryReason,
            {"sloop": TemporaryReason.DEMOLITION, "flexwoning": TemporaryReason.FLEX},
        ),
        *("reden tijdelijk", "reden tijdelijkheid", "tijdelijk wegens"),
    ),
    column(
        *("left_stock_on", _("No longer let from"), day()),
        *("uit exploitatie", "uit exploitatie per", "datum uit exploitatie", "left stock on"),
    ),
)

# What readers of a list of vacancies want to see of the dwelling too; an import passes it over.
SEEN_BESIDE_A_VACANCY: tuple[Column, ...] = tuple(
    one for one in DWELLING_COLUMNS if one.name in ("street", "village", "kind", "bedrooms")
)

VACANCY_COLUMNS: tuple[Column, ...] = (
    *(column(*parts, show=f"dwelling__{parts[0]}") for parts in ADDRESS),
    column(
        *("bag_id", _("BAG object id"), bag_id()),
        *("bag id", "bag-id", "bagId", "verblijfsobject", "vbo", "bag vbo id", "vbo id"),
        show="dwelling__bag_id",
    ),
    column(
        *("notice_on", _("Notice given on"), day()),
        *("huuropzegging", "opzegging", "datum opzegging", "opgezegd op", "notice date"),
    ),
    column(
        *("empty_from", _("Empty from"), day()),
        *("leeg vanaf", "einde huur", "datum leeg", "end of tenancy"),
    ),
    column(
        *("available_from", _("Free from"), day()),
        *("beschikbaar vanaf", "beschikbaar per", "vrij vanaf", "available from"),
    ),
    column(
        *("net_rent", _("Net rent"), amount(10_000)),
        *("netto huur", "nettohuur", "kale huur", "huur", "rent"),
    ),
    column(
        *("service_costs", _("Service costs"), amount(5_000)),
        *("servicekosten", "service kosten"),
    ),
    column(
        *("label", _("Label"), choice(DwellingLabel, LABEL_OF_GROUP)),
        *("doelgroep", "woninglabel", "target group"),
    ),
    column(
        *("internal_move", _("Kept for an internal move"), yes_no()),
        *("interne doorstroming", "doorstroming", "internal move"),
    ),
    column(
        *("state", pgettext_lazy("of a vacated dwelling", "State"), choice(VacancyState)),
        *("stand", "status", "state"),
    ),
    column(
        *("let_from", _("Let from"), day()),
        *("verhuurd vanaf", "verhuurd per", "ingang huur", "ingangsdatum huur"),
    ),
    column(
        *("closed_on", _("Closed on"), day()),
        *("gesloten op", "afgesloten op", "datum afsluiting"),
    ),
    column(
        *("withdrawn_because", _("Withdrawn because"), text(120)),
        *("reden intrekking", "ingetrokken wegens", "intrekkingsreden", "withdrawal reason"),
    ),
    column(
        *("verdict", _("Verdict"), choice(Verdict)),
        *("oordeel", "geschiktheid"),
    ),
    Column(
        "reason",
        _("Reason of the verdict"),
        text(120),
        lambda vacancy: None,  # an export has no reason: importing it gives no verdict anew
        ("reden oordeel", "reden", "reason", "reden van het oordeel"),
    ),
)
