"""One household: its page is made of sections, each with its own module and template."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.models import Case
from housing.policies import can_view_case, visible_fields
from housing.views.sections import SECTIONS
from partners.services.journal import record
from westerkwartier.web.clock import today
from westerkwartier.web.views import DetailPage

CASES = gettext_lazy("Households")


class CasePage:
    """What the pages about one household share."""

    def get_queryset(self):
        return Case.objects.visible_to(self.request.user).select_related(
            "region", "linked_municipality__organisation", "handler", "guidance"
        )


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
        fields = visible_fields(self.request.user, self.object)
        sections = (
            section(self.request.user, self.object, fields, today()) for section in SECTIONS
        )
        return super().get_context_data(
            fields=fields, sections=[section for section in sections if section], **kwargs
        )
