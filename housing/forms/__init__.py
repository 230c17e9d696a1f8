"""Forms of the housing app."""

from housing.forms.case_steps import (
    ElsewhereForm,
    LinkForm,
    StepForm,
    UndoStepForm,
    remark_field,
)
from housing.forms.cases import (
    CaseAddForm,
    CaseForm,
)
from housing.forms.persons import (
    BirthForm,
    CorrectionForm,
    DepartForm,
    MergeForm,
    PersonForm,
    SplitForm,
    person_label,
)
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
    "BirthForm",
    "CaseAddForm",
    "CaseForm",
    "CorrectionForm",
    "DepartForm",
    "DwellingCheckForm",
    "DwellingForm",
    "ElsewhereForm",
    "ExpectForm",
    "FactsForm",
    "LinkForm",
    "MergeForm",
    "OutOfStockForm",
    "PersonForm",
    "PersonsForm",
    "ReunionFactForm",
    "SplitForm",
    "StepForm",
    "UndoStepForm",
    "VacancyAssessForm",
    "VacancyForm",
    "VacancyLetForm",
    "VacancyWithdrawForm",
    "WaitEndForm",
    "WaitForm",
    "date_field",
    "dates_of_a_browser",
    "person_label",
    "remark_field",
]
