"""What: dwellings and vacancies (stock), households (cases), tenancies (placing)."""

from housing.models.cases import Case, Person
from housing.models.placing import Occupancy, Tenancy
from housing.models.stock import Assessment, AssessmentReason, Dwelling, RentLimit, Vacancy
from housing.models.terms import Term

__all__ = [
    "Assessment",
    "AssessmentReason",
    "Case",
    "Dwelling",
    "Occupancy",
    "Person",
    "RentLimit",
    "Tenancy",
    "Term",
    "Vacancy",
]
