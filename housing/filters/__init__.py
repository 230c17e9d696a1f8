"""Filter forms of the housing app."""

from housing.filters.cases import CaseFilter
from housing.filters.reunion import FamilyFilter
from housing.filters.stock import (
    DwellingFilter,
    EmptyDaysFilter,
    VacancyFilter,
    words_in,
)

__all__ = [
    "CaseFilter",
    "DwellingFilter",
    "EmptyDaysFilter",
    "FamilyFilter",
    "VacancyFilter",
    "words_in",
]
