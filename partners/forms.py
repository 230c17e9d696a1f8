"""Forms of the partners app."""

from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_text_html,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partners.choices import ROLE_KINDS, Language, Role
from partners.models import Organisation, User


def plain_name(value: str) -> None:
    """A name is read by others, also in letters: one line, no address of a site in it."""
    if "://" in value or "www." in value.lower() or not value.isprintable():
        raise ValidationError(_("Write a name only, on one line and without a web address."))


class InviteForm(forms.Form):
    """Whom to invite, where and as what; ``by`` is the administrator."""

    email = forms.EmailField(label=_("E-mail"), max_length=254)
    name = forms.CharField(label=_("Name"), max_length=100, validators=[plain_name])
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), empty_label=_("Choose")
    )
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Choose")), *Role.choices])
    language = forms.ChoiceField(
        label=_("Language of the e-mail"), choices=Language.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args, by: User, **kwargs):
        kwargs.setdefault("initial", {"language": Language.NL})
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = Organisation.objects.visible_to(by).filter(
            region__in=by.reach.regions_as(Role.ADMINISTRATOR)
        )

    def clean(self):
        data = super().clean()
        organisation, role = data.get("organisation"), data.get("role")
        if organisation and role and organisation.kind not in ROLE_KINDS[role]:
            self.add_error("role", _("This role does not belong to this kind of organisation."))
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
