"""Fit: the rules by which a dwelling suits a household, and what each of them says."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class FitRule(models.TextChoices):
    """What is looked at when a dwelling is proposed to a household."""

    BEDROOMS = "bedrooms", _("Bedrooms")
    NEED = "need", _("What the household needs")
    RENT = "rent", _("Rent")
    RENT_LATER = "rent_later", _("Rent once the family is here")
    LABEL = "label", _("Meant for")
    TEMPORARY = "temporary", _("Temporary dwelling")


class Outcome(models.TextChoices):
    """What a rule says. Unknown is for people to look into; it keeps nobody out."""

    PASS = "pass", _("Fits")
    FAIL = "fail", _("Does not fit")
    UNKNOWN = "unknown", _("Not known")


class NeedCode(models.TextChoices):
    """The functional needs of which the register tells whether a dwelling meets them.

    The codes of ``data/national/functional_needs.csv``; any other need is for people to judge.
    """

    GROUND_FLOOR = "ground_floor", _("All on one floor")
    STEP_FREE = "step_free", _("Without stairs and thresholds")
    WALKING_FRAME = "walking_frame", _("Fit for a walking frame")
    WHEELCHAIR = "wheelchair", _("Fit for a wheelchair")
    LARGE_WHEELCHAIR = "large_wheelchair", _("Fit for a large wheelchair")
    ENTRANCE_FLOOR = "entrance_floor", _("Bedroom and bathroom on the floor of the front door")
    ADAPTED_BATHROOM = "adapted_bathroom", _("Adapted bathroom")
    LIFT = "lift", _("Reached by a lift")
