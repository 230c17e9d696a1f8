"""Filter forms of the housing app."""

import re

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from housing.choices import VacancyState, Verdict
from housing.models import Vacancy
from partners.models import Municipality, Village
from westerkwartier.web.clock import today
from westerkwartier.web.filters import FilterSet

AWAITING = "awaiting"
POSTCODE = re.compile(r"\b(\d{4})\s+([A-Za-z]{2})\b")  # "9356 XL" is one word


def own_villages(request):
    return Village.objects.visible_to(request.user)


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
        for word in POSTCODE.sub(r"\1\2", value).split():
            queryset = queryset.filter(
                Q(dwelling__street__icontains=word)
                | Q(dwelling__postcode__istartswith=word)
                | Q(dwelling__village__name__icontains=word)
                | Q(dwelling__number=int(word) if word.isdecimal() and len(word) < 7 else -1)
            )
        return queryset

    def filter_verdict(self, queryset, name, value):
        if value == AWAITING:
            return queryset.awaiting_verdict()
        return queryset.filter(verdict=value)

    def filter_state(self, queryset, name, value):
        return queryset.open() if value == "open" else queryset.filter(state=value)

    def filter_municipality(self, queryset, name, value):
        return queryset.in_municipality(value, today())
