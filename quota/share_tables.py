"""Tables of the share and of dispersal: figures by place or period, dwellings behind a figure."""

from dataclasses import dataclass

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from housing.selectors.stock import NUMERATOR
from partners.choices import ShareDenominator
from quota.selectors import SMALLEST, ShareCount, VillageDispersal
from quota.tables import FIGURE, TotalColumn
from westerkwartier.web.tables import Table
from westerkwartier.web.templatetags.ui import date_short, number, percent, pill

LEAD = {"td": {"class": "num lead"}}  # beside the name of a line on a phone
PART_LABELS = {
    NUMERATOR: _("Let to permit holders"),
    ShareDenominator.AVAILABLE: _("A: became available"),
    ShareDenominator.UNLABELLED: _("B: available without a label"),
    ShareDenominator.LET: _("C: let"),
}


@dataclass(frozen=True)
class ShareRow:
    """A line of figures. ``opened`` maps a part to the address of its rows, for who may see them;
    ``in_force`` is the letter of the definition that counts for this line, or empty."""

    name: str
    count: ShareCount
    in_force: str
    opened: dict[str, str]
    url: str = ""
    municipality: str = ""
    so_far: object = None


class ShareTable(Table):
    """Let to permit holders, dwellings by A, B and C, and the share by each.

    The share by the definition in force comes first, also on a phone, where a line is a block. It
    is marked in the head where it is the same for all lines, and by heavier figures; where it is
    not, the one of the first line comes first. ``total`` is the last line, if there is one.
    """

    name = TotalColumn(verbose_name=_("Municipality"))
    municipality = TotalColumn(
        verbose_name=_("Municipality"), attrs={"td": {"class": "quiet hide-phone"}}
    )
    let = TotalColumn(verbose_name=PART_LABELS[NUMERATOR], attrs=FIGURE, empty_values=())
    a = TotalColumn(verbose_name=_("A"), attrs=FIGURE, empty_values=())
    share_a = TotalColumn(verbose_name=_("Share of A"), attrs=FIGURE, empty_values=())
    b = TotalColumn(verbose_name=_("B"), attrs=FIGURE, empty_values=())
    share_b = TotalColumn(verbose_name=_("Share of B"), attrs=FIGURE, empty_values=())
    c = TotalColumn(verbose_name=_("C"), attrs=FIGURE, empty_values=())
    share_c = TotalColumn(verbose_name=_("Share of C"), attrs=FIGURE, empty_values=())
    so_far = TotalColumn(verbose_name=_("Share so far"), attrs=FIGURE, empty_values=())

    row_header = "name"
    stack_soon = False

    def __init__(self, rows, *, caption: str, head: str, total: ShareRow | None = None, **kwargs):
        self.caption, self.total = caption, total
        records = [*rows, total] if total is not None else list(rows)
        letters = [record.in_force for record in records]
        first = next(filter(None, letters), "").lower()
        order = ("name", "municipality", f"share_{first}", "let", first, "...")
        super().__init__(rows, sequence=order if first else None, **kwargs)
        self.columns["name"].column.verbose_name = head
        if not first:
            return
        column = self.columns[f"share_{first}"].column
        column.attrs = LEAD
        if len(set(letters)) == 1:
            column.verbose_name = _("Share of %(letter)s (in force)") % {"letter": first.upper()}

    def render_name(self, record):
        if not record.url:
            return record.name
        return format_html('<a class="utrecht-link" href="{}">{}</a>', record.url, record.name)

    def render_municipality(self, record):
        return record.municipality

    def render_let(self, record):
        return self.figure(record, NUMERATOR)

    def render_a(self, record):
        return self.figure(record, ShareDenominator.AVAILABLE)

    def render_b(self, record):
        return self.figure(record, ShareDenominator.UNLABELLED)

    def render_c(self, record):
        return self.figure(record, ShareDenominator.LET)

    def render_share_a(self, record):
        return self.share(record, ShareDenominator.AVAILABLE)

    def render_share_b(self, record):
        return self.share(record, ShareDenominator.UNLABELLED)

    def render_share_c(self, record):
        return self.share(record, ShareDenominator.LET)

    def render_so_far(self, record):
        return percent(record.so_far, 1)

    def figure(self, record: ShareRow, part: str):
        """A count that opens its rows; nothing to open stays plain."""
        count = record.count.of(part)
        url = record.opened.get(part)
        if url is None or not count:
            return number(count)
        return format_html(
            '<a class="utrecht-link" href="{}"><span class="visually-hidden">{} </span>{}</a>',
            url,
            f"{record.name}, {PART_LABELS[part]}:",
            number(count),
        )

    def share(self, record: ShareRow, denominator: str):
        text = percent(record.count.share(denominator), 1)
        if denominator != record.in_force:
            return text
        return format_html('<strong class="in-force">{}</strong>', text)


