"""Filters of the stock: dwellings, vacancies, empty days."""

import re

import django_filters
from django.utils.translation import gettext_lazy as _

from housing.choices import (
    Accessibility,
    DwellingKind,
    DwellingLabel,
    EnergyLabel,
    VacancyState,
    Verdict,
)
from housing.models import Dwelling, Vacancy
from housing.selectors.empty_days import empty_periods
from housing.selectors.register import having_dwellings, matching
from partners.models import Municipality, Village
from westerkwartier.web.clock import today
from westerkwartier.web.filters import FilterSet

AWAITING = "awaiting"
POSTCODE = re.compile(r"\b(\d{4})\s+([A-Za-z]{2})\b")  # "9356 XL" is one word


def words_in(text: str) -> list[str]:
    """What one looks for, word by word; a postcode is one word."""
    return POSTCODE.sub(r"\1\2", text).split()


def own_villages(request):
    return having_dwellings(Village.objects.visible_to(request.user))


def own_municipalities(request):
    return Municipality.objects.on(today()).filter(region__in=request.user.reach.region_ids)


class VacancyFilter(FilterSet):
    """What one looks for in vacated dwellings."""

    q = django_filters.CharFilter(
        label=_("Street, postcode or village"), method="filter_q", max_length=80
    )
    verdict = django_filters.ChoiceFilter(
        label=_("Verdict"),
        method="filter_verdict",
        choices=[(AWAITING, _("No verdict yet")), *Verdict.choices],
        empty_label=_("All"),
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="filter_state",
        choices=[("open", _("Vacant now")), *VacancyState.choices],
        empty_label=_("All"),
    )
    municipality = django_filters.ModelChoiceFilter(
        label=_("Municipality"),
        queryset=own_municipalities,
        method="filter_municipality",
        empty_label=_("All"),
    )
    village = django_filters.ModelChoiceFilter(
        label=_("Village"),
        field_name="dwelling__village",
        queryset=own_villages,
        empty_label=_("All"),
    )
    bedrooms = django_filters.NumberFilter(
        label=_("Bedrooms, at least"),
        field_name="dwelling__bedrooms",
        lookup_expr="gte",
        min_value=0,
        max_value=20,
    )
    rent = django_filters.NumberFilter(
        label=_("Net rent, at most"),
        field_name="net_rent",
        lookup_expr="lte",
        min_value=0,
        max_value=100_000,
        max_digits=8,
    )

    more_fields = ("municipality", "village", "bedrooms", "rent")

    class Meta:
        model = Vacancy
        fields: list[str] = []

    def filter_q(self, queryset, name, value):
        return matching(queryset, words_in(value), "dwelling__")

    def filter_verdict(self, queryset, name, value):
        if value == AWAITING:
            return queryset.awaiting_verdict()
        return queryset.filter(verdict=value)

    def filter_state(self, queryset, name, value):
        return queryset.open() if value == "open" else queryset.filter(state=value)

    def filter_municipality(self, queryset, name, value):
        return queryset.in_municipality(value, today())


class DwellingFilter(FilterSet):
    """What one looks for in the register; without a choice what is still let."""

    q = django_filters.CharFilter(
        label=_("Street, postcode or village"), method="filter_q", max_length=80
    )
    municipality = django_filters.ModelChoiceFilter(
        label=_("Municipality"),
        queryset=own_municipalities,
        method="filter_municipality",
        empty_label=_("All"),
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=DwellingKind.choices, empty_label=_("All")
    )
    bedrooms = django_filters.NumberFilter(
        label=_("Bedrooms, at least"), lookup_expr="gte", min_value=0, max_value=20
    )
    village = django_filters.ModelChoiceFilter(
        label=_("Village"), queryset=own_villages, empty_label=_("All")
    )
    label = django_filters.ChoiceFilter(
        label=_("Meant for"),
        method="filter_label",
        choices=[("none", _("Everybody")), *DwellingLabel.choices],
        empty_label=_("All"),
    )
    accessibility = django_filters.ChoiceFilter(
        label=_("Accessibility"), choices=Accessibility.choices, empty_label=_("All")
    )
    energy_label = django_filters.ChoiceFilter(
        label=_("Energy label"), choices=EnergyLabel.choices, empty_label=_("All")
    )
    temporary = django_filters.ChoiceFilter(
        label=_("For how long"),
        method="filter_temporary",
        choices=[("yes", _("Temporary")), ("no", _("Permanent"))],
        empty_label=_("All"),
    )
    stock = django_filters.ChoiceFilter(
        label=_("Stock"),
        method="filter_stock",
        choices=[("left", _("No longer let")), ("all", _("All dwellings"))],
        empty_label=_("Let now"),
    )

    more_fields = ("village", "label", "accessibility", "energy_label", "temporary", "stock")

    class Meta:
        model = Dwelling
        fields: list[str] = []

    def filter_queryset(self, queryset):
        if not self.form.cleaned_data.get("stock"):
            queryset = queryset.in_stock(today())
        return super().filter_queryset(queryset)

    def filter_q(self, queryset, name, value):
        return matching(queryset, words_in(value))

    def filter_municipality(self, queryset, name, value):
        return queryset.in_municipality(value, today())

    def filter_label(self, queryset, name, value):
        return queryset.filter(label="" if value == "none" else value)

    def filter_temporary(self, queryset, name, value):
        return queryset.filter(temporary_until__isnull=value == "no")

    def filter_stock(self, queryset, name, value):
        return queryset.filter(left_stock_on__lte=today()) if value == "left" else queryset


class EmptyDaysFilter(FilterSet):
    """Which vacancies, of those that stood empty; rows need ``with_empty_span``."""

    q = django_filters.CharFilter(
        label=_("Street, postcode or village"), method="filter_q", max_length=80
    )
    period = django_filters.ChoiceFilter(
        label=_("Empty since"), method="filter_period", choices=[], empty_label=_("All")
    )
    municipality = django_filters.ModelChoiceFilter(
        label=_("Municipality"),
        queryset=own_municipalities,
        method="filter_municipality",
        empty_label=_("All"),
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="filter_state",
        choices=[("open", _("Vacant now")), *VacancyState.choices],
        empty_label=_("All"),
    )

    class Meta:
        model = Vacancy
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.spans = empty_periods(self.request.user, on=today())
        choices = [(span.code, span.label) for span in self.spans]
        self.filters["period"].extra["choices"] = choices

    def filter_q(self, queryset, name, value):
        return matching(queryset, words_in(value), "dwelling__")

    def filter_period(self, queryset, name, value):
        span = next(span for span in self.spans if span.code == value)
        return queryset.filter(empty_since__gte=span.start, empty_since__lte=span.end)

    def filter_municipality(self, queryset, name, value):
        return queryset.in_municipality(value, today())

    def filter_state(self, queryset, name, value):
        return queryset.open() if value == "open" else queryset.filter(state=value)
