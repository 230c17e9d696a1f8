"""Tables and the filter of the import wizard."""

import django_filters
import django_tables2 as tables
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.choices import ImportState, RowOutcome
from partners.models import ImportBatch, ImportRow
from partners.services.imports.kinds import ImportKind, kind_named
from westerkwartier.web.filters import FilterSet
from westerkwartier.web.tables import Table
from westerkwartier.web.templatetags.ui import moment, number, pill

FIGURE = {"td": {"class": "num"}}
LINK = '<a class="utrecht-link utrecht-link--html-a" href="{}">{}</a>'
STATE_TONES = {
    ImportState.MAPPING: "warn",
    ImportState.QUEUED: "neutral",
    ImportState.RUNNING: "neutral",
    ImportState.CHECKED: "warn",
    ImportState.DONE: "good",
    ImportState.UNDONE: "neutral",
    ImportState.FAILED: "bad",
    ImportState.ABANDONED: "neutral",
}
OUTCOME_TONES = {
    RowOutcome.ADD: "good",
    RowOutcome.CHANGE: "good",
    RowOutcome.SAME: "neutral",
    RowOutcome.ERROR: "bad",
}
# What is still to come is said otherwise than what was done.
PLANNED = {
    RowOutcome.ADD: gettext_lazy("Will be added"),
    RowOutcome.CHANGE: gettext_lazy("Will be changed"),
    RowOutcome.SAME: gettext_lazy("Stays as it is"),
    RowOutcome.ERROR: gettext_lazy("Error"),
}
WARNED, TWINS = "warned", "twins"


def writes(batch: ImportBatch) -> int:
    """How many rows the import writes to the register, or keeps as what their sender said."""
    written = batch.counts.get(RowOutcome.ADD, 0) + batch.counts.get(RowOutcome.CHANGE, 0)
    return max(written, batch.counts.get("told", 0))


def state_pill(batch: ImportBatch) -> SafeString:
    """Where an import stands; a checked file that changes nothing waits for nobody."""
    if batch.state == ImportState.CHECKED and not writes(batch):
        return pill("neutral", _("Nothing to import"))
    return pill(STATE_TONES[batch.state], batch.get_state_display())


def outcome_label(outcome: str, *, planned: bool) -> str:
    return str(PLANNED[outcome] if planned else RowOutcome(outcome).label)


def kind_label(batch: ImportBatch) -> str:
    kind = kind_named(batch.kind)
    return str(kind.label) if kind else batch.kind


def counted(batch: ImportBatch, outcome: str) -> str:
    """The number of rows with an outcome; a dash while nothing was counted."""
    return number(batch.counts[outcome]) if outcome in batch.counts else "–"


class BatchTable(Table):
    """Imports, the newest first."""

    file_name = tables.Column(verbose_name=gettext_lazy("File"))
    kind = tables.Column(verbose_name=gettext_lazy("Holds"))
    organisation = tables.Column(
        verbose_name=gettext_lazy("Organisation"),
        accessor="organisation__name",
        attrs={"td": {"class": "hide-phone"}},
    )
    uploaded_at = tables.Column(
        verbose_name=gettext_lazy("Sent at"), orderable=True, attrs={"td": {"class": "nowrap"}}
    )
    uploaded_by = tables.Column(verbose_name=gettext_lazy("Sent by"), accessor="uploaded_by__name")
    add = tables.Column(
        verbose_name=gettext_lazy("Added"), accessor="pk", empty_values=(), attrs=FIGURE
    )
    change = tables.Column(
        verbose_name=gettext_lazy("Changed"), accessor="pk", empty_values=(), attrs=FIGURE
    )
    error = tables.Column(
        verbose_name=gettext_lazy("Errors"), accessor="pk", empty_values=(), attrs=FIGURE
    )
    state = tables.Column(verbose_name=gettext_lazy("State"), attrs={"td": {"class": "state"}})

    caption = gettext_lazy("Imports")
    row_header = "file_name"
    default_order = ("-uploaded_at",)
    related = ("organisation", "uploaded_by")

    def render_file_name(self, record):
        return format_html(LINK, reverse("imports:batch_detail", args=[record.pk]), record)

    def value_file_name(self, record):
        return record.file_name

    def render_kind(self, record):
        return kind_label(record)

    def value_kind(self, record):
        return kind_label(record)

    def render_uploaded_at(self, value):
        return moment(value)

    def value_uploaded_at(self, record):
        return record.uploaded_at.replace(microsecond=0)

    def render_add(self, record):
        return counted(record, RowOutcome.ADD)

    def render_change(self, record):
        return counted(record, RowOutcome.CHANGE)

    def render_error(self, record):
        return counted(record, RowOutcome.ERROR)

    def render_state(self, record):
        return state_pill(record)