class ShareRowsTable(Table):
    """The vacancies behind a figure; rows need ``with_municipality(on)``."""

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
    available_from = tables.Column(
        verbose_name=_("Free from"), orderable=True, attrs={"td": {"class": "nowrap"}}
    )
    let_from = tables.Column(
        verbose_name=_("Let from"), orderable=True, attrs={"td": {"class": "nowrap"}}
    )
    label = tables.Column(verbose_name=_("Label"))
    state = tables.Column(verbose_name=_("State"))

    caption = _("Dwellings behind a figure of the share")
    row_header = "address"
    default_order = ("-available_from",)
    related = ("dwelling__village",)
    stack_soon = True

    def render_address(self, record):
        return format_html(
            '<a class="utrecht-link utrecht-link--html-a" href="{}">{}</a>',
            reverse("housing:vacancy_detail", args=[record.pk]),
            record.dwelling.address,
        )

    def render_available_from(self, value):
        return date_short(value)

    def render_let_from(self, value):
        return date_short(value)

    def render_label(self, record):
        return record.get_label_display()

    def render_state(self, record):
        return record.get_state_display()


def told(count: int | None) -> str:
    """A number, or that it is too small to be told to this reader."""
    return f"<{number(SMALLEST)}" if count is None else number(count)


class DispersalTable(Table):
    """Villages with their dwellings and the households of permit holders; rows are
    ``VillageDispersal``, the last line is the region. ``warns``: whether any of
    them does; a column that says "below" everywhere is left out."""

    name = TotalColumn(verbose_name=_("Village"))
    municipality = TotalColumn(
        verbose_name=_("Municipality"), attrs={"td": {"class": "quiet hide-phone"}}
    )
    share = TotalColumn(verbose_name=_("Share"), attrs=LEAD, empty_values=())
    households = TotalColumn(
        verbose_name=_("Households of permit holders"), attrs=FIGURE, empty_values=()
    )
    dwellings = TotalColumn(verbose_name=_("Dwellings"), attrs=FIGURE)
    let = TotalColumn(verbose_name=_("Let to them, 12 months"), attrs=FIGURE, empty_values=())
    all_let = TotalColumn(verbose_name=_("All let, 12 months"), attrs=FIGURE, empty_values=())
    warning = TotalColumn(
        verbose_name=_("Threshold"), empty_values=(), attrs={"td": {"class": "nowrap"}}
    )

    caption = _("Permit holders per village")
    row_header = "name"

    def __init__(self, rows, *, total: VillageDispersal, warns: bool, **kwargs):
        self.total = total
        self.stack_soon = warns  # the words of a warning take the room that a tablet has
        super().__init__(rows, exclude=() if warns else ("warning",), **kwargs)

    def render_name(self, record):
        return _("Whole region") if record is self.total else record.name

    def render_municipality(self, record):
        return record.municipality

    def render_dwellings(self, record):
        return number(record.dwellings)

    def render_households(self, record):
        if record is self.total:
            return number(record.households)
        return told(record.households)

    def render_share(self, record):
        return percent(record.share, 1)

    def render_let(self, record):
        return number(record.let) if record is self.total else told(record.let)

    def render_all_let(self, record):
        return number(record.all_let)

    def render_warning(self, record):
        if record is self.total:
            return ""
        if record.warns:
            return pill("warn", _("Above the threshold"))
        return "–" if record.households is None else _("below")
