"""What the body of the monthly report shows: texts and tables, the same on screen and on paper.

Follows the active language; a report activates Dutch.
"""

from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.choices import ShareDenominator
from quota.arithmetic import MONTHS
from quota.choices import Standing
from reports.cells import DERIVED, ILLUSTRATIVE, TONES, UNVERIFIED, Cell, Table, counted, sign_of
from reports.figures import MonthlyFigures, Progress
from reports.summary import people, summary
from westerkwartier.web.charts import line_against_schedule
from westerkwartier.web.templatetags.ui import (
    date_long,
    date_written,
    number,
    percent,
    signed,
)


def body(figures: MonthlyFigures) -> dict:
    """The context of ``reports/monthly_body.html`` without the picture."""
    return {
        "figures": figures,
        "summary": summary(figures),
        "month": month_of(figures),
        "progress_intro": _progress_intro(figures),
        "progress": _progress(figures),
        "figure_text": _("Figure 1. People housed (line) and the even schedule (dashes)."),
        "course": _course(figures),
        "inflow_text": _inflow_text(figures),
        "inflow": _inflow(figures),
        "supply": _supply(figures),
        "share_text": _share_text(figures),
        "share_sign": sign_of(figures.share.certainty) if figures.share else "",
        "waiting_text": _waiting_text(figures),
        "waiting": _waiting(figures),
        "signs": _signs(figures),
        "sources": figures.sources,
    }


def month_of(figures: MonthlyFigures) -> str:
    """The span that the report tells of: "oktober 2017", or the part of it that had passed."""
    if figures.reference_date.day == 1:
        return date_written(figures.month_end, "F Y")
    return _("the days %(first)s up to and including %(last)s") % {
        "first": date_written(figures.month_start, "j"),
        "last": date_written(figures.month_end, "j F Y"),
    }


def chart(figures: MonthlyFigures, *, width: int, height: int, paper: bool) -> SafeString:
    """The course of the half-year against the schedule; ``picture_text`` says it in words."""
    points = figures.course
    return line_against_schedule(
        [(point.day, point.realised) for point in points if point.realised is not None],
        [(p.day, float(p.scheduled)) for p in points if p.until < p.day],
        realised_label=_("%(count)s housed") % {"count": number(figures.total.realised)},
        schedule_label=_("quota %(count)s") % {"count": number(figures.total.corrected)},
        axis_label=_("persons"),
        alt=picture_text(figures),
        width=width,
        height=height,
        paper=paper,
    )


def picture_text(figures: MonthlyFigures) -> str:
    """What the picture shows, for who does not see it."""
    return _(
        "Line chart of %(period)s: %(realised)s of %(corrected)s people housed on %(day)s; "
        "the schedule asks for %(scheduled)s."
    ) % {
        "period": figures.period,
        "realised": number(figures.total.realised),
        "corrected": number(figures.total.corrected),
        "day": date_long(figures.reference_date),
        "scheduled": number(people(figures.total.scheduled)),
    }


# -- 1 ---------------------------------------------------------------------------------------------


def _progress_intro(figures: MonthlyFigures) -> str:
    return ngettext(
        "The half-year runs from %(start)s to %(end)s; %(months)s of its %(all)s months is over. "
        "On schedule is who has housed an equal part of the quota in each month.",
        "The half-year runs from %(start)s to %(end)s; %(months)s of its %(all)s months are over. "
        "On schedule is who has housed an equal part of the quota in each month.",
        figures.months_passed,
    ) % {
        "start": date_written(figures.period_start, "j F"),
        "end": date_long(figures.period_end),
        "months": figures.months_passed,
        "all": MONTHS,
    }


