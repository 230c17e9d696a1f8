"""The course of a half-year as a picture and as its table."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from quota.selectors import Progress, RegionOverview
from westerkwartier.web.charts import line_against_schedule
from westerkwartier.web.templatetags.ui import date_long, number

NARROW = 340


@dataclass(frozen=True)
class CourseChart:
    """What ``components/chart.html`` needs: two pictures, and the same figures as a table."""

    svg: SafeString
    narrow_svg: SafeString
    caption: str
    columns: list[str]
    rows: list[list]


def course_chart(overview: RegionOverview, progress: Progress) -> CourseChart | None:
    """Cumulative persons against the straight line; None before the first day of the half-year."""
    course = progress.course()
    if not course:
        return None
    reached = number(progress.realised)
    goal = number(progress.corrected)
    texts = {
        "realised_label": _("%(number)s housed") % {"number": reached},
        "schedule_label": _("quota %(number)s") % {"number": goal},
        "axis_label": _("persons (cumulative)"),
        "alt": _("%(name)s: %(number)s persons housed of %(goal)s, on %(day)s.")
        % {
            "name": progress.name,
            "number": reached,
            "goal": goal,
            "day": date_long(overview.counted_to),
        },
    }
    schedule = [(day, float(count)) for day, count in overview.schedule(progress)]
    return CourseChart(
        svg=line_against_schedule(course, schedule, **texts),
        narrow_svg=line_against_schedule(course, schedule, **texts, width=NARROW, height=240),
        caption=_("Line: persons housed. Dashes: an even schedule of one sixth a month."),
        columns=[_("Month"), _("Housed"), _("Together"), _("Schedule")],
        rows=[
            [
                _month(month.starts_on, month.until, month.complete),
                number(month.realised),
                number(month.cumulative),
                number(month.scheduled, 1) if month.complete else "–",
            ]
            for month in progress.months
        ],
    )


def _month(first: date, until: date, complete: bool) -> str:
    name = date_format(first, "F Y")
    if complete:
        return name
    return _("%(month)s (up to the %(day)s)") % {"month": name, "day": date_format(until, "j")}
