"""Whatever is told and taken back at random, the person says what the standing facts say."""

from datetime import timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from housing.choices import NOT_COMING, REUNION_TRANSITIONS, ReunionState
from housing.services.reunion import newest_fact, record_reunion_fact, undo_reunion_fact
from tests.placing import DAY, at, household
from tests.reunion import follower
from westerkwartier.web.refusals import Refused

DAYS = st.integers(min_value=0, max_value=60).map(lambda n: DAY + timedelta(days=n))
TELL = st.tuples(st.sampled_from(ReunionState), DAYS, st.one_of(st.none(), DAYS))
UNDO = st.just(None)
LAST = DAY + timedelta(days=60)


def by_the_facts(person) -> tuple:
    """State, expected day and arrival as they follow from the facts that stand, one by one."""
    state, expected, arrived = "", None, None
    for fact in person.reunion_facts.standing().order_by("pk"):
        assert fact.state in REUNION_TRANSITIONS[state]
        state = fact.state
        expected = None if state in NOT_COMING else fact.expected_on or expected
        if state == ReunionState.ARRIVED:
            arrived = fact.on
        elif state == ReunionState.LAPSED:
            arrived = None
    return state, expected, arrived


class Rollback(Exception):
    """Ends an example without leaving a trace."""


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(deeds=st.lists(st.one_of(TELL, TELL, UNDO), max_size=12))
def test_the_person_says_what_the_standing_facts_say(cast, deeds):
    try:
        with transaction.atomic():
            person = follower(household(cast, expected=1))
            for deed in deeds:
                do(cast, person, deed)
                person.refresh_from_db()
                stands = (person.reunion, person.expected_on, person.arrived_on)
                assert stands == by_the_facts(person)
            raise Rollback
    except Rollback:
        pass


def do(cast, person, deed) -> None:
    newest = newest_fact(person)
    if deed is None:
        if newest is not None:
            undo_reunion_fact(by=cast.coordinator, fact=newest, now=at(LAST))
        return
    state, on, expected_on = deed
    before = person.reunion_facts.count()
    try:
        record_reunion_fact(
            by=cast.coordinator,
            person=person,
            state=state,
            on=on,
            expected_on=expected_on,
            now=at(LAST),
        )
    except Refused:
        assert person.reunion_facts.count() == before
