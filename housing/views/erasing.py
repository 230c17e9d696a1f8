"""What will be erased, told in time, and what was."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.models import Case
from housing.policies import can_list_erasures
from housing.selectors.retention import announced, retention_months
from housing.tables import ErasureTable
from westerkwartier.web.clock import today
from westerkwartier.web.templatetags.ui import date_long
from westerkwartier.web.views import ListPage, page_link


class ErasureListView(ListPage):
    """The households that somebody handles and whose personal data go within a month."""

    policy = can_list_erasures
    title = gettext_lazy("Personal data that will be deleted")
    table_class = ErasureTable
    empty_title = gettext_lazy("Nothing will be deleted")
    empty_text = gettext_lazy("No household reaches the end of its term within a month.")

    def get_queryset(self):
        return announced(Case.objects.handled_by(self.request.user), on=today())

    def get_breadcrumb(self):
        return [page_link(_("Households"), "cases:case_list")]

    def get_context_data(self, **kwargs):
        intro = _(
            "%(years)s years after a household was closed or unlinked its personal data are "
            "deleted, early on the day mentioned. The figures stay, without names."
        ) % {"years": retention_months() // 12}
        return super().get_context_data(intro=intro, **kwargs)


def erasure_notice(case: Case, day: date) -> str:
    """For the page of a household: that its personal data were deleted, or will be soon."""
    if case.erased_on is not None:
        return _(
            "The personal data of this household were deleted on %(day)s, because the term for "
            "keeping them was over. Only what the figures need is left."
        ) % {"day": date_long(case.erased_on)}
    found = announced(Case.objects.filter(pk=case.pk), on=day).first() if not case.is_open else None
    if found is None:
        return ""
    return _("The personal data of this household will be deleted on %(day)s.") % {
        "day": date_long(found.erased_from)
    }
