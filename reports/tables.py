"""Tables of the reports app."""

import django_tables2 as tables
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from reports.choices import RunState
from westerkwartier.web.tables import Table
from westerkwartier.web.templatetags.ui import date_long, moment, pill

STATE_TONES = {
    RunState.QUEUED: "neutral",
    RunState.RUNNING: "neutral",
    RunState.DONE: "good",
    RunState.FAILED: "bad",
}


def state_pill(state: str):
    """A pill for the state of a run."""
    return pill(STATE_TONES[state], RunState(state).label)


class ReportRunTable(Table):
    """Reports that were asked for, newest reference date first."""

    report = tables.Column(verbose_name=_("Report"), accessor="kind")
    reference_date = tables.Column(
        verbose_name=_("Reference date"), orderable=True, attrs={"td": {"class": "nowrap"}}
    )
    version = tables.Column(verbose_name=_("Version"), attrs={"td": {"class": "num"}})
    state = tables.Column(verbose_name=_("State"), attrs={"td": {"class": "state"}})
    requested_by = tables.Column(
        verbose_name=_("Requested by"), accessor="requested_by__name", empty_values=()
    )
    finished_at = tables.Column(
        verbose_name=_("Ready at"), orderable=False, attrs={"td": {"class": "nowrap"}}
    )
    size = tables.Column(verbose_name=_("Size"), attrs={"td": {"class": "num hide-phone"}})
    download = tables.Column(
        verbose_name=_("PDF"), empty_values=(), exclude_from_export=True, accessor="pk"
    )

    caption = _("Reports")
    row_header = "report"
    default_order = ("-reference_date", "-version")
    related = ("requested_by",)

    class Meta(Table.Meta):
        sequence = (
            "report",
            "reference_date",
            "version",
            "state",
            "requested_by",
            "finished_at",
            "size",
            "download",
        )

    @classmethod
    def sort_fields(cls, asked: str) -> tuple[list[str], list[str]]:
        """Versions of one reference date stay together, the newest first."""
        known, fields = super().sort_fields(asked)
        return known, [*(f for f in fields if f.lstrip("-") != "version"), "-version"]

    def render_report(self, record):
        return format_html(
            '<a class="utrecht-link" href="{}">{}</a>',
            reverse("reports:run_detail", args=[record.pk]),
            record.get_kind_display(),
        )

    def value_report(self, record):
        return record.get_kind_display()

    def render_reference_date(self, value):
        return date_long(value)

    def render_state(self, record):
        return state_pill(record.state)

    def render_requested_by(self, record):
        return record.requested_by.name if record.requested_by else _("Monthly schedule")

    def value_requested_by(self, record):
        return str(self.render_requested_by(record))

    def render_finished_at(self, value):
        return moment(value)

    def value_finished_at(self, record):
        return record.finished_at and record.finished_at.replace(microsecond=0)

    def value_size(self, record):
        return str(filesizeformat(record.size)).replace("\xa0", " ") if record.size else None

    def render_size(self, value):
        return filesizeformat(value)

    def render_download(self, record):
        if record.state != RunState.DONE:
            return ""
        return format_html(
            '<a class="utrecht-link" href="{}">{}<span class="visually-hidden"> {}</span></a>',
            reverse("reports:run_download", args=[record.pk]),
            _("Download"),
            _("of %(day)s, version %(version)s")
            % {"day": date_long(record.reference_date), "version": record.version},
        )
