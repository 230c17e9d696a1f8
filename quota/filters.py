"""Filter forms of the quota app."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from housing.choices import PersonCategory
from housing.models import Person, Vacancy
from partners.models import Municipality, Village
from westerkwartier.web.filters import FilterSet


class RealisedFilter(FilterSet):
    """Which of the counted persons. Region, period and day are read by the page itself."""

    region = django_filters.ChoiceFilter(
        label=_("Region"), method="filter_nothing", empty_label=None
    )
    period = django_filters.ChoiceFilter(
        label=_("Period"), method="filter_nothing", empty_label=None
    )
    municipality = django_filters.ChoiceFilter(
        label=_("Counts for"),
        field_name="credited_municipality__cbs_code",
        empty_label=_("All"),
    )
    category = django_filters.ChoiceFilter(
        label=_("Category"), choices=PersonCategory.choices, empty_label=_("All")
    )
    on = django_filters.DateFilter(
        label=_("As at"),
        method="filter_nothing",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    more_fields = ("on",)

    class Meta:
        model = Person
        fields = ("region", "period", "municipality", "category", "on")

    def __init__(self, data=None, *, regions, periods, municipalities, **kwargs):
        """Choices as (value, label); a reader of one region is not asked which."""
        super().__init__(data, **kwargs)
        self.filters["region"].extra["choices"] = regions
        self.filters["period"].extra["choices"] = periods
        self.filters["municipality"].extra["choices"] = municipalities
        if len(regions) < 2:
            del self.filters["region"]

    def filter_nothing(self, queryset, name, value):
        return queryset


class ShareRowsFilter(FilterSet):
    """Which of the dwellings that the share counts. Part, period and region are read by the page
    itself; ``day`` says when a village must lie in the municipality."""

    region = django_filters.ChoiceFilter(
        label=_("Region"), method="filter_nothing", empty_label=None
    )
    part = django_filters.ChoiceFilter(
        label=_("What is counted"), method="filter_nothing", empty_label=None
    )
    period = django_filters.ChoiceFilter(
        label=_("Period"), method="filter_nothing", empty_label=_("Since the covenant began")
    )
    municipality = django_filters.ModelChoiceFilter(
        label=_("Municipality"),
        queryset=Municipality.objects.none(),
        to_field_name="cbs_code",
        method="filter_municipality",
        empty_label=_("All"),
    )
    village = django_filters.ModelChoiceFilter(
        label=_("Village"),
        queryset=Village.objects.none(),
        field_name="dwelling__village",
        empty_label=_("All"),
    )
    on = django_filters.DateFilter(
        label=_("As at"),
        method="filter_nothing",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    more_fields = ("on",)

    class Meta:
        model = Vacancy
        fields: list[str] = []

    def __init__(
        self, data=None, *, day, regions, parts, periods, municipalities, villages, **kwargs
    ):
        """Choices as (value, label), places as querysets."""
        super().__init__(data, **kwargs)
        self.day = day
        self.filters["region"].extra["choices"] = regions
        self.filters["part"].extra["choices"] = parts
        self.filters["period"].extra["choices"] = periods
        self.filters["municipality"].queryset = municipalities
        self.filters["village"].queryset = villages
        if len(regions) < 2:
            del self.filters["region"]

    def filter_nothing(self, queryset, name, value):
        return queryset

    def filter_municipality(self, queryset, name, value):
        return queryset.in_municipality(value, self.day)
