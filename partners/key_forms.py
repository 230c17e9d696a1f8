"""allauth's forms of a passkey or security key, with the label that allauth leaves untranslated."""

from allauth.mfa.webauthn import forms
from django.utils.translation import gettext_lazy as _


class KeyName:
    """Words for the field ``name``, which allauth calls "Name" in every language."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the key")
        self.fields["name"].help_text = _("By which you know it again, such as: phone of work.")


class AddKeyForm(KeyName, forms.AddWebAuthnForm):
    pass


class EditKeyForm(KeyName, forms.EditWebAuthnForm):
    pass
