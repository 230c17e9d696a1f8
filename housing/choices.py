"""Enumerations of the housing app and the table of allowed transitions, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.choices import Role

# Who sees the stock of the whole region; corporation staff sees the own corporation's.
REGION_READERS = (Role.COORDINATOR, Role.MUNICIPAL_OFFICER)


class DwellingKind(models.TextChoices):
    HOUSE = "house", _("Single-family house")
    FLAT = "flat", _("Flat")
    UPPER = "upper", _("Upstairs dwelling")
    BUNGALOW = "bungalow", _("Single-storey house")


class DwellingLabel(models.TextChoices):
    """For whom a dwelling is set apart; empty is for everybody."""

    SENIOR = "senior", _("Senior dwelling")
    CARE = "care", _("Care dwelling")
    STUDENT = "student", _("Student dwelling")


class VacancyState(models.TextChoices):
    ANNOUNCED = "announced", _("Announced")
    AVAILABLE = "available", _("Available")
    RESERVED = "reserved", _("Reserved")
    LET_PERMIT = "let_permit", _("Let to permit holder")
    LET_REGULAR = "let_regular", _("Let regularly")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN_STATES = (VacancyState.ANNOUNCED, VacancyState.AVAILABLE, VacancyState.RESERVED)

# From each state to where, and nothing else; a closed vacancy stays closed.
VACANCY_TRANSITIONS: dict[str, set[str]] = {
    VacancyState.ANNOUNCED: {
        VacancyState.AVAILABLE,
        VacancyState.RESERVED,
        VacancyState.WITHDRAWN,
    },
    VacancyState.AVAILABLE: {
        VacancyState.RESERVED,
        VacancyState.LET_REGULAR,
        VacancyState.WITHDRAWN,
    },
    VacancyState.RESERVED: {
        VacancyState.AVAILABLE,
        VacancyState.LET_PERMIT,
        VacancyState.WITHDRAWN,
    },
    VacancyState.LET_PERMIT: set(),
    VacancyState.LET_REGULAR: set(),
    VacancyState.WITHDRAWN: set(),
}


class Verdict(models.TextChoices):
    SUITABLE = "suitable", _("Suitable")
    CONDITIONAL = "conditional", _("Suitable under a condition")
    UNSUITABLE = "unsuitable", _("Not suitable")


class PersonCategory(models.TextChoices):
    """What somebody counts as for the quota; nothing else about a person is told here."""

    HOLDER = "holder", _("Permit holder")
    FAMILY = "family", _("Family member")
    REUNIFIER = "reunifier", _("Family reunifier")
    MINOR = "minor", _("Unaccompanied minor")


class RentVerdict(models.TextChoices):
    """Rent against the caps (Besluit toegelaten instellingen volkshuisvesting art. 54-56)."""

    FITS = "fits", _("Fits")
    ABOVE_CAP = "above_cap", _("Above the cap")
    ABOVE_MAX = "above_max", _("No rent allowance")
    UNKNOWN = "unknown", _("Unknown")


class TermCode(models.TextChoices):
    """The steps that have a term (coa.nl, for municipalities)."""

    FIND_DWELLING = "find_dwelling", _("From link to a dwelling")
    MOVE = "move", _("From tenancy to move")
    PERMIT_TO_MOVE = "permit_to_move", _("From permit to move")
