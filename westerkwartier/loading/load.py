"""Writes a checked region folder: all of it or nothing."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from housing.services import loading as housing
from housing.services import loading_rules as rules
from partners.models import Region
from partners.services import loading as partners
from partners.services.putting import Changes
from quota.services import loading as quota
from westerkwartier.loading.checks import check
from westerkwartier.loading.folder import LoadError, RegionFolder


def _quiet(_sentence: str) -> None:
    """Says nothing: for callers that show no progress."""


@transaction.atomic
def load_folder(
    folder: RegionFolder, *, by, say: Callable[[str], None] = _quiet
) -> tuple[Region, Changes]:
    """Loads the folder; LoadError with every mistake, and nothing written, when it has any.

    A second run with the same files changes nothing and leaves no line in the journal.
    """
    mistakes = check(folder)
    if mistakes:
        raise LoadError(mistakes)
    rows, words = folder.rows, folder.words

    say(_("Region and organisations"))
    region, total = partners.load_region(by=by, **words["region"])
    organisations, changes = partners.load_organisations(
        by=by, region=region, rows=words["organisation"]
    )
    total += changes
    total += partners.load_contacts(
        by=by, region=region, organisations=organisations, rows=rows("contacts")
    )

    say(_("Municipalities, inhabitants and villages"))
    municipalities, changes = partners.load_municipalities(
        by=by,
        region=region,
        organisations=partners.municipal_organisations(words["organisation"], organisations),
        rows=rows("municipalities"),
    )
    total += changes
    for service, table in (
        (partners.load_inhabitants, "inhabitants"),
        (partners.load_successions, "succession"),
    ):
        total += service(by=by, region=region, municipalities=municipalities, rows=rows(table))
    villages, changes = partners.load_villages(
        by=by,
        region=region,
        municipalities=municipalities,
        rows=rows("villages"),
        belongings=rows("village_municipalities"),
    )
    total += changes

    total += partners.load_facilities(
        by=by, region=region, villages=villages, rows=rows("facilities")
    )

    say(_("Covenant"))
    total += partners.load_covenant(
        by=by, region=region, organisations=organisations, words=words["covenant"]
    )

    say(_("Quotas and rent limits"))
    total += quota.load_periods(by=by, rows=rows("national_quota"))
    total += quota.load_national_inhabitants(by=by, rows=rows("inhabitants_netherlands"))
    total += quota.load_thresholds(by=by, region=region, rows=words.get("schedule_threshold", []))
    for service, table in (
        (quota.load_obligations, "municipal_quota"),
        (quota.load_opening_balances, "opening_balance"),
    ):
        total += service(by=by, region=region, municipalities=municipalities, rows=rows(table))
    total += housing.load_rent_limits(by=by, rows=[_limit(r) for r in rows("rent_limits")])
    total += housing.load_terms(by=by, rows=rows("terms"))
    total += housing.load_bedroom_norms(by=by, rows=rows("bedroom_norms"))
    total += housing.load_dispersal_thresholds(
        by=by, region=region, rows=words.get("dispersal_threshold", [])
    )
    total += housing.load_reasons(by=by, rows=[_reason(r) for r in rows("assessment_reasons")])
    total += housing.load_withdrawals(by=by, rows=[_coded(r) for r in rows("withdrawal_reasons")])
    for service, table, words_of in (
        (rules.load_functional_needs, "functional_needs", _coded),
        (rules.load_refusal_reasons, "refusal_reasons", _refusal),
        (rules.load_accommodation_types, "accommodation_types", _accommodation),
        (rules.load_counting_rules, "counting_rules", _counting),
        (rules.load_sharing_rules, "sharing_rules", _sharing),
        (rules.load_guidance_templates, "guidance_tasks", _guidance),
    ):
        total += service(by=by, rows=[words_of(row) for row in rows(table)])
    return region, total


def _limit(row: dict) -> dict:
    return {
        "year": row["year"],
        "quality_limit": row["quality_discount_limit"],
        "low_cap": row["low_cap"],
        "high_cap": row["high_cap"],
        "max_rent": row["max_rent"],
        "young_below": row["young_below"],
        "max_is_condition": row["max_is_condition"],
        "source": row["source"],
        "certainty": row["certainty"],
        "note": row["note"],
    }


def _reason(row: dict) -> dict:
    return {"verdict": row["verdict"], **_coded(row)}


def _refusal(row: dict) -> dict:
    return {"owner": row["owner"], **_coded(row)}


def _coded(row: dict) -> dict:
    vera = ".".join(part for part in (row["vera_kind"], row["vera_code"]) if part)
    return {
        "code": row["code"],
        "label_nl": row["name_nl"],
        "label_en": row["name_en"],
        "vera_code": vera,
        "source": row["source"],
        "valid_from": row["valid_from"],
        "valid_to": row["valid_to"],
    }


# The code of the kind of accommodation that is a dwelling with a tenancy (see data/README.md).
REGULAR = "regular"


def _accommodation(row: dict) -> dict:
    return {
        "code": row["code"],
        "label_nl": row["name_nl"],
        "label_en": row["name_en"],
        "regular": row["code"] == REGULAR,
        **_sourced(row),
    }


def _counting(row: dict) -> dict:
    names = ("category", "accommodation", "from_event", "credited_to", "note")
    return {**{name: row[name] for name in names}, **_sourced(row)}


def _sharing(row: dict) -> dict:
    names = (
        "couple_shares",
        "same_sex_below",
        "any_sex_below",
        "max_per_room",
        "unknown_age_as_adult",
    )
    return {**{name: row[name] for name in names}, **_sourced(row)}


def _guidance(row: dict) -> dict:
    return {
        "code": row["code"],
        "label_nl": row["name_nl"],
        "label_en": row["name_en"],
        "owner_kind": row["owner_kind"],
        "event": row["event"],
        "offset_days": row["offset_days"],
        "only_for_family": row["only_for"] == "reunion",
        **_sourced(row),
    }


def _sourced(row: dict) -> dict:
    return {name: row[name] for name in ("valid_from", "valid_to", "source", "certainty")}
