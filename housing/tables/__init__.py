"""Tables of the housing app."""

from housing.tables.stock import (
    STATE_TONES,
    DwellingTable,
    EmptyDaysTable,
    VacancyTable,
    dwelling_pill,
    verdict_pill,
)

__all__ = [
    "STATE_TONES",
    "DwellingTable",
    "EmptyDaysTable",
    "VacancyTable",
    "dwelling_pill",
    "verdict_pill",
]
