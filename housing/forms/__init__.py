"""Forms of the housing app."""

from housing.forms.stock import (
    DwellingForm,
    FactsForm,
    OutOfStockForm,
    VacancyAssessForm,
    VacancyForm,
    VacancyLetForm,
    VacancyWithdrawForm,
    WaitEndForm,
    WaitForm,
    date_field,
    dates_of_a_browser,
)

__all__ = [
    "DwellingForm",
    "FactsForm",
    "OutOfStockForm",
    "VacancyAssessForm",
    "VacancyForm",
    "VacancyLetForm",
    "VacancyWithdrawForm",
    "WaitEndForm",
    "WaitForm",
    "date_field",
    "dates_of_a_browser",
]
