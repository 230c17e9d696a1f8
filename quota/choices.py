"""Enumerations of the quota app."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Standing(models.TextChoices):
    """Where a municipality stands against the schedule of one sixth a month."""

    MET = "met", _("Quota met")
    JUST_BEGUN = "just_begun", _("Just begun")
    ON_SCHEDULE = "on_schedule", _("On schedule")
    SLIGHTLY_BEHIND = "slightly_behind", _("Slightly behind")
    FAR_BEHIND = "far_behind", _("Far behind")
    NO_QUOTA = "no_quota", _("No quota")


class Outlook(models.TextChoices):
    """Whether the share of the covenant can still be what it should be on the last day."""

    UNKNOWN = "unknown", _("Not known yet")
    SECURED = "secured", _("Reached")
    WITHIN_REACH = "within_reach", _("Within reach")
    OUT_OF_REACH = "out_of_reach", _("Out of reach")
    MET = "met", _("Reached on the last day")
    MISSED = "missed", _("Not reached on the last day")
