"""The filter of the differences with COA."""

import django_filters
from django.utils.translation import gettext_lazy as _

from housing.arithmetic import half_year_of, half_years
from housing.choices import DifferenceKind
from housing.models import CoaDifference
from housing.selectors.coa import own_municipalities
from westerkwartier.web.clock import today
from westerkwartier.web.filters import FilterSet

YEARS_BACK = 3
EXPLAINED, ALL = "explained", "all"


def own(request):
    return own_municipalities(request.user).order_by("name")


class DifferenceFilter(FilterSet):
    """Which differences; those with an explanation only when they are asked for."""

    kind = django_filters.ChoiceFilter(
        label=_("Difference"), choices=DifferenceKind, empty_label=_("All")
    )
    municipality = django_filters.ModelChoiceFilter(
        label=_("Municipality"),
        queryset=own,
        method="filter_municipality",
        empty_label=_("All"),
    )
    half_year = django_filters.ChoiceFilter(
        label=_("Linked or signed off in"),
        method="filter_half_year",
        choices=[],
        empty_label=_("All"),
    )
    show = django_filters.ChoiceFilter(
        label=_("Show"),
        method="filter_show",
        choices=[(EXPLAINED, _("With an explanation")), (ALL, _("All"))],
        empty_label=_("Without an explanation"),
    )

    class Meta:
        model = CoaDifference
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        day = today()
        self.halves = {
            half.code: half for half in half_years(day.replace(year=day.year - YEARS_BACK), day)
        }
        self.filters["half_year"].extra["choices"] = [(code, code) for code in self.halves]

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        return queryset if self.form.cleaned_data.get("show") else queryset.unexplained()

    def filter_municipality(self, queryset, name, value):
        return queryset.of(value)

    def filter_half_year(self, queryset, name, value):
        half = self.halves[value]
        return queryset.filter(on__gte=half.start, on__lte=half.end)

    def filter_show(self, queryset, name, value):
        return queryset.exclude(explanation=None) if value == EXPLAINED else queryset

    @property
    def counted_half(self):
        """The half-year that is asked for; that of today without."""
        asked = self.form.cleaned_data.get("half_year") if self.form.is_valid() else ""
        return self.halves.get(asked) or half_year_of(today())
