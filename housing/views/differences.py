"""What COA says otherwise than the register: the list, and explaining a difference."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.coa_filters import DifferenceFilter
from housing.coa_forms import ExplainForm
from housing.coa_tables import DifferenceTable, shown
from housing.models import CoaDifference
from housing.policies import can_explain_difference, can_list_differences
from housing.selectors.coa import CountedPersons, counted_persons
from housing.selectors.households import with_deadline
from housing.services.coa import explain_difference, take_back_explanation
from partners.choices import Role
from partners.services.journal import record
from westerkwartier.web.clock import now, today
from westerkwartier.web.templatetags.ui import date_long, number, signed
from westerkwartier.web.views import ActionPage, ListPage, ObjectFormPage, page_link

DIFFERENCES = gettext_lazy("Differences with COA")


class DifferenceListView(ListPage):
    """Household by household where COA and the register differ, below the counts of both."""

    policy = can_list_differences
    template_name = "housing/difference_list.html"
    title = DIFFERENCES
    table_class = DifferenceTable
    filterset_class = DifferenceFilter
    export_name = "differences-coa"

    def get_queryset(self):
        user = self.request.user
        return with_deadline(
            CoaDifference.objects.visible_to(user).opened_by(user), user, on=today()
        )

    def get_actions(self):
        return [{"label": _("Send a file of COA"), "url": upload_url("coa_links"), "primary": True}]

    def exported(self, format: str, count: int) -> None:
        user = self.request.user
        for region in {
            one.organisation.region
            for one in user.reach.memberships
            if one.role in (Role.COORDINATOR, Role.MUNICIPAL_OFFICER)
        }:
            record(by=user, action="coa.export", region=region, detail=f"{count}")

    def get_context_data(self, **kwargs):
        half_year = kwargs["filter"].counted_half
        counts = counted_persons(self.request.user, half_year=half_year)
        links_on = max((row.links_on for row in counts if row.links_on), default=None)
        offs_on = max((row.sign_offs_on for row in counts if row.sign_offs_on), default=None)
        return super().get_context_data(
            **{
                **kwargs,
                **empty_state(bool(links_on or offs_on)),
                "half_year": half_year,
                "counts": count_rows(counts) if links_on or offs_on else [],
                "count_columns": [_("Municipality"), _("Here"), _("At COA"), _("Difference")],
                "newest": [
                    (
                        _("Newest file with links"),
                        date_long(links_on) if links_on else _("none yet"),
                    ),
                    (
                        _("Newest file with sign-offs"),
                        date_long(offs_on) if offs_on else _("none yet"),
                    ),
                ],
            }
        )


def upload_url(kind: str) -> str:
    return f"{reverse('imports:upload')}?kind={kind}"


def empty_state(told: bool) -> dict[str, str]:
    """What an empty list says: all is well, or how to get a file."""
    if told:
        return {
            "empty_title": _("No difference without an explanation"),
            "empty_text": _("What COA told last is what stands here, or somebody explained it."),
        }
    return {
        "empty_title": _("No file of COA has come in yet"),
        "empty_text": _(
            "Ask COA for the linked households and the sign-offs as a CSV or Excel file, or make "
            "them from the TVS. Send the files one by one; you then see here what differs."
        ),
    }


def count_rows(counts: list[CountedPersons]) -> list[list[str]]:
    """A row for each municipality, and their sum where there are several and COA told of all."""
    rows = [
        [
            row.municipality,
            number(row.ours),
            "–" if row.theirs is None else number(row.theirs),
            "–" if row.difference is None else signed(row.difference),
        ]
        for row in counts
    ]
    if len(counts) > 1:
        ours, theirs = sum(row.ours for row in counts), [row.theirs for row in counts]
        known = None not in theirs
        rows.append(
            [
                _("Together"),
                number(ours),
                number(sum(theirs)) if known else "–",
                signed(ours - sum(theirs)) if known else "–",
            ]
        )
    return rows


class DifferencePage:
    """What the pages about one difference share."""

    def get_queryset(self):
        return CoaDifference.objects.visible_to(self.request.user).select_related(
            "municipality", "coa_municipality", "explanation"
        )

    def get_breadcrumb(self):
        return [page_link(str(DIFFERENCES), "cases:difference_list")]

    def get_cancel_url(self):
        return reverse("cases:difference_list")

    def get_success_url(self, outcome=None):
        return reverse("cases:difference_list")

    def in_words(self) -> str:
        return _("Household %(reference)s: %(difference)s. Here: %(ours)s. At COA: %(theirs)s.") % {
            "reference": self.object.reference,
            "difference": self.object.get_kind_display().lower(),
            "ours": shown(self.object, self.object.ours),
            "theirs": shown(self.object, self.object.theirs),
        }


class DifferenceExplainView(DifferencePage, ObjectFormPage):
    """Say why a difference is as it is."""

    policy = can_explain_difference
    title = gettext_lazy("Explain a difference")
    form_class = ExplainForm
    submit_label = gettext_lazy("Save")
    success_message = gettext_lazy(
        "The explanation is kept. The difference comes back when COA or we say something else."
    )

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"intro": self.in_words(), **kwargs})

    def perform(self, form):
        return explain_difference(
            by=self.request.user,
            difference=self.object,
            reason=form.cleaned_data["reason"],
            now=now(),
        )


class DifferenceUnexplainView(DifferencePage, ActionPage):
    """Take an explanation back."""

    policy = can_explain_difference
    title = gettext_lazy("Take the explanation back")
    submit_label = gettext_lazy("Take back")
    success_message = gettext_lazy("The difference asks for an explanation again.")

    def get_text(self):
        told = self.object.explanation
        return " ".join([self.in_words(), told.reason if told else ""]).strip()

    def perform(self):
        take_back_explanation(by=self.request.user, difference=self.object, now=now())
