"""Days left and days late, wherever a household or its work is shown."""

from datetime import date
from functools import lru_cache

import django_tables2 as tables
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from housing.arithmetic import days_left
from westerkwartier.web.clock import today
from westerkwartier.web.tables import Table
from westerkwartier.web.templatetags.ui import date_short, number

SOON_DAYS = 14  # "within two weeks", as the filter of households says


def days_words(days: int) -> str:
    """Calendar days in words: left, today, or late when negative."""
    if days == 0:
        return gettext("today")
    if days < 0:
        return ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": number(-days)}
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": number(days)}


def working_days_words(days: int) -> str:
    """Working days beside them; left or late has been said."""
    return ngettext("%(days)s working day", "%(days)s working days", abs(days)) % {
        "days": number(abs(days))
    }


def deadline_tone(days: int) -> str:
    """How days left look: late, within two weeks, or more."""
    return "bad" if days < 0 else "warn" if days <= SOON_DAYS else "neutral"


def days_pill(due_on: date, on: date) -> SafeString:
    """ "12 days left (8 working days)" until the last day of a term, as a pill with a note."""
    left = days_left(due_on, on)
    return days_shown(left.days, left.working_days)


def days_shown(days: int, working_days: int) -> SafeString:
    """The same of days that were counted already; negative is late."""
    return _days_shown(days, working_days, get_language())


@lru_cache(maxsize=512)
def _days_shown(days: int, working_days: int, language: str | None) -> SafeString:
    """The same counts come back on every page; ``language`` is the active one."""
    return render_to_string(
        "components/days.html",
        {
            "state": deadline_tone(days),
            "text": days_words(days),
            "working_days": working_days_words(working_days) if days else "",
        },
    )


def day_with_days(day: date, on: date) -> SafeString:
    """A day to come, and how far it still is, in quiet words: it is no term."""
    left = days_left(day, on)
    words = days_words(left.days)
    if left.days:
        words = f"{words} ({working_days_words(left.working_days)})"
    return format_html('{} <span class="quiet due-day">{}</span>', date_short(day), words)


def deadline_below(due_on: date, on: date) -> SafeString:
    """The deadline of a household below its reference, where a list has no room for a column."""
    return format_html(
        '<span class="due-below"><span class="visually-hidden">{}: </span>{}</span>',
        gettext("Deadline"),
        days_pill(due_on, on),
    )


class DueTable(Table):
    """A table whose rows have a last day: ``due_of(record)``, None where there is none.

    Its file ends with the days left until then, in calendar days and in working days; negative is
    days late.
    """

    tells_days = True  # whether the file has them

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.day = today()

    def due_of(self, record) -> date | None:
        raise NotImplementedError

    def export_header(self) -> list:
        header = super().export_header()
        return [*header, _("Days left"), _("Working days left")] if self.tells_days else header

    def export_row(self, record) -> list:
        if not self.tells_days:
            return super().export_row(record)
        due_on = self.due_of(record)
        left = days_left(due_on, self.day) if due_on else None
        return [
            *super().export_row(record),
            left and left.days,
            left and left.working_days,
        ]


def deadline_column(**attrs) -> tables.Column:
    """The deadline of the household that a row is about. Its day stands at the end of the file,
    so that the columns before it keep their place."""
    return tables.Column(
        verbose_name=_("Deadline"),
        accessor="deadline_on",
        exclude_from_export=True,
        **attrs,
    )


class HouseholdDueTable(DueTable):
    """Rows about households, with ``selectors.households.with_deadline``; shown in a column
    ``deadline`` (``deadline_column``) or with ``deadline_below``."""

    def due_of(self, record) -> date | None:
        return record.deadline_on

    def render_deadline(self, value):
        return days_pill(value, self.day)

    def export_header(self) -> list:
        *columns, days, working = super().export_header()
        return [*columns, _("Deadline"), days, working]

    def export_row(self, record) -> list:
        *cells, days, working = super().export_row(record)
        return [*cells, self.due_of(record), days, working]
