"""The plan: the same each time, plausible in itself, and with the totals it promises."""

from collections import Counter
from datetime import date, timedelta

import pytest

from housing.choices import REUNION_TRANSITIONS, STEPS, CaseStatus, StepCode
from westerkwartier.story import anchors
from westerkwartier.story.calendar import is_working_day, working_days_back
from westerkwartier.story.plan import SEED, make_plan


def counted(plan):
    """(municipality, day) of every person who counts."""
    return [
        (case.municipality, person.counted_on)
        for case in plan.cases
        for person in case.persons
        if person.counted_on
    ]


def test_one_seed_gives_one_story(plan, places):
    assert make_plan(places) == plan


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_totals_come_out_whatever_the_seed(places, seed):
    other = make_plan(places, seed)
    course = Counter((day.replace(day=1), code) for code, day in counted(other))
    assert course == Counter(
        {
            (month, code): persons
            for month, row in anchors.COUNTED_PER_MONTH.items()
            for code, persons in row.items()
        }
    )
    joined = Counter(
        anchors.period_of(person.counted_on)
        for case in other.cases
        for person in case.persons
        if person.counted_on and person.category == "reunifier"
    )
    assert joined == Counter({"2016-II": 6, "2017-I": 27, "2017-II": 21})
    assert sum(vacancy.state == "let_permit" for vacancy in other.vacancies) == 155


def test_a_fifth_of_the_dwellings_went_to_permit_holders(plan):
    available = [
        vacancy
        for vacancy in plan.vacancies
        if anchors.COVENANT_FROM <= vacancy.available_from <= anchors.STORY_ENDS
        and vacancy.state != "withdrawn"
    ]
    let = [vacancy for vacancy in available if vacancy.state == "let_permit"]
    assert (len(let), len(available)) == (155, 746)


def test_the_stock_lies_in_the_villages_of_the_four_municipalities(plan, places):
    assert len(plan.dwellings) == 5500
    assert len(places) == 38
    villages = Counter(dwelling.street.village for dwelling in plan.dwellings)
    assert villages.keys() == {place.name for place in places}
    assert villages.most_common(1)[0][0] == "Leek"
    assert len({(d.street.postcode, d.number) for d in plan.dwellings}) == 5500


def test_dates_follow_each_other(plan):
    for case in plan.cases:
        assert case.permit_on < case.linked_on
        if case.signed_on:
            vacancy = plan.vacancies[case.vacancy]
            assert vacancy.notice_on < vacancy.assessed_on < vacancy.closed_on
            assert anchors.COVENANT_FROM <= vacancy.available_from <= case.signed_on
            weeks = (case.signed_on - case.linked_on) / timedelta(weeks=1)
            assert 2 <= weeks <= 9.5, case.reference
        for person in case.persons:
            if person.counted_on and person.moved_in_on:
                assert timedelta(0) <= person.counted_on - person.moved_in_on <= timedelta(15)
                assert case.signed_on < person.moved_in_on
                assert is_working_day(person.counted_on)


def test_a_household_fits_its_dwelling(plan):
    for case in plan.cases:
        if case.vacancy is not None:
            dwelling = plan.dwellings[plan.vacancies[case.vacancy].dwelling]
            assert dwelling.bedrooms >= case.bedrooms_needed
            assert not dwelling.label
    placed = Counter(
        plan.dwellings[plan.vacancies[case.vacancy].dwelling].street
        for case in plan.cases
        if case.vacancy is not None
    )
    assert max(placed.values()) <= 3


def test_some_are_housed_in_another_municipality_than_the_linked_one(plan):
    housed = [case for case in plan.cases if case.vacancy is not None]
    elsewhere = [
        case
        for case in housed
        if plan.dwellings[plan.vacancies[case.vacancy].dwelling].street.municipality
        != case.municipality
    ]
    assert 0.1 < len(elsewhere) / len(housed) < 0.3


@pytest.mark.parametrize("seed", [SEED, 1, 2, 3])
def test_every_household_takes_steps_that_the_table_allows(places, seed):
    for case in make_plan(places, seed).cases:
        status, since = CaseStatus.LINKED, case.linked_on
        for event in case.events:
            if event.what not in STEPS:
                assert event.what in ("expect", "fact", "check")
                continue
            rule = STEPS[event.what]
            assert status in rule.before, (case.reference, event)
            assert since <= event.on <= anchors.STORY_ENDS, (case.reference, event)
            if rule.after is not None:
                status, since = rule.after, event.on


@pytest.mark.parametrize("seed", [SEED, 1, 2, 3])
def test_a_dwelling_is_proposed_after_its_verdict_and_to_one_household_at_a_time(places, seed):
    story = make_plan(places, seed)
    proposals = [
        event for case in story.cases for event in case.events if event.what == StepCode.PROPOSE
    ]
    vacancies = [story.vacancies[event.vacancy] for event in proposals]
    for event, vacancy in zip(proposals, vacancies, strict=True):
        assert vacancy.verdict == "suitable"
        assert vacancy.assessed_on <= event.on
        assert vacancy.closed_on is None or event.on <= vacancy.closed_on
    assert len({event.vacancy for event in proposals}) == len(proposals)


def test_facts_about_family_follow_each_other(plan):
    for case in plan.cases:
        state: dict[int, str] = {}
        for event in case.events:
            if event.what == "fact":
                for position in event.persons:
                    assert event.state in REUNION_TRANSITIONS[state.get(position, "")]
                    state[position] = event.state
                assert event.expected_on is None or event.expected_on >= event.on
        for position, person in enumerate(case.persons):
            told = "arrived" if person.reunion == "joined" else person.reunion
            assert state.get(position, "") == told


def test_who_waits_on_the_last_day(plan):
    waiting = [case for case in plan.cases if case.state == "waiting"]
    long = [c for c in waiting if anchors.STORY_ENDS - c.linked_on > timedelta(weeks=10)]
    assert (len(waiting), len(long)) == (11, 3)
    oldest = min(waiting, key=lambda case: case.linked_on)
    assert anchors.STORY_ENDS - oldest.linked_on == timedelta(weeks=14)
    assert oldest.reference == "17-041"


def test_dwellings_that_wait_for_a_verdict(plan):
    awaiting = [vacancy for vacancy in plan.vacancies if not vacancy.verdict]
    assert len(awaiting) == 5
    assert all(vacancy.closed_on is None for vacancy in awaiting)
    oldest = min(vacancy.notice_on for vacancy in awaiting)
    assert oldest == working_days_back(anchors.STORY_ENDS, 6) == date(2017, 11, 15)
