"""Filter forms about the checklist."""

import django_filters
from django.utils.translation import gettext_lazy as _

from housing.choices import GuidanceEvent
from housing.models import GuidanceTask
from partners.models import Organisation
from westerkwartier.web.clock import today
from westerkwartier.web.filters import FilterSet

WEEK = 7


def partners(request):
    return Organisation.objects.visible_to(request.user)


class TaskFilter(FilterSet):
    """Which tasks; without a choice those that are still to be done."""

    state = django_filters.ChoiceFilter(
        label=_("State"),
        method="filter_state",
        choices=[
            ("late", _("Late")),
            ("week", _("Due within a week")),
            ("undated", _("Without a day yet")),
            ("done", _("Done")),
            ("cancelled", _("Not needed")),
            ("all", _("All tasks")),
        ],
        empty_label=_("To do"),
    )
    owner = django_filters.ModelChoiceFilter(
        label=_("Done by"), queryset=partners, empty_label=_("All")
    )
    event = django_filters.ChoiceFilter(
        label=_("After"),
        field_name="template__event",
        choices=GuidanceEvent.choices,
        empty_label=_("All"),
    )
    q = django_filters.CharFilter(
        label=_("Reference"),
        field_name="case__reference",
        lookup_expr="istartswith",
        max_length=20,
    )

    class Meta:
        model = GuidanceTask
        fields: list[str] = []

    def filter_queryset(self, queryset):
        if not self.form.cleaned_data.get("state"):
            queryset = queryset.to_do()
        return super().filter_queryset(queryset)

    def filter_state(self, queryset, name, value):
        chosen = {
            "late": lambda: queryset.late(today()),
            "week": lambda: queryset.due_within(today(), WEEK),
            "undated": lambda: queryset.to_do().filter(due_on=None),
            "done": lambda: queryset.filter(done_on__isnull=False),
            "cancelled": lambda: queryset.filter(cancelled_on__isnull=False),
        }
        return chosen.get(value, queryset.all)()
