"""Importing dwellings and vacated dwellings: the columns, and what a row would do."""

from housing.services.importing.columns import DWELLING_COLUMNS, VACANCY_COLUMNS

__all__ = ["DWELLING_COLUMNS", "VACANCY_COLUMNS"]
