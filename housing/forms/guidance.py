"""Forms about the checklist, links to confirm and notes."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from housing.forms.stock import date_field
from housing.services.notes import LONGEST
from partners.models import User


class TaskDoneForm(forms.Form):
    """The day on which a task was done, ``today`` at the latest."""

    on = date_field(
        label=_("Done on"), error_messages={"required": _("Tell on which day it was done.")}
    )

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today


class TaskDueForm(forms.Form):
    """Another day; empty: the day that follows from the event again."""

    due_on = date_field(
        label=_("Due on"),
        required=False,
        help_text=_("Leave empty to let it follow from its event again."),
    )


class TaskAskForm(forms.Form):
    """The address to which the link goes."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("Of somebody who does the task and has no account here."),
        error_messages={
            "required": _("Fill in an e-mail address."),
            "invalid": _("This is not an e-mail address."),
        },
    )


class PeopleField(forms.ModelMultipleChoiceField):
    """People by name; the organisation follows the name where it is known."""

    def __init__(self, **kwargs):
        super().__init__(
            queryset=User.objects.none(),
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "invalid_choice": _("Somebody you call may not read notes about this household."),
                "invalid_pk_value": _("Choose people from the list."),
            },
            **kwargs,
        )
        self.organisations: dict[User, str] = {}

    def label_from_instance(self, user: User) -> str:
        organisation = self.organisations.get(user)
        return f"{user.name} ({organisation})" if organisation else user.name


class NoteForm(forms.Form):
    """A note; ``people`` are those who may be called, each with an organisation."""

    mark_optional = False
    use_required_attribute = False  # an empty note on a page with much else is no fault yet

    text = forms.CharField(
        label=_("New note"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        help_text=_("Nothing about health, origin or belief."),
        error_messages={"required": _("Write a note.")},
    )
    mentions = PeopleField(
        label=_("Who should read this?"),
        required=False,
        help_text=_("Typing @name in the note does the same."),
    )

    def __init__(self, *args, people: dict, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["mentions"]
        field.organisations = people
        field.queryset = User.objects.filter(pk__in=[user.pk for user in people])
        if not people:
            del self.fields["mentions"]
