"""Stock: kinds and states of dwellings and vacancies, and the table of allowed transitions."""

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


# Our kinds by the detail codes of VERA (EENHEIDDETAILSOORT); a code that is not here is no dwelling
# that this product knows.
VERA_KINDS: dict[str, str] = {
    **dict.fromkeys(
        ("EIN", "GTW", "GWO", "HAL", "HER", "HOE", "KNG", "PRW", "TIJ", "TIN", "TUS", "TWE", "VRI"),
        DwellingKind.HOUSE,
    ),
    **dict.fromkeys(("BEN", "COR", "GAL", "KAM", "MAI", "POF", "POW"), DwellingKind.FLAT),
    "BOV": DwellingKind.UPPER,
}


class DwellingLabel(models.TextChoices):
    """For whom a dwelling is set apart; empty is for everybody."""

    SENIOR = "senior", _("Senior dwelling")
    CARE = "care", _("Care dwelling")
    STUDENT = "student", _("Student dwelling")
    ZERO_STEP = "zero_step", _("Zero-step dwelling")


class Accessibility(models.TextChoices):
    """What a dwelling was made fit for. Values are VERA codes (TOEGANKELIJKHEIDSLABEL)."""

    GROUND_FLOOR = "GNV", _("All on one floor")
    ZERO_STEP = "NUL", _("Zero-step dwelling")
    WALKER = "ROA", _("Fit for a walking frame")
    WALKER_WITH_STEPS = "ROG", _("Fit for a walking frame, with a step")
    WHEELCHAIR = "ROL", _("Fit for a wheelchair")
    WIDE_WHEELCHAIR = "RUI", _("Fit for a large wheelchair")
    NONE = "ZON", _("Nothing special")


class EnergyLabel(models.TextChoices):
    """Values are VERA codes (ENERGIELABEL)."""

    A4 = "AP4", "A++++"
    A3 = "AP3", "A+++"
    A2 = "APP", "A++"
    A1 = "AP", "A+"
    A = "A", "A"
    B = "B", "B"
    C = "C", "C"
    D = "D", "D"
    E = "E", "E"
    F = "F", "F"
    G = "G", "G"


class TemporaryReason(models.TextChoices):
    """Why a dwelling stands or is let for a while only."""

    DEMOLITION = "demolition", _("Will be demolished")
    FLEX = "flex", _("Flex unit")


class VacancyState(models.TextChoices):
    ANNOUNCED = "announced", _("Announced")
    AVAILABLE = "available", _("Available")
    RESERVED = "reserved", _("Reserved")
    LET_PERMIT = "let_permit", _("Let to permit holder")
    LET_REGULAR = "let_regular", _("Let regularly")
    WITHDRAWN = "withdrawn", _("Withdrawn")


OPEN_STATES = (VacancyState.ANNOUNCED, VacancyState.AVAILABLE, VacancyState.RESERVED)

LET_STATES = (VacancyState.LET_PERMIT, VacancyState.LET_REGULAR)

# From each state to where, and nothing else. A closed vacancy stays closed, but for a contract that
# was signed by mistake: taking that step back reserves the dwelling again.
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
        VacancyState.ANNOUNCED,  # it was announced only when it was proposed
        VacancyState.AVAILABLE,
        VacancyState.LET_PERMIT,
        VacancyState.WITHDRAWN,
    },
    VacancyState.LET_PERMIT: {VacancyState.RESERVED},
    VacancyState.LET_REGULAR: set(),
    VacancyState.WITHDRAWN: set(),
}


class Verdict(models.TextChoices):
    SUITABLE = "suitable", _("Suitable")
    CONDITIONAL = "conditional", _("Suitable under a condition")
    UNSUITABLE = "unsuitable", _("Not suitable")


class WaitCause(models.TextChoices):
    """What an empty dwelling waits for. The first two follow from the verdict and the state; the
    others are told by people, or by what happens to an offer."""

    VERDICT = "verdict", _("Verdict")
    MATCH = "match", _("Match")
    VIEWING = "viewing", _("Viewing")
    ANSWER = "answer", _("Answer of the household")
    REPAIRS = "repairs", _("Repairs")


RECORDED_CAUSES = (WaitCause.VIEWING, WaitCause.ANSWER, WaitCause.REPAIRS)


class DispersalLevel(models.TextChoices):
    """How far one looks around a dwelling when counting who already lives there."""

    STREET = "street", _("Street")
    POSTCODE = "postcode", _("Postcode")
    VILLAGE = "village", _("Village")


class RentVerdict(models.TextChoices):
    """Rent against the caps (Besluit toegelaten instellingen volkshuisvesting art. 54-56)."""

    FITS = "fits", _("Fits")
    ABOVE_CAP = "above_cap", _("Above the cap")
    ABOVE_MAX = "above_max", _("No rent allowance")
    UNKNOWN = "unknown", _("Unknown")
