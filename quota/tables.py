"""Tables of the quota app."""

from urllib.parse import urlencode

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from housing.choices import PersonCategory
from quota.choices import Standing
from quota.selectors import Progress
from westerkwartier.web.models import Certainty
from westerkwartier.web.tables import Table
from westerkwartier.web.templatetags.ui import (
    date_short,
    number,
    percent,
    pill,
    progress_bar,
    signed,
)

FIGURE = {"td": {"class": "num"}}
STANDING_TONES = {
    Standing.MET: "good",
    Standing.JUST_BEGUN: "neutral",
    Standing.ON_SCHEDULE: "good",
    Standing.SLIGHTLY_BEHIND: "warn",
    Standing.FAR_BEHIND: "bad",
    Standing.NO_QUOTA: "neutral",
}
# Footnote marks: a figure carries its own, the legend under the table says what they mean.
NOT_VERIFIED = ("‡", _("not verified"))
MARKS = {
    Certainty.DERIVED: ("*", _("calculated")),
    Certainty.ILLUSTRATIVE: ("†", _("illustrative")),
    Certainty.PRESS: NOT_VERIFIED,
    Certainty.MEMORY: NOT_VERIFIED,
    Certainty.MIXED: NOT_VERIFIED,
    Certainty.UNKNOWN: NOT_VERIFIED,
}


def standing_pill(standing: Standing):
    return pill(STANDING_TONES[standing], standing.label)


def marked(text: str, certainty: str):
    """A figure with the mark of its certainty, in a word for those who hear the page."""
    if certainty not in MARKS:
        return text
    mark, word = MARKS[certainty]
    return format_html(
        '{}<span class="certainty-mark" aria-hidden="true">{}</span>'
        '<span class="visually-hidden"> ({})</span>',
        text,
        mark,
        word,
    )


class TotalColumn(tables.Column):
    """A column whose footer is the cell of the table's total."""

    def render_footer(self, bound_column, table):
        return getattr(table, f"render_{bound_column.name}")(record=table.total)


class MarkedTable(Table):
    (
        """A table whose figures carry marks.

    ``certainties`` maps a column to the attributes of a record that hold its certainty and its
    source (None where no source is told).
    """
        ""
    )

    certainties: dict[str, tuple[str, str | None]] = {}

    def marks_of(self, record) -> set[tuple[str, str]]:
        """(certainty, source) of each figure of a record that is shown."""
        return {
            (getattr(record, certainty), getattr(record, source) if source else "")
            for name, (certainty, source) in self.certainties.items()
            if name in self.columns.names()
        }

    def shown_marks(self) -> set[tuple[str, str]]:
        """(certainty, source) of everything in the table: what its legend must explain."""
        return {mark for row in self.rows for mark in self.marks_of(row.record)}


class OverviewTable(MarkedTable):
    """Municipalities side by side; ``rows`` are ``Progress``, the last line is the region.

    ``links`` maps a CBS code to the page of a municipality; ``opened`` maps it ("" for the region)
    to the address of the persons counted, for those who may open them.
    """

    name = TotalColumn(verbose_name=_("Municipality"))
    net = TotalColumn(verbose_name=_("Net"), attrs=FIGURE, empty_values=())
    opening = TotalColumn(verbose_name=_("Opening balance"), attrs=FIGURE)
    corrected = TotalColumn(verbose_name=_("Quota"), attrs=FIGURE)
    realised = TotalColumn(verbose_name=_("Housed"), attrs=FIGURE)
    progress = TotalColumn(
        verbose_name=_("Progress"), empty_values=(), attrs={"td": {"class": "wide"}}
    )
    share = TotalColumn(verbose_name="%", attrs=FIGURE, empty_values=())
    to_do = TotalColumn(verbose_name=_("Still to do"), attrs=FIGURE)
    needed_per_month = TotalColumn(
        verbose_name=_("Per month"), attrs={"td": {"class": "num hide-phone"}}, empty_values=()
    )
    standing = TotalColumn(verbose_name=_("Standing"), attrs={"td": {"class": "state"}})

    caption = _("Quota per municipality")
    row_header = "name"
    certainties = {
        "net": ("net_certainty", "net_source"),
        "opening": ("opening_certainty", "opening_source"),
        "corrected": ("certainty", "source"),
        "realised": ("realised_certainty", None),
    }

    def __init__(self, rows, *, total: Progress, links: dict, opened: dict, **kwargs):
        self.total, self.links, self.opened = total, links, opened
        super().__init__(rows, **kwargs)

    def render_name(self, record):
        if record is self.total:
            return _("Whole region")
        url = self.links.get(record.code)
        if url is None:
            return record.name
        return format_html('<a class="utrecht-link" href="{}">{}</a>', url, record.name)

    def shown_marks(self) -> set[tuple[str, str]]:
        return super().shown_marks() | self.marks_of(self.total)

    def render_net(self, record):
        return marked(number(record.net), record.net_certainty)

    def render_opening(self, record):
        return marked(signed(record.opening), record.opening_certainty)

    def render_corrected(self, record):
        return marked(number(record.corrected), record.certainty)

    def render_realised(self, record):
        text = marked(number(record.realised), record.realised_certainty)
        url = self.opened.get(record.code)
        if url is None or not record.realised:
            return text
        return format_html(
            '<a class="utrecht-link" href="{}"><span class="visually-hidden">{} </span>{}</a>',
            url,
            _("Open the persons counted for %(name)s:") % {"name": record.name},
            text,
        )

    def render_progress(self, record):
        if record.standing == Standing.NO_QUOTA:
            return "–"
        return progress_bar(record.realised, record.corrected, record.scheduled)

    def render_share(self, record):
        return percent(record.share)

    def render_to_do(self, record):
        return number(record.to_do)

    def render_needed_per_month(self, record):
        needed = record.needed_per_month
        return number(needed, 0 if not needed or needed == int(needed) else 1)

    def render_standing(self, record):
        return standing_pill(record.standing)


