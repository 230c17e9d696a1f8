"""Passwords that everybody would guess here; Django's own list knows the English ones."""

import re

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

GUESSED = (
    r"wachtwoord|welkom|welcome|password|geheim|hallo|toegang|inloggen|beheerder|"
    r"gebruiker|gemeente|provincie|woning|woningen|huisvesting|vergunninghouders|"
    r"vergunninghouder|westerkwartier|groningen|nederland|lente|zomer|herfst|winter|"
    r"januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|"
    r"december|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag"
)
NOTHING_ELSE = re.compile(rf"(?:[\W\d_]|{GUESSED})*")


class MinimumLengthValidator(password_validation.MinimumLengthValidator):
    """Says in our words that a password is too short: Django 5.2 has no Dutch for its own."""

    def get_error_message(self) -> str:
        return ngettext(
            "This password is too short: it must have at least %(count)s character.",
            "This password is too short: it must have at least %(count)s characters.",
            self.min_length,
        ) % {"count": self.min_length}


class GuessedPasswordValidator:
    """Refuses words like "welkom" with only figures and signs around them, or in a row."""

    def validate(self, password: str, user=None) -> None:
        if NOTHING_ELSE.fullmatch(password.lower()):
            raise ValidationError(_("This password is too easy to guess."), code="guessed")

    def get_help_text(self) -> str:
        return _("Your password cannot be just a word that everybody would try first.")
