"""Tables of the housing app."""

from housing.tables.reunion import ALARM_TONES, FamilyTable, alarm_pill, reunion_pill
from housing.tables.stock import (
    STATE_TONES,
    DwellingTable,
    EmptyDaysTable,
    VacancyTable,
    dwelling_pill,
    verdict_pill,
)

__all__ = [
    "ALARM_TONES",
    "STATE_TONES",
    "DwellingTable",
    "EmptyDaysTable",
    "FamilyTable",
    "VacancyTable",
    "alarm_pill",
    "dwelling_pill",
    "reunion_pill",
    "verdict_pill",
]
