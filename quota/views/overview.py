"""The region and its municipalities side by side."""

from django.urls import reverse
from django.utils.translation import gettext as _

from housing.choices import PersonCategory
from housing.selectors import covenant_share, expected_reunifiers, waiting_households
from partners.models import Municipality
from quota.charts import course_chart
from quota.policies import (
    can_list_realised,
    can_view_overview,
    can_view_realised_of,
    can_view_share,
)
from quota.selectors import RegionOverview, region_overview
from quota.tables import STANDING_TONES, OverviewTable, marked
from quota.views.common import (
    Choice,
    QuotaPage,
    as_at,
    half_year,
    legend,
    opening_note,
    waiting_note,
)
from westerkwartier.web.tables import PageRows
from westerkwartier.web.templatetags.ui import number
from westerkwartier.web.views import Page


class OverviewView(QuotaPage, Page):
    """The region and its municipalities side by side in a half-year."""

    policy = can_view_overview
    template_name = "quota/overview.html"

    def get_title(self):
        if self.period is None:
            return _("Quota")
        return _("Quota, %(half_year)s") % {"half_year": half_year(self.period)}

    def get_context_data(self, **kwargs):
        context = {
            "periods": self.period_choices(),
            "regions": [
                Choice(
                    region.name, f"{self.request.path}?region={region.slug}", region is self.region
                )
                for region in self.regions
            ],
        }
        overview = self.period and region_overview(self.region, on=self.on, period=self.period)
        if overview is None or overview.empty:
            return super().get_context_data(**context, **kwargs)
        opened = self.opened(overview)
        waiting = waiting_households(self.region, on=overview.counted_to)
        table = self.table(overview, opened)
        return super().get_context_data(
            overview=overview,
            subtitle=as_at(overview),
            tone=STANDING_TONES[overview.total.standing],
            table=table,
            housed=marked(number(overview.total.realised), overview.total.realised_certainty),
            goal=marked(number(overview.total.corrected), overview.total.certainty),
            opening_note=opening_note(overview),
            chart=course_chart(overview, overview.total),
            legend=legend(table.shown_marks()),
            share=covenant_share(self.region, on=overview.counted_to),
            share_url=self.share_url(),
            waiting=waiting,
            waiting_note=waiting_note(waiting),
            reunifiers=expected_reunifiers(self.region, on=overview.counted_to),
            categories=[
                [PersonCategory(category).label, number(persons)]
                for category, persons in overview.total.by_category
            ],
            categories_columns=[_("Category"), _("Persons")],
            persons_url=opened.get(""),
            **context,
            **kwargs,
        )

    def share_url(self) -> str:
        """Where the share is told in full, for who may see it."""
        if not can_view_share(self.request.user, self.region):
            return ""
        return reverse("quota:share") + self.query(period=None)

    def table(self, overview: RegionOverview, opened: dict[str, str]) -> OverviewTable:
        links = {
            row.code: reverse("quota:municipality", args=[row.code]) + self.query(region=None)
            for row in overview.rows
        }
        return OverviewTable(
            PageRows(overview.rows),
            total=overview.total,
            links=links,
            opened=opened,
            exclude=("needed_per_month",) if overview.over else (),
            request=self.request,
        )

    def opened(self, overview: RegionOverview) -> dict[str, str]:
        """Addresses of the persons behind the figures that this user may open, by CBS code."""
        user = self.request.user
        if not can_list_realised(user):
            return {}
        municipalities = Municipality.objects.filter(
            pk__in=[row.municipality_id for row in overview.rows]
        )
        opened = {
            municipality.cbs_code: self.persons_url(municipality.cbs_code)
            for municipality in municipalities
            if can_view_realised_of(user, self.region.pk, municipality)
        }
        if can_view_realised_of(user, self.region.pk):
            opened[""] = self.persons_url()
        return opened
