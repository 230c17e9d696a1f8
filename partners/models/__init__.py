"""Who: regions, organisations, municipalities, covenants, people and the journal."""

from partners.models.covenants import (
    Covenant,
    CovenantMeasure,
    CovenantParty,
    MeasureResult,
    ShareDefinition,
)
from partners.models.imports import ImportBatch, ImportMapping, ImportRow
from partners.models.journal import JournalEntry
from partners.models.outbox import NewsItem, Notice
from partners.models.people import Invitation, Membership, User
from partners.models.regions import (
    ContactPerson,
    Inhabitants,
    Municipality,
    Organisation,
    Region,
    Succession,
    Village,
    VillageBelonging,
    VillageFacility,
)

__all__ = [
    "ContactPerson",
    "Covenant",
    "CovenantMeasure",
    "CovenantParty",
    "ImportBatch",
    "ImportMapping",
    "ImportRow",
    "Inhabitants",
    "Invitation",
    "JournalEntry",
    "MeasureResult",
    "Membership",
    "Municipality",
    "NewsItem",
    "Notice",
    "Organisation",
    "Region",
    "ShareDefinition",
    "Succession",
    "User",
    "Village",
    "VillageBelonging",
    "VillageFacility",
]
