"""What: dwellings and vacancies (stock), households (cases), proposals and tenancies (placing)."""

from housing.models.assessing import Assessment
from housing.models.cases import Case, CaseNeed, CasePreference, Person
from housing.models.coa import CoaDifference, CoaExplanation, CoaStatement
from housing.models.counting import AccommodationType, Counting, CountingRule, Stay
from housing.models.guidance import GuidanceTask, GuidanceTemplate, TaskLink
from housing.models.norms import BedroomNorm, DispersalThreshold, RentLimit, SharingRule
from housing.models.notes import CaseNote, Mention
from housing.models.placing import Occupancy, Tenancy
from housing.models.proposals import CaseStep, Proposal
from housing.models.reasons import (
    AssessmentReason,
    FunctionalNeed,
    RefusalReason,
    WithdrawalReason,
)
from housing.models.reunion import DwellingCheck, ReunionFact
from housing.models.stock import Dwelling, Vacancy, VacancyWait
from housing.models.terms import Term

__all__ = [
    "AccommodationType",
    "Assessment",
    "AssessmentReason",
    "BedroomNorm",
    "Case",
    "CaseNeed",
    "CaseNote",
    "CasePreference",
    "CaseStep",
    "CoaDifference",
    "CoaExplanation",
    "CoaStatement",
    "Counting",
    "CountingRule",
    "DispersalThreshold",
    "Dwelling",
    "DwellingCheck",
    "FunctionalNeed",
    "GuidanceTask",
    "GuidanceTemplate",
    "Mention",
    "Occupancy",
    "Person",
    "Proposal",
    "RefusalReason",
    "RentLimit",
    "ReunionFact",
    "SharingRule",
    "Stay",
    "TaskLink",
    "Tenancy",
    "Term",
    "Vacancy",
    "VacancyWait",
    "WithdrawalReason",
]
