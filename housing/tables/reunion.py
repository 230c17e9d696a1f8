"""Family who follow, in a list."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from housing.choices import NOT_COMING, ReunionAlarm, ReunionState
from housing.tables.days import HouseholdDueTable, day_with_days, deadline_below
from westerkwartier.web.tables import Table
from westerkwartier.web.templatetags.ui import date_short, pill

REUNION_TONES = {
    ReunionState.MVV_GRANTED: "good",
    ReunionState.TRAVEL_PLANNED: "good",
    ReunionState.ARRIVED: "good",
    ReunionState.JOINED: "good",
    ReunionState.MVV_REFUSED: "neutral",
    ReunionState.LAPSED: "neutral",
}
ALARM_TONES = {
    ReunionAlarm.NOT_JOINED: "bad",
    ReunionAlarm.UNCHECKED: "bad",
    ReunionAlarm.TOO_LARGE: "warn",
    ReunionAlarm.SILENT: "warn",
}
NOTHING_KNOWN = _("Nothing known yet")


def reunion_pill(state: str):
    """How far somebody who follows has come."""
    label = ReunionState(state).label if state else NOTHING_KNOWN
    return pill(REUNION_TONES.get(state, "neutral"), label)


def alarm_pill(alarm: str):
    """Why somebody who follows asks attention; nothing when they do not."""
    return pill(ALARM_TONES[alarm], ReunionAlarm(alarm).label) if alarm else ""


class FamilyTable(HouseholdDueTable):
    """Family who follow; rows come from ``selectors.reunion.watched`` and need
    ``selectors.households.with_deadline``."""

    case = tables.Column(
        verbose_name=_("Household"),
        accessor="case__reference",
        order_by=("case__reference",),
        orderable=True,
        attrs={"td": {"class": "short"}},
    )
    name = tables.Column(verbose_name=_("Who"), empty_values=())
    municipality = tables.Column(
        verbose_name=_("Linked to"),
        accessor="case__linked_municipality__name",
        order_by=("case__linked_municipality__name",),
        orderable=True,
        attrs={"td": {"class": "hide-phone"}},
    )
    reunion = tables.Column(verbose_name=_("How far"), orderable=True, empty_values=())
    told_on = tables.Column(verbose_name=_("Last news"), orderable=True)
    expected_on = tables.Column(verbose_name=_("Expected on"), orderable=True)
    checked = tables.Column(verbose_name=_("Dwelling check"))
    alarm = tables.Column(
        verbose_name=_("Asks attention"), empty_values=(), attrs={"td": {"class": "state"}}
    )
    alarm_on = tables.Column(verbose_name=_("Since"), orderable=True)

    caption = _("Family who follow")
    row_header = "case"
    default_order = ("alarm_on", "expected_on")
    related = ("case__linked_municipality",)

    class Meta(Table.Meta):
        sequence = (
            "case",
            "name",
            "municipality",
            "reunion",
            "told_on",
            "expected_on",
            "checked",
            "alarm",
            "alarm_on",
        )

    def render_case(self, record):
        """Below the household its deadline, where one runs."""
        due_on = self.due_of(record)
        return format_html(
            '<a class="utrecht-link utrecht-link--html-a" href="{}#reunion">{}</a>{}',
            reverse("cases:case_detail", args=[record.case_id]),
            record.case.reference,
            deadline_below(due_on, self.day) if due_on else "",
        )

    def value_case(self, record):
        return record.case.reference

    def render_name(self, record):
        """The name where it is known, and who they are to the holder."""
        relation = record.get_relation_display()
        return f"{record.name} ({relation.lower()})" if record.name else relation

    def value_name(self, record):
        return self.render_name(record)

    def render_reunion(self, record):
        return reunion_pill(record.reunion)

    def value_reunion(self, record):
        return record.get_reunion_display() if record.reunion else NOTHING_KNOWN

    def render_told_on(self, value):
        return date_short(value)

    def render_expected_on(self, value, record):
        """With the days until the arrival, as long as it is awaited."""
        awaited = record.arrived_on is None and record.reunion not in NOT_COMING
        return day_with_days(value, self.day) if awaited else date_short(value)

    def render_checked(self, value):
        return _("Complete") if value else _("Not complete")

    def value_checked(self, record):
        return self.render_checked(record.checked)

    def render_alarm(self, record):
        return alarm_pill(record.alarm)

    def value_alarm(self, record):
        return ReunionAlarm(record.alarm).label if record.alarm else ""

    def render_alarm_on(self, value):
        return date_short(value)
