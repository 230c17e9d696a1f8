"""Reading of the quota app: everything is counted anew from the facts, nothing is kept."""

from quota.selectors.balance import PeriodBalance, municipality_balances
from quota.selectors.dispersal import SMALLEST, Dispersal, VillageDispersal, dispersal
from quota.selectors.formula import FormulaCheck, formula_check
from quota.selectors.overview import (
    MonthCount,
    Progress,
    RegionOverview,
    period_choice,
    region_overview,
)
from quota.selectors.persons import CountsByRole, counts_by_role, realised_persons
from quota.selectors.share import (
    PlaceShare,
    ShareCount,
    ShareOverview,
    Span,
    SpanShare,
    counted_dwellings,
    half_years_of,
    months_of,
    share_overview,
    term_of,
)

__all__ = [
    "SMALLEST",
    "CountsByRole",
    "Dispersal",
    "FormulaCheck",
    "MonthCount",
    "PeriodBalance",
    "PlaceShare",
    "Progress",
    "RegionOverview",
    "ShareCount",
    "ShareOverview",
    "Span",
    "SpanShare",
    "VillageDispersal",
    "counted_dwellings",
    "counts_by_role",
    "dispersal",
    "formula_check",
    "half_years_of",
    "months_of",
    "municipality_balances",
    "period_choice",
    "realised_persons",
    "region_overview",
    "share_overview",
    "term_of",
]
