"""The life of vacancies, whatever the order in which people do things.

A machine calls the services in any order with any days. What may happen is said by a small model:
the table of transitions and the rules of the register. After each step the database must agree.
"""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from housing.choices import (
    OPEN_STATES,
    RECORDED_CAUSES,
    VACANCY_TRANSITIONS,
    VacancyState,
    WaitCause,
)
from housing.models import Vacancy
from housing.selectors.empty_days import empty_span, with_empty_days
from housing.services.register import put_back_in_stock, take_out_of_stock
from housing.services.vacating import (
    change_vacancy,
    end_wait,
    let_regularly,
    make_available,
    remove_wait,
    report_vacancy,
    reserve_vacancy,
    resume_wait,
    start_wait,
    unreserve_vacancy,
    vacancy_version,
    withdraw_vacancy,
)
from tests.factories import TODAY, DwellingFactory, WithdrawalReasonFactory
from westerkwartier.web.refusals import Refused

S = VacancyState
around = st.integers(-40, 40).map(lambda days: TODAY + timedelta(days=days))


class Undone(Exception):
    """Takes back what a machine wrote."""


class Life(RuleBasedStateMachine):
    """One dwelling and the vacancies it has in turn. ``cast`` is set by the test."""

    cast = None

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.dwelling = DwellingFactory(
            village=self.cast.village_marum, corporation=self.cast.corporation
        )
        self.reason = WithdrawalReasonFactory()
        self.vacancy: Vacancy | None = None
        self.states: list[str] = []  # of the newest vacancy, in order
        self.left: date | None = None
        self.sentences: list[str] = []

    def teardown(self):
        try:
            self.the_days_agree()
            assert all(self.sentences)
        finally:
            self.take_back()

    def take_back(self):
        self.block.__exit__(Undone, Undone(), None)

    def attempt(self, service, **values) -> bool:
        """Whether the service did it; a refusal has a sentence and leaves everything as it was."""
        try:
            service(by=self.cast.corporation_staff, **values)
        except Refused as refusal:
            self.sentences.append(str(refusal))
            return False
        return True

    @property
    def state(self) -> str:
        return self.states[-1] if self.states else ""

    def stepped(self, to: str, may: bool, done: bool) -> None:
        """The step was done exactly when it may be done; where it stands already it is harmless."""
        assert done == may
        if done and self.state != to:
            self.states.append(to)

    # -- reporting and changing

    @rule(notice=around, later=st.integers(-2, 40), empty=st.none() | st.integers(-5, 30))
    def report(self, notice, later, empty):
        available = notice + timedelta(days=later)
        values = {
            "notice_on": notice,
            "available_from": available,
            "empty_from": None if empty is None else available - timedelta(days=empty),
            "net_rent": Decimal("500.00"),
            "service_costs": Decimal("0.00"),
            "label": "",
            "internal_move": False,
        }
        before = self.dwelling.vacancies.count()
        done = self.attempt(report_vacancy, dwelling=self.dwelling, values=values, today=TODAY)
        if self.dwelling.vacancies.count() > before:
            assert self.state not in OPEN_STATES
            assert self.left is None or self.left > available
            self.vacancy = self.dwelling.vacancies.order_by("-pk").first()
            self.states = [S.ANNOUNCED if available > TODAY else S.AVAILABLE]
        elif done:
            assert self.state in OPEN_STATES  # the very same report again

    @precondition(lambda self: self.vacancy is not None)
    @rule(rent=st.sampled_from(["400.00", "500.00"]), stale=st.booleans())
    def change(self, rent, stale):
        self.vacancy.refresh_from_db()
        same = self.vacancy.net_rent == Decimal(rent)
        done = self.attempt(
            change_vacancy,
            vacancy=self.vacancy,
            values={"net_rent": Decimal(rent), "notice_on": self.vacancy.notice_on},
            version="stale" if stale else vacancy_version(self.vacancy),
            today=TODAY,
        )
        assert done == (same or (self.state in OPEN_STATES and not stale))

    # -- from state to state

    @precondition(lambda self: self.vacancy is not None)
    @rule()
    def make_available(self):
        may = self.state in (S.ANNOUNCED, S.AVAILABLE)
        self.stepped(S.AVAILABLE, may, self.attempt(make_available, vacancy=self.vacancy))

    @precondition(lambda self: self.vacancy is not None)
    @rule()
    def reserve(self):
        may = self.state == S.RESERVED or S.RESERVED in VACANCY_TRANSITIONS[self.state]
        self.stepped(S.RESERVED, may, self.attempt(reserve_vacancy, vacancy=self.vacancy))

    @precondition(lambda self: self.vacancy is not None)
    @rule()
    def unreserve(self):
        may = self.state in (S.RESERVED, S.AVAILABLE)
        self.stepped(S.AVAILABLE, may, self.attempt(unreserve_vacancy, vacancy=self.vacancy))

    @precondition(lambda self: self.vacancy is not None)
    @rule(day=around)
    def let(self, day):
        self.vacancy.refresh_from_db()
        free = self.vacancy.empty_from or self.vacancy.available_from
        again = self.state == S.LET_REGULAR and self.vacancy.let_from == day
        may = again or (self.state == S.AVAILABLE and day >= free)
        done = self.attempt(let_regularly, vacancy=self.vacancy, let_from=day, today=TODAY)
        self.stepped(S.LET_REGULAR, may, done)

    @precondition(lambda self: self.vacancy is not None)
    @rule()
    def withdraw(self):
        may = self.state in (*OPEN_STATES, S.WITHDRAWN)
        done = self.attempt(withdraw_vacancy, vacancy=self.vacancy, reason=self.reason, today=TODAY)
        self.stepped(S.WITHDRAWN, may, done)

    # -- waiting

    @precondition(lambda self: self.vacancy is not None)
    @rule(
        cause=st.sampled_from(RECORDED_CAUSES), start=around, length=st.none() | st.integers(-1, 9)
    )
    def wait(self, cause, start, length):
        end = None if length is None else start + timedelta(days=length)
        before = self.vacancy.waits.count()
        self.attempt(
            start_wait, vacancy=self.vacancy, cause=cause, starts_on=start, ends_on=end, today=TODAY
        )
        if self.vacancy.waits.count() > before:
            assert self.state in OPEN_STATES

    @precondition(lambda self: self.vacancy is not None and self.vacancy.waits.exists())
    @rule(deed=st.sampled_from(["end", "resume", "remove"]), day=around)
    def about_a_wait(self, deed, day):
        wait = self.vacancy.waits.order_by("-pk").first()
        if deed == "end":
            self.attempt(end_wait, wait=wait, ends_on=day, today=TODAY)
        else:
            done = self.attempt(resume_wait if deed == "resume" else remove_wait, wait=wait)
            assert not done or self.state in OPEN_STATES or wait.ends_on is None

    # -- in and out of stock

    @rule(day=around)
    def take_out(self, day):
        if self.attempt(take_out_of_stock, dwelling=self.dwelling, on=day):
            assert self.left == day or self.state not in OPEN_STATES
            self.left = day

    @rule()
    def put_back(self):
        assert self.attempt(put_back_in_stock, dwelling=self.dwelling)
        self.left = None

    # -- what holds after every step

    @invariant()
    def the_states_follow_the_table(self):
        for start, end in zip(self.states, self.states[1:], strict=False):
            assert end in VACANCY_TRANSITIONS[start]

    @invariant()
    def the_database_agrees(self):
        self.dwelling.refresh_from_db()
        assert self.dwelling.left_stock_on == self.left
        states = list(self.dwelling.vacancies.order_by("pk").values_list("state", flat=True))
        assert sum(state in OPEN_STATES for state in states) == (self.state in OPEN_STATES)
        assert states[-1:] == [self.state] * bool(states)

    def the_days_agree(self):
        """At the end: SQL counts the empty days as the pure function does, and no wait is open
        at a vacancy that is closed."""
        for row in with_empty_days(self.dwelling.vacancies.order_by("pk"), on=TODAY):
            span = empty_span(row, on=TODAY)
            assert span.by_cause == {c: getattr(row, f"days_{c.value}") for c in WaitCause}
            assert row.is_open or all(wait.ends_on is not None for wait in span.waits)


@pytest.mark.django_db
def test_any_order_of_deeds_keeps_the_rules(cast):
    Life.cast = cast
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=15,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
