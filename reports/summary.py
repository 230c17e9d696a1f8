"""The answer first: a headline and a few sentences in plain words, made of the figures alone.

Follows the active language; a report activates Dutch. Level B1: short sentences, no jargon.
"""

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partners.choices import ShareDenominator
from quota.choices import Standing
from reports.figures import CovenantShare, MonthlyFigures, Progress
from westerkwartier.web.templatetags.ui import date_long, date_written, number, percent

BEHIND = (Standing.SLIGHTLY_BEHIND, Standing.FAR_BEHIND)


@dataclass(frozen=True)
class Summary:
    """``headline`` is one sentence; ``progress`` and ``dwellings`` are a paragraph each."""

    headline: str
    progress: str
    dwellings: str


def summary(figures: MonthlyFigures) -> Summary:
    """What somebody must know who reads nothing else."""
    return Summary(
        headline=headline(figures.total),
        progress=" ".join(filter(None, (_housed(figures), _behind(figures)))),
        dwellings=" ".join(filter(None, (_share(figures.share), _waiting(figures)))),
    )


def headline(total: Progress) -> str:
    """Where the region stands, in one sentence."""
    if total.standing == Standing.MET:
        return _("The region has met its quota.")
    if total.standing == Standing.JUST_BEGUN:
        return _("The half-year has just begun.")
    if total.standing == Standing.ON_SCHEDULE:
        if total.realised - total.scheduled >= 1:
            return _("The region is ahead of schedule.")
        return _("The region is on schedule.")
    if total.standing == Standing.SLIGHTLY_BEHIND:
        return _("The region is slightly behind schedule.")
    if total.standing == Standing.FAR_BEHIND:
        return _("The region is far behind schedule.")
    return _("The region has no quota in this half-year.")


def people(scheduled: Decimal) -> int:
    """The least whole number of persons with which the schedule is kept."""
    return int(scheduled.to_integral_value(rounding=ROUND_CEILING))


def _housed(figures: MonthlyFigures) -> str:
    total = figures.total
    values = {
        "day": date_long(figures.reference_date),
        "realised": number(total.realised),
        "corrected": number(total.corrected),
        "percent": percent(total.share),
        "scheduled": number(people(total.scheduled)),
        "remaining": number(total.remaining),
        "period": figures.period,
    }
    if total.corrected <= 0:
        return (
            _("On %(day)s %(realised)s people had been housed; an earlier lead covers the quota.")
            % values
        )
    housed = (
        _("On %(day)s %(realised)s of the %(corrected)s people had been housed (%(percent)s).")
        % values
    )
    if total.remaining <= 0:
        return housed
    if figures.reference_date >= figures.period_end:
        return f"{housed} " + (
            ngettext(
                "The half-year %(period)s is over: %(remaining)s person goes on to the next one.",
                "The half-year %(period)s is over: %(remaining)s people go on to the next one.",
                total.remaining,
            )
            % values
        )
    if figures.months_passed == 0:
        return " ".join(filter(None, (housed, _opening(total.opening))))
    return f"{housed} " + _("By schedule it had to be at least %(scheduled)s.") % values


def _opening(balance: int) -> str:
    """What the half-year began with: told while its schedule asks nothing yet."""
    if balance > 0:
        sentence = ngettext(
            "The half-year began with a backlog of %(count)s person.",
            "The half-year began with a backlog of %(count)s people.",
            balance,
        )
    elif balance < 0:
        sentence = ngettext(
            "The half-year began with a lead of %(count)s person.",
            "The half-year began with a lead of %(count)s people.",
            -balance,
        )
    else:
        return ""
    return sentence % {"count": number(abs(balance))}


def _behind(figures: MonthlyFigures) -> str:
    if figures.months_passed == 0:
        return ""
    behind = [row for row in figures.rows if row.standing in BEHIND]
    if not behind:
        return _("No municipality is behind.")
    if len(behind) == 1:
        row = behind[0]
        slightly = row.standing == Standing.SLIGHTLY_BEHIND
        sentence = (
            ngettext(
                "%(place)s is slightly behind: %(count)s person to go.",
                "%(place)s is slightly behind: %(count)s people to go.",
                row.remaining,
            )
            if slightly
            else ngettext(
                "%(place)s is far behind: %(count)s person to go.",
                "%(place)s is far behind: %(count)s people to go.",
                row.remaining,
            )
        )
        return sentence % {"place": row.name, "count": number(row.remaining)}
    places = get_text_list(
        [
            _("%(place)s (%(count)s to go)") % {"place": row.name, "count": number(row.remaining)}
            for row in behind
        ],
        _("and"),
    )
    return _("Behind are %(places)s.") % {"places": places}


def _share(share: CovenantShare | None) -> str:
    if share is None or share.share is None:
        return ""
    sentence = {
        ShareDenominator.AVAILABLE: _(
            "Since %(month)s %(share)s of the vacated dwellings went to permit holders "
            "(agreed: %(target)s)."
        ),
        ShareDenominator.UNLABELLED: _(
            "Since %(month)s %(share)s of the vacated dwellings without a label went to permit "
            "holders (agreed: %(target)s)."
        ),
        ShareDenominator.LET: _(
            "Since %(month)s %(share)s of the dwellings that were let went to permit holders "
            "(agreed: %(target)s)."
        ),
    }[ShareDenominator(share.denominator)]
    return sentence % {
        "month": date_written(share.since, "F Y"),
        "share": percent(share.share, 1),
        "target": percent(share.target),
    }


def _waiting(figures: MonthlyFigures) -> str:
    weeks = figures.find_within_weeks
    if weeks is None:
        return ""
    late = sum(row.over_term for row in figures.waiting)
    if not late:
        return _("No household has been waiting for more than %(weeks)s weeks.") % {"weeks": weeks}
    return ngettext(
        "%(count)s household has been waiting for more than %(weeks)s weeks.",
        "%(count)s households have been waiting for more than %(weeks)s weeks.",
        late,
    ) % {"count": number(late), "weeks": weeks}
