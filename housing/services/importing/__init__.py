"""Importing dwellings and vacated dwellings: the columns, and what a row would do."""

from housing.services.importing.columns import (
    DWELLING_COLUMNS,
    SEEN_BESIDE_A_VACANCY,
    VACANCY_COLUMNS,
)

__all__ = ["DWELLING_COLUMNS", "SEEN_BESIDE_A_VACANCY", "VACANCY_COLUMNS"]
