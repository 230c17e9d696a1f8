"""Loading the national lists about households: what counts, what is needed, what is done."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from housing.choices import CountEvent, CreditedTo, GuidanceEvent, PersonCategory
from housing.models import (
    AccommodationType,
    CountingRule,
    FunctionalNeed,
    GuidanceTemplate,
    RefusalReason,
    SharingRule,
)
from housing.services.counting import regular_dwelling
from partners.choices import OrganisationKind
from partners.models import JournalEntry
from westerkwartier.loading.checks import check
from westerkwartier.loading.folder import find_folder, read_folder
from westerkwartier.loading.load import load_folder


@pytest.fixture
def national(tmp_path) -> Path:
    """A copy of the national files, to put mistakes in."""
    copy = tmp_path / "national"
    shutil.copytree(settings.BASE_DIR / "data" / "national", copy)
    return copy


def load(national: Path):
    return load_folder(read_folder(find_folder("westerkwartier"), national), by=None)[1]


def mistakes(national: Path) -> list[str]:
    with override("en"):
        return check(read_folder(find_folder("westerkwartier"), national))


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.django_db
def test_the_lists_stand_as_the_files_say(national):
    load(national)
    assert FunctionalNeed.objects.count() == 9
    assert RefusalReason.objects.count() == 30
    assert RefusalReason.objects.get(code="documents_rejected").owner == "corporation"
    assert (AccommodationType.objects.count(), CountingRule.objects.count()) == (18, 46)
    assert GuidanceTemplate.objects.count() == 32
    rule = SharingRule.objects.get()
    assert (rule.same_sex_below, rule.any_sex_below, rule.max_per_room) == (18, 12, 2)
    assert rule.unknown_age_as_adult


@pytest.mark.django_db
def test_a_dwelling_with_a_tenancy_has_a_rule_for_everybody(national):
    load(national)
    regular = regular_dwelling(date(2017, 11, 20))
    assert regular.code == "regular"
    rules = CountingRule.objects.on(date(2017, 11, 20)).filter(accommodation=regular)
    assert {rule.category for rule in rules} == set(PersonCategory)
    assert {(rule.from_event, rule.credited_to) for rule in rules} == {
        (CountEvent.SIGNED_OFF, CreditedTo.LINKED)
    }


@pytest.mark.django_db
def test_a_task_knows_its_owner_its_event_and_for_whom_it_is(national):
    load(national)
    task = GuidanceTemplate.objects.get(code="reunion_dwelling_check")
    assert task.owner_kind == OrganisationKind.MUNICIPALITY
    assert (task.event, task.offset_days) == (GuidanceEvent.ARRIVED, -28)
    assert task.only_for_family


@pytest.mark.django_db
def test_a_corrected_row_is_taken_over(national):
    load(national)
    change(
        national / "guidance_tasks.csv",
        "home_visit,2016-01-01,,moved_in,42",
        "home_visit,2016-01-01,,moved_in,35",
    )
    changes = load(national)
    assert (changes.added, changes.changed) == (0, 1)
    assert GuidanceTemplate.objects.get(code="home_visit").offset_days == 35


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        (
            "counting_rules.csv",
            "holder,regular,yes",
            "holder,regulier,yes",
            "counting_rules.csv:2: regulier is not in accommodation_types.csv.",
        ),
        (
            "counting_rules.csv",
            "holder,regular,yes",
            "holder,regular,no",
            "counting_rules.csv:2: who counts has an event and a municipality, "
            "who does not has neither.",
        ),
        (
            "sharing_rules.csv",
            "yes,18,12",
            "yes,12,18",
            "sharing_rules.csv:2: any_sex_below is above same_sex_below.",
        ),
        (
            "guidance_tasks.csv",
            "moved_in,42,corporation",
            "moved_in,42000,corporation",
            "guidance_tasks.csv:22: offset_days is more than ten years.",
        ),
        (
            "guidance_tasks.csv",
            "dwelling_ready,2016-01-01,",
            "contract,2015-01-01,",
            "guidance_tasks.csv:3: an earlier row still holds on 2016-01-01.",
        ),
        (
            "refusal_reasons.csv",
            "AANBIEDINGDETAILSTATUS,AND",
            "AANBIEDINGDETAILSTATUS,XXX",
            "refusal_reasons.csv:2: AANBIEDINGDETAILSTATUS.XXX is not in vera_codes.csv.",
        ),
        (
            "accommodation_types.csv",
            "regular,Gewone woning,Ordinary dwelling,2016-01-01,",
            "regular,Gewone woning,Ordinary dwelling,2016-01-01,2015-01-01",
            "accommodation_types.csv:2: valid_to does not lie after valid_from.",
        ),
    ],
)
def test_a_mistake_is_a_sentence_with_its_place(national, file, old, new, sentence):
    change(national / file, old, new)
    assert sentence in mistakes(national)


@pytest.mark.django_db
def test_a_second_run_changes_nothing(national):
    load(national)
    lines = JournalEntry.objects.count()
    assert not load(national)
    assert JournalEntry.objects.count() == lines
