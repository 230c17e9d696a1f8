"""Forms of the housing app."""

from housing.forms.reunion import DwellingCheckForm, ExpectForm, PersonsForm, ReunionFactForm
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
    "DwellingCheckForm",
    "DwellingForm",
    "ExpectForm",
    "FactsForm",
    "OutOfStockForm",
    "PersonsForm",
    "ReunionFactForm",
    "VacancyAssessForm",
    "VacancyForm",
    "VacancyLetForm",
    "VacancyWithdrawForm",
    "WaitEndForm",
    "WaitForm",
    "date_field",
    "dates_of_a_browser",
]
