"""Family who follow: the list, and what is done for one of them or for the household."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.choices import ReunionState
from housing.filters import FamilyFilter
from housing.forms import DwellingCheckForm, ExpectForm, PersonsForm, ReunionFactForm
from housing.forms.reunion import next_states
from housing.models import Person, ReunionFact
from housing.policies import (
    FAMILY_READERS,
    can_expect_person,
    can_follow_person,
    can_join_tenancy,
    can_list_family,
    can_sign_off_joined,
    can_undo_reunion_fact,
)
from housing.selectors.households import with_deadline
from housing.selectors.reunion import (
    could_join,
    family_of,
    followers,
    joined,
    joined_uncounted,
    watched,
)
from housing.services.joining import join_tenancy, sign_off_joined
from housing.services.reunion import (
    check_dwelling,
    expect_person,
    record_reunion_fact,
    undo_reunion_fact,
)
from housing.tables import FamilyTable
from housing.views.cases import CasePage
from housing.views.sections.reunion import called
from partners.services.journal import record
from westerkwartier.web.clock import now, today
from westerkwartier.web.views import ActionPage, ListPage, ObjectFormPage, page_link

FAMILY = gettext_lazy("Family who follow")


class FamilyListView(ListPage):
    """Who follows the households that somebody handles, what asks attention first."""

    policy = can_list_family
    title = FAMILY
    table_class = FamilyTable
    filterset_class = FamilyFilter
    export_name = "family"
    empty_title = gettext_lazy("No family is expected")
    empty_text = gettext_lazy("Add who follows on the page of the household.")

    def get_queryset(self):
        user, day = self.request.user, today()
        return with_deadline(watched(followers(user), on=day), user, on=day)

    def get(self, request, *args, **kwargs):
        response = super().get(request, *args, **kwargs)
        shown = getattr(response, "context_data", None)
        if shown and len(shown["table"].rows):
            self.tell("reunion.read")
        return response

    def exported(self, format: str, count: int) -> None:
        self.tell("reunion.export", f"{format} {count}")

    def tell(self, action: str, detail: str = "") -> None:
        """A line in the journal of each region whose households somebody handles."""
        user = self.request.user
        for region in {
            membership.organisation.region
            for membership in user.reach.memberships
            if membership.role in FAMILY_READERS
        }:
            record(by=user, action=action, region=region, detail=detail)


class CaseDeed:
    """What forms about a household share: back to its family."""

    menu = "cases:family_list"

    @property
    def case(self):
        return self.object

    def get_breadcrumb(self):
        return [
            page_link(FAMILY, "cases:family_list"),
            page_link(self.case.reference, "cases:case_detail", self.case.pk),
        ]

    def get_success_url(self, outcome=None):
        return f"{reverse('cases:case_detail', args=[self.case.pk])}#reunion"

    def get_cancel_url(self):
        return self.get_success_url()


class PersonDeed(CaseDeed):
    """What forms about somebody who follows share."""

    policy = can_follow_person

    @property
    def case(self):
        return self.object.case

    def get_queryset(self):
        return Person.objects.visible_to(self.request.user).select_related(
            "case__linked_municipality", "case__region"
        )

    def get_context_data(self, **kwargs):
        names = called(family_of(self.case, on=today()))
        return super().get_context_data(subtitle=names.get(self.object.pk, ""), **kwargs)


class CaseExpectView(CaseDeed, CasePage, ObjectFormPage):
    """Somebody who follows."""

    policy = can_expect_person
    title = gettext_lazy("Add a family member who follows")
    form_class = ExpectForm
    submit_label = gettext_lazy("Add")
    success_message = gettext_lazy("The family member has been added.")

    def get_form_kwargs(self):
        return {"initial": {"number": len(family_of(self.object, on=today())) + 1}}

    def perform(self, form):
        return expect_person(by=self.request.user, case=self.object, now=now(), **form.cleaned_data)


class PersonReunionView(PersonDeed, ObjectFormPage):
    """What became of somebody; ``?state=`` says what, else one chooses."""

    form_class = ReunionFactForm
    submit_label = gettext_lazy("Save")
    success_message = gettext_lazy("The news has been saved.")

    @property
    def asked(self) -> str:
        asked = self.request.GET.get("state", "")
        return asked if asked in next_states(self.object) else ""

    def get_title(self):
        return ReunionState(self.asked).label if self.asked else _("News of this person")

    def get_form_kwargs(self):
        initial = {"on": today(), "expected_on": self.object.expected_on}
        return {"person": self.object, "asked": self.asked, "initial": initial}

    def perform(self, form):
        return record_reunion_fact(
            by=self.request.user, person=self.object, now=now(), **form.cleaned_data
        )

    def get_success_tags(self, outcome):
        return f"undo:{reverse('cases:fact_undo', args=[outcome.pk])}"


class PersonCheckView(PersonDeed, ObjectFormPage):
    """The dwelling check of somebody who follows."""

    title = gettext_lazy("Dwelling check")
    form_class = DwellingCheckForm
    submit_label = gettext_lazy("Save")
    success_message = gettext_lazy("The dwelling check has been saved.")
    intro = gettext_lazy(
        "Somebody may go straight to the dwelling of the household when all four are in order."
    )

    def get_form_kwargs(self):
        check = getattr(self.object, "dwelling_check", None)
        return {
            "initial": {name: getattr(check, name, None) for name in DwellingCheckForm.base_fields}
        }

    def perform(self, form):
        return check_dwelling(
            by=self.request.user, person=self.object, now=now(), **form.cleaned_data
        )


class FactUndoView(CaseDeed, ActionPage):
    """The newest news of somebody was a mistake."""

    policy = can_undo_reunion_fact
    title = gettext_lazy("Take this news back?")
    submit_label = gettext_lazy("Take back")
    success_message = gettext_lazy("The news has been taken back.")

    @property
    def case(self):
        return self.object.person.case

    def get_queryset(self):
        return ReunionFact.objects.visible_to(self.request.user).select_related(
            "person__case__linked_municipality", "person__case__region"
        )

    def get_text(self):
        return _("“%(state)s” was told by mistake. The person stands again as before it.") % {
            "state": self.object.get_state_display()
        }

    def perform(self):
        undo_reunion_fact(by=self.request.user, fact=self.object, now=now())


class PersonsDeed(CaseDeed, CasePage, ObjectFormPage):
    """A step for some of the family of a household; ``nobody`` says why when there is none.

    What is sent may name who was chosen before: the second half of a double click.
    """

    form_class = PersonsForm
    nobody = ""

    def choosable(self):
        raise NotImplementedError

    def chosen_before(self):
        """Of whom it was done already."""
        raise NotImplementedError

    def choices(self) -> list[Person]:
        found = list(self.choosable())
        if self.request.method == "POST":
            sent = set(self.request.POST.getlist("persons"))
            found += [person for person in self.chosen_before() if str(person.pk) in sent]
        return found

    def get(self, request, *args, **kwargs):
        if not self.choices():
            return self.nothing_to_choose()
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if not self.choices():
            return self.nothing_to_choose()
        return super().post(request, *args, **kwargs)

    def nothing_to_choose(self):
        """A sentence and the way back, instead of a form without anybody in it."""
        context = self.get_context_data(
            form=None,
            text=self.nobody,
            next_url=self.get_cancel_url(),
            next_label=_("Back to the household"),
        )
        return self.response_class(self.request, ["pages/message.html"], context)

    def get_form_kwargs(self):
        names = called(family_of(self.object, on=today()))
        persons = [(person.pk, names[person.pk]) for person in self.choices()]
        return {"persons": persons, "on": today()}

    def chosen(self, form) -> dict:
        persons = self.object.persons.filter(pk__in=form.cleaned_data["persons"])
        return {
            "by": self.request.user,
            "case": self.object,
            "persons": list(persons),
            "on": form.cleaned_data["on"],
            "remark": form.cleaned_data["remark"],
            "now": now(),
        }


class CaseJoinView(PersonsDeed):
    """Family who arrived joins the tenancy of the household (bijplaatsen)."""

    policy = can_join_tenancy
    title = gettext_lazy("Family joins the household")
    submit_label = gettext_lazy("Add to the tenancy")
    success_message = gettext_lazy("The family now lives with the household.")
    intro = gettext_lazy(
        "No new dwelling is taken. Everybody needs a complete dwelling check. They count for the "
        "quota by the same rules as the household."
    )

    nobody = gettext_lazy(
        "Nobody can be added now. First tell on the page of the household that a family member has "
        "arrived."
    )

    def choosable(self):
        return could_join(self.object)

    def chosen_before(self):
        return joined(self.object)

    def perform(self, form):
        return join_tenancy(**self.chosen(form))


class CaseSignOffJoinedView(PersonsDeed):
    """COA signs off family who joined."""

    policy = can_sign_off_joined
    title = gettext_lazy("COA signs the family off")
    submit_label = gettext_lazy("Sign off")
    success_message = gettext_lazy("The family has been signed off and counts.")
    intro = gettext_lazy("From this day on they count for the quota.")

    nobody = gettext_lazy(
        "Nobody can be signed off now. Family is added to the tenancy first; COA signs them off "
        "once after that."
    )

    def choosable(self):
        return joined_uncounted(self.object)

    def chosen_before(self):
        return joined(self.object).exclude(counted_on=None)

    def perform(self, form):
        return sign_off_joined(**self.chosen(form))
