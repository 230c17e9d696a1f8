"""Deadlines of a case as they stand on a day, and the reference dates of the links."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from housing.arithmetic import (
    deadlines,
    half_year_of,
    link_reference_date,
    linked_by_reference_date,
    working_days,
)
from housing.choices import DeadlineState, TermCode

TERMS = {TermCode.FIND_DWELLING: 10, TermCode.MOVE: 2, TermCode.PERMIT_TO_MOVE: 14}
LINKED = date(2017, 9, 14)  # a Thursday; ten weeks later is 23 November
DUE = date(2017, 11, 23)


def only(**dates):
    (found,) = deadlines(terms=TERMS, **dates)
    return found


@pytest.mark.parametrize(
    ("on", "state", "days_left", "working_days_left"),
    [
        (LINKED, DeadlineState.RUNNING, 70, 50),
        (DUE - timedelta(days=6), DeadlineState.RUNNING, 6, 4),
        (DUE, DeadlineState.RUNNING, 0, 0),
        (DUE + timedelta(days=1), DeadlineState.MISSED, -1, -1),
        (DUE + timedelta(days=4), DeadlineState.MISSED, -4, -2),
    ],
)
def test_ten_weeks_to_find_a_dwelling(on, state, days_left, working_days_left):
    found = only(on=on, linked_on=LINKED)
    assert (found.code, found.began_on, found.due_on) == (TermCode.FIND_DWELLING, LINKED, DUE)
    assert (found.state, found.met_on) == (state, None)
    assert (found.days_left, found.working_days_left) == (days_left, working_days_left)


@pytest.mark.parametrize(
    ("found_on", "state", "days_left"),
    [
        (DUE, DeadlineState.MET, 0),
        (DUE - timedelta(days=10), DeadlineState.MET, 10),
        (DUE + timedelta(days=3), DeadlineState.LATE, -3),
    ],
)
def test_a_dwelling_that_was_found(found_on, state, days_left):
    found = only(on=date(2018, 1, 1), linked_on=LINKED, found_on=found_on)
    assert (found.state, found.met_on, found.days_left) == (state, found_on, days_left)


def test_what_comes_later_is_not_known_yet():
    found = only(on=DUE, linked_on=LINKED, found_on=DUE + timedelta(days=1))
    assert (found.state, found.met_on) == (DeadlineState.RUNNING, None)
    assert deadlines(on=LINKED - timedelta(days=1), terms=TERMS, linked_on=LINKED) == ()


def test_the_move_ends_two_terms():
    found = deadlines(
        on=date(2018, 1, 1),
        terms=TERMS,
        permit_on=date(2017, 9, 1),
        linked_on=LINKED,
        found_on=date(2017, 11, 10),
        tenancy_starts_on=date(2017, 12, 1),
        moved_on=date(2017, 12, 11),
    )
    assert [(line.code, line.due_on, line.state, line.days_left) for line in found] == [
        (TermCode.FIND_DWELLING, DUE, DeadlineState.MET, 13),
        (TermCode.PERMIT_TO_MOVE, date(2017, 12, 8), DeadlineState.LATE, -3),
        (TermCode.MOVE, date(2017, 12, 15), DeadlineState.MET, 4),
    ]


def test_without_a_term_or_a_beginning_there_is_no_deadline():
    assert deadlines(on=DUE, terms={}, linked_on=LINKED) == ()
    assert deadlines(on=DUE, terms={TermCode.FIND_DWELLING: None}, linked_on=LINKED) == ()
    assert deadlines(on=DUE, terms=TERMS, moved_on=DUE) == ()


DAYS = st.none() | st.dates(date(2016, 1, 1), date(2018, 12, 31))


@given(
    on=st.dates(date(2016, 1, 1), date(2018, 12, 31)),
    weeks=st.integers(1, 20),
    dates=st.fixed_dictionaries(
        dict.fromkeys(("linked_on", "permit_on", "tenancy_starts_on", "found_on", "moved_on"), DAYS)
    ),
)
def test_deadlines_agree_with_themselves(on, weeks, dates):
    found = deadlines(on=on, terms=dict.fromkeys(TERMS, weeks), **dates)
    assert [line.due_on for line in found] == sorted(line.due_on for line in found)
    for line in found:
        assert line.due_on - line.began_on == timedelta(weeks=weeks)
        counted_from = line.met_on or on
        assert line.due_on == counted_from + timedelta(days=line.days_left)
        assert counted_from <= on
        late = line.state in (DeadlineState.LATE, DeadlineState.MISSED)
        assert late == (line.days_left < 0)
        assert late or line.working_days_left == working_days(counted_from, line.due_on)
        assert not late or line.working_days_left == -working_days(line.due_on, counted_from)
        assert (line.met_on is None) == (
            line.state in (DeadlineState.RUNNING, DeadlineState.MISSED)
        )


# -- the links -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "reference"),
    [
        ("2017-01-01", "2017-04-01"),
        ("2017-06-30", "2017-04-01"),
        ("2017-07-01", "2017-10-01"),
        ("2017-12-31", "2017-10-01"),
    ],
)
def test_the_links_of_a_half_year_are_counted_halfway(day, reference):
    assert link_reference_date(date.fromisoformat(day)) == date.fromisoformat(reference)


@given(day=st.dates(date(2014, 1, 1), date(2030, 1, 1)))
def test_the_reference_date_lies_in_the_half_year(day):
    half = half_year_of(day)
    assert half.start < link_reference_date(day) < half.end


@pytest.mark.parametrize(
    ("linked_on", "unlinked_on", "counts"),
    [
        (date(2017, 10, 1), None, True),
        (date(2017, 10, 2), None, False),
        (date(2016, 2, 1), None, True),
        (date(2017, 9, 1), date(2017, 10, 1), False),
        (date(2017, 9, 1), date(2017, 10, 2), True),
        (None, None, False),
    ],
)
def test_who_is_linked_on_the_reference_date(linked_on, unlinked_on, counts):
    day = date(2017, 11, 23)
    assert linked_by_reference_date(linked_on, day, unlinked_on=unlinked_on) == counts