class RowFilter(FilterSet):
    """Rows by what they do."""

    outcome = django_filters.ChoiceFilter(
        label=gettext_lazy("Show"),
        method="filter_outcome",
        choices=[
            (RowOutcome.ADD, gettext_lazy("Added")),
            (RowOutcome.CHANGE, gettext_lazy("Changed")),
            (RowOutcome.SAME, gettext_lazy("Left as they are")),
            (RowOutcome.ERROR, gettext_lazy("Errors")),
            (WARNED, gettext_lazy("With a warning")),
            (TWINS, gettext_lazy("Twice in the file")),
        ],
        empty_label=gettext_lazy("All rows"),
    )

    class Meta:
        model = ImportRow
        fields: list[str] = []

    def filter_outcome(self, queryset, name, value):
        if value == WARNED:
            return queryset.filter(warned=True)
        if value == TWINS:
            return queryset.filter(twin__isnull=False)
        return queryset.filter(outcome=value)


def sentences(kind: ImportKind, pairs: list) -> list[tuple[str, str]]:
    """Label of the column and sentence for each problem or warning."""
    labels = {column.name: str(column.label) for column in kind.columns}
    labels |= {name: str(label) for name, label in kind.labels.items()}
    return [(labels.get(name, ""), sentence) for name, sentence in pairs]


def changes(kind: ImportKind, row: ImportRow) -> list[tuple[str, str, str]]:
    """Label, old and new value of each field that a row changes."""
    return [
        (
            str(kind.labels.get(name, name)),
            kind.show_value(name, old),
            kind.show_value(name, row.record.get(name)),
        )
        for name, old in row.before.items()
        if row.record.get(name) != old
    ]


class RowTable(Table):
    """Rows of a file and what each does. ``kind`` and ``planned`` are set by the page."""

    number = tables.Column(verbose_name=gettext_lazy("Row"), orderable=True)
    label = tables.Column(verbose_name=gettext_lazy("What"), empty_values=())
    detail = tables.Column(
        verbose_name=gettext_lazy("What happens, and why"),
        accessor="pk",
        attrs={"td": {"class": "wide"}},
    )
    outcome = tables.Column(verbose_name=gettext_lazy("Outcome"), attrs={"td": {"class": "state"}})

    caption = gettext_lazy("Rows of the file")
    row_header = "label"
    default_order = ("number",)
    kind: ImportKind
    planned = True

    def render_number(self, value):
        return str(value)

    def render_label(self, record):
        address = reverse("imports:row", args=[record.batch_id, record.number])
        return format_html(LINK, address, record.label or _("Row %(row)s") % {"row": record.number})

    def render_outcome(self, record):
        text = outcome_label(record.outcome, planned=self.planned)
        tone = "warn" if record.warned else OUTCOME_TONES[record.outcome]
        return pill(tone, text)

    def render_detail(self, record):
        lines = [
            *(
                format_html("{}: {} → <strong>{}</strong>", *change)
                for change in (changes(self.kind, record) if record.outcome == "change" else [])
            ),
            *(
                format_html("<strong>{}</strong> {}", f"{label}:" if label else "", sentence)
                for label, sentence in sentences(self.kind, [*record.problems, *record.warnings])
            ),
        ]
        return format_html_join("", "<div>{}</div>", ((line,) for line in lines)) or "–"


def size_label(batch: ImportBatch) -> str:
    return filesizeformat(batch.size)
