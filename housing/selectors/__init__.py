"""Reading of the housing app: counts of dwellings, households and persons."""

from housing.selectors.cases import (
    Reunifiers,
    WaitingHouseholds,
    expected_reunifiers,
    linked_longer_than,
    not_yet_joined,
    term_weeks,
    waiting_households,
)
from housing.selectors.monthly import MonthlyHousing, monthly_housing_figures
from housing.selectors.stock import (
    AwaitingVerdict,
    CovenantShare,
    awaiting_verdict,
    covenant_in_force,
    covenant_share,
    part_of_share,
)

__all__ = [
    "AwaitingVerdict",
    "CovenantShare",
    "MonthlyHousing",
    "Reunifiers",
    "WaitingHouseholds",
    "awaiting_verdict",
    "covenant_in_force",
    "covenant_share",
    "expected_reunifiers",
    "linked_longer_than",
    "monthly_housing_figures",
    "not_yet_joined",
    "part_of_share",
    "term_weeks",
    "waiting_households",
]
