"""What asks attention of family who follow: which of the four, and since when."""

from datetime import date, timedelta

import pytest

from housing.choices import (
    Departure,
    PersonCategory,
    ReunionAlarm,
    ReunionState,
    StepCode,
    TermCode,
)
from housing.models import Term
from housing.selectors.reunion import alarm_counts, due_family, followers, watched
from tests.factories import SOURCE, BedroomNormFactory, PersonFactory
from tests.placing import DAY, counting_rules, household
from tests.reunion import LATER, arrived, checked, follower, followers_of, housed, joined, tell
from westerkwartier.web.models import Certainty

S, A = ReunionState, ReunionAlarm


@pytest.fixture(autouse=True)
def rules(db):
    counting_rules()
    for code, weeks in ((TermCode.REUNION_CHECK, 13), (TermCode.REUNION_SILENT, 26)):
        Term.objects.create(
            code=code,
            weeks=weeks,
            valid_from=date(2016, 1, 1),
            source=SOURCE,
            certainty=Certainty.ILLUSTRATIVE,
        )
    for persons, bedrooms in ((1, 1), (3, 2), (5, 3)):
        BedroomNormFactory(persons_from=persons, bedrooms=bedrooms)


def alarm(cast, person, on=DAY, who="coordinator"):
    found = watched(followers(getattr(cast, who)), on=on).filter(pk=person.pk).first()
    return found and (found.alarm, found.alarm_on)


def expected(cast, days: int, case=None):
    person = follower(case or housed(cast))
    tell(cast, person, S.TRAVEL_PLANNED, expected_on=DAY + timedelta(days=days))
    return person


def test_comes_within_thirteen_weeks_and_was_not_checked(cast):
    person = expected(cast, 91)
    assert alarm(cast, person) == (A.UNCHECKED, DAY)
    assert alarm(cast, person, DAY - timedelta(days=1)) == ("", None)


def test_a_complete_check_takes_the_alarm_away(cast):
    person = expected(cast, 30)
    checked(cast, person, mvv=False)
    assert alarm(cast, person)[0] == A.UNCHECKED
    checked(cast, person)
    assert alarm(cast, person) == ("", None)


def test_also_where_there_is_no_dwelling_yet(cast):
    person = expected(cast, 30, household(cast, expected=1))
    assert alarm(cast, person)[0] == A.UNCHECKED


def test_arrived_and_not_joined(cast):
    case = housed(cast)
    person = arrived(cast, follower(case))
    assert alarm(cast, person, LATER) == (A.NOT_JOINED, LATER)


def test_who_joined_is_no_follower_any_more(cast):
    assert alarm(cast, joined(cast, housed(cast)), LATER) is None


def test_who_arrives_before_there_is_a_dwelling_moves_in_with_the_household(cast):
    person = follower(household(cast, expected=1))
    tell(cast, person, S.ARRIVED)
    assert alarm(cast, person) == ("", None)


@pytest.mark.parametrize("end", [S.MVV_REFUSED, S.LAPSED])
def test_does_not_come_and_the_dwelling_is_too_large(cast, end):
    case = housed(cast, expected=4)
    person = followers_of(case)[0]
    tell(cast, person, S.MVV_APPLIED)
    tell(cast, person, end)
    assert alarm(cast, person) == (A.TOO_LARGE, DAY)  # three bedrooms, four persons left


def test_not_while_the_others_fill_the_dwelling(cast):
    case = housed(cast, expected=5)
    person = followers_of(case)[0]
    tell(cast, person, S.LAPSED)
    assert alarm(cast, person) == ("", None)


def test_what_the_case_says_of_bedrooms_goes_before_the_norm(cast):
    case = housed(cast, expected=1)
    person = follower(case)
    tell(cast, person, S.LAPSED)
    case.bedrooms_later = 3
    case.save()
    assert alarm(cast, person) == ("", None)
    case.bedrooms_by_hand, case.by_hand_for = 2, 3
    case.save()
    assert alarm(cast, person)[0] == A.TOO_LARGE


def test_nothing_heard_for_half_a_year(cast):
    person = follower(housed(cast))
    tell(cast, person, S.MVV_APPLIED)
    since = DAY + timedelta(weeks=26)
    assert alarm(cast, person, since) == ("", None)
    assert alarm(cast, person, since + timedelta(days=1)) == (A.SILENT, since)


def test_without_any_fact_from_the_link_on(cast):
    person = follower(housed(cast, linked_on=date(2017, 3, 1)))
    assert alarm(cast, person) == (A.SILENT, date(2017, 3, 1) + timedelta(weeks=26))


def test_who_is_expected_on_a_day_to_come_is_not_silent(cast):
    person = expected(cast, 300)
    assert alarm(cast, person, DAY + timedelta(weeks=30))[0] == A.UNCHECKED
    checked(cast, person)
    assert alarm(cast, person, DAY + timedelta(weeks=30)) == ("", None)
    assert alarm(cast, person, DAY + timedelta(days=301))[0] == A.SILENT


def test_who_left_is_not_watched(cast):
    person = expected(cast, 30)
    person.left_on, person.left_because = DAY, Departure.MOVED
    person.save()
    assert alarm(cast, person) is None


def test_without_terms_only_what_needs_none(cast):
    Term.objects.all().delete()
    assert alarm(cast, expected(cast, 30)) == ("", None)


def test_counted_by_kind_for_the_coordinator_and_for_the_own_municipality(cast):
    case = housed(cast, expected=2)
    for person in followers_of(case):
        tell(cast, person, S.TRAVEL_PLANNED, expected_on=LATER)
    arrived(cast, follower(housed(cast, linked_municipality=cast.leek)))
    counts = alarm_counts(due_family(cast.coordinator, cast.region, on=LATER))
    assert [(c.alarm, c.persons, c.households) for c in counts] == [
        (A.NOT_JOINED, 1, 1),
        (A.UNCHECKED, 2, 1),
    ]
    own = alarm_counts(due_family(cast.officer_marum, cast.region, on=LATER))
    assert [(c.alarm, c.persons) for c in own] == [(A.UNCHECKED, 2)]
    assert alarm_counts(due_family(cast.stranger, cast.region, on=LATER)) == []


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("coordinator", True),
        ("officer_marum", True),  # linked there
        ("officer_leek", True),  # lives there
        ("corporation_staff", False),
        ("guidance_worker", False),
        ("supervisor", False),
        ("stranger", False),
        ("nobody", False),
    ],
)
def test_only_who_handles_the_household_follows(cast, who, sees):
    person = follower(housed(cast, until=StepCode.SIGN))
    assert (alarm(cast, person, who=who) is not None) == sees


def test_the_number_of_queries_does_not_grow(cast, django_assert_num_queries):
    for _round in range(2):
        case = housed(cast, expected=2)
        PersonFactory(case=case, category=PersonCategory.REUNIFIER, expected_on=DAY)
        with django_assert_num_queries(1):
            list(watched(followers(cast.coordinator), on=DAY))
        with django_assert_num_queries(1):
            alarm_counts(due_family(cast.coordinator, cast.region, on=DAY))
