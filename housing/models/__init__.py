"""What: dwellings and vacancies (stock), households (cases), tenancies (placing)."""

from housing.models.assessing import Assessment
from housing.models.cases import Case, Person
from housing.models.norms import BedroomNorm, DispersalThreshold, RentLimit
from housing.models.placing import Occupancy, Tenancy
from housing.models.reasons import AssessmentReason, WithdrawalReason
from housing.models.stock import Dwelling, Vacancy, VacancyWait
from housing.models.terms import Term

__all__ = [
    "Assessment",
    "AssessmentReason",
    "BedroomNorm",
    "Case",
    "DispersalThreshold",
    "Dwelling",
    "Occupancy",
    "Person",
    "RentLimit",
    "Tenancy",
    "Term",
    "Vacancy",
    "VacancyWait",
    "WithdrawalReason",
]
