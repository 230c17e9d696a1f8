"""What the database itself keeps of family who follow, whoever writes."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from housing.choices import ReunionState
from housing.models import ReunionFact
from tests.placing import DAY, at, household
from tests.reunion import LATER, follower, tell

S = ReunionState


@pytest.fixture
def person(cast):
    return follower(household(cast, expected=1))


def raw(sql: str, *values) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


INSERT = """INSERT INTO housing_reunionfact (person_id, state, "on", expected_on, state_before, at)
    VALUES (%s, %s, %s, %s, '', now())"""


def test_a_fact_in_raw_sql_tells_the_person(person):
    raw(INSERT, person.pk, "travel_planned", DAY, LATER)
    person.refresh_from_db()
    assert (person.reunion, person.expected_on) == (S.TRAVEL_PLANNED, LATER)
    raw(INSERT, person.pk, "arrived", LATER, None)
    person.refresh_from_db()
    assert (person.reunion, person.arrived_on) == (S.ARRIVED, LATER)


@pytest.mark.parametrize(
    ("state", "on", "expected_on"),
    [
        ("joined", DAY, None),
        ("mvv_refused", DAY, None),
        ("travel_planned", DAY, None),
        ("mvv_granted", DAY, DAY - timedelta(days=1)),
        ("mvv_applied", DAY, LATER),
        ("", DAY, None),
    ],
)
def test_what_the_table_does_not_allow_is_refused(person, state, on, expected_on):
    with pytest.raises(DatabaseError):
        raw(INSERT, person.pk, state, on, expected_on)


def test_nobody_else_changes_how_a_person_stands(person):
    with pytest.raises(DatabaseError, match="reunion"):
        raw("UPDATE housing_person SET reunion = 'arrived' WHERE id = %s", person.pk)


def test_facts_are_of_family_who_follow(person):
    holder = person.case.persons.get(category="holder")
    with pytest.raises(DatabaseError):
        raw(INSERT, holder.pk, "arrived", DAY, None)


def test_a_fact_lies_on_or_after_the_one_before(cast, person):
    tell(cast, person, S.MVV_APPLIED)
    with pytest.raises(DatabaseError):
        raw(INSERT, person.pk, "mvv_granted", DAY - timedelta(days=1), None)


def test_only_the_newest_is_taken_back_and_once(cast, person):
    first = tell(cast, person, S.MVV_APPLIED)
    second = tell(cast, person, S.MVV_GRANTED, expected_on=LATER)

    def undo(fact):
        with transaction.atomic():
            ReunionFact.objects.create(person=person, on=LATER, undoes=fact, at=at(LATER))

    with pytest.raises(DatabaseError):
        undo(first)
    undo(second)
    person.refresh_from_db()
    assert (person.reunion, person.expected_on) == (S.MVV_APPLIED, None)
    with pytest.raises(DatabaseError):
        undo(second)


def test_facts_are_neither_changed_nor_deleted(cast, person):
    fact = tell(cast, person, S.MVV_APPLIED)
    for sql in (
        "UPDATE housing_reunionfact SET state = 'lapsed' WHERE id = %s",
        "DELETE FROM housing_reunionfact WHERE id = %s",
    ):
        with pytest.raises(DatabaseError):
            raw(sql, fact.pk)
