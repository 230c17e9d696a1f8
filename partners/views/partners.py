"""The partners of a region and what they agreed, for everybody who takes part."""

from django.utils.translation import gettext_lazy

from partners.policies import can_list_partners
from partners.selectors import partners_of
from westerkwartier.web.clock import today
from westerkwartier.web.views import Page


class PartnerListView(Page):
    """Organisations by kind with their contact persons, and the covenant."""

    policy = can_list_partners
    template_name = "partners/partner_list.html"
    title = gettext_lazy("Partners")
    subtitle = gettext_lazy("Who takes part, and whom to call")

    def get_context_data(self, **kwargs):
        return super().get_context_data(regions=partners_of(self.request.user, today()), **kwargs)
