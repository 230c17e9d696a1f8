"""What one looks for among households."""

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from housing.choices import (
    ENDED,
    HOUSING,
    PLACING,
    SEARCHING,
    CaseStatus,
)
from housing.filters.stock import own_municipalities
from housing.models import Case, CaseNeed, FunctionalNeed, Person
from housing.policies import fields_in_reach, seen_where
from housing.selectors.households import (
    due_soon,
    family_arrives,
    household_size,
    late,
    room,
    with_size,
    without_dwelling_in_time,
)
from westerkwartier.web.clock import today
from westerkwartier.web.filters import FilterSet

GROUPS = {
    "searching": (_("A dwelling is looked for"), SEARCHING),
    "placing": (_("A proposal is under way"), PLACING),
    "housing": (_("There is a contract"), HOUSING),
    "ended": (_("Ended"), ENDED),
}
LATE = "late"
SOON = "soon"
NO_DWELLING = "dwelling"
# The field of the policy that a filter would give away.
FILTER_FIELDS = {
    "municipality": "case.linked_municipality",
    "deadline": "case.deadlines",
    "handler": "case.handler",
}
MOST_BEDROOMS = 5


def needs_in_force(request):
    return FunctionalNeed.objects.on(today())


class CaseFilter(FilterSet):
    """Rows need ``with_list_facts`` and ``with_viewpoints``. Without a choice of status the open
    households, unless one looks for a certain one."""

    q = django_filters.CharFilter(
        label=_("Reference, name or V-number"), method="filter_q", max_length=80
    )
    status = django_filters.ChoiceFilter(
        label=_("Status"),
        method="filter_status",
        choices=[
            ("all", _("All households")),
            *((code, label) for code, (label, _statuses) in GROUPS.items()),
            (_("One status"), CaseStatus.choices),
        ],
        empty_label=_("Open"),
    )
    municipality = django_filters.ModelChoiceFilter(
        label=_("Linked to"),
        field_name="linked_municipality",
        queryset=own_municipalities,
        empty_label=_("All"),
    )
    deadline = django_filters.ChoiceFilter(
        label=_("Deadline"),
        method="filter_deadline",
        choices=[
            (LATE, _("Late")),
            (SOON, _("Within two weeks")),
            (NO_DWELLING, _("No dwelling in time")),
        ],
        empty_label=_("All"),
    )
    handler = django_filters.ChoiceFilter(
        label=_("Handled by"),
        method="filter_handler",
        choices=[("me", _("Me")), ("nobody", _("Nobody yet"))],
        empty_label=_("Anybody"),
    )
    size = django_filters.ChoiceFilter(
        label=_("Persons"),
        method="filter_size",
        choices=[("1", "1"), ("2", "2"), ("3-4", "3–4"), ("5+", _("5 or more"))],
        empty_label=_("All"),
    )
    bedrooms = django_filters.ChoiceFilter(
        label=_("Bedrooms"),
        method="filter_bedrooms",
        choices=[
            *((str(number), str(number)) for number in range(1, MOST_BEDROOMS)),
            (str(MOST_BEDROOMS), _("5 or more")),
        ],
        empty_label=_("All"),
    )
    need = django_filters.ModelChoiceFilter(
        label=_("Needs"), queryset=needs_in_force, method="filter_need", empty_label=_("All")
    )
    family = django_filters.ChoiceFilter(
        label=_("Family who follow"),
        method="filter_family",
        choices=[(SOON, _("Arrive within three months"))],
        empty_label=_("All"),
    )
    room = django_filters.ChoiceFilter(
        label=_("The dwelling they live in"),
        method="filter_room",
        choices=[("over", _("Too small")), ("under", _("Larger than needed"))],
        empty_label=_("All"),
    )

    more_fields = ("size", "bedrooms", "need", "family", "room")

    class Meta:
        model = Case
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        seen = fields_in_reach(self.request.user)
        for name, field in FILTER_FIELDS.items():
            if field not in seen:
                del self.filters[name]
        if "person.name" not in seen:
            self.filters["q"].label = _("Reference")
        elif "person.v_number" not in seen:
            self.filters["q"].label = _("Reference or name")

    def filter_queryset(self, queryset):
        asked = self.form.cleaned_data
        if not (asked.get("status") or asked.get("q")):
            queryset = queryset.open()
        return super().filter_queryset(queryset)

    def filter_q(self, queryset, name, value):
        """By the whole reference, an exact part of a name, or the whole V-number; by the last two
        only where the reader sees them."""
        of_case = Person.objects.filter(case=OuterRef("pk"))
        of_name = of_case.filter(name_tokens__found_by=value)
        named = (seen_where("person.name") & Exists(of_name.here())) | (
            seen_where("person.name_while_expected") & Exists(of_name)
        )
        numbered = seen_where("person.v_number") & Exists(
            of_case.filter(number_tokens__found_by=value)
        )
        return queryset.filter(Q(reference__iexact=value) | named | numbered)

    def filter_status(self, queryset, name, value):
        if value == "all":
            return queryset
        return queryset.filter(status__in=GROUPS[value][1] if value in GROUPS else [value])

    def filter_deadline(self, queryset, name, value):
        found = {LATE: late, SOON: due_soon, NO_DWELLING: without_dwelling_in_time}[value]
        return found(queryset, on=today())

    def filter_handler(self, queryset, name, value):
        known = queryset.filter(seen_where("case.handler"))
        return known.filter(handler=self.request.user if value == "me" else None)

    def filter_size(self, queryset, name, value):
        return with_size(queryset).filter(household_size(value))

    def filter_bedrooms(self, queryset, name, value):
        number = int(value)
        if number == MOST_BEDROOMS:
            return queryset.filter(bedrooms_asked__gte=number)
        return queryset.filter(bedrooms_asked=number)

    def filter_need(self, queryset, name, value):
        return queryset.filter(Exists(CaseNeed.objects.filter(case=OuterRef("pk"), need=value)))

    def filter_family(self, queryset, name, value):
        return family_arrives(queryset, on=today())

    def filter_room(self, queryset, name, value):
        return room(queryset, value, on=today())
