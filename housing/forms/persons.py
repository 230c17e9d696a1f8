"""Forms about the persons of a household: who is in it, comes, leaves, goes to another."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from housing.choices import (
    ENDED,
    SEARCHING,
    CorrectionReason,
    Departure,
    PersonCategory,
    Relation,
    Sex,
)
from housing.forms.case_steps import remark_field
from housing.forms.stock import FactsForm, date_field
from housing.models import Case, Person
from housing.services.persons import PERSON_FIELDS, household_version, person_version
from partners.models import Municipality
from westerkwartier.web.blind import normalise_number


def number_field(**kwargs) -> forms.CharField:
    return forms.CharField(
        label=_("V-number"), max_length=20, required=False, widget=forms.TextInput, **kwargs
    )


def checked_number(number: str) -> str:
    """A V-number as typed; refused when there is no digit in it."""
    if number and not any(sign.isdigit() for sign in normalise_number(number)):
        raise ValidationError(_("Write the number as V1234567890."))
    return number


class PersonForm(FactsForm):
    """What is kept of a person. The V-number is never shown: typed again, it takes its place."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    birth_date = date_field(label=_("Date of birth"), required=False)
    v_number = number_field()
    contact = forms.CharField(label=_("Phone or e-mail"), max_length=120, required=False)
    forget_number = forms.BooleanField(label=_("Remove the V-number"), required=False)

    class Meta:
        model = Person
        fields = PERSON_FIELDS
        labels = {
            "relation": _("Who in the household"),
            "category": _("Category"),
            "sex": _("Girl or boy"),
            "expected_on": _("Expected on"),
        }
        help_texts = {
            "sex": _("Of children only: for sharing a bedroom."),
            "expected_on": _("Of family who follow: when they are expected."),
        }

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sex"].choices = [("", _("Not needed")), *Sex.choices]
        self.kept_number = self.instance.v_number
        self.initial["v_number"] = ""
        self.compared = [name for name in PERSON_FIELDS if name != "v_number"]
        if self.kept_number:
            self.fields["v_number"].help_text = _(
                "There is a number. Leave this empty to keep it, or type another one."
            )
        else:
            del self.fields["forget_number"]
        self.fields["category"].choices = PersonCategory.choices  # none of them is "nothing"
        if self.instance.pk is None:
            # A new row brings the defaults of the model; setdefault would not change them.
            self.initial |= {"relation": Relation.CHILD, "category": PersonCategory.FAMILY}
            self.fields["version"] = forms.CharField(
                widget=forms.HiddenInput, required=False, max_length=32
            )
            self.initial["version"] = household_version(case)

    def version_now(self, instance):
        return person_version(instance)

    def clean_v_number(self):
        return checked_number(self.cleaned_data["v_number"])

    def clean(self):
        data = super().clean()
        if data.get("forget_number"):
            data["v_number"] = ""
        elif not data.get("v_number"):
            data["v_number"] = self.kept_number
        if data.get("sex") and data.get("relation") != Relation.CHILD:
            self.add_error("sex", _("This is asked of children only."))
        return data


class BirthForm(forms.Form):
    """A child that was born."""

    on = date_field(label=_("Date of birth"))
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    sex = forms.ChoiceField(
        label=_("Girl or boy"),
        choices=[("", _("Not known")), *Sex.choices],
        required=False,
        help_text=_("For sharing a bedroom."),
    )
    remark = remark_field()
    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)


class DepartForm(forms.Form):
    """Why somebody is no longer part of the household, and since when."""

    because = forms.ChoiceField(
        label=_("What happened"), choices=Departure.choices, widget=forms.RadioSelect
    )
    on = date_field(label=_("On"))
    remark = remark_field()


class CorrectionForm(forms.Form):
    """Why a count was wrong, and how it should have been; empty where somebody does not count."""

    reason = forms.ChoiceField(
        label=_("What was wrong"),
        choices=[row for row in CorrectionReason.choices if row[0] != CorrectionReason.STEP_UNDONE],
        widget=forms.RadioSelect,
    )
    counts_on = date_field(
        label=_("Counts from"),
        required=False,
        help_text=_("Leave this and the municipality empty when this person does not count."),
    )
    municipality = forms.ModelChoiceField(
        label=_("Counts for"),
        queryset=Municipality.objects.none(),
        required=False,
        empty_label=_("None"),
    )
    on = date_field(label=_("Corrected on"))
    remark = remark_field()

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = Municipality.objects.filter(region=case.region_id)


class SplitForm(forms.Form):
    """Who goes on as a household of their own. What is sent may name who went with just this
    reference already: the second half of a double click."""

    persons = forms.ModelMultipleChoiceField(
        label=_("Who goes on as another household"),
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    reference = forms.CharField(
        label=_("Reference of the new household"),
        max_length=20,
        help_text=_("As COA writes it. No name and no V-number."),
    )
    on = date_field(label=_("From"))
    remark = remark_field()

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        cases = [case.pk]
        if self.is_bound:
            # Compared here: what was sent may be no text that the database can look for.
            named = self.data.get("reference", "").strip()
            parts = Case.objects.filter(split_from=case).values_list("pk", "reference")
            cases += [key for key, reference in parts if reference == named]
        persons = Person.objects.filter(case__in=cases, left_on=None)
        self.fields["persons"].queryset = persons.order_by("pk")
        self.fields["persons"].label_from_instance = person_label


class MergeForm(forms.Form):
    """Which household goes on in this one, by its reference; ``cases`` are those one sees. One that
    was taken together with it already is the second half of a double click."""

    absorbed = forms.CharField(
        label=_("Reference of the other household"),
        max_length=20,
        help_text=_("Its persons come to this household, and it ends."),
    )
    on = date_field(label=_("From"))
    remark = remark_field()

    def __init__(self, *args, case, cases, **kwargs):
        super().__init__(*args, **kwargs)
        self.case = case
        open_ones = ~Q(status__in=ENDED) | Q(merged_into=case)
        self.cases = cases.exclude(pk=case.pk).filter(open_ones)

    def clean_absorbed(self):
        reference = self.cleaned_data["absorbed"].strip()
        found = self.cases.filter(reference__iexact=reference).first()
        if found is None:
            raise ValidationError(_("There is no open household with this reference."))
        if found.status not in SEARCHING and found.merged_into_id != self.case.pk:
            raise ValidationError(
                _("That household has a proposal or a dwelling, so it cannot just end.")
            )
        return found


def person_label(person: Person) -> str:
    """How a person is told in a choice: by name, or by who they are."""
    who = person.get_relation_display()
    return f"{person.name} ({who})" if person.name else f"{who} · {person.get_category_display()}"
