"""Filter forms of the partners app."""

from datetime import datetime, time

import django_filters
from django import forms
from django.db.models import Q
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _

from partners.choices import ACTION_LABELS, Result, Role
from partners.models import JournalEntry, Membership, Organisation, User
from partners.selectors import lines_about
from westerkwartier.web.clock import today
from westerkwartier.web.filters import FilterSet


def own_organisations(request):
    return Organisation.objects.visible_to(request.user)


def own_people(request):
    return User.objects.visible_to(request.user).order_by("name")


class MembershipFilter(FilterSet):
    """Whom one looks for."""

    q = django_filters.CharFilter(label=_("Name or e-mail"), method="filter_q", max_length=80)
    role = django_filters.ChoiceFilter(label=_("Role"), choices=Role.choices, empty_label=_("All"))
    organisation = django_filters.ModelChoiceFilter(
        label=_("Organisation"), queryset=own_organisations, empty_label=_("All")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="filter_state",
        choices=[
            ("active", _("Active")),
            ("ended", _("Ended")),
            ("review", _("To be reviewed")),
        ],
        empty_label=_("All"),
    )

    class Meta:
        model = Membership
        fields: list[str] = []

    def filter_q(self, queryset, name, value):
        for word in value.split():
            queryset = queryset.filter(
                Q(user__name__icontains=word) | Q(user__email__icontains=word)
            )
        return queryset

    def filter_state(self, queryset, name, value):
        if value == "active":
            return queryset.on(today())
        if value == "ended":
            return queryset.filter(valid_to__lte=today())
        return queryset.review_due(today())


class JournalFilter(FilterSet):
    """Which lines one looks for."""

    person = django_filters.ModelChoiceFilter(
        label=_("Person"), queryset=own_people, method="filter_person", empty_label=_("All")
    )
    action = django_filters.ChoiceFilter(
        label=_("Action"),
        choices=sorted(ACTION_LABELS.items(), key=lambda item: item[0]),
        empty_label=_("All"),
    )
    result = django_filters.ChoiceFilter(
        label=_("Result"), choices=Result.choices, empty_label=_("All")
    )
    since = django_filters.DateFilter(
        label=_("From"), method="filter_since", widget=forms.DateInput({"type": "date"})
    )
    until = django_filters.DateFilter(
        label=_("Up to and including"),
        method="filter_until",
        widget=forms.DateInput({"type": "date"}),
    )

    class Meta:
        model = JournalEntry
        fields: list[str] = []

    def filter_person(self, queryset, name, value):
        return queryset.filter(lines_about(value))

    def filter_since(self, queryset, name, value):
        return queryset.filter(
            at__gte=datetime.combine(value, time.min, tzinfo=get_current_timezone())
        )

    def filter_until(self, queryset, name, value):
        return queryset.filter(
            at__lte=datetime.combine(value, time.max, tzinfo=get_current_timezone())
        )
