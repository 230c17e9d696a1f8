"""The list of differences with COA."""

from datetime import date

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.choices import DifferenceKind
from housing.models import CoaDifference
from housing.tables.days import HouseholdDueTable, deadline_column
from westerkwartier.web.templatetags.ui import date_short, moment

LINK = '<a class="utrecht-link utrecht-link--html-a" href="{}">{}</a>'
NAMED = (
    '<a class="utrecht-link utrecht-link--html-a" href="{}">{}'
    '<span class="visually-hidden"> {}</span></a>'
)
NUMBERS = (DifferenceKind.SIZE, DifferenceKind.SIGN_OFF_PERSONS)


def said(difference: CoaDifference, value: str):
    """What one side says: a day, a number or a name; None for nothing."""
    if not value:
        return None
    if difference.kind in NUMBERS:
        return int(value)
    return value if difference.kind == DifferenceKind.MUNICIPALITY else date.fromisoformat(value)


def shown(difference: CoaDifference, value: str) -> str:
    read = said(difference, value)
    if read is None:
        return "–"
    return date_short(read) if isinstance(read, date) else str(read)


class DifferenceTable(HouseholdDueTable):
    """Rows need ``opened_by(user)`` and ``selectors.households.with_deadline``."""

    reference = tables.Column(
        verbose_name=gettext_lazy("Household"), order_by=("reference",), orderable=True
    )
    kind = tables.Column(
        verbose_name=gettext_lazy("Difference"), order_by=("rank",), orderable=True
    )
    municipality = tables.Column(
        verbose_name=gettext_lazy("Municipality"),
        accessor="municipality__name",
        order_by=("municipality__name",),
        orderable=True,
    )
    on = tables.Column(
        verbose_name=gettext_lazy("Date"),
        order_by=("on",),
        orderable=True,
        attrs={"td": {"class": "nowrap hide-tablet"}},
    )
    ours = tables.Column(verbose_name=gettext_lazy("Here"), attrs={"td": {"class": "nowrap"}})
    theirs = tables.Column(verbose_name=gettext_lazy("At COA"), attrs={"td": {"class": "nowrap"}})
    deadline = deadline_column()
    explanation = tables.Column(
        verbose_name=gettext_lazy("Explanation"), empty_values=(), attrs={"td": {"class": "wide"}}
    )

    caption = gettext_lazy("Differences with COA")
    row_header = "reference"
    default_order = ("kind", "reference")
    related = ("municipality", "explanation__by")

    def render_reference(self, record):
        if not record.may_open:
            return record.reference
        return format_html(
            LINK, reverse("cases:case_detail", args=[record.case_id]), record.reference
        )

    def value_reference(self, record):
        return record.reference

    def render_on(self, value):
        return date_short(value)

    def render_ours(self, record):
        return shown(record, record.ours)

    def value_ours(self, record):
        return said(record, record.ours)

    def render_theirs(self, record):
        return shown(record, record.theirs)

    def value_theirs(self, record):
        return said(record, record.theirs)

    def render_explanation(self, record):
        told, about = record.explanation, f"{record.reference}, {record.get_kind_display()}"
        if told is None:
            url = reverse("cases:difference_explain", args=[record.pk])
            return format_html(NAMED, url, _("Explain"), about)
        url = reverse("cases:difference_unexplain", args=[record.pk])
        return format_html(
            '{}<br><span class="quiet">{}, {}</span> {}',
            *(told.reason, told.by.name, moment(told.at)),
            format_html(NAMED, url, _("Take back"), about),
        )

    def value_explanation(self, record):
        return record.explanation.reason if record.explanation else None
