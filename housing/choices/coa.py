"""What COA tells of a household, and in what it may differ from the register."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StatementAbout(models.TextChoices):
    """What a statement of COA is about."""

    LINK = "link", _("Link")
    SIGN_OFF = "sign_off", _("Sign-off")


class DifferenceKind(models.TextChoices):
    """In what the register and COA differ, in the order of a household's course."""

    UNKNOWN_HERE = "unknown_here", _("Known to COA only")
    UNKNOWN_AT_COA = "unknown_at_coa", _("Known here only")
    UNLINKED_AT_COA = "unlinked_at_coa", _("Unlinked by COA, not here")
    UNLINKED_HERE = "unlinked_here", _("Unlinked here, not by COA")
    MUNICIPALITY = "municipality", _("Other municipality")
    LINK_DATE = "link_date", _("Other link date")
    SIZE = "size", _("Other number of persons")
    SIGNED_OFF_AT_COA = "signed_off_at_coa", _("Signed off by COA, not here")
    SIGNED_OFF_HERE = "signed_off_here", _("Signed off here, not by COA")
    SIGN_OFF_DATE = "sign_off_date", _("Other sign-off date")
    SIGN_OFF_PERSONS = "sign_off_persons", _("Other number of persons signed off")


# Of these a municipality hears also when the household is another's here: COA says it is theirs.
SAID_OF_ANOTHER = (DifferenceKind.UNKNOWN_HERE, DifferenceKind.MUNICIPALITY)


class LinkState(models.TextChoices):
    """Whether COA links a household still, as a file says it."""

    LINKED = "linked", _("Linked")
    UNLINKED = "unlinked", _("Unlinked")
