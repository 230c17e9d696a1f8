"""Households whose personal data will be deleted soon."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from housing.tables.cases import status_pill
from westerkwartier.web.tables import Table
from westerkwartier.web.templatetags.ui import date_short


class ErasureTable(Table):
    """Rows need ``selectors.retention.with_erasure``."""

    reference = tables.Column(
        verbose_name=_("Reference"), orderable=True, attrs={"td": {"class": "short"}}
    )
    status = tables.Column(
        verbose_name=_("Status"),
        orderable=True,
        order_by=("status", "erased_from"),
        attrs={"td": {"class": "state"}},
    )
    municipality = tables.Column(
        verbose_name=_("Linked to"),
        accessor="linked_municipality__name",
        order_by=("linked_municipality__name",),
        orderable=True,
    )
    ended_on = tables.Column(
        verbose_name=_("Ended on"), orderable=True, attrs={"td": {"class": "nowrap"}}
    )
    erased_from = tables.Column(
        verbose_name=_("Will be deleted on"), orderable=True, attrs={"td": {"class": "nowrap"}}
    )

    caption = _("Households whose personal data will be deleted")
    row_header = "reference"
    default_order = ("erased_from",)
    related = ("linked_municipality",)

    class Meta(Table.Meta):
        sequence = ("reference", "status", "municipality", "ended_on", "erased_from")

    def render_reference(self, record):
        return format_html(
            '<a class="utrecht-link utrecht-link--html-a" href="{}">{}</a>',
            reverse("cases:case_detail", args=[record.pk]),
            record.reference,
        )

    def render_status(self, record):
        return status_pill(record)

    def render_ended_on(self, value):
        return date_short(value)

    def render_erased_from(self, value):
        return date_short(value)
