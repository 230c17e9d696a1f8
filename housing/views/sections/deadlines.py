"""Section: the terms of a household, and whether its link counts on the reference date."""

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from housing.arithmetic import Deadline
from housing.choices import DeadlineState
from housing.models import Case
from housing.selectors.households import deadlines_of, reference_date
from housing.tables import days_shown
from housing.views.sections.section import Section
from westerkwartier.web.templatetags.ui import pill


@dataclass(frozen=True)
class DeadlineLine:
    """A term as the section shows it."""

    label: str
    pill: SafeString
    due_on: date
    met_on: date | None


def deadlines(user, case: Case, fields: frozenset[str], today: date) -> Section | None:
    """Days left or late, in calendar days and in working days."""
    if "case.deadlines" not in fields:
        return None
    day, counted = reference_date(case, on=today)
    return Section(
        title=_("Deadlines"),
        template="housing/sections/deadlines.html",
        id="deadlines",
        size="4",
        values={
            "lines": [deadline_line(one) for one in deadlines_of(case, on=today)],
            "reference_day": day,
            "counted": counted,
            "passed": day <= today,
        },
    )


def deadline_line(one: Deadline) -> DeadlineLine:
    if one.state == DeadlineState.MET:
        shown = pill("good", one.state.label)
    else:
        shown = days_shown(one.days_left, one.working_days_left)
    return DeadlineLine(label=one.code.label, pill=shown, due_on=one.due_on, met_on=one.met_on)
