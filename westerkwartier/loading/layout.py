"""The files of a region folder and of the national folder: their columns, as data."""

from dataclasses import dataclass

from housing.choices import TermCode
from partners.choices import OrganisationKind
from westerkwartier.loading.cells import (
    code,
    day,
    decimal,
    free,
    integer,
    one_of,
    optional,
    period,
    text,
    yes_no,
)
from westerkwartier.web.models import Certainty

certainty = one_of(*Certainty.values)
SOURCED = {"source": text, "certainty": certainty}


@dataclass(frozen=True)
class Table:
    """One CSV file: its columns with their readers, and the columns that identify a row."""

    name: str
    columns: dict
    key: tuple[str, ...]
    required: bool = True


REGION_TABLES = (
    Table(
        "municipalities",
        {
            "cbs_code": code,
            "name": text,
            "valid_from": day,
            "valid_to": optional(day),
            "in_region": yes_no,
            **SOURCED,
            "note": free,
        },
        key=("cbs_code",),
    ),
    Table(
        "inhabitants",
        {"cbs_code": code, "reference_date": day, "inhabitants": integer, **SOURCED},
        key=("cbs_code", "reference_date"),
    ),
    Table(
        "villages",
        {
            "village": text,
            "postcode4": text,
            "latitude": decimal,
            "longitude": decimal,
            "inhabitants": optional(integer),
            "inhabitants_on": optional(day),
            **SOURCED,
            "note": free,
        },
        key=("village",),
    ),
    Table(
        "village_municipalities",
        {
            "village": text,
            "cbs_code": code,
            "valid_from": day,
            "valid_to": optional(day),
            **SOURCED,
            "note": free,
        },
        key=("village", "valid_from"),
    ),
    Table(
        "succession",
        {
            "predecessor_code": code,
            "successor_code": code,
            "date": day,
            "share": decimal,
            "addresses_moved": optional(integer),
            "predecessor_addresses": optional(integer),
            **SOURCED,
        },
        key=("predecessor_code", "successor_code", "date"),
        required=False,
    ),
    Table(
        "municipal_quota",
        {
            "period": period,
            "cbs_code": code,
            "municipality": text,
            "net_quota": integer,
            **SOURCED,
            "note": free,
        },
        key=("period", "cbs_code"),
    ),
    Table(
        "opening_balance",
        {
            "date": day,
            "cbs_code": code,
            "municipality": text,
            "balance": integer,
            **SOURCED,
            "note": free,
        },
        key=("cbs_code",),
    ),
    Table(
        "contacts",
        {"organisation": text, "name": text, "job": free, "email": free, **SOURCED},
        key=("organisation", "name"),
        required=False,
    ),
    Table(
        "assessment_reasons",
        {
            "code": text,
            "name_nl": text,
            "name_en": text,
            "verdict": one_of("suitable", "conditional", "unsuitable"),
            "vera_kind": free,
            "vera_code": free,
            "valid_from": day,
            "valid_to": optional(day),
            **SOURCED,
        },
        key=("code",),
    ),
    Table(
        "streets",
        {
            "village": text,
            "street": text,
            "postcode": text,
            "profile": one_of("family", "senior", "flat", "mixed"),
            **SOURCED,
        },
        key=("village", "street"),
        required=False,
    ),
)

NATIONAL_TABLES = (
    Table(
        "national_quota",
        {
            "period": period,
            "net_quota": optional(integer),
            "first_announced": optional(integer),
            "source": free,
            "certainty": certainty,
            "note": free,
        },
        key=("period",),
    ),
    Table(
        "rent_limits",
        {
            "year": integer,
            "quality_discount_limit": decimal,
            "low_cap": decimal,
            "high_cap": decimal,
            "max_rent": decimal,
            **SOURCED,
            "note": free,
        },
        key=("year",),
    ),
    Table(
        "terms",
        {
            "code": one_of(*TermCode.values),
            "weeks": integer,
            "valid_from": day,
            "valid_to": optional(day),
            **SOURCED,
        },
        key=("code", "valid_from"),
    ),
    Table(
        "inhabitants_netherlands",
        {"reference_date": day, "inhabitants": integer, **SOURCED},
        key=("reference_date",),
    ),
    Table(
        "vera_codes",
        {
            "kind": text,
            "code": text,
            "name": text,
            "parent": free,
            "topic": free,
            **SOURCED,
        },
        key=("kind", "code"),
    ),
)

# region.toml: name of the table -> (required words, optional words); the kinds are checked too.
TOML_TABLES = {
    "region": ({"slug", "name", "rounding_mode", "rounding_source"}, set()),
    "organisation": ({"key", "name", "kind"}, {"cbs_code", "website"}),
    "schedule_threshold": ({"slightly_behind_from", "valid_from", "source"}, {"valid_to"}),
    "covenant": (
        {"name", "signed_on", "ends_on", "parties", "source", "certainty"},
        {"share", "measure"},
    ),
    "share": (
        {"target", "denominator", "valid_from", "source", "certainty"},
        {"valid_to"},
    ),
    "measure": ({"code", "title"}, set()),
}
ORGANISATION_KINDS = set(OrganisationKind.values)
