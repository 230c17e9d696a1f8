"""The journal of a region, for its administrators."""

from django.utils.translation import gettext_lazy

from partners.filters import JournalFilter
from partners.models import JournalEntry
from partners.policies import can_list_journal
from partners.selectors import home_region
from partners.services.journal import record
from partners.tables import JournalTable
from partners.views.people import PEOPLE
from westerkwartier.web.clock import today
from westerkwartier.web.views import ListPage, page_link


class JournalListView(ListPage):
    """Who did what, when and from where."""

    policy = can_list_journal
    title = gettext_lazy("Journal")
    subtitle = gettext_lazy("Nothing in the journal can be changed or deleted.")
    table_class = JournalTable
    filterset_class = JournalFilter
    export_name = "journal"
    empty_title = gettext_lazy("Nothing has been done yet")
    empty_text = gettext_lazy("Every action appears here as a line.")

    def get_queryset(self):
        return JournalEntry.objects.visible_to(self.request.user)

    def get_breadcrumb(self):
        return [page_link(PEOPLE, "partners:membership_list")]

    def exported(self, format, count):
        user = self.request.user
        record(
            by=user,
            action="journal.export",
            region=home_region(user, today()),
            detail=f"{format}, {count}",
        )
