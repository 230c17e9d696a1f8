"""The list of households, and one of them: its page is made of sections, each with its own module
and template."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.filters import CaseFilter
from housing.models import Case
from housing.policies import (
    can_add_cases,
    can_list_cases,
    can_list_erasures,
    can_view_case,
    fields_in_reach,
    visible_fields,
    with_viewpoints,
)
from housing.selectors.households import with_list_facts
from housing.selectors.retention import announced
from housing.tables import COLUMN_FIELDS, CaseTable, CaseTableOfPartners, status_pill
from housing.views.erasing import erasure_notice
from housing.views.sections import LEFT_OVER, SECTIONS
from partners.services.journal import record
from westerkwartier.web.clock import today
from westerkwartier.web.templatetags.ui import date_long
from westerkwartier.web.views import DetailPage, ListPage, page_link

CASES = gettext_lazy("Households")


class CaseListView(ListPage):
    """The households that the reader may know of, with the fields they may see."""

    policy = can_list_cases
    title = CASES
    table_class = CaseTable
    filterset_class = CaseFilter
    export_name = "households"
    empty_title = gettext_lazy("No households")
    empty_text = gettext_lazy("Nothing here answers to what is asked above.")

    def get(self, request, *args, **kwargs):
        seen = fields_in_reach(request.user)
        if not seen.issuperset(COLUMN_FIELDS.values()):
            self.table_class = CaseTableOfPartners
        return super().get(request, *args, **kwargs)

    def get_queryset(self):
        user = self.request.user
        visible = with_viewpoints(Case.objects.visible_to(user), user)
        return with_list_facts(visible, on=today())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        user = self.request.user
        if (
            not context["page"].has_rows
            and can_add_cases(user)
            and not Case.objects.visible_to(user).exists()
        ):
            context["empty_title"] = _("There are no households yet")
            context["empty_text"] = _(
                "Add the first one here, or send the file of COA with the linked households."
            )
        return context

    def exported(self, format: str, count: int) -> None:
        record(by=self.request.user, action="case.export", detail=f"{format}, {count}")

    def get_actions(self):
        user, actions = self.request.user, []
        if can_add_cases(user):
            url = reverse("cases:case_add")
            actions.append({"label": _("Add a household"), "url": url, "primary": True})
        handled = Case.objects.handled_by(user)
        if can_list_erasures(user) and announced(handled, on=today()).exists():
            actions.append({"label": _("Will be deleted"), "url": reverse("cases:erasure_list")})
        return actions


class CasePage:
    """What the pages about one household share."""

    def get_queryset(self):
        return Case.objects.visible_to(self.request.user).select_related(
            "region",
            "linked_municipality__organisation",
            "handler",
            "guidance",
            "split_from",
            "merged_into",
        )

    @property
    def own_url(self) -> str:
        return reverse("cases:case_detail", args=[self.object.pk])

    def get_breadcrumb(self):
        return [page_link(CASES, "cases:case_list")]


class CaseDetailView(CasePage, DetailPage):
    """One household; each section shows what the reader may know of it."""

    policy = can_view_case
    template_name = "housing/case_detail.html"

    def opened(self) -> None:
        case = self.object
        record(by=self.request.user, action="case.read", obj=case, region=case.region)

    def get_title(self):
        return _("Household %(reference)s") % {"reference": self.object.reference}

    def get_context_data(self, **kwargs):
        case = self.object
        fields = visible_fields(self.request.user, case)
        shown = SECTIONS if case.erased_on is None else LEFT_OVER
        sections = (section(self.request.user, case, fields, today()) for section in shown)
        return super().get_context_data(
            fields=fields,
            status=status_pill(case),
            since=_("since %(day)s") % {"day": date_long(case.status_since)}
            if "case.steps" in fields and case.status_since
            else "",
            sections=[section for section in sections if section],
            erasure=erasure_notice(case, today()) if "case.steps" in fields else "",
            **kwargs,
        )
