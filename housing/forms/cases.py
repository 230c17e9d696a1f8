"""Forms about a household: registering it with its persons, changing what is kept of it."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from housing.choices import (
    PersonCategory,
    PreferenceReason,
    Relation,
    Sex,
)
from housing.forms.persons import checked_number, number_field
from housing.forms.stock import FactsForm, date_field
from housing.models import Case, FunctionalNeed
from housing.services.cases import CASE_FIELDS, case_version
from partners.choices import OrganisationKind, Role
from partners.models import Membership, Municipality, Organisation, User, Village

MOST_PERSONS = 9
MOST_WISHES = 3


class PersonRow:
    """The fields of one person in the form for a new household."""

    def __init__(self, form: forms.Form, number: int) -> None:
        self.form, self.number = form, number

    @property
    def fields(self) -> list[forms.BoundField]:
        names = [f"person_{self.number}_{name}" for name in ROW_FIELDS]
        return [self.form[name] for name in names if name in self.form.fields]

    @property
    def title(self) -> str:
        return gettext("Person %(number)s") % {"number": self.number + 1}

    @property
    def is_open(self) -> bool:
        """Whether something was typed or is wrong here."""
        return any(field.errors or field.data for field in self.fields)


ROW_FIELDS = ("name", "relation", "category", "birth_date", "sex", "v_number")


class CaseAddForm(forms.Form):
    """A household that COA linked to one of ``municipalities``, with its persons in rows.

    A row counts once a relation is chosen or anything else is typed in it.
    """

    reference = forms.CharField(
        label=_("Reference"),
        max_length=20,
        help_text=_("As COA writes it. No name and no V-number."),
    )
    municipality = forms.ModelChoiceField(
        label=_("Linked to"), queryset=Municipality.objects.none(), empty_label=_("Choose")
    )
    linked_on = date_field(label=_("Linked on"))
    permit_on = date_field(
        label=_("Permit of"), required=False, help_text=_("The day on which the permit was given.")
    )

    def __init__(self, *args, municipalities, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = municipalities
        if len(municipalities) == 1:
            self.fields["municipality"].initial = municipalities[0]
        for number in range(MOST_PERSONS):
            self._add_row(number)

    def _add_row(self, number: int) -> None:
        holder = number == 0
        row = {
            "name": forms.CharField(label=_("Name"), max_length=120, required=False),
            "relation": forms.ChoiceField(
                label=_("Who in the household"),
                choices=[("", _("Choose")), *Relation.choices],
                initial=Relation.HOLDER if holder else "",
                required=holder,
            ),
            "category": forms.ChoiceField(
                label=_("Category"),
                choices=PersonCategory.choices,
                initial=PersonCategory.HOLDER if holder else PersonCategory.FAMILY,
                required=holder,
                help_text=_("A family reunifier is still to come."),
            ),
            "birth_date": date_field(label=_("Date of birth"), required=False),
            "sex": forms.ChoiceField(
                label=_("Girl or boy"),
                choices=[("", _("Not needed")), *Sex.choices],
                required=False,
                help_text=_("Of children only: for sharing a bedroom."),
            ),
            "v_number": number_field(),
        }
        self.fields |= {f"person_{number}_{name}": field for name, field in row.items()}

    @property
    def facts(self) -> list[forms.BoundField]:
        names = ("reference", "municipality", "linked_on", "permit_on")
        return [self[name] for name in names]

    @property
    def rows(self) -> list[PersonRow]:
        return [PersonRow(self, number) for number in range(MOST_PERSONS)]

    def clean(self):
        data = super().clean()
        data["persons"] = []
        for number in range(MOST_PERSONS):
            values = {name: data.get(f"person_{number}_{name}") for name in ROW_FIELDS}
            typed = {**values, "category": ""}  # always has a value
            if number and not any(typed.values()):
                continue
            self._check_row(number, values)
            data["persons"].append(values)
        return data

    def _check_row(self, number: int, values: dict) -> None:
        prefix = f"person_{number}_"
        if not values["relation"] and f"{prefix}relation" not in self.errors:
            self.add_error(f"{prefix}relation", _("Choose who this is in the household."))
        if values["sex"] and values["relation"] != Relation.CHILD:
            self.add_error(f"{prefix}sex", _("This is asked of children only."))
        try:
            checked_number(values["v_number"] or "")
        except ValidationError as error:
            self.add_error(f"{prefix}v_number", error)


class CaseForm(FactsForm):
    """What is kept of a household, with its needs and where it would like to live."""

    permit_on = date_field(label=_("Permit of"), required=False)
    needs = forms.ModelMultipleChoiceField(
        label=_("Needs of the dwelling"),
        queryset=FunctionalNeed.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("What somebody must be able to do there, never why."),
    )
    still_holds = forms.BooleanField(
        label=_("The number of bedrooms set by hand still holds"),
        required=False,
        help_text=_("The household changed since it was set."),
    )

    class Meta:
        model = Case
        fields = CASE_FIELDS
        labels = {
            "handler": _("Handled by"),
            "guidance": _("Guided by"),
            "bedrooms_by_hand": _("Bedrooms, set by hand"),
        }
        help_texts = {
            "bedrooms_by_hand": _("Empty: reckoned from the persons, and anew at each birthday."),
        }

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        case = self.instance
        self.fields["handler"].queryset = handlers_of(case)
        self.fields["handler"].empty_label = _("Nobody yet")
        self.fields["guidance"].queryset = Organisation.objects.filter(
            region=case.region_id, kind=OrganisationKind.GUIDANCE
        )
        self.fields["guidance"].empty_label = _("Nobody yet")
        self.fields["bedrooms_by_hand"].min_value = 1
        kept = FunctionalNeed.objects.filter(pk__in=case.needs.values("need"))
        self.fields["needs"].queryset = (FunctionalNeed.objects.on(on) | kept).distinct()
        self.initial["needs"] = list(kept)
        if not case.by_hand_outdated:
            del self.fields["still_holds"]
        self._add_wishes(case)
        self.compared = [*CASE_FIELDS, "needs", *self.wish_names]

    def _add_wishes(self, case: Case) -> None:
        villages = Village.objects.filter(region=case.region_id)
        kept = list(case.preferences.select_related("village").order_by("village__name", "pk"))
        for number in range(max(MOST_WISHES, len(kept))):
            village = forms.ModelChoiceField(
                label=_("Village"), queryset=villages, required=False, empty_label=_("None")
            )
            why = forms.ChoiceField(
                label=_("Because of"),
                choices=[("", _("Choose a reason")), *PreferenceReason.choices],
                required=False,
            )
            self.fields |= {f"village_{number}": village, f"why_{number}": why}
            if number < len(kept):
                self.initial[f"village_{number}"] = kept[number].village
                self.initial[f"why_{number}"] = kept[number].reason

    @property
    def wish_names(self) -> list[str]:
        return [name for name in self.fields if name.startswith(("village_", "why_"))]

    @property
    def wishes(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The pairs of fields for a preference."""
        numbers = [name.removeprefix("why_") for name in self.fields if name.startswith("why_")]
        return [(self[f"village_{number}"], self[f"why_{number}"]) for number in numbers]

    def version_now(self, instance):
        return case_version(instance)

    def clean(self):
        data = super().clean()
        data["preferences"] = []
        for village, why in self.wishes:
            place, reason = data.get(village.name), data.get(why.name)
            if place and reason:
                data["preferences"].append((place, reason))
            elif place:
                self.add_error(why.name, _("Choose a reason."))
            elif reason:
                self.add_error(village.name, _("Choose a village."))
        return data


def handlers_of(case: Case):
    """Who can handle a household: coordinators of the region, officers of the municipality linked;
    and who does so now."""
    can = Membership.objects.filter(
        Q(organisation__region=case.region_id, role=Role.COORDINATOR)
        | Q(
            organisation=case.linked_municipality.organisation_id,
            role=Role.MUNICIPAL_OFFICER,
        ),
        valid_to=None,
    )
    return User.objects.filter(Q(pk__in=can.values("user")) | Q(pk=case.handler_id)).order_by(
        "name"
    )
