"""Tables of the stock: dwellings, vacancies, empty days."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from housing.choices import OPEN_STATES, VacancyState, Verdict, WaitCause
from housing.services.importing import (
    DWELLING_COLUMNS,
    SEEN_BESIDE_A_VACANCY,
    VACANCY_COLUMNS,
)
from westerkwartier.web.clock import today
from westerkwartier.web.tables import Table
from westerkwartier.web.templatetags.ui import date_short, euro, pill

VERDICT_TONES = {
    Verdict.SUITABLE: "good",
    Verdict.CONDITIONAL: "warn",
    Verdict.UNSUITABLE: "bad",
}
FIGURE = {"td": {"class": "num"}}


def verdict_pill(verdict: str | None):
    """A pill for a verdict, or "no verdict yet"."""
    if not verdict:
        return pill("neutral", _("No verdict yet"))
    return pill(VERDICT_TONES[verdict], Verdict(verdict).label)


class VacancyTable(Table):
    """Vacated dwellings; rows need ``with_municipality(on)``."""

    address = tables.Column(
        verbose_name=_("Address"),
        accessor="dwelling__address",
        order_by=("dwelling__street", "dwelling__number", "dwelling__addition"),
        orderable=True,
    )
    village = tables.Column(
        verbose_name=_("Village"),
        accessor="dwelling__village__name",
        order_by=("dwelling__village__name",),
        orderable=True,
    )
    municipality = tables.Column(
        verbose_name=_("Municipality"),
        accessor="municipality_name",
        order_by=("municipality_name",),
        orderable=True,
        attrs={"td": {"class": "hide-phone"}},
    )
    kind = tables.Column(verbose_name=_("Kind"), accessor="dwelling__kind")
    bedrooms = tables.Column(
        verbose_name=_("Bedrooms"),
        accessor="dwelling__bedrooms",
        order_by=("dwelling__bedrooms",),
        orderable=True,
        attrs=FIGURE,
    )
    net_rent = tables.Column(verbose_name=_("Net rent"), orderable=True, attrs=FIGURE)
    available_from = tables.Column(
        verbose_name=_("Free from"), orderable=True, attrs={"td": {"class": "nowrap"}}
    )
    state = tables.Column(verbose_name=_("State"))
    verdict = tables.Column(
        verbose_name=_("Verdict"), attrs={"td": {"class": "state"}}, empty_values=()
    )

    caption = _("Vacated dwellings")
    row_header = "address"
    default_order = ("-available_from",)
    related = ("dwelling__village",)

    class Meta(Table.Meta):
        sequence = (
            "address",
            "village",
            "municipality",
            "kind",
            "bedrooms",
            "net_rent",
            "available_from",
            "state",
            "verdict",
        )

    # The columns of the import, so that an export can be sent back, and what readers want besides.
    def export_header(self):
        return [column.label for column in (*VACANCY_COLUMNS, *SEEN_BESIDE_A_VACANCY)]

    def export_row(self, record):
        own = [column.show(record) for column in VACANCY_COLUMNS]
        return own + [column.show(record.dwelling) for column in SEEN_BESIDE_A_VACANCY]

    def render_address(self, record):
        return format_html(
            '<a class="utrecht-link utrecht-link--html-a" href="{}">{}</a>',
            reverse("housing:vacancy_detail", args=[record.pk]),
            record.dwelling.address,
        )

    def value_kind(self, record):
        return record.dwelling.get_kind_display()

    def render_net_rent(self, value):
        return euro(value)

    def render_available_from(self, value):
        return date_short(value)

    def render_verdict(self, record):
        if not record.verdict and record.state not in OPEN_STATES:
            return "–"
        return verdict_pill(record.verdict)

    def value_verdict(self, record):
        return Verdict(record.verdict).label if record.verdict else ""


STATE_TONES = {
    VacancyState.ANNOUNCED: "neutral",
    VacancyState.AVAILABLE: "neutral",
    VacancyState.RESERVED: "warn",
    VacancyState.LET_PERMIT: "good",
    VacancyState.LET_REGULAR: "neutral",
    VacancyState.WITHDRAWN: "neutral",
}


class DwellingTable(Table):
    """The register; rows need ``with_municipality(on)`` and ``with_open_vacancy``."""

    address = tables.Column(
        verbose_name=_("Address"), order_by=("street", "number", "addition"), orderable=True
    )
    village = tables.Column(
        verbose_name=_("Village"),
        accessor="village__name",
        order_by=("village__name", "street", "number", "addition"),
        orderable=True,
    )
    municipality = tables.Column(
        verbose_name=_("Municipality"),
        accessor="municipality_name",
        attrs={"td": {"class": "hide-phone"}},
    )
    kind = tables.Column(verbose_name=_("Kind"))
    bedrooms = tables.Column(verbose_name=_("Bedrooms"), orderable=True, attrs=FIGURE)
    state = tables.Column(
        verbose_name=_("State"), accessor="pk", attrs={"td": {"class": "state"}}, empty_values=()
    )

    caption = _("Dwellings")
    row_header = "address"
    default_order = ("address",)
    related = ("village", "corporation")

    class Meta(Table.Meta):
        sequence = (
            "address",
            "village",
            "municipality",
            "kind",
            "bedrooms",
            "state",
        )

    def render_address(self, record):
        return format_html(
            '<a class="utrecht-link utrecht-link--html-a" href="{}">{}</a>',
            reverse("housing:dwelling_detail", args=[record.pk]),
            record.address,
        )

    def render_kind(self, record):
        return record.get_kind_display()

    def render_state(self, record):
        return dwelling_pill(record, record.open_vacancy is not None)

    # The columns of the import: what is exported can be imported again as it is.

    def export_header(self):
        return [column.label for column in DWELLING_COLUMNS]

    def export_row(self, record):
        return [column.show(record) for column in DWELLING_COLUMNS]


def dwelling_pill(dwelling, is_vacant: bool):
    """Vacant, no longer let, temporary; nothing where nothing is special."""
    if dwelling.left_stock_on is not None and dwelling.left_stock_on <= today():
        return pill("neutral", _("No longer let"))
    if is_vacant:
        return pill("warn", _("Vacant"))
    if dwelling.temporary_until is not None:
        return pill("neutral", _("Temporary"))
    return ""


class EmptyDaysTable(Table):
    """Vacancies with their empty days; rows need ``with_municipality`` and ``with_empty_days``."""

    address = tables.Column(
        verbose_name=_("Address"),
        accessor="dwelling__address",
        order_by=("dwelling__street", "dwelling__number", "dwelling__addition"),
        orderable=True,
    )
    village = tables.Column(verbose_name=_("Village"), accessor="dwelling__village__name")
    municipality = tables.Column(
        verbose_name=_("Municipality"),
        accessor="municipality_name",
        attrs={"td": {"class": "hide-phone"}},
    )
    since = tables.Column(
        verbose_name=_("Empty since"),
        accessor="empty_since",
        order_by=("empty_since",),
        orderable=True,
        attrs={"td": {"class": "nowrap"}},
    )
    total = tables.Column(
        verbose_name=_("Empty days"),
        accessor="days_total",
        order_by=("days_total",),
        orderable=True,
        attrs=FIGURE,
    )
    verdict_days = tables.Column(
        verbose_name=WaitCause.VERDICT.label, accessor="days_verdict", attrs=FIGURE
    )
    match_days = tables.Column(
        verbose_name=WaitCause.MATCH.label, accessor="days_match", attrs=FIGURE
    )
    viewing_days = tables.Column(
        verbose_name=WaitCause.VIEWING.label, accessor="days_viewing", attrs=FIGURE
    )
    answer_days = tables.Column(
        verbose_name=WaitCause.ANSWER.label, accessor="days_answer", attrs=FIGURE
    )
    repairs_days = tables.Column(
        verbose_name=WaitCause.REPAIRS.label, accessor="days_repairs", attrs=FIGURE
    )
    state = tables.Column(verbose_name=_("State"), attrs={"td": {"class": "state nowrap"}})

    caption = _("Empty days of vacated dwellings")
    row_header = "address"
    default_order = ("-total",)
    related = ("dwelling__village",)

    class Meta(Table.Meta):
        sequence = (
            "address",
            "village",
            "municipality",
            "since",
            "total",
            "verdict_days",
            "match_days",
            "viewing_days",
            "answer_days",
            "repairs_days",
            "state",
        )

    def render_address(self, record):
        return format_html(
            '<a class="utrecht-link utrecht-link--html-a" href="{}">{}</a>',
            reverse("housing:vacancy_detail", args=[record.pk]),
            record.dwelling.address,
        )

    def render_since(self, value):
        return date_short(value)

    def render_state(self, record):
        return record.get_state_display()
