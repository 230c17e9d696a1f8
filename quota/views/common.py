"""What the pages about the quota share: region, half-year, day, and their words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from housing.selectors import WaitingHouseholds
from partners.models import Region
from quota.models import QuotaPeriod
from quota.policies import OVERVIEW_READERS
from quota.selectors import Progress, RegionOverview, period_choice
from quota.tables import MARKS
from westerkwartier.web.clock import today
from westerkwartier.web.templatetags.ui import date_long, number, percent

EARLIEST = date(1900, 1, 1)  # long before any figure, and far from where the calendar begins


@dataclass(frozen=True)
class Choice:
    """An entry of ``components/periods.html``."""

    label: str
    url: str
    current: bool


class QuotaPage:
    """What the pages about the quota share: which region, which half-year, as at which day."""

    readers = OVERVIEW_READERS

    @cached_property
    def regions(self) -> list[Region]:
        return self.request.user.reach.named_regions_as(*self.readers)

    @cached_property
    def region(self) -> Region:
        """The one asked for with ``?region=``, or the first; 404 out of reach."""
        asked = self.request.GET.get("region")
        for region in self.regions:
            if asked in (None, "", region.slug):
                return region
        raise Http404

    @cached_property
    def on(self) -> date:
        """The day asked for with ``?on=2017-11-01``; today without one, or for the future."""
        asked = self.request.GET.get("on")
        if not asked:
            return today()
        try:
            day = date.fromisoformat(asked)
        except ValueError:
            raise Http404 from None
        if day < EARLIEST:
            raise Http404
        return min(day, today())

    @cached_property
    def periods(self) -> list[QuotaPeriod]:
        return list(period_choice(self.region, self.on))

    @cached_property
    def period(self) -> QuotaPeriod | None:
        """The half-year asked for with ``?period=2017-I``; the one of the day without."""
        asked = self.request.GET.get("period")
        if asked:
            for period in self.periods:
                if period.code == asked:
                    return period
            raise Http404
        newest = self.periods[0] if self.periods else None
        return newest if newest is not None and newest.ends_on >= self.on else None

    def query(self, **changes) -> str:
        """The address's own parameters with these changes; None takes one out."""
        kept = {
            name: self.request.GET[name]
            for name in ("region", "period", "on")
            if self.request.GET.get(name)
        }
        chosen = {name: value for name, value in {**kept, **changes}.items() if value}
        return f"?{urlencode(chosen)}" if chosen else ""

    def period_choices(self) -> list[Choice]:
        return [
            Choice(
                period.code,
                self.request.path
                + self.query(period=None if period.ends_on >= self.on else period.code),
                period == self.period,
            )
            for period in self.periods
        ]

    def persons_url(self, code: str = "") -> str:
        """The persons behind a figure; empty ``code`` is the region."""
        query = self.query(period=self.period.code, municipality=code or None)
        return reverse("quota:realised_list") + query


def half_year(period: QuotaPeriod) -> str:
    """ "first half of 2017"."""
    year = period.starts_on.year
    if period.half == 1:
        return _("first half of %(year)s") % {"year": year}
    return _("second half of %(year)s") % {"year": year}


def as_at(overview: RegionOverview) -> str:
    """What day the figures tell of."""
    day = date_long(overview.counted_to)
    if overview.over:
        return _("Final position on %(day)s, our own count") % {"day": day}
    return _("Position on %(day)s, our own count") % {"day": day}


def legend(shown: Iterable[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """(mark, meaning, sources) of the marks among the (certainty, source) that are shown."""
    meanings = {
        "*": _("Calculated: no official figure was found."),
        "†": _("Illustrative: invented for the demonstration."),
        "‡": _("Not verified: from the press, from memory or partly so."),
    }
    sources: dict[str, list[str]] = {}
    for certainty, source in sorted(shown):
        if certainty in MARKS:
            found = sources.setdefault(MARKS[certainty][0], [])
            found += [one for one in source.split("; ") if one and one not in found]
    return [
        (mark, meanings[mark], "; ".join(sources[mark])) for mark in meanings if mark in sources
    ]


def progress_marks(progress: Progress) -> set[tuple[str, str]]:
    """(certainty, source) of the figures "housed" and "of" so many."""
    return {(progress.certainty, progress.source), (progress.realised_certainty, "")}


def opening_note(overview: RegionOverview) -> str:
    """With what the region began, and how much of a backlog is gone once the half-year is over."""
    total = overview.total
    count = abs(total.opening)
    values = {"opening": number(count), "left": number(total.to_do)}
    if not count:
        return _("The half-year began without a backlog or a lead.")
    if total.opening < 0:
        return (
            ngettext(
                "Began with a lead of %(opening)s person.",
                "Began with a lead of %(opening)s persons.",
                count,
            )
            % values
        )
    began = (
        ngettext(
            "Began with a backlog of %(opening)s person.",
            "Began with a backlog of %(opening)s persons.",
            count,
        )
        % values
    )
    if not overview.over:
        return began
    if total.cleared < 0:
        return began + " " + _("At the end it had grown to %(left)s.") % values
    values["share"] = percent(total.cleared)
    return began + " " + _("At the end %(left)s were left (%(share)s cleared).") % values


def waiting_note(waiting: WaitingHouseholds) -> str:
    """How many of the waiting households are past their term."""
    households = ngettext("household", "households", waiting.count)
    if not waiting.overdue:
        return households
    return _("%(households)s, %(overdue)s longer than %(weeks)s weeks") % {
        "households": households,
        "overdue": number(waiting.overdue),
        "weeks": waiting.weeks,
    }


def needed_note(progress: Progress) -> str:
    """What has to be done each month, in words."""
    needed = progress.needed_per_month
    if progress.remaining < 0:
        return _("A lead of %(number)s") % {"number": number(-progress.remaining)}
    if not progress.to_do:
        return ""
    if needed is None:
        return ""
    decimals = 0 if needed == int(needed) else 1
    return _("%(number)s a month to finish on time") % {"number": number(needed, decimals)}
