"""The national files about households: what counts, what is needed, what is done by whom."""

from housing.choices import (
    CountEvent,
    CreditedTo,
    GuidanceEvent,
    PersonCategory,
    RefusalOwner,
)
from partners.choices import OrganisationKind
from westerkwartier.loading.cells import (
    count,
    day,
    free,
    integer,
    one_of,
    optional,
    text,
    yes_no,
)
from westerkwartier.loading.layout import SOURCED, Table

CODED = {
    "code": text(50),
    "name_nl": text(120),
    "name_en": text(120),
    "valid_from": day,
    "valid_to": optional(day),
    **SOURCED,
}
VERA = {"vera_kind": free(30), "vera_code": free(9)}

CASE_TABLES = (
    Table("functional_needs", {**CODED, **VERA}, key=("code",)),
    Table(
        "refusal_reasons",
        {**CODED, **VERA, "owner": one_of(*RefusalOwner.values)},
        key=("code",),
    ),
    Table("accommodation_types", CODED, key=("code",)),
    Table(
        "counting_rules",
        {
            "category": one_of(*PersonCategory.values),
            "accommodation": text(50),
            "counts": yes_no,
            "from_event": one_of(*CountEvent.values),
            "credited_to": one_of(*CreditedTo.values),
            "valid_from": day,
            "valid_to": optional(day),
            **SOURCED,
            "note": free(250),
        },
        key=("category", "accommodation", "valid_from"),
    ),
    Table(
        "sharing_rules",
        {
            "couple_shares": yes_no,
            "same_sex_below": count,
            "any_sex_below": count,
            "max_per_room": count,
            "unknown_age_as_adult": yes_no,
            "valid_from": day,
            "valid_to": optional(day),
            **SOURCED,
        },
        key=("valid_from",),
    ),
    Table(
        "guidance_tasks",
        {
            "code": text(50),
            "name_nl": text(160),
            "name_en": text(160),
            "owner_kind": one_of(*OrganisationKind.values),
            "event": one_of(*GuidanceEvent.values),
            "offset_days": integer,
            "only_for": one_of("all", "reunion"),
            "valid_from": day,
            "valid_to": optional(day),
            **SOURCED,
        },
        key=("code", "valid_from"),
    ),
)
