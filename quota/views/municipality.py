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
    FormulaCheck,
    counts_by_role,
    formula_check,
    municipality_balances,
    region_overview,
)
from quota.tables import STANDING_TONES, BalanceTable, FormulaTable, marked
from quota.views.common import (
    QuotaPage,
    as_at,
    half_year,
    legend,
    needed_note,
    progress_marks,
    waiting_note,
)
from westerkwartier.web.tables import PageRows
from westerkwartier.web.templatetags.ui import date_long, number
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
        balance_table = BalanceTable(
            PageRows(balances[::-1]),
            page_url=reverse("quota:municipality", args=[municipality.cbs_code]),
            request=self.request,
        )
        context = {
            "municipality": municipality,
            "periods": self.period_choices(),
            "balances": balance_table,
        }
        if row is None:
            return super().get_context_data(
                legend=legend(balance_table.shown_marks()), **context, **kwargs
            )
        checks = [
            check
            for check in formula_check(overview.period, self.region)
            if check.municipality == municipality
        ]
        formula = FormulaTable(PageRows(checks), request=self.request)
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
            legend=legend(
                balance_table.shown_marks() | formula.shown_marks() | progress_marks(row)
            ),
            housed=marked(number(row.realised), row.realised_certainty),
            goal=marked(number(row.corrected), row.certainty),
            counts=counts_by_role(municipality, period=overview.period, on=self.on),
            waiting=waiting,
            waiting_note=waiting_note(waiting),
            needed_note=needed_note(row),
            reunifiers=expected_reunifiers(
                self.region, on=overview.counted_to, linked_to=municipality
            ),
            formula=formula,
            formula_note=formula_note(checks),
            persons_url=self.persons_url(municipality.cbs_code) if may_open else None,
            **context,
            **kwargs,
        )


def formula_note(checks: list[FormulaCheck]) -> str:
    """Says so where the inhabitants of the date in the law were not found."""
    if not checks or checks[0].as_the_law_asks:
        return ""
    check = checks[0]
    days = {"wanted": date_long(check.wanted_on)}
    if check.inhabitants_on is None:
        return _("The numbers of inhabitants on %(wanted)s were not found.") % days
    days["used"] = date_long(check.inhabitants_on)
    return (
        _("The numbers of inhabitants on %(wanted)s were not found; those on %(used)s are used.")
        % days
    )
