"""Reading of the quota app: everything is counted anew from the facts, nothing is kept."""

from quota.selectors.balance import PeriodBalance, municipality_balances
from quota.selectors.formula import FormulaCheck, formula_check
from quota.selectors.overview import (
    MonthCount,
    Progress,
    RegionOverview,
    period_choice,
    region_overview,
)
from quota.selectors.persons import CountsByRole, counts_by_role, realised_persons

__all__ = [
    "CountsByRole",
    "FormulaCheck",
    "MonthCount",
    "PeriodBalance",
    "Progress",
    "RegionOverview",
    "counts_by_role",
    "formula_check",
    "municipality_balances",
    "period_choice",
    "realised_persons",
    "region_overview",
]
