"""Passwords that everybody would guess here; Django's own list knows the English ones."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

GUESSED = frozenset(
    "wachtwoord welkom welcome password geheim hallo toegang inloggen beheerder gebruiker "
    "gemeente provincie woning woningen huisvesting vergunninghouder vergunninghouders "
    "westerkwartier groningen nederland lente zomer herfst winter januari februari maart april "
    "mei juni juli augustus september oktober november december maandag dinsdag woensdag "
    "donderdag vrijdag zaterdag zondag".split()
)


class GuessedPasswordValidator:
    """Refuses words like "welkom" with only figures and signs around them, or in a row."""

    def validate(self, password: str, user=None) -> None:
        words = re.findall(r"[a-z]+", password.lower())
        if words and all(word in GUESSED for word in words):
            raise ValidationError(_("This password is too easy to guess."), code="guessed")

    def get_help_text(self) -> str:
        return _("Your password is more than a word that everybody would try first.")
