"""Cases: what is told of households and persons, as enumerations."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PersonCategory(models.TextChoices):
    """What somebody counts as for the quota."""

    HOLDER = "holder", _("Permit holder")
    FAMILY = "family", _("Family member")
    REUNIFIER = "reunifier", _("Family reunifier")
    MINOR = "minor", _("Unaccompanied minor")


class Relation(models.TextChoices):
    """Who somebody is to the permit holder: for the bedrooms that the household needs."""

    HOLDER = "holder", _("Holder")
    PARTNER = "partner", _("Partner")
    CHILD = "child", _("Child")
    OTHER = "other", _("Other adult")


class Sex(models.TextChoices):
    """Asked of children only, who may share a bedroom; empty when it is not needed."""

    FEMALE = "f", _("Girl")
    MALE = "m", _("Boy")


class PreferenceReason(models.TextChoices):
    """Why a household asks for a place: what COA looks at when it links."""

    WORK = "work", _("Work")
    SCHOOL = "school", _("School or study")
    FAMILY = "family", _("First-degree family")
    TREATMENT = "treatment", _("Treatment that is not given elsewhere")


class Departure(models.TextChoices):
    """Why somebody is no longer part of the household."""

    DIED = "died", _("Died")
    MOVED = "moved", _("Moved out")
    UNKNOWN = "unknown", _("Left without telling where to")


class ReunionState(models.TextChoices):
    """How far a family member who follows has come; each with its date."""

    MVV_APPLIED = "mvv_applied", _("Entry permit (mvv) applied for")
    MVV_GRANTED = "mvv_granted", _("Entry permit (mvv) granted")
    MVV_REFUSED = "mvv_refused", _("Entry permit (mvv) refused")
    TRAVEL_PLANNED = "travel_planned", _("Travel planned")
    ARRIVED = "arrived", _("Arrived")
    JOINED = "joined", _("Joined the household")
    LAPSED = "lapsed", _("Does not come any more")


# From each state to where. Empty: nothing is known yet. Refused may be granted after an appeal.
REUNION_TRANSITIONS: dict[str, set[str]] = {
    "": {
        ReunionState.MVV_APPLIED,
        ReunionState.MVV_GRANTED,
        ReunionState.TRAVEL_PLANNED,
        ReunionState.ARRIVED,
        ReunionState.LAPSED,
    },
    ReunionState.MVV_APPLIED: {
        ReunionState.MVV_GRANTED,
        ReunionState.MVV_REFUSED,
        ReunionState.LAPSED,
    },
    ReunionState.MVV_GRANTED: {
        ReunionState.TRAVEL_PLANNED,
        ReunionState.ARRIVED,
        ReunionState.LAPSED,
    },
    ReunionState.MVV_REFUSED: {
        ReunionState.MVV_APPLIED,
        ReunionState.MVV_GRANTED,
        ReunionState.LAPSED,
    },
    ReunionState.TRAVEL_PLANNED: {
        ReunionState.TRAVEL_PLANNED,
        ReunionState.ARRIVED,
        ReunionState.LAPSED,
    },
    ReunionState.ARRIVED: {ReunionState.JOINED, ReunionState.LAPSED},
    ReunionState.JOINED: set(),
    ReunionState.LAPSED: {ReunionState.MVV_APPLIED},
}

# As long as somebody is one of these (or nothing is known), room is kept for them.
STILL_EXPECTED = (
    "",
    ReunionState.MVV_APPLIED,
    ReunionState.MVV_GRANTED,
    ReunionState.TRAVEL_PLANNED,
    ReunionState.ARRIVED,
)


class TermCode(models.TextChoices):
    """What has a term: steps (coa.nl, for municipalities) and what is watched."""

    FIND_DWELLING = "find_dwelling", _("From link to a dwelling")
    MOVE = "move", _("From tenancy to move")
    PERMIT_TO_MOVE = "permit_to_move", _("From permit to move")
    VERDICT = "verdict", _("From notice to verdict")
    TASK_LINK = "task_link", _("How long a link to confirm works")
    REUNION_CHECK = "reunion_check", _("From dwelling check to arrival of family")
    REUNION_SILENT = "reunion_silent", _("Without news of family who follow")


class CountEvent(models.TextChoices):
    """What makes somebody count for the quota, by the rule for their category."""

    ARRIVED = "arrived", _("Arrival")
    MOVED_IN = "moved_in", _("Moving in")
    SIGNED_OFF = "signed_off", _("Signing off by COA")
    NONE = "none", _("Does not count")


class CreditedTo(models.TextChoices):
    """For which municipality somebody counts."""

    LINKED = "linked", _("The municipality linked by COA")
    HOUSED = "housed", _("The municipality lived in")
    NONE = "none", _("No municipality")


class CorrectionReason(models.TextChoices):
    """Why a person who was counted does not count after all."""

    SIGN_OFF_WITHDRAWN = "sign_off_withdrawn", _("COA took the signing off back")
    WRONG_MUNICIPALITY = "wrong_municipality", _("Counted for the wrong municipality")
    WRONG_DATE = "wrong_date", _("Counted on the wrong day")
    TWICE = "twice", _("Counted twice")
    STEP_UNDONE = "step_undone", _("The step was taken back")


class GuidanceEvent(models.TextChoices):
    """What the term of a guidance task is reckoned from."""

    CONTRACT_SIGNED = "contract_signed", _("Contract signed")
    TENANCY_START = "tenancy_start", _("First day of the tenancy")
    MOVED_IN = "moved_in", _("Moved in")
    REGISTERED = "registered", _("Registered (BRP)")
    SIGNED_OFF = "signed_off", _("Signed off by COA")
    ARRIVED = "arrived", _("Family arrived")


class RoomUse(models.TextChoices):
    """Who sleep in one bedroom, and so why it is counted."""

    COUPLE = "couple", _("Holder and partner")
    ADULT = "adult", _("One adult")
    SAME_SEX = "same_sex", _("Children of the same sex")
    YOUNG = "young", _("Young children")
    ONE_CHILD = "one_child", _("One child")


class Occupation(models.TextChoices):
    """The bedrooms of a dwelling against those that a household needs."""

    OVER = "over", _("Too small")
    FITS = "fits", _("Fits")
    RESERVED = "reserved", _("Room kept for the family that is expected")
    UNDER = "under", _("Larger than needed")


class DeadlineState(models.TextChoices):
    """How a deadline stands on a day."""

    RUNNING = "running", _("Running")
    MET = "met", _("Met in time")
    LATE = "late", _("Met too late")
    MISSED = "missed", _("Missed")
