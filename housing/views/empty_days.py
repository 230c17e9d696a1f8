"""Empty days: over a period with their causes, the vacancies behind them, and of one vacancy."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from housing.choices import WaitCause
from housing.filters import EmptyDaysFilter
from housing.models import Vacancy
from housing.policies import can_list_vacancies
from housing.selectors.empty_days import (
    EmptyDays,
    Period,
    empty_days_summary,
    empty_periods,
    empty_span,
    stood_empty,
    with_empty_days,
    with_empty_span,
)
from housing.tables import EmptyDaysTable
from housing.views.vacating import steps
from partners.models import Municipality
from westerkwartier.web.clock import today
from westerkwartier.web.templatetags.ui import number
from westerkwartier.web.views import ListPage, Page, page_link

EMPTY_DAYS = gettext_lazy("Empty days")


# -- the picture -----------------------------------------------------------------------------------


def split_bar(by_cause: dict, of: float | None = None, label: str = "") -> SafeString:
    """A bar in parts by cause; ``of`` is the number that fills it, all parts together without.

    In words for who does not see it: ``label``, or the parts with their numbers.
    """
    whole = of or sum(by_cause.values())
    parts, place = [], 0.0
    for cause in WaitCause:
        width = 100 * float(by_cause[cause]) / float(whole) if whole else 0
        if width > 0:
            parts.append((cause.value, f"{place:.2f}%", f"{width:.2f}%"))
        place += width
    spoken = label or in_words(by_cause)
    return render_to_string("housing/split_bar.html", {"parts": parts, "label": spoken})


def in_words(by_cause: dict) -> str:
    """ "Verdict 3 days, Match 7 days"."""
    said = [
        f"{cause.label} {days_in_words(by_cause[cause])}" for cause in WaitCause if by_cause[cause]
    ]
    return ", ".join(said) or _("No empty days")


def days_in_words(days: float) -> str:
    if days != int(days):
        return _("%(days)s days") % {"days": number(days, 1)}
    return ngettext("%(days)s day", "%(days)s days", int(days)) % {"days": number(days)}


def keys(by_cause: dict | None = None) -> list[tuple[str, str]]:
    """Code and word of each cause, for the key beside a bar; only those that it shows."""
    return [
        (cause.value, cause.label) for cause in WaitCause if by_cause is None or by_cause[cause]
    ]


# -- a period --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Choice:
    """An entry of ``components/periods.html``."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class Row:
    """A municipality, or all of them: name, figures, bar, and where its vacancies are listed."""

    name: str
    figures: EmptyDays
    bar: SafeString
    url: str

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Each cause and its days on average, in the order of the causes."""
        return parts_of(self.figures)


def averages(figures: EmptyDays) -> dict:
    """Days a vacancy on average, by cause."""
    return {cause: days / figures.vacancies for cause, days in figures.by_cause.items()}


def parts_of(figures: EmptyDays) -> list[tuple[str, str]]:
    return [
        (str(WaitCause(cause).label), number(days, 1)) for cause, days in averages(figures).items()
    ]


class EmptyDaysView(Page):
    """How long dwellings stood empty in a period, and what they waited for."""

    policy = can_list_vacancies
    template_name = "housing/empty_days.html"
    title = EMPTY_DAYS

    @cached_property
    def periods(self) -> list[Period]:
        return empty_periods(self.request.user, on=today())

    @cached_property
    def period(self) -> Period:
        """The one asked for with ``?period=2017-II``; the first without."""
        asked = self.request.GET.get("period")
        for period in self.periods:
            if asked in (None, "", period.code):
                return period
        raise Http404

    def list_url(self, municipality: int | None = None) -> str:
        query = {"period": self.period.code}
        if municipality:
            query["municipality"] = str(municipality)
        return f"{reverse('housing:empty_days_list')}?{urlencode(query)}"

    def get_context_data(self, **kwargs):
        day = today()
        visible = Vacancy.objects.visible_to(self.request.user).with_municipality(day)
        rows = stood_empty(
            with_empty_span(visible, on=day), start=self.period.start, end=self.period.end
        )
        together, places = empty_days_summary(rows, on=day)
        keys_of = dict(
            Municipality.objects.on(day)
            .filter(region__in=self.request.user.reach.region_ids)
            .values_list("name", "pk")
        )
        longest = max((place.average for place in places.values()), default=0)
        return super().get_context_data(
            periods=[
                Choice(
                    period.label, f"{self.request.path}?period={period.code}", period == self.period
                )
                for period in self.periods
            ],
            period=self.period,
            together=together,
            bar=split_bar(together.by_cause) if together.total else "",
            shares=shares(together),
            rows=[
                Row(
                    name or _("Unknown"),
                    figures,
                    split_bar(averages(figures), longest, spoken(name, figures)),
                    self.list_url(keys_of.get(name)),
                )
                for name, figures in places.items()
            ],
            causes=[cause.label for cause in WaitCause],
            keys=keys(together.by_cause),
            list_url=self.list_url(),
            total_parts=parts_of(together) if together.vacancies else [],
            **kwargs,
        )


def shares(together: EmptyDays) -> list[tuple]:
    """Code, word, days and share of each cause that took days, the largest first."""
    return sorted(
        (
            (cause.value, cause.label, days, days / together.total)
            for cause, days in together.by_cause.items()
            if days
        ),
        key=lambda share: -share[2],
    )


def spoken(name: str, figures: EmptyDays) -> str:
    """A municipality's bar in words."""
    rounded = {cause: round(days, 1) for cause, days in averages(figures).items()}
    return f"{name}: {in_words(rounded)}"


class EmptyDaysListView(ListPage):
    """The vacancies behind the figures, each with its days."""

    policy = can_list_vacancies
    title = gettext_lazy("Empty days of each dwelling")
    table_class = EmptyDaysTable
    filterset_class = EmptyDaysFilter
    export_name = "empty-days"
    empty_title = gettext_lazy("No dwelling has stood empty yet")
    empty_text = gettext_lazy("A dwelling appears here from the day on which it is free.")

    def get_queryset(self):
        day = today()
        visible = Vacancy.objects.visible_to(self.request.user).with_municipality(day)
        return stood_empty(with_empty_days(visible, on=day), start=day.min, end=day)

    def get_breadcrumb(self):
        return [page_link(EMPTY_DAYS, "housing:empty_days")]


# -- one vacancy -----------------------------------------------------------------------------------


def course(user, vacancy: Vacancy) -> dict:
    """What the page of a vacancy shows of its course: ``span``, ``span_bar``, ``span_rows``,
    ``waits`` and the steps that may be taken (``may_change``, ``posts``, ``links``)."""
    span = empty_span(vacancy, on=today())
    return {
        "span": span,
        "span_bar": split_bar(span.by_cause) if span.total else "",
        "span_rows": [
            (cause.value, cause.label, days) for cause, days in span.by_cause.items() if days
        ],
        "waits": span.waits,
        **steps(user, vacancy),
    }
