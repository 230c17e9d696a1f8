"""The course of a half-year, and of the covenant's share, as a picture and as its table."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from partners.choices import ShareDenominator
from quota.selectors import Progress, RegionOverview, ShareOverview
from westerkwartier.web.charts import line_against_schedule
from westerkwartier.web.templatetags.ui import date_long, number, percent

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
                month_label(month.starts_on, month.until, month.complete),
                number(month.realised),
                number(month.cumulative),
                number(month.scheduled, 1) if month.complete else "–",
            ]
            for month in progress.months
        ],
    )


def month_label(first: date, until: date, complete: bool) -> str:
    """ "October 2017", or "November 2017 (up to the 23rd)" for a month that is under way."""
    name = date_format(first, "F Y")
    if complete:
        return name
    return _("%(month)s (up to the %(day)s)") % {"month": name, "day": date_format(until, "j")}


def share_chart(overview: ShareOverview) -> CourseChart | None:
    """The share since the covenant began, month by month, against the target; None without one.

    A month without a definition, or in which nothing has been counted yet, has no point.
    """
    points = [
        (month.span.until, float(month.share_so_far() * 100))
        for month in overview.months
        if month.share_so_far() is not None
    ]
    if not points or overview.now is None:
        return None
    last = overview.months[-1]
    reached, target = percent(last.share_so_far(), 1), percent(overview.now.target)
    texts = {
        "realised_label": _("%(share)s let to permit holders") % {"share": reached},
        "schedule_label": _("target %(target)s") % {"target": target},
        "axis_label": _("per cent of the dwellings"),
        "alt": _(
            "%(share)s of the dwellings let to permit holders on %(day)s; the target is %(target)s."
        )
        % {"share": reached, "day": date_long(overview.until), "target": target},
        "stairs": False,
    }
    goal = target_line(overview)
    return CourseChart(
        svg=line_against_schedule(points, goal, **texts),
        narrow_svg=line_against_schedule(points, goal, **texts, width=NARROW, height=240),
        caption=_(
            "Line: the share since the covenant began, at the end of each month. "
            "Dashes: the target."
        ),
        columns=[
            _("Month"),
            _("Let to permit holders since the covenant began"),
            _("Dwellings"),
            _("Share"),
            _("Target"),
        ],
        rows=[
            [
                month_label(month.span.starts_on, month.span.until, month.span.complete),
                number(month.so_far.let),
                f"{number(month.so_far.of(month.definition.denominator))} "
                f"({ShareDenominator(month.definition.denominator).value})",
                percent(month.share_so_far(), 1),
                percent(month.definition.target),
            ]
            for month in overview.months
            if month.definition
        ],
    )


def target_line(overview: ShareOverview) -> list[tuple[date, float]]:
    """The target in per cent over the covenant's term, with a step where it was changed."""
    covenant, line = overview.covenant, []
    for definition in overview.definitions:
        first = max(definition.valid_from, covenant.signed_on)
        last = min(definition.valid_to or covenant.ends_on, covenant.ends_on)
        if first <= last:
            line += [
                (first, float(definition.target * 100)),
                (last, float(definition.target * 100)),
            ]
    return line
