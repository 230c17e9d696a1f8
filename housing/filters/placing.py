"""What one looks for on the board of proposals."""

import django_filters
from django.utils.translation import gettext_lazy as _

from housing.filters.stock import own_municipalities
from housing.models import Proposal
from housing.policies import fields_in_reach
from housing.selectors.board import in_municipality, late_proposals
from partners.choices import OrganisationKind
from partners.models import Organisation
from westerkwartier.web.clock import today
from westerkwartier.web.filters import FilterSet


def corporations(request):
    return Organisation.objects.filter(
        region__in=request.user.reach.region_ids, kind=OrganisationKind.CORPORATION
    )


class ProposalFilter(FilterSet):
    municipality = django_filters.ModelChoiceFilter(
        label=_("Municipality"),
        queryset=own_municipalities,
        method="filter_municipality",
        empty_label=_("All"),
    )
    corporation = django_filters.ModelChoiceFilter(
        label=_("Corporation"),
        queryset=corporations,
        field_name="vacancy__dwelling__corporation",
        empty_label=_("All"),
    )
    late = django_filters.ChoiceFilter(
        label=_("Term"),
        method="filter_late",
        choices=[("late", _("Too late"))],
        empty_label=_("All"),
    )

    class Meta:
        model = Proposal
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "case.deadlines" not in fields_in_reach(self.request.user):
            del self.filters["late"]

    def filter_municipality(self, queryset, name, value):
        return in_municipality(queryset, value, self.request.user, on=today())

    def filter_late(self, queryset, name, value):
        return late_proposals(queryset, self.request.user, on=today())