def _progress(figures: MonthlyFigures) -> Table:
    made_up = ILLUSTRATIVE if figures.illustrative else ""
    in_month = figures.total.realised_in_month is not None

    def row(progress: Progress, name: str) -> list[Cell]:
        return [
            Cell(name),
            Cell(number(progress.net), sign_of(progress.net_certainty)),
            Cell(signed(progress.opening), sign_of(progress.opening_certainty)),
            Cell(number(progress.corrected)),
            *([Cell(number(progress.realised_in_month))] if in_month else []),
            Cell(number(progress.realised)),
            Cell(percent(progress.share)),
            Cell(number(max(0, progress.remaining))),
            Cell(number(progress.needed_per_month, 1) if progress.needed_per_month != 0 else "0"),
            Cell(Standing(progress.standing).label, tone=TONES[Standing(progress.standing)]),
        ]

    return Table(
        caption=_("Quota and persons housed in %(period)s") % {"period": figures.period},
        columns=[
            Cell(_("Municipality")),
            Cell(_("Net quota")),
            Cell(_("Opening balance")),
            Cell(_("Quota")),
            *([Cell(_housed_label(figures), made_up)] if in_month else []),
            Cell(_("Housed in all"), made_up),
            Cell("%"),
            Cell(_("To go")),
            Cell(_("Needed a month")),
            Cell(_("Standing"), tone="neutral"),
        ],
        rows=[row(progress, progress.name) for progress in figures.rows],
        total=row(figures.total, _("Region")),
    )


def _housed_label(figures: MonthlyFigures) -> str:
    if figures.reference_date.day == 1:
        return _("Housed in %(month)s") % {"month": date_written(figures.month_end, "F")}
    return _("Housed from %(first)s to %(last)s") % {
        "first": date_written(figures.month_start, "j"),
        "last": date_written(figures.month_end, "j\u00a0M"),
    }


def _course(figures: MonthlyFigures) -> Table:
    points = [
        point
        for point in figures.course
        if point.until >= figures.period_start
        # The last day of a month that is the reference date stands there once.
        and (point.realised is not None or point.until > figures.counted_to)
    ]
    return Table(
        caption=_("The figures of figure 1"),
        stack=False,
        columns=[
            Cell(_("Up to and including")),
            *(Cell(date_written(point.until, "j\u00a0M")) for point in points),
        ],
        rows=[
            [Cell(_("Housed")), *(Cell(number(point.realised)) for point in points)],
            [Cell(_("Schedule")), *(Cell(number(people(point.scheduled))) for point in points)],
        ],
    )


# -- 2 ---------------------------------------------------------------------------------------------


def _inflow_text(figures: MonthlyFigures) -> str:
    households = sum(row.linked for row in figures.inflow)
    unlinked = sum(row.unlinked for row in figures.inflow)
    persons = sum(row.persons for row in figures.inflow)
    linked = ngettext(
        "In %(month)s COA linked %(count)s household to our municipalities (%(persons)s).",
        "In %(month)s COA linked %(count)s households to our municipalities (%(persons)s).",
        households,
    ) % {
        "month": month_of(figures),
        "count": number(households),
        "persons": ngettext("%(count)s person", "%(count)s persons", persons)
        % {"count": number(persons)},
    }
    if not unlinked:
        return linked
    return f"{linked} " + (
        ngettext("%(count)s link was withdrawn.", "%(count)s links were withdrawn.", unlinked)
        % {"count": number(unlinked)}
    )


def _inflow(figures: MonthlyFigures) -> Table:
    rows = [
        (row.name, row.linked, row.persons, row.single, row.unlinked, row.reunifiers_expected)
        for row in figures.inflow
    ]
    return Table(
        caption=_("Linked by COA in %(month)s") % {"month": month_of(figures)},
        columns=[
            Cell(_("Municipality")),
            Cell(_("Households linked")),
            Cell(_("Persons")),
            Cell(_("Of 1 person")),
            Cell(_("Links withdrawn")),
            Cell(_("Reunifiers still expected")),
        ],
        **counted(rows),
    )


# -- 3 ---------------------------------------------------------------------------------------------


def _supply(figures: MonthlyFigures) -> Table:
    month, since = figures.supply_month, figures.supply_since
    labels = [
        (_("Fell vacant"), "vacated"),
        (_("Judged"), "judged"),
        (_("Of these suitable"), "suitable"),
        (_("Let to permit holders"), "let_to_permit_holders"),
    ]
    columns = [Cell(_("Dwellings")), Cell(capfirst(month_of(figures)))]
    if since and figures.share:
        day = date_long(figures.share.since)
        columns.append(Cell(_("Since %(day)s") % {"day": day}))
    return Table(
        caption=_("Dwellings of the corporation"),
        stack=False,
        columns=columns,
        rows=[
            [
                Cell(label),
                Cell(number(getattr(month, name))),
                *([Cell(number(getattr(since, name)))] if len(columns) == 3 else []),
            ]
            for label, name in labels
        ],
    )


