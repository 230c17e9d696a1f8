"""The national files that hold together: known words, known codes, a source for every row."""

from datetime import date

import pytest

from housing.choices import PersonCategory
from tests.national import national_rows
from westerkwartier.web.models import Certainty

YES_NO = {"yes", "no"}
WORDS = {
    "refusal_reasons.csv": {"owner": {"household", "corporation", "municipality", "coa"}},
    "counting_rules.csv": {
        "category": set(PersonCategory.values),
        "counts": YES_NO,
        "from_event": {"moved_in", "signed_off", "arrived", "none"},
        "credited_to": {"linked", "housed", "none"},
    },
    "guidance_tasks.csv": {
        "event": {
            "contract_signed",
            "tenancy_start",
            "moved_in",
            "registered",
            "signed_off",
            "arrived",
        },
        "owner_kind": {"municipality", "corporation", "guidance", "coa"},
        "only_for": {"all", "reunion"},
    },
    "sharing_rules.csv": {"couple_shares": YES_NO, "unknown_age_as_adult": YES_NO},
    "functional_needs.csv": {},
    "accommodation_types.csv": {},
}
KEYS = {
    "counting_rules.csv": ("category", "accommodation", "valid_from"),
    "guidance_tasks.csv": ("code", "valid_from"),
    "sharing_rules.csv": ("valid_from",),
}


@pytest.mark.parametrize("name", WORDS)
def test_every_row_has_known_words_a_source_and_a_key(name):
    rows = national_rows(name)
    for row in rows:
        assert 0 < len(row["source"]) <= 200
        assert row["certainty"] in Certainty.values
        for column, words in WORDS[name].items():
            assert row[column] in words, row
    keys = [tuple(row[column] for column in KEYS.get(name, ("code",))) for row in rows]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", WORDS)
def test_periods_are_in_order(name):
    for row in national_rows(name):
        if row.get("valid_to"):
            assert date.fromisoformat(row["valid_from"]) < date.fromisoformat(row["valid_to"])


@pytest.mark.parametrize("name", ["functional_needs.csv", "refusal_reasons.csv"])
def test_vera_codes_are_known(name):
    known = {(row["kind"], row["code"]) for row in national_rows("vera_codes.csv")}
    used = [(row["vera_kind"], row["vera_code"]) for row in national_rows(name)]
    used = [code for code in used if any(code)]
    assert set(used) <= known
    assert len(used) == len(set(used))


def test_every_refusal_code_of_vera_has_its_row():
    kind = "AANBIEDINGDETAILSTATUS"
    vera = {row["code"] for row in national_rows("vera_codes.csv") if row["kind"] == kind}
    reasons = national_rows("refusal_reasons.csv")
    assert vera == {row["vera_code"] for row in reasons if row["vera_kind"] == kind}


def test_a_rule_counts_on_an_event_for_a_municipality_or_not_at_all():
    for row in national_rows("counting_rules.csv"):
        counts = row["counts"] == "yes"
        assert (row["from_event"] != "none") == (row["credited_to"] != "none") == counts


def test_every_accommodation_has_a_rule_in_its_own_time():
    times = {
        row["code"]: (row["valid_from"], row["valid_to"])
        for row in national_rows("accommodation_types.csv")
    }
    rules = national_rows("counting_rules.csv")
    assert {row["accommodation"] for row in rules} == set(times)
    for row in rules:
        assert (row["valid_from"], row["valid_to"]) == times[row["accommodation"]]
