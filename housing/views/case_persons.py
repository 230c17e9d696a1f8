"""Pages about the persons of a household: adding, changing, births, departures, splitting."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.choices import StepCode
from housing.forms import (
    BirthForm,
    CorrectionForm,
    DepartForm,
    MergeForm,
    PersonForm,
    SplitForm,
    person_label,
)
from housing.models import Case, Person
from housing.policies import (
    can_change_case,
    can_change_person,
    can_correct_count,
    can_depart_person,
    can_reveal_number,
)
from housing.services.counting import correct_count
from housing.services.households import merge_cases, split_case
from housing.services.persons import (
    add_person,
    change_person,
    household_version,
    register_birth,
    register_departure,
    reveal_v_number,
)
from housing.views.case_changes import BelowCase, StepPage
from housing.views.changing import ChangePage
from westerkwartier.web.clock import now, today
from westerkwartier.web.views import ObjectFormPage, ObjectPage


class CaseAddPersonView(BelowCase, ObjectFormPage):
    """Somebody who belongs to the household and is not in it yet."""

    policy = can_change_case
    template_name = "housing/person_form.html"
    title = gettext_lazy("Add a person")
    success_message = gettext_lazy("The person has been added.")

    def get_form(self, data=None):
        return PersonForm(data, instance=Person(), case=self.object)

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", self.get_form())
        return super().get_context_data(**kwargs)

    def perform(self, form):
        return add_person(
            by=self.request.user,
            case=self.object,
            values=form.values,
            version=form.cleaned_data["version"],
            now=now(),
        )


class PersonPage(BelowCase):
    """What the pages about one person share. Somebody who only counts for the own municipality has
    no page: the household is not theirs."""

    def get_queryset(self):
        return Person.objects.filter(
            case__in=Case.objects.visible_to(self.request.user)
        ).select_related("case__region", "case__linked_municipality__organisation")

    @property
    def case(self):
        return self.object.case


class PersonEditView(PersonPage, ChangePage):
    """Change what is kept of a person."""

    policy = can_change_person
    template_name = "housing/person_form.html"
    title = gettext_lazy("Change a person")
    success_message = gettext_lazy("The change has been saved.")

    def object_form(self, data=None, *, instance):
        return PersonForm(data, instance=instance, case=self.case)

    def change(self, form):
        return change_person(
            by=self.request.user,
            person=self.object,
            values=form.values,
            version=form.cleaned_data["version"],
            now=now(),
        )


class PersonDepartView(PersonPage, ObjectFormPage):
    """Somebody died, moved out or left without telling where to."""

    policy = can_depart_person
    title = gettext_lazy("Enter a departure")
    form_class = DepartForm
    success_message = gettext_lazy("The departure has been written down.")

    def get_form_kwargs(self):
        return {"initial": {"on": today()}}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"subtitle": person_label(self.object), **kwargs})

    def perform(self, form):
        return register_departure(
            by=self.request.user, person=self.object, now=now(), **form.cleaned_data
        )


class PersonCorrectView(PersonPage, ObjectFormPage):
    """The count of a person was wrong: a line that reverses it, and a new one where they count."""

    policy = can_correct_count
    title = gettext_lazy("Correct the count")
    intro = gettext_lazy("The count that was wrong stays to be seen, with a line that reverses it.")
    form_class = CorrectionForm
    submit_label = gettext_lazy("Save")
    success_message = gettext_lazy("The count has been corrected.")

    def get_form_kwargs(self):
        person = self.object
        initial = {
            "counts_on": person.counted_on,
            "municipality": person.credited_municipality_id,
            "on": today(),
        }
        return {"case": person.case, "initial": initial}

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"subtitle": person_label(self.object), **kwargs})

    def perform(self, form):
        return correct_count(
            by=self.request.user, person=self.object, now=now(), **form.cleaned_data
        )


class PersonNumberView(PersonPage, ObjectPage):
    """The V-number of a person, for who asks; only by POST, and the journal tells who did."""

    policy = can_reveal_number
    http_method_names = ["post"]

    def get_title(self):
        return _("V-number of %(who)s") % {"who": person_label(self.object)}

    def post(self, request, *args, **kwargs):
        number = reveal_v_number(by=request.user, person=self.object)
        if request.htmx:
            return render(request, "housing/v_number_fragment.html", {"number": number})
        context = self.get_context_data(number=number, back_url=self.own_url)
        return self.response_class(request, ["housing/v_number.html"], context)


class CaseBirthView(StepPage):
    """A child is born."""

    code = StepCode.BIRTH
    title = gettext_lazy("Enter a birth")
    success_message = gettext_lazy("The birth has been written down.")

    def get_form(self, data=None):
        initial = {"version": household_version(self.object)}
        return BirthForm(data, initial=initial)

    def perform(self, form):
        return register_birth(
            by=self.request.user, case=self.object, now=now(), **form.cleaned_data
        )


class CaseSplitView(StepPage):
    """Some persons go on as a household of their own."""

    code = StepCode.SPLIT
    title = gettext_lazy("Split the household")
    submit_label = gettext_lazy("Split")
    success_message = gettext_lazy("The household has been split. This is the new one.")
    intro = gettext_lazy(
        "The new household has waited as long as this one. Who lives in the dwelling leaves it."
    )

    def get_form(self, data=None):
        return SplitForm(data, case=self.object, **self.get_form_kwargs())

    def perform(self, form):
        return split_case(by=self.request.user, case=self.object, now=now(), **form.cleaned_data)

    def get_success_url(self, outcome):
        return reverse("cases:case_detail", args=[outcome.pk])


class CaseMergeView(StepPage):
    """Another household goes on in this one."""

    code = StepCode.MERGE
    title = gettext_lazy("Take together with another household")
    submit_label = gettext_lazy("Take together")
    success_message = gettext_lazy("The households have been taken together.")
    intro = gettext_lazy(
        "The other household ends. You can take this back as long as nothing else was done since."
    )

    def get_form(self, data=None):
        seen = Case.objects.visible_to(self.request.user)
        return MergeForm(data, case=self.object, cases=seen, **self.get_form_kwargs())

    def perform(self, form):
        return merge_cases(by=self.request.user, case=self.object, now=now(), **form.cleaned_data)
