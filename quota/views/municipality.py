"""One municipality."""

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from housing.selectors import expected_reunifiers, waiting_households
from partners.models import Municipality, Region
from quota.charts import course_chart
from quota.policies import can_list_realised, can_view_overview, can_view_realised_of
from quota.selectors import (
    counts_by_role,
    formula_check,
    municipality_balances,
    region_overview,
)
from quota.tables import STANDING_TONES, BalanceTable, FormulaTable
from quota.views.common import QuotaPage, as_at, half_year, legend, needed_note, waiting_note
from westerkwartier.web.tables import PageRows
from westerkwartier.web.views import Page, page_link


class MunicipalityView(QuotaPage, Page):
    """One municipality: this half-year, its balance since the start, and the formula."""

    policy = can_view_overview
    template_name = "quota/municipality.html"

    @cached_property
    def municipality(self) -> Municipality:
        user = self.request.user
        found = (
            Municipality.objects.filter(
                cbs_code=self.kwargs["cbs_code"],
                region__in=user.reach.regions_as(*self.readers),
            )
            .select_related("region")
            .first()
        )
        if found is None:
            raise Http404
        return found

    @cached_property
    def region(self) -> Region:
        return self.municipality.region

    def get_title(self):
        return self.municipality.name

    def get_breadcrumb(self):
        return [page_link(_("Region"), "quota:overview")]

    def get_context_data(self, **kwargs):
        municipality = self.municipality
        overview = self.period and region_overview(self.region, on=self.on, period=self.period)
        row = overview.row(municipality.cbs_code) if overview else None
        balances = municipality_balances(municipality, on=self.on)
        context = {
            "municipality": municipality,
            "periods": self.period_choices(),
            "balances": BalanceTable(
                PageRows(balances[::-1]),
                page_url=reverse("quota:municipality", args=[municipality.cbs_code]),
                request=self.request,
            ),
        }
        if row is None:
            return super().get_context_data(**context, **kwargs)
        checks = [
            check
            for check in formula_check(overview.period, self.region)
            if check.municipality == municipality
        ]
        waiting = waiting_households(self.region, on=overview.counted_to, linked_to=municipality)
        may_open = can_list_realised(self.request.user) and can_view_realised_of(
            self.request.user, self.region.pk, municipality
        )
        return super().get_context_data(
            overview=overview,
            row=row,
            subtitle=f"{capfirst(half_year(overview.period))}. {as_at(overview)}",
            tone=STANDING_TONES[row.standing],
            chart=course_chart(overview, row),
            legend=legend(overview, [row]),
            counts=counts_by_role(municipality, period=overview.period, on=self.on),
            waiting=waiting,
            waiting_note=waiting_note(waiting),
            needed_note=needed_note(row),
            reunifiers=expected_reunifiers(
                self.region, on=overview.counted_to, linked_to=municipality
            ),
            formula=FormulaTable(PageRows(checks), request=self.request),
            persons_url=self.persons_url(municipality.cbs_code) if may_open else None,
            **context,
            **kwargs,
        )
