"""The table of households. What a reader may not know of any of them is not in it."""

from datetime import date

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from housing.choices import HOUSING, CaseStatus
from housing.policies import row_fields
from housing.tables.days import DueTable, days_pill
from westerkwartier.web.tables import Table
from westerkwartier.web.templatetags.ui import data_text, date_short, number, pill

FIGURE = {"td": {"class": "num"}}
NOTHING = "–"

# The field of the policy that each column shows.
COLUMN_FIELDS = {
    "reference": "case.reference",
    "status": "case.status",
    "municipality": "case.linked_municipality",
    "linked": "case.linked_on",
    "persons": "case.size",
    "bedrooms": "case.bedrooms",
    "needs": "case.needs",
    "deadline": "case.deadlines",
    "handler": "case.handler",
}


def status_tone(status: str) -> str:
    """How a status looks: under way, asking attention, done."""
    if status in (CaseStatus.ON_HOLD, CaseStatus.REFUSAL_REVIEW):
        return "warn"
    if status == CaseStatus.SIGNED_OFF or status in HOUSING:
        return "good"
    return "neutral"


def status_pill(case):
    """A pill for the status of a household."""
    return pill(status_tone(case.status), case.get_status_display())


class CaseTable(DueTable):
    """Households for who handles them; rows need ``with_list_facts`` and ``with_viewpoints``."""

    reference = tables.Column(
        verbose_name=_("Reference"), orderable=True, attrs={"td": {"class": "short"}}
    )
    status = tables.Column(
        verbose_name=_("Status"),
        orderable=True,
        order_by=("status", "linked_on"),
        attrs={"td": {"class": "state"}},
    )
    municipality = tables.Column(
        verbose_name=_("Linked to"),
        accessor="linked_municipality__name",
        order_by=("linked_municipality__name", "linked_on"),
        orderable=True,
    )
    linked = tables.Column(
        verbose_name=_("Linked on"),
        accessor="linked_on",
        order_by=("linked_on",),
        orderable=True,
        attrs={"td": {"class": "nowrap"}},
    )
    persons = tables.Column(
        verbose_name=_("Persons"),
        accessor="here",
        order_by=("here", "expected"),
        orderable=True,
        attrs={"td": {"class": "nowrap"}},
    )
    bedrooms = tables.Column(
        verbose_name=_("Bedrooms"),
        accessor="bedrooms_asked",
        order_by=("bedrooms_asked",),
        orderable=True,
        attrs=FIGURE,
    )
    needs = tables.Column(verbose_name=_("Needs"), accessor="need_labels", empty_values=())
    deadline = tables.Column(
        verbose_name=_("Deadline"),
        accessor="due_on",
        order_by=("due_on",),
        orderable=True,
    )
    handler = tables.Column(
        verbose_name=_("Handled by"),
        accessor="handler__name",
        attrs={"td": {"class": "hide-phone"}},
    )

    caption = _("Households")
    row_header = "reference"
    stack_soon = True
    default_order = ("linked",)
    related = ("linked_municipality", "handler")

    class Meta(Table.Meta):
        sequence = tuple(COLUMN_FIELDS)

    def shows(self, record, column: str) -> bool:
        """Whether the reader sees this column of this household."""
        return COLUMN_FIELDS[column] in row_fields(record)

    def render_reference(self, record):
        return format_html(
            '<a class="utrecht-link utrecht-link--html-a" href="{}">{}</a>',
            reverse("cases:case_detail", args=[record.pk]),
            record.reference,
        )

    def render_status(self, record):
        return status_pill(record)

    def render_municipality(self, record):
        return self.value_municipality(record) or NOTHING

    def render_linked(self, record):
        return date_short(self.value_linked(record))

    def render_persons(self, record):
        if not record.expected:
            return number(record.here)
        return gettext("%(here)s + %(expected)s expected") % {
            "here": number(record.here),
            "expected": number(record.expected),
        }

    def render_needs(self, record):
        return data_text(", ".join(record.need_labels)) or NOTHING

    def render_deadline(self, record):
        due_on = self.due_of(record)
        return NOTHING if due_on is None else days_pill(due_on, self.day)

    def render_handler(self, record):
        return self.value_handler(record) or NOTHING

    # -- as a file: the same columns, the number of persons in two of them ----------------------

    def value_municipality(self, record) -> str:
        return record.linked_municipality.name if self.shows(record, "municipality") else ""

    def value_linked(self, record) -> date | None:
        return record.linked_on if self.shows(record, "linked") else None

    def value_needs(self, record) -> str:
        return ", ".join(record.need_labels)

    def due_of(self, record) -> date | None:
        return record.due_on if self.shows(record, "deadline") else None

    def value_deadline(self, record) -> date | None:
        return self.due_of(record)

    def value_handler(self, record) -> str:
        shown = record.handler is not None and self.shows(record, "handler")
        return record.handler.name if shown else ""

    def export_header(self):
        return self._with_expected(super().export_header(), _("Expected"))

    def export_row(self, record):
        return self._with_expected(super().export_row(record), record.expected)

    def _with_expected(self, cells: list, expected) -> list:
        """Who is expected after who is here."""
        at = [column.name for column in self._exported()].index("persons") + 1
        return [*cells[:at], expected, *cells[at:]]


class CaseTableOfPartners(CaseTable):
    """Households for corporation and guidance: without the link and what follows from it.

    Neither does the order of the rows tell of the link, nor the address of the next page.
    """

    status = tables.Column(
        verbose_name=_("Status"),
        orderable=True,
        order_by=("status", "reference"),
        attrs={"td": {"class": "state"}},
    )

    default_order = ("reference",)
    tells_days = False

    class Meta(CaseTable.Meta):
        exclude = ("municipality", "linked", "deadline")
        sequence = ("reference", "status", "persons", "bedrooms", "needs", "handler")
