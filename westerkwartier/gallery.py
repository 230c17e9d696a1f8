"""The gallery: every part of the pages in every state, as the reference for the rest.

Only in a demonstration and in tests. The figures are made up, in the shape of the region's.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import django_filters
import django_tables2 as tables
from django import forms
from django.contrib.auth import get_user_model
from django.http import QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.tables.days import days_words, deadline_tone, working_days_words
from westerkwartier.navigation import MenuItem
from westerkwartier.web.charts import bars, line_against_schedule
from westerkwartier.web.filters import FilterSet
from westerkwartier.web.paging import KeysetPage
from westerkwartier.web.public import public
from westerkwartier.web.tables import Table
from westerkwartier.web.templatetags.ui import (
    date_long,
    date_short,
    euro,
    percent,
    pill,
    progress_bar,
    signed,
)

TODAY = date(2017, 11, 23)
QUOTA = [  # municipality, net, opening balance, corrected quota, realised
    ("Grootegast", 7, 4, 11, 12),
    ("Leek", 12, 5, 17, 18),
    ("Marum", 6, 6, 12, 9),
    ("Zuidhorn", 11, -1, 10, 13),
]
SCHEDULE = Decimal(145) / 183
MONTHS = [(date(2017, month, 1), count) for month, count in ((7, 0), (8, 9), (9, 21), (10, 33))]
DWELLINGS = [
    ("Kerkstraat 12", "Grijpskerk", 3, "565.40", date(2017, 12, 4), "neutral"),
    ("Boerakkerweg 3a", "Marum", 2, "498.12", date(2017, 12, 11), "good"),
    ("Tolberterstraat 118", "Leek", 4, "597.30", date(2017, 11, 27), "bad"),
]
NUM = {"td": {"class": "num"}}


class QuotaTable(Table):
    caption = gettext_lazy("Quota per municipality, second half of 2017")
    row_header = "municipality"
    municipality = tables.Column(gettext_lazy("Municipality"), orderable=True)
    net = tables.Column(gettext_lazy("Net"), attrs=NUM)
    opening = tables.Column(gettext_lazy("Opening balance"), attrs=NUM)
    corrected = tables.Column(gettext_lazy("Quota"), attrs=NUM, orderable=True)
    realised = tables.Column(gettext_lazy("Realised"), attrs=NUM)
    progress = tables.Column(gettext_lazy("Progress"), attrs={"td": {"class": "wide"}})
    share = tables.Column("%", attrs=NUM)
    remaining = tables.Column(gettext_lazy("Remaining"), attrs=NUM)
    state = tables.Column(gettext_lazy("Standing"), attrs={"td": {"class": "state"}})


class DwellingTable(Table):
    caption = gettext_lazy("Dwellings that fell vacant")
    row_header = "address"
    address = tables.Column(gettext_lazy("Address"), orderable=True, linkify=lambda: "#lists")
    village = tables.Column(gettext_lazy("Village"), orderable=True)
    bedrooms = tables.Column(gettext_lazy("Bedrooms"), attrs=NUM)
    rent = tables.Column(gettext_lazy("Basic rent"), attrs=NUM, orderable=True)
    free_on = tables.Column(gettext_lazy("Free from"), orderable=True)
    state = tables.Column(gettext_lazy("Standing"), attrs={"td": {"class": "state"}})


class DwellingFilter(FilterSet):
    more_fields = ("free_after", "senior")
    search = django_filters.CharFilter(
        label=gettext_lazy("Search by address"),
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    municipality = django_filters.ChoiceFilter(
        label=gettext_lazy("Municipality"),
        empty_label=gettext_lazy("All"),
        choices=[(name.lower(), name) for name, *_figures in QUOTA],
    )
    free_after = django_filters.DateFilter(
        label=gettext_lazy("Free from"), widget=forms.DateInput(attrs={"type": "date"})
    )
    senior = django_filters.BooleanFilter(
        label=gettext_lazy("Only dwellings for seniors"), widget=forms.CheckboxInput
    )


class SampleForm(forms.Form):
    focus_errors = False  # one form among many: the page must not jump to it

    address = forms.CharField(
        label=gettext_lazy("Address"), help_text=gettext_lazy("Street and number.")
    )
    rent = forms.DecimalField(
        label=gettext_lazy("Basic rent"), max_digits=7, decimal_places=2, localize=True
    )
    free_on = forms.DateField(
        label=gettext_lazy("Free from"), widget=forms.DateInput(attrs={"type": "date"})
    )
    village = forms.ChoiceField(
        label=gettext_lazy("Village"),
        choices=[("", gettext_lazy("Choose a village")), ("gr", "Grijpskerk"), ("ma", "Marum")],
    )
    verdict = forms.ChoiceField(
        label=gettext_lazy("Is this dwelling suitable?"),
        choices=[("yes", gettext_lazy("Suitable")), ("no", gettext_lazy("Not suitable"))],
        widget=forms.RadioSelect,
    )
    reasons = forms.MultipleChoiceField(
        label=gettext_lazy("Reasons"),
        choices=[("rent", gettext_lazy("Rent too high")), ("size", gettext_lazy("Too small"))],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=gettext_lazy("No personal data, please."),
    )
    seen = forms.BooleanField(label=gettext_lazy("I have seen the dwelling"))

    def clean(self):
        if self.data.get(f"{self.prefix}-address") == "Kerkstraat 12":
            self.add_error(None, _("This dwelling was assessed a minute ago by somebody else."))


@dataclass(frozen=True)
class Todo:
    count: int
    text: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Action:
    label: str
    url: str
    primary: bool = False


@public
def gallery(request):
    """Every component in every state, in the language of the reader."""
    bound = QueryDict("search=kerk&municipality=marum&senior=on")
    return render(request, "gallery/gallery.html", _text() | _lists(request, bound) | _charts())


def _quota_rows() -> list[dict]:
    rows = []
    total = ("Regio", *(sum(figures[i] for figures in QUOTA) for i in range(1, 5)))
    for name, net, opening, corrected, realised in (*QUOTA, total):
        share = Decimal(realised) / corrected
        state = ("good", _("On schedule")) if share >= SCHEDULE else ("warn", _("Slightly behind"))
        rows.append(
            {
                "municipality": _("Region") if name == "Regio" else name,
                "net": net,
                "opening": signed(opening),
                "corrected": corrected,
                "realised": realised,
                "progress": progress_bar(realised, corrected, SCHEDULE * corrected),
                "share": percent(share),
                "remaining": max(corrected - realised, 0),
                "state": pill(*state),
            }
        )
    return rows


def _lists(request, bound: QueryDict) -> dict:
    *rows, total = _quota_rows()
    footed = type(
        "FootedQuotaTable",
        (QuotaTable,),
        {
            name: tables.Column(
                column.verbose_name,
                attrs=column.attrs,
                footer=total[name],
                orderable=column.orderable,
            )
            for name, column in QuotaTable.base_columns.items()
        },
    )
    states = {"neutral": _("To be assessed"), "good": _("Suitable"), "bad": _("Not suitable")}
    dwellings = [
        {
            "address": address,
            "village": village,
            "bedrooms": bedrooms,
            "rent": euro(rent),
            "free_on": date_short(free_on),
            "state": pill(state, states[state]),
        }
        for address, village, bedrooms, rent, free_on, state in DWELLINGS
    ]
    nothing = get_user_model().objects.none()
    return {
        "quota_table": footed(rows, request=request, order_by="-corrected", prefix="quota-"),
        "table": DwellingTable(dwellings, request=request, order_by="free_on"),
        "page": KeysetPage(dwellings, "?before=x", "?after=x", _("more than 1,000 results")),
        "filter": DwellingFilter(bound, queryset=nothing),
        "export_urls": [("CSV", "#lists"), ("Excel (XLSX)", "#lists"), ("ODS", "#lists")],
        "form": SampleForm(prefix="empty"),
        "wrong_form": SampleForm(
            {"wrong-address": "Kerkstraat 12", "wrong-rent": "veel"}, prefix="wrong"
        ),
    }


def _charts() -> dict:
    realised = [*MONTHS, (date(2017, 11, 1), 44), (TODAY, 52)]
    texts = {
        "realised_label": _("%(count)s housed") % {"count": 52},
        "schedule_label": _("quota %(count)s") % {"count": 50},
        "axis_label": _("persons (cumulative)"),
        "alt": _("Housed: 52 of 50 persons on 23 November 2017, ahead of schedule."),
    }
    schedule = [(date(2017, 7, 1), 0), (date(2018, 1, 1), 50)]
    behind = [(day, count // 2) for day, count in realised]
    shares = [("Grootegast", 0.21), ("Leek", 0.196), ("Marum", 0.24), ("Zuidhorn", 0.187)]
    goal = {
        "goal": 0.2,
        "goal_label": _("agreed %(share)s") % {"share": percent(0.2)},
        "alt": _("Share of dwellings"),
    }
    return {
        "chart": line_against_schedule(realised, schedule, **texts),
        "narrow_chart": line_against_schedule(realised, schedule, width=330, height=230, **texts),
        "chart_columns": [_("Date"), _("Housed")],
        "chart_rows": [[date_long(day), count] for day, count in realised],
        "behind_chart": line_against_schedule(
            behind, schedule, **(texts | {"realised_label": _("%(count)s housed") % {"count": 26}})
        ),
        "narrow_behind_chart": line_against_schedule(
            behind,
            schedule,
            width=330,
            height=230,
            **(texts | {"realised_label": _("%(count)s housed") % {"count": 26}}),
        ),
        "share_chart": bars(shares, **goal),
        "narrow_share_chart": bars(shares, width=330, **goal),
    }


def _text() -> dict:
    return {
        "title": _("Gallery"),
        "subtitle": _("Every part of the pages in every state"),
        "breadcrumb": [(_("Today"), "/"), (_("Gallery"), None)],
        "navigation": [
            MenuItem(_("Today"), "/", False),
            MenuItem(_("Region"), "#figures", True),
            MenuItem(_("Dwellings"), "#lists", False),
            MenuItem(_("Reports"), "#jobs", False),
            MenuItem(_("People"), "#forms", False),
        ],
        "actions": [
            Action(_("Other period"), "#periods"),
            Action(_("Request monthly report"), "#jobs", primary=True),
        ],
        "bars": [(0, 12), (6, 12), (9, 12), (12, 12), (13, 10), (30, 10), (0, 0)],
        "days": [
            (deadline_tone(days), days_words(days), working_days_words(working) if days else "")
            for days, working in ((-5, -3), (0, 0), (12, 8), (40, 28))
        ],
        "schedule_of": SCHEDULE,
        "todo": [
            Todo(
                3,
                _("households without a dwelling for more than 10 weeks"),
                "#todo",
                _("Oldest: case 17-041, 14 weeks"),
            ),
            Todo(
                5,
                _("dwellings wait for an assessment"),
                "#todo",
                _("Wold & Waard, the oldest 6 working days"),
            ),
        ],
        "facts": [
            (_("Village"), "Grijpskerk"),
            (_("Bedrooms"), 3),
            (_("Basic rent"), euro("565.40")),
            (_("Free from"), date_long(date(2017, 12, 4))),
            (_("Note"), None),
        ],
        "periods": [
            MenuItem("2016-II", "#periods", False),
            MenuItem("2017-I", "#periods", False),
            MenuItem("2017-II", "#periods", True),
        ],
    }
