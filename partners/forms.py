"""Forms of the partners app."""

from datetime import date

from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_text_html,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from partners.choices import (
    ROLE_KINDS,
    SEVERAL,
    Language,
    MailRhythm,
    OrganisationKind,
    Role,
)
from partners.models import Covenant, Organisation, User


def plain_name(value: str) -> None:
    """A name is read by others, also in letters: one line, no address of a site in it."""
    if "://" in value or "www." in value.lower() or not value.isprintable():
        raise ValidationError(_("Write a name only, on one line and without a web address."))


class InviteForm(forms.Form):
    """Whom to invite, where and as what; ``by`` is the administrator."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=100, validators=[plain_name])
    role = forms.ChoiceField(label=_("Role and organisation"))
    language = forms.ChoiceField(
        label=_("Language of the e-mail"), choices=Language.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args, by: User, **kwargs):
        kwargs.setdefault("initial", {"language": Language.NL})
        super().__init__(*args, **kwargs)
        organisations = Organisation.objects.visible_to(by).filter(
            region__in=by.reach.regions_as(Role.ADMINISTRATOR)
        )
        self.organisations = {one.pk: one for one in organisations.order_by("name")}
        self.fields["role"].choices = [("", _("Choose")), *self.grouped_roles()]

    def grouped_roles(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Per kind of organisation the roles it gives: pairs of "<organisation>:<role>" and words.

        One choice instead of two: a role that an organisation does not have cannot be chosen.
        """
        groups = []
        for kind in OrganisationKind:
            pairs = [
                (f"{key}:{role}", f"{role.label} · {one}")
                for role in Role
                if kind in ROLE_KINDS[role]
                for key, one in self.organisations.items()
                if one.kind == kind
            ]
            if pairs:
                groups.append((SEVERAL.get(kind, kind.label), pairs))
        return groups

    def clean(self):
        data = super().clean()
        if chosen := data.get("role"):
            key, data["role"] = chosen.split(":")
            data["organisation"] = self.organisations[int(key)]
        return data


class WelcomeForm(forms.Form):
    """The first thing somebody new fills in: a name and a password."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        validators=[plain_name],
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("Password again"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email
        self.fields["password"].help_text = password_validators_help_text_html()

    def clean(self):
        data = super().clean()
        password = data.get("password")
        if not password:
            return data
        if data.get("again") and data["again"] != password:
            self.add_error("again", _("The two passwords are not the same."))
        try:
            validate_password(password, User(email=self.email, name=data.get("name", "")))
        except forms.ValidationError as error:
            self.add_error("password", error)
        return data


class NoFieldsForm(forms.Form):
    """A button only."""


class DayField(forms.DateField):
    """A day, chosen from the browser's calendar or written."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs):
        kwargs.setdefault("error_messages", {}).setdefault(
            "invalid", _("This is not a day of the calendar. Write it like 01-11-2017.")
        )
        super().__init__(**kwargs)


def count_field(label, *, required: bool, least: int) -> forms.IntegerField:
    """A number of dwellings, with a sentence for each way in which it is none."""
    return forms.IntegerField(
        label=label,
        required=required,
        min_value=least,
        max_value=9_999,
        error_messages={
            "required": _("Tell how many dwellings."),
            "invalid": _("Write a whole number, in figures."),
            "min_value": _("The number is %(limit_value)s or more."),
            "max_value": _("The number is %(limit_value)s at most."),
        },
    )


class MeasureForm(forms.Form):
    """From when until when a measure holds, and what is expected of it."""

    since = DayField(label=_("Since"), required=False)
    until = DayField(label=_("Last day"), required=False)
    expected_dwellings = count_field(_("Dwellings expected"), required=False, least=0)
    expected_dwellings.help_text = _("Leave this empty for a measure that gives no dwellings.")

    def clean(self):
        data = super().clean()
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("The last day comes before the first day."))
        return data


class MeasureAddForm(MeasureForm):
    """A measure that the partners agreed on later; ``covenants`` are those it may be added to.

    The newest covenant is chosen beforehand, and not asked for when there is no other.
    """

    covenant = forms.ModelChoiceField(
        None,
        label=_("Covenant"),
        empty_label=None,
        error_messages={"required": _("There is no covenant to add a measure to.")},
    )
    title = forms.CharField(
        label=_("Measure"),
        max_length=150,
        help_text=_(
            "For example: sell no dwellings for a while, use dwellings that will be demolished, "
            "build faster, place flexible dwellings."
        ),
        error_messages={"required": _("Tell what was agreed.")},
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=250,
        required=False,
        help_text=_("Where it was agreed, such as the minutes of a meeting."),
    )

    field_order = ("covenant", "title", "since", "until", "expected_dwellings", "source")

    def __init__(self, *args, covenants: QuerySet[Covenant], **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["covenant"]
        field.queryset = covenants.order_by("-signed_on")
        found = list(field.queryset)
        if found:
            field.initial = found[0].pk
        if len(found) == 1:
            del self.fields["covenant"]
            self.only = found[0]

    def clean(self):
        data = super().clean()
        if "covenant" not in self.fields:
            data["covenant"] = self.only
        return data


class MeasureResultForm(forms.Form):
    """Dwellings that a measure gave on a day, ``today`` at the latest."""

    on = DayField(
        label=_("On"), error_messages={"required": _("Tell on which day the dwellings were there.")}
    )
    dwellings = count_field(_("Dwellings"), required=True, least=1)
    remark = forms.CharField(
        label=_("Remark"),
        max_length=200,
        required=False,
        help_text=_("About the dwellings only, not about people."),
    )

    def __init__(self, *args, today: date, since: date | None, **kwargs):
        super().__init__(*args, **kwargs)
        self.today, self.since = today, since
        self.fields["on"].initial = today

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > self.today:
            raise ValidationError(_("This day has yet to come."))
        if self.since and day < self.since:
            raise ValidationError(_("This day comes before the measure began."))
        return day


class MailRhythmForm(forms.Form):
    """How often somebody gets news."""

    rhythm = forms.ChoiceField(
        label=_("How often?"), choices=MailRhythm.choices, widget=forms.RadioSelect
    )
