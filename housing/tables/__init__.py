"""Tables of the housing app."""

from housing.tables.cases import (
    COLUMN_FIELDS,
    CaseTable,
    CaseTableOfPartners,
    status_pill,
    status_tone,
)
from housing.tables.days import (
    day_with_days,
    days_pill,
    days_shown,
    days_words,
    deadline_tone,
)
from housing.tables.erasing import ErasureTable
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
    "COLUMN_FIELDS",
    "STATE_TONES",
    "CaseTable",
    "CaseTableOfPartners",
    "DwellingTable",
    "EmptyDaysTable",
    "ErasureTable",
    "FamilyTable",
    "VacancyTable",
    "alarm_pill",
    "day_with_days",
    "days_pill",
    "days_shown",
    "days_words",
    "deadline_tone",
    "dwelling_pill",
    "reunion_pill",
    "status_pill",
    "status_tone",
    "verdict_pill",
]
