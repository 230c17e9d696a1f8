"""Tables about the checklist and notes."""

import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.tables.days import DueTable, days_pill, deadline_column
from westerkwartier.web.clock import today
from westerkwartier.web.tables import Table
from westerkwartier.web.templatetags.ui import date_short, moment, pill


def link(url: str, text) -> str:
    return format_html('<a class="utrecht-link utrecht-link--html-a" href="{}">{}</a>', url, text)


def task_pill(task, on):
    """Done, not needed, or the days left or late; nothing as long as its day is not known."""
    if task.done_on:
        return pill("good", _("Done on %(day)s") % {"day": date_short(task.done_on)})
    if task.cancelled_on:
        return pill("neutral", _("Not needed"))
    return days_pill(task.due_on, on) if task.due_on else ""


class TaskTable(DueTable):
    """Tasks with a button to tick each off; rows need ``with_case_seen(user)``."""

    label = tables.Column(
        verbose_name=gettext_lazy("Task"),
        accessor="template",
        order_by=("template__label_nl",),
        orderable=True,
    )
    reference = tables.Column(
        verbose_name=gettext_lazy("Household"),
        accessor="case__reference",
        order_by=("case__reference",),
        orderable=True,
        attrs={"td": {"class": "nowrap"}},
    )
    owner = tables.Column(
        verbose_name=gettext_lazy("Done by"),
        accessor="owner__name",
        order_by=("owner__name",),
        orderable=True,
    )
    due_on = tables.Column(
        verbose_name=gettext_lazy("Due on"),
        orderable=True,
        empty_values=(),
        attrs={"td": {"class": "nowrap"}},
    )
    state = tables.Column(
        verbose_name=gettext_lazy("State"),
        empty_values=(),
        accessor="pk",
        attrs={"td": {"class": "state"}},
    )
    act = tables.Column(
        verbose_name=gettext_lazy("To do"),
        accessor="pk",
        exclude_from_export=True,
        attrs={"td": {"class": "wide"}},
    )

    caption = gettext_lazy("Tasks of the checklists")
    row_header = "label"
    default_order = ("due_on",)
    related = ("template", "owner", "case")
    stack_soon = True

    def due_of(self, record):
        """Of what is done or not needed nothing is left or late."""
        return record.due_on if record.is_open else None

    def render_label(self, record):
        return link(reverse("cases:task_detail", args=[record.pk]), record.template)

    def render_reference(self, record):
        if not record.case_seen:
            return record.case.reference
        return link(reverse("cases:case_detail", args=[record.case_id]), record.case.reference)

    def render_due_on(self, record):
        if record.due_on is None:
            return format_html('<span class="quiet">{}</span>', _("not known yet"))
        return date_short(record.due_on)

    def render_state(self, record):
        return task_pill(record, self.day)

    def render_act(self, record):
        """A box for many at once beside the button for this one."""
        name, label, box = ("again", _("Open again"), "")
        if record.is_open:
            name, label, box = ("one", _("Done"), self.box(record))
        return format_html(
            '<div class="tick">{}<button type="submit" '
            'class="utrecht-button utrecht-button--secondary-action" form="tasks" '
            'name="{}" value="{}">{}<span class="visually-hidden">: {}, {}</span></button></div>',
            box,
            name,
            record.pk,
            label,
            record.template,
            record.case.reference,
        )

    def box(self, record) -> str:
        return format_html(
            '<label class="tick__box"><input type="checkbox" '
            'class="utrecht-checkbox utrecht-checkbox--html-input" name="task" form="tasks" '
            'value="{}" autocomplete="off"><span class="visually-hidden">{}</span></label>',
            record.pk,
            _("Choose: %(task)s, household %(reference)s")
            % {"task": record.template, "reference": record.case.reference},
        )

    def value_label(self, record):
        return str(record.template)

    def value_state(self, record):
        if record.done_on:
            return _("Done on %(day)s") % {"day": date_short(record.done_on)}
        if record.cancelled_on:
            return _("Not needed")
        return _("Late") if record.is_late(self.day) else _("To do")


class MentionTable(Table):
    """Calls into notes; the text itself is read with the household. Rows need
    ``selectors.households.with_deadline``."""

    at = tables.Column(
        verbose_name=gettext_lazy("Written at"),
        accessor="note__at",
        order_by=("note__at",),
        orderable=True,
        attrs={"td": {"class": "nowrap"}},
    )
    by = tables.Column(
        verbose_name=gettext_lazy("Written by"),
        accessor="note__by__name",
        order_by=("note__by__name",),
        orderable=True,
    )
    reference = tables.Column(
        verbose_name=gettext_lazy("Household"),
        accessor="note__case__reference",
        order_by=("note__case__reference",),
        orderable=True,
    )
    deadline = deadline_column()
    state = tables.Column(
        verbose_name=gettext_lazy("State"),
        accessor="pk",
        attrs={"td": {"class": "state"}},
    )
    act = tables.Column(
        verbose_name=gettext_lazy("To do"), accessor="pk", attrs={"td": {"class": "wide"}}
    )

    caption = gettext_lazy("Notes in which you are asked something")
    row_header = "reference"
    default_order = ("-at",)
    related = ("note__by", "note__case")
    stack_soon = True

    def render_deadline(self, value):
        return days_pill(value, today())

    def render_at(self, record):
        return moment(record.note.at)

    def render_reference(self, record):
        url = reverse("cases:case_detail", args=[record.note.case_id])
        return link(f"{url}#note-{record.note_id}", record.note.case.reference)

    def render_state(self, record):
        return pill("neutral", _("Seen")) if record.read_at else pill("warn", _("New"))

    def render_act(self, record):
        if record.read_at:
            return ""
        return format_html(
            '<button type="submit" class="utrecht-button utrecht-button--secondary-action" '
            'form="seen" name="mention" value="{}">{}<span class="visually-hidden">: {}</span>'
            "</button>",
            record.pk,
            _("Seen"),
            record.note.case.reference,
        )
