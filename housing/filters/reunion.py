"""What one looks for in family who follow."""

from datetime import date

import django_filters
from django.db.models import Q
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext_lazy as _

from housing.arithmetic import months_later
from housing.choices import NOT_COMING, ReunionAlarm, ReunionState
from housing.filters.stock import own_municipalities
from housing.models import Person
from westerkwartier.web.clock import today
from westerkwartier.web.filters import FilterSet

MONTHS_AHEAD = 12
ANY, NOTHING, PAST, UNKNOWN = "any", "nothing", "past", "unknown"


class FamilyFilter(FilterSet):
    """Without a choice of state: who may still come, and whoever asks attention. Rows come from
    ``selectors.reunion.watched``."""

    alarm = django_filters.ChoiceFilter(
        label=_("Asks attention"),
        method="filter_alarm",
        choices=[(ANY, _("Everything that asks attention")), *ReunionAlarm.choices],
        empty_label=_("All"),
    )
    state = django_filters.ChoiceFilter(
        label=_("How far"),
        method="filter_state",
        choices=[
            (NOTHING, _("Nothing known yet")),
            *(pair for pair in ReunionState.choices if pair[0] != ReunionState.JOINED),
            (ANY, _("All, also who does not come")),
        ],
        empty_label=_("Still expected"),
    )
    month = django_filters.ChoiceFilter(
        label=_("Expected in"), method="filter_month", choices=[], empty_label=_("All")
    )
    municipality = django_filters.ModelChoiceFilter(
        label=_("Linked to"),
        field_name="case__linked_municipality",
        queryset=own_municipalities,
        empty_label=_("All"),
    )

    class Meta:
        model = Person
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        first = today().replace(day=1)
        self.months = [months_later(first, number) for number in range(MONTHS_AHEAD)]
        self.filters["month"].extra["choices"] = [
            (PAST, _("Day has passed")),
            *((f"{month:%Y-%m}", date_format(month, "F Y")) for month in self.months),
            (UNKNOWN, _("Day not known")),
        ]

    def filter_queryset(self, queryset):
        if not self.form.cleaned_data.get("state"):
            queryset = queryset.filter(~Q(reunion__in=NOT_COMING) | ~Q(alarm=""))
        return super().filter_queryset(queryset)

    def filter_alarm(self, queryset, name, value):
        return queryset.exclude(alarm="") if value == ANY else queryset.filter(alarm=value)

    def filter_state(self, queryset, name, value):
        if value == ANY:
            return queryset
        return queryset.filter(reunion="" if value == NOTHING else value)

    def filter_month(self, queryset, name, value):
        if value == UNKNOWN:
            return queryset.filter(expected_on=None)
        if value == PAST:
            return queryset.filter(expected_on__lt=today())
        start = date.fromisoformat(f"{value}-01")
        return queryset.filter(expected_on__gte=start, expected_on__lt=months_later(start, 1))
