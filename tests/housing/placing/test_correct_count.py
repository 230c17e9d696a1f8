"""Correcting the count of a person by a reversal, and counting anew."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from housing.choices import CorrectionReason, StepCode
from housing.models import Counting
from housing.services.counting import correct_count
from tests.factories import MunicipalityFactory, PersonFactory
from tests.placing import DAY, at, household, placed
from westerkwartier.web.refusals import Refused

pytestmark = pytest.mark.usefixtures("rules")
EARLY = DAY - timedelta(days=10)


@pytest.fixture
def person(cast):
    """Counts for Marum since ten days."""
    return placed(cast, until=StepCode.SIGN_OFF, on=EARLY).case.persons.get()


def correct(cast, person, *, by="coordinator", reason=CorrectionReason.WRONG_DATE, **how):
    return correct_count(
        by=getattr(cast, by), person=person, reason=reason, on=DAY, now=at(), **how
    )


def counts(person) -> tuple:
    person.refresh_from_db()
    return (person.counted_on, person.credited_municipality)


def test_a_count_is_taken_back_by_a_line(cast, person):
    line = correct(cast, person, reason=CorrectionReason.SIGN_OFF_WITHDRAWN)
    assert line.reverses == person.countings.first()
    assert counts(person) == (None, None)
    assert person.case.steps.last().code == StepCode.CORRECT_COUNT


def test_and_told_as_it_should_have_been(cast, person):
    day = EARLY + timedelta(days=1)
    correct(
        cast,
        person,
        reason=CorrectionReason.WRONG_MUNICIPALITY,
        counts_on=day,
        municipality=cast.leek,
    )
    assert counts(person) == (day, cast.leek)
    assert person.countings.count() == 3


def test_what_was_taken_back_can_count_anew(cast, person):
    correct(cast, person, reason=CorrectionReason.SIGN_OFF_WITHDRAWN)
    correct(cast, person, counts_on=DAY, municipality=cast.marum)
    assert counts(person) == (DAY, cast.marum)


def test_who_never_counted_is_counted_by_a_step(cast):
    with pytest.raises(Refused, match="telt niet mee"):
        correct(cast, household(cast).persons.get())
    someone = PersonFactory(case=household(cast))
    with pytest.raises(Refused, match="telt niet mee"):
        correct(cast, someone, counts_on=DAY, municipality=cast.marum)


def test_sentences_say_what_is_wrong(cast, person):
    elsewhere = MunicipalityFactory(region=cast.other_region)
    for sentence, field, how in (
        ("geen van beide", "counts_on", {"counts_on": DAY}),
        ("toekomst", "counts_on", {"counts_on": DAY + timedelta(days=1)}),
        ("niet eerder", "counts_on", {"counts_on": EARLY - timedelta(days=1)}),
        ("andere regio", "municipality", {"counts_on": DAY, "municipality": elsewhere}),
        ("reden", "reason", {"reason": CorrectionReason.STEP_UNDONE}),
        ("reden", "reason", {"reason": ""}),
    ):
        if "counts_on" in how and sentence != "geen van beide":
            how.setdefault("municipality", cast.marum)
        with pytest.raises(Refused, match=sentence) as refusal:
            correct(cast, person, **how)
        assert refusal.value.field == field
    assert person.countings.count() == 1


@pytest.mark.parametrize("who", ["officer_marum", "officer_leek", "corporation_staff", "stranger"])
def test_only_the_coordinator_corrects(cast, person, who):
    with pytest.raises(PermissionDenied):
        correct(cast, person, by=who)


def test_correcting_twice_is_once(cast, person):
    assert correct(cast, person) == correct(cast, person)
    assert Counting.objects.count() == 2


def test_on_a_page_that_the_household_links_to(cast, person):
    url = reverse("cases:person_correct", args=[person.pk])
    client = cast.client("coordinator")
    assert url in client.get(f"/cases/{person.case_id}/").content.decode()
    told = {"reason": "wrong_municipality", "counts_on": EARLY, "municipality": cast.leek.pk}
    page = client.post(url, {**told, "on": DAY}, follow=True)
    assert "De telling is gecorrigeerd" in page.content.decode()
    assert counts(person) == (EARLY, cast.leek)
    client.post(url, {"reason": "sign_off_withdrawn", "on": DAY})
    assert counts(person) == (None, None)
    assert url in client.get(f"/cases/{person.case_id}/").content.decode()  # to count anew
    officer = cast.client("officer_marum")
    assert url not in officer.get(f"/cases/{person.case_id}/").content.decode()
    assert officer.get(url).status_code == 403