def _share_text(figures: MonthlyFigures) -> str:
    share = figures.share
    if share is None:
        return _("There is no covenant with a share of dwellings on this date.")
    if share.share is None:
        return _("No dwellings have come free since the covenant was signed.")
    return _(
        "Of the %(dwellings)s dwellings %(let)s were let to permit holders: %(share)s. "
        "The covenant asks for %(target)s, counted over %(of)s."
    ) % {
        "dwellings": number(share.dwellings),
        "let": number(share.let_to_permit_holders),
        "share": percent(share.share, 1),
        "target": percent(share.target),
        "of": ShareDenominator(share.denominator).label,
    }


# -- 4 ---------------------------------------------------------------------------------------------


def _waiting_text(figures: MonthlyFigures) -> str:
    waiting = sum(row.households for row in figures.waiting)
    sentences = [
        ngettext(
            "On %(day)s %(count)s household was waiting for a dwelling.",
            "On %(day)s %(count)s households were waiting for a dwelling.",
            waiting,
        )
        % {"day": date_long(figures.reference_date), "count": number(waiting)}
    ]
    if figures.find_within_weeks is not None:
        sentences.append(
            _("A municipality has %(weeks)s weeks from the link to offer one.")
            % {"weeks": figures.find_within_weeks}
        )
    if figures.move_within_weeks is not None:
        sentences.append(_moved_late_text(figures.moved_late, figures.move_within_weeks))
    return " ".join(sentences)


def _moved_late_text(households: int, weeks: int) -> str:
    if not households:
        return _("No household that signed more than %(weeks)s weeks ago still has to move.") % {
            "weeks": weeks
        }
    return ngettext(
        "%(count)s household signed more than %(weeks)s weeks ago and has not moved in.",
        "%(count)s households signed more than %(weeks)s weeks ago and have not moved in.",
        households,
    ) % {"count": number(households), "weeks": weeks}


def _waiting(figures: MonthlyFigures) -> Table:
    weeks = figures.find_within_weeks
    columns = [Cell(_("Municipality")), Cell(_("Households")), Cell(_("Persons"))]
    rows = [(row.name, row.households, row.persons) for row in figures.waiting]
    if weeks is not None:
        values = {"half": weeks // 2, "weeks": weeks}
        columns += [
            Cell(_("Up to %(half)s weeks") % values),
            Cell(_("%(half)s to %(weeks)s weeks") % values),
            Cell(_("Over %(weeks)s weeks") % values),
        ]
        rows = [
            (*counts, row.up_to_half, row.up_to_term, row.over_term)
            for counts, row in zip(rows, figures.waiting, strict=True)
        ]
    return Table(
        caption=_("Households without a tenancy on %(day)s")
        % {"day": date_long(figures.reference_date)},
        columns=columns,
        **counted(rows),
    )


# -- sources and certainty -------------------------------------------------------------------------


def _signs(figures: MonthlyFigures) -> list[tuple[str, str]]:
    """The signs that this report uses, each with its sentence."""
    used = {
        sign_of(certainty)
        for row in (*figures.rows, figures.total)
        for certainty in (row.net_certainty, row.opening_certainty)
    }
    if figures.illustrative:
        used.add(ILLUSTRATIVE)
    if figures.share:
        used.add(sign_of(figures.share.certainty))
    sentences = [
        (
            DERIVED,
            _(
                "Calculated with the formula of the Housing Act (art. 29), because no official "
                "figure for this municipality was found."
            ),
        ),
        (
            ILLUSTRATIVE,
            _(
                "Invented for a demonstration. This holds for all households, persons and "
                "dwellings in this report."
            )
            if figures.illustrative
            else _("Invented for a demonstration."),
        ),
        (UNVERIFIED, _("From the press, a proposal of the partners, or not verified.")),
    ]
    return [(sign, sentence) for sign, sentence in sentences if sign in used]
