"""The persons behind a figure."""

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.models import Person
from partners.models import Municipality
from partners.services.journal import record
from quota.filters import RealisedFilter
from quota.policies import can_list_realised, can_view_realised_of
from quota.selectors import realised_persons
from quota.tables import RealisedTable
from quota.views.common import QuotaPage, half_year
from westerkwartier.web.views import ListPage, page_link


class RealisedListView(QuotaPage, ListPage):
    """The persons that a figure counts: case reference, category, date; never a name."""

    policy = can_list_realised
    title = gettext_lazy("Persons who count towards the quota")
    table_class = RealisedTable
    filterset_class = RealisedFilter
    export_name = "realised"
    empty_title = gettext_lazy("Nobody has been counted yet")
    empty_text = gettext_lazy("A person counts from the day on which COA signs them off.")

    @cached_property
    def municipalities(self) -> list[tuple[str, str]]:
        """CBS code and name of those for which somebody can count in this half-year."""
        return list(
            Municipality.objects.filter(
                region=self.region, valid_from__lte=self.period.ends_on
            ).values_list("cbs_code", "name")
        )

    def get(self, request, *args, **kwargs):
        if self.period is None:
            raise Http404
        response = super().get(request, *args, **kwargs)
        shown = getattr(response, "context_data", None)
        if shown and len(shown["table"].rows):
            self.opened(request.GET.get("municipality"))
        return response

    def opened(self, asked: str | None) -> None:
        """Somebody was shown persons: of the region, or of the municipality asked for."""
        codes = [self.period.code, *(code for code, _name in self.municipalities if code == asked)]
        record(
            by=self.request.user, action="person.read", region=self.region, detail=" ".join(codes)
        )

    def get_breadcrumb(self):
        return [page_link(_("Region"), "quota:overview")]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            **{
                "subtitle": capfirst(half_year(self.period)),
                "intro": _("You see the persons of your own municipality; the region counts more.")
                if not can_view_realised_of(self.request.user, self.region.pk)
                else "",
                **kwargs,
            }
        )

    def get_queryset(self):
        if self.period is None:
            return Person.objects.none()
        return realised_persons(
            self.request.user, self.region, period=self.period, on=self.on
        ).order_by()

    def filtered(self):
        filterset = RealisedFilter(
            self.request.GET,
            queryset=self.get_queryset(),
            request=self.request,
            regions=[(region.slug, region.name) for region in self.regions],
            periods=[(period.code, period.code) for period in self.periods],
            municipalities=self.municipalities,
        )
        return filterset.qs, filterset

    def exported(self, format: str, count: int) -> None:
        record(
            by=self.request.user,
            action="person.export",
            region=self.region,
            detail=f"{self.period.code} {format} {count}",
        )
