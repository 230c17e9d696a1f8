"""What is told of family who follow, read by these forms and written by services."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from housing.choices import REUNION_TRANSITIONS, SAYS_WHEN, Relation, ReunionState, Sex
from housing.forms.stock import date_field
from housing.models import Person

RELATIONS = [(value, label) for value, label in Relation.choices if value != Relation.HOLDER]


def next_states(person: Person) -> list[ReunionState]:
    """What may be told of somebody now; joining has a page of its own."""
    allowed = REUNION_TRANSITIONS[person.reunion] - {ReunionState.JOINED}
    return [state for state in ReunionState if state in allowed]


class ExpectForm(forms.Form):
    """Somebody who follows. ``number``: the how-manieth it was when the form was opened."""

    relation = forms.ChoiceField(
        label=_("Relation to the permit holder"), choices=RELATIONS, widget=forms.RadioSelect
    )
    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    birth_date = date_field(label=_("Date of birth"), required=False)
    sex = forms.ChoiceField(
        label=_("Girl or boy"),
        choices=[("", _("Not needed")), *Sex.choices],
        required=False,
        help_text=_("Of a child only, for sharing a bedroom."),
    )
    expected_on = date_field(
        label=_("Expected on"), required=False, help_text=_("As far as it is known.")
    )
    number = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=100)


class ReunionFactForm(forms.Form):
    """A fact about ``person``: what, when, and where it belongs the day of arrival.

    What is sent may name where the person stands already: the second half of a double click.
    """

    state = forms.ChoiceField(label=_("What happened"), widget=forms.RadioSelect)
    on = date_field(label=_("On"))
    expected_on = date_field(
        label=_("Expected on"),
        required=False,
        help_text=_("With a granted entry permit if it is known, with planned travel always."),
    )

    def __init__(self, *args, person: Person, asked: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        allowed = next_states(person)
        if person.reunion and self.data.get("state") == person.reunion:
            allowed = [*allowed, ReunionState(person.reunion)]
        self.fields["state"].choices = [(state.value, state.label) for state in allowed]
        if asked in allowed:
            self.fields["state"].widget = forms.HiddenInput()
            self.initial.setdefault("state", asked)
        possible = [asked] if asked in allowed else allowed
        if not any(state in SAYS_WHEN for state in possible):
            del self.fields["expected_on"]
        elif asked == ReunionState.TRAVEL_PLANNED:
            self.fields["expected_on"].required = True
            self.fields["expected_on"].help_text = ""
        elif asked:
            self.fields["expected_on"].help_text = _("As far as it is known.")


class DwellingCheckForm(forms.Form):
    """The four conditions for going straight to the household's dwelling."""

    approved_on = date_field(
        label=_("Dwelling approved on"),
        required=False,
        help_text=_("The day on which the municipality approved the dwelling for this person."),
    )
    registered = forms.BooleanField(label=_("Registered (BRP)"), required=False)
    number_present = forms.BooleanField(
        label=_("Has a citizen service number (BSN)"),
        required=False,
        help_text=_("Only whether there is one. Do not write the number down."),
    )
    mvv = forms.BooleanField(label=_("Has an entry permit (mvv)"), required=False)


class PersonsForm(forms.Form):
    """Some of the family, a day and a remark. ``persons``: who can be chosen, by key and name."""

    persons = forms.TypedMultipleChoiceField(
        label=_("Who"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one or more persons.")},
    )
    on = date_field(label=_("On"))
    remark = forms.CharField(
        label=_("Remark"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, persons: list[tuple[int, str]], on: date, **kwargs):
        initial = {"persons": [key for key, _name in persons], "on": on}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["persons"].choices = persons
