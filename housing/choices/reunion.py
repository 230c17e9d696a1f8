"""Family who follow: what goes with each fact about them, and what asks attention."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from housing.choices.cases import ReunionState

# These facts may say when somebody is expected.
SAYS_WHEN = (ReunionState.MVV_GRANTED, ReunionState.TRAVEL_PLANNED)
# After these nobody is expected any more.
NOT_COMING = (ReunionState.MVV_REFUSED, ReunionState.LAPSED)


class ReunionAlarm(models.TextChoices):
    """Why somebody who follows asks attention, the most urgent first: arrived and not joined,
    expected soon and not checked, not coming while the dwelling was for the family, no news."""

    NOT_JOINED = "not_joined", _("Has not joined the household yet")
    UNCHECKED = "unchecked", _("Dwelling check not complete")
    TOO_LARGE = "too_large", _("Dwelling now too large")
    SILENT = "silent", _("No news for a long time")
