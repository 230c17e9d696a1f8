"""The files of a region folder and of the national folder: their columns, as data."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from housing.choices import TermCode
from partners.choices import FacilityKind
from westerkwartier.loading.cells import (
    code,
    count,
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
SOURCED = {"source": text(200), "certainty": certainty}
INHABITANTS = {"cbs_code": code, "reference_date": day, "inhabitants": count, **SOURCED}


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
            "name": text(100),
            "valid_from": day,
            "valid_to": optional(day),
            "in_region": yes_no,
            **SOURCED,
            "note": free(250),
        },
        key=("cbs_code",),
    ),
    Table(
        "inhabitants",
        INHABITANTS,
        key=("cbs_code", "reference_date"),
    ),
    Table(
        "villages",
        {
            "village": text(60),
            "postcode4": text(4),
            "latitude": decimal(4),
            "longitude": decimal(4),
            "inhabitants": optional(count),
            "inhabitants_on": optional(day),
            **SOURCED,
            "note": free(250),
        },
        key=("village",),
    ),
    Table(
        "village_municipalities",
        {
            "village": text(60),
            "cbs_code": code,
            "valid_from": day,
            "valid_to": optional(day),
            **SOURCED,
            "note": free(250),
        },
        key=("village", "valid_from"),
    ),
    Table(
        "succession",
        {
            "predecessor_code": code,
            "successor_code": code,
            "date": day,
            "share": decimal(6),
            "addresses_moved": optional(count),
            "predecessor_addresses": optional(count),
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
            "municipality": text(100),
            "net_quota": count,
            **SOURCED,
            "note": free(250),
        },
        key=("period", "cbs_code"),
    ),
    Table(
        "opening_balance",
        {
            "date": day,
            "cbs_code": code,
            "municipality": text(100),
            "balance": integer,
            **SOURCED,
            "note": free(250),
        },
        key=("cbs_code",),
    ),
    Table(
        "contacts",
        {
            "organisation": text(60),
            "name": text(100),
            "job": free(100),
            "email": free(250),
            **SOURCED,
        },
        key=("organisation", "name"),
        required=False,
    ),
    Table(
        "assessment_reasons",
        {
            "code": text(50),
            "name_nl": text(120),
            "name_en": text(120),
            "verdict": one_of("suitable", "conditional", "unsuitable"),
            "vera_kind": free(30),
            "vera_code": free(9),
            "valid_from": day,
            "valid_to": optional(day),
            **SOURCED,
        },
        key=("code",),
    ),
    Table(
        "withdrawal_reasons",
        {
            "code": text(50),
            "name_nl": text(120),
            "name_en": text(120),
            "vera_kind": free(30),
            "vera_code": free(9),
            "valid_from": day,
            "valid_to": optional(day),
            **SOURCED,
        },
        key=("code",),
    ),
    Table(
        "facilities",
        {
            "village": text(60),
            "facility": one_of(*FacilityKind.values),
            "distance_km": decimal(1),
            **SOURCED,
        },
        key=("village", "facility"),
        required=False,
    ),
    Table(
        "streets",
        {
            "village": text(60),
            "street": text(80),
            "postcode": text(7),
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
            "net_quota": optional(count),
            "first_announced": optional(count),
            "source": free(250),
            "certainty": certainty,
            "note": free(250),
        },
        key=("period",),
    ),
    Table(
        "rent_limits",
        {
            "year": count,
            "quality_discount_limit": decimal(2),
            "low_cap": decimal(2),
            "high_cap": decimal(2),
            "max_rent": decimal(2),
            "young_below": count,
            "max_is_condition": yes_no,
            **SOURCED,
            "note": free(250),
        },
        key=("year",),
    ),
    Table(
        "terms",
        {
            "code": one_of(*TermCode.values),
            "weeks": optional(count),
            "working_days": optional(count),
            "valid_from": day,
            "valid_to": optional(day),
            **SOURCED,
        },
        key=("code", "valid_from"),
    ),
    Table(
        "bedroom_norms",
        {
            "persons_from": count,
            "bedrooms": count,
            "valid_from": day,
            "valid_to": optional(day),
            **SOURCED,
        },
        key=("persons_from", "valid_from"),
    ),
    Table(
        "inhabitants_2016",
        INHABITANTS | {"municipality": text(100)},
        key=("cbs_code",),
    ),
    Table(
        "inhabitants_2024",
        INHABITANTS | {"municipality": text(100)},
        key=("cbs_code",),
    ),
    Table(
        "inhabitants_netherlands",
        {"reference_date": day, "inhabitants": count, **SOURCED},
        key=("reference_date",),
    ),
    Table(
        "vera_codes",
        {
            "kind": text(30),
            "code": text(9),
            "name": text(100),
            "parent": free(40),
            "topic": free(40),
            **SOURCED,
        },
        key=("kind", "code"),
    ),
)

# region.toml: part -> word -> (kind of value, whether it must be there).
TOML_PARTS = {
    "region": {
        "slug": (str, True),
        "name": (str, True),
        "rounding_mode": (str, True),
        "rounding_source": (str, True),
    },
    "organisation": {
        "key": (str, True),
        "name": (str, True),
        "kind": (str, True),
        "cbs_code": (str, False),
        "website": (str, False),
    },
    "schedule_threshold": {
        "slightly_behind_from": (Decimal, True),
        "valid_from": (date, True),
        "valid_to": (date, False),
        "source": (str, True),
    },
    "covenant": {
        "name": (str, True),
        "signed_on": (date, True),
        "ends_on": (date, True),
        "parties": (list, True),
        "source": (str, True),
        "certainty": (str, True),
        "share": (list, False),
        "measure": (list, False),
    },
    "share": {
        "target": (Decimal, True),
        "denominator": (str, True),
        "valid_from": (date, True),
        "valid_to": (date, False),
        "source": (str, True),
        "certainty": (str, True),
    },
    "measure": {
        "code": (str, True),
        "title": (str, True),
        "since": (date, False),
        "until": (date, False),
        "expected_dwellings": (int, False),
        "source": (str, False),
    },
    "dispersal_threshold": {
        "level": (str, True),
        "share": (Decimal, True),
        "at_least": (int, True),
        "valid_from": (date, True),
        "valid_to": (date, False),
        "source": (str, True),
    },
}
