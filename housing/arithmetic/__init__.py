"""Pure sums of the housing app: no database, no clock."""

from housing.arithmetic.bedrooms import (
    OccupationVerdict,
    bedrooms_needed,
    most_persons,
    occupation,
)
from housing.arithmetic.days import (
    DaysLeft,
    add_working_days,
    birthday,
    days_left,
    is_working_day,
    months_later,
    public_holidays,
    working_days,
    working_days_ago,
)
from housing.arithmetic.due import Bands, DueBand, bands_on
from housing.arithmetic.empty_days import Wait, empty_days_by_cause
from housing.arithmetic.fit import Asked, Check, Fit, Offered, fit
from housing.arithmetic.half_years import HalfYear, half_year_of, half_years
from housing.arithmetic.rent import (
    LARGE_HOUSEHOLD,
    Limits,
    TwoMoments,
    extra_cost,
    rent_verdict,
    rent_verdict_around_reunification,
)
from housing.arithmetic.sharing import (
    BedroomNeed,
    Occupant,
    Rooms,
    SharingRule,
    bedrooms_needed_for,
)
from housing.arithmetic.stock import (
    POSTCODE_FORM,
    passes_threshold,
    postcode_stored,
    postcode_written,
)
from housing.arithmetic.terms import (
    Deadline,
    deadlines,
    link_reference_date,
    linked_by_reference_date,
)

__all__ = [
    "LARGE_HOUSEHOLD",
    "POSTCODE_FORM",
    "Asked",
    "Bands",
    "BedroomNeed",
    "Check",
    "DaysLeft",
    "Deadline",
    "DueBand",
    "Fit",
    "HalfYear",
    "Limits",
    "Occupant",
    "OccupationVerdict",
    "Offered",
    "Rooms",
    "SharingRule",
    "TwoMoments",
    "Wait",
    "add_working_days",
    "bands_on",
    "bedrooms_needed",
    "bedrooms_needed_for",
    "birthday",
    "days_left",
    "deadlines",
    "empty_days_by_cause",
    "extra_cost",
    "fit",
    "half_year_of",
    "half_years",
    "is_working_day",
    "link_reference_date",
    "linked_by_reference_date",
    "months_later",
    "most_persons",
    "occupation",
    "passes_threshold",
    "postcode_stored",
    "postcode_written",
    "public_holidays",
    "rent_verdict",
    "rent_verdict_around_reunification",
    "working_days",
    "working_days_ago",
]