class BalanceTable(MarkedTable):
    """The half-years of one municipality; rows are ``PeriodBalance``."""

    period = tables.Column(verbose_name=_("Period"))
    opening = tables.Column(verbose_name=_("Opening balance"), attrs=FIGURE)
    net = tables.Column(verbose_name=_("Net"), attrs=FIGURE, empty_values=())
    corrected = tables.Column(verbose_name=_("Quota"), attrs=FIGURE)
    realised = tables.Column(verbose_name=_("Housed"), attrs=FIGURE)
    closing = tables.Column(verbose_name=_("Closing balance"), attrs=FIGURE)

    caption = _("Balance per half-year")
    row_header = "period"
    certainties = {
        "opening": ("opening_certainty", "opening_source"),
        "net": ("net_certainty", "net_source"),
        "corrected": ("corrected_certainty", None),
        "realised": ("realised_certainty", None),
        "closing": ("closing_certainty", None),
    }

    def __init__(self, rows, *, page_url: str, **kwargs):
        self.page_url = page_url
        super().__init__(rows, **kwargs)

    def render_period(self, record):
        query = urlencode({"period": record.period.code})
        return format_html(
            '<a class="utrecht-link" href="{}?{}">{}</a>', self.page_url, query, record.period.code
        )

    def render_opening(self, record):
        return marked(signed(record.opening), record.opening_certainty)

    def render_net(self, record):
        return marked(number(record.net), record.net_certainty)

    def render_corrected(self, record):
        return marked(number(record.corrected), record.corrected_certainty)

    def render_realised(self, record):
        return marked(number(record.realised), record.realised_certainty)

    def render_closing(self, record):
        text = marked(signed(record.closing), record.closing_certainty)
        if record.final:
            return text
        return format_html('{} <span class="quiet">{}</span>', text, _("so far"))


class FormulaTable(MarkedTable):
    """The formula beside the net quota; rows are ``FormulaCheck``."""

    municipality = tables.Column(verbose_name=_("Municipality"))
    inhabitants = tables.Column(verbose_name=_("Inhabitants"), attrs=FIGURE, empty_values=())
    exact = tables.Column(verbose_name=_("Formula"), attrs=FIGURE, empty_values=())
    rounded = tables.Column(verbose_name=_("Rounded"), attrs=FIGURE, empty_values=())
    net = tables.Column(verbose_name=_("Net quota"), attrs=FIGURE, empty_values=())
    difference = tables.Column(verbose_name=_("Difference"), attrs=FIGURE, empty_values=())
    plausible = tables.Column(
        verbose_name=_("Check"), empty_values=(), attrs={"td": {"class": "state"}}
    )

    caption = _("The formula of the law beside the net quota")
    row_header = "municipality"
    certainties = {"net": ("net_certainty", None)}

    def render_municipality(self, record):
        return record.municipality.name

    def render_inhabitants(self, record):
        if record.inhabitants is None:
            return "–"
        text = number(record.inhabitants)
        if record.as_the_law_asks:
            return text
        return format_html(
            '{} <span class="quiet nowrap">({})</span>', text, date_short(record.inhabitants_on)
        )

    def render_exact(self, record):
        return number(record.exact, 2)

    def render_rounded(self, record):
        return number(record.rounded)

    def render_net(self, record):
        return marked(number(record.net), record.net_certainty)

    def render_difference(self, record):
        return signed(record.difference)

    def render_plausible(self, record):
        if record.plausible is None:
            return pill("neutral", _("Not known"))
        if record.plausible:
            return pill("good", _("Plausible"))
        return pill("warn", _("Look again"))


class RealisedTable(Table):
    """Persons that count for the quota, without names; rows are of ``realised_persons``."""

    reference = tables.Column(
        verbose_name=_("Case"), orderable=True, order_by=("reference",), accessor="reference"
    )
    category = tables.Column(verbose_name=_("Category"))
    counted_on = tables.Column(
        verbose_name=_("Counted on"), orderable=True, attrs={"td": {"class": "nowrap"}}
    )
    credited = tables.Column(
        verbose_name=_("Counts for"),
        accessor="credited_name",
        order_by=("credited_name",),
        orderable=True,
    )
    linked = tables.Column(
        verbose_name=_("Linked to"),
        accessor="linked_name",
        order_by=("linked_name",),
        orderable=True,
    )

    caption = _("Persons who count towards the quota")
    row_header = "reference"
    default_order = ("-counted_on",)

    def render_category(self, record):
        return PersonCategory(record.category).label

    def render_counted_on(self, value):
        return date_short(value)
