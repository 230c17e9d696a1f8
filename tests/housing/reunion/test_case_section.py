"""The family on the page of a household: all of it for who handles it, a count for the landlord."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housing.choices import ReunionState, StepCode
from tests.placing import counting_rules, household
from tests.reunion import LATER, checked, follower, followers_of, housed, joined, tell

S = ReunionState


@pytest.fixture(autouse=True)
def rules(db, settings):
    counting_rules()
    settings.CLOCK = LATER


def page(cast, case, who="coordinator") -> str:
    client = cast.client(who)
    client.cookies["django_language"] = "en"
    response = client.get(reverse("cases:case_detail", args=[case.pk]))
    assert response.status_code == 200
    return response.content.decode()


def test_what_is_known_and_what_can_be_told_next(cast):
    case = housed(cast)
    person = follower(case)
    person.name = "Test Persoon"
    person.save(update_fields=["name"])
    tell(cast, person, S.TRAVEL_PLANNED, expected_on=LATER)
    checked(cast, person, mvv=False)
    text = page(cast, case)
    for words in (
        "Test Persoon (other adult)",
        "Travel planned",
        "5 February 2018",
        "Dwelling approved: yes",
        "Entry permit (mvv): not yet",
        f"{reverse('cases:person_reunion', args=[person.pk])}?state=arrived",
    ):
        assert words in text
    assert "?state=mvv_applied" not in text
    assert "Add to the tenancy" not in text


def test_joining_and_signing_off_appear_when_they_can_be_done(cast):
    case = housed(cast, expected=2)
    tell(cast, followers_of(case)[1], S.ARRIVED, LATER)
    assert "Add to the tenancy" in page(cast, case)
    joined(cast, case)
    assert "Sign the family off" in page(cast, case)


def test_alike_are_numbered(cast):
    text = page(cast, household(cast, expected=2))
    assert "Other adult 1" in text
    assert "Other adult 2" in text


def test_the_landlord_sees_how_many_and_until_when(cast):
    case = housed(cast, expected=2, until=StepCode.AGREE)
    person = follower(case)
    person.name = "Test Persoon"
    person.save(update_fields=["name"])
    tell(cast, person, S.TRAVEL_PLANNED, expected_on=LATER)
    text = page(cast, case, "corporation_staff")
    assert "2 persons still follow" in text
    assert "Expected on" in text
    assert "Of 1 the day is not known yet" in text
    for hidden in ("Test Persoon", "Travel planned", "Dwelling check", "Enter news"):
        assert hidden not in text


def test_guidance_sees_no_citizen_service_number_and_changes_nothing(cast):
    case = housed(cast)
    case.guidance = cast.guidance
    case.save(update_fields=["guidance"])
    text = page(cast, case, "guidance_worker")
    assert "Registered (BRP): not checked yet" in text
    for hidden in ("service number", "Enter news", "Add who follows"):
        assert hidden not in text


def test_more_family_takes_no_more_queries(cast):
    client = cast.client("coordinator")
    counts = []

    for expected in (1, 4):
        case = housed(cast, expected=expected)
        for person in followers_of(case):
            tell(cast, person, S.MVV_APPLIED)
            checked(cast, person)
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("cases:case_detail", args=[case.pk]))
        counts.append(len(queries))
    assert counts[0] == counts[1]
