"""Ticking tasks off: who may, when, and back again."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from housing.services.guidance import (
    cancel_task,
    change_due,
    finish_task,
    finish_tasks,
    reopen_task,
)
from partners.models import JournalEntry
from tests.guidance import signed, task
from tests.placing import DAY, at, household
from westerkwartier.web.refusals import Refused

TOMORROW = DAY + timedelta(days=1)


@pytest.fixture
def proposal(cast):
    return signed(cast, case=household(cast, guidance=cast.guidance))


def finish(who, code: str, on=DAY):
    return finish_task(by=who, task=task(code), on=on, now=at())


def test_who_does_the_task_ticks_it_off(cast, proposal):
    for who, code in (
        (cast.guidance_worker, "allowance"),
        (cast.corporation_staff, "key"),
        (cast.officer_marum, "assistance"),
    ):
        done = finish(who, code)
        assert (done.done_on, done.done_by) == (DAY, who)


def test_who_handles_the_household_ticks_off_everything(cast, proposal):
    assert finish(cast.coordinator, "move").done_by == cast.coordinator
    assert finish(cast.officer_leek, "key").done_by == cast.officer_leek  # housed in Leek


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("corporation_staff", "allowance"),
        ("guidance_worker", "key"),
        ("supervisor", "key"),
        ("administrator", "key"),
        ("stranger", "key"),
    ],
)
def test_nobody_ticks_off_what_another_does(cast, proposal, who, code):
    with pytest.raises(PermissionDenied):
        finish(getattr(cast, who), code)
    assert task(code).done_on is None


def test_a_day_that_has_not_come_is_refused(cast, proposal):
    with pytest.raises(Refused, match="toekomst"):
        finish(cast.corporation_staff, "key", on=TOMORROW)


def test_of_many_one_that_is_somebody_elses_stops_all(cast, proposal):
    with pytest.raises(PermissionDenied):
        finish_tasks(
            by=cast.corporation_staff,
            tasks=[task("key"), task("allowance")],
            on=DAY,
            now=at(),
        )
    assert task("key").is_open


def test_it_can_be_opened_again_and_then_moves_with_its_event(cast, proposal):
    finish(cast.guidance_worker, "allowance")
    reopen_task(by=cast.guidance_worker, task=task("allowance"), now=at())
    assert task("allowance").is_open


def test_a_task_that_is_not_needed_is_closed_without_a_day(cast, proposal):
    cancel_task(by=cast.guidance_worker, task=task("allowance"), on=DAY, now=at())
    assert task("allowance").cancelled_on == DAY
    assert not finish_tasks(by=cast.guidance_worker, tasks=[task("allowance")], on=DAY, now=at())
    reopen_task(by=cast.guidance_worker, task=task("allowance"), now=at())
    assert task("allowance").is_open


def test_what_was_done_is_not_cancelled(cast, proposal):
    finish(cast.corporation_staff, "key")
    with pytest.raises(Refused):
        cancel_task(by=cast.corporation_staff, task=task("key"), on=DAY, now=at())


def test_a_day_can_be_set_by_hand_and_given_back(cast, proposal):
    change_due(by=cast.corporation_staff, task=task("key"), due_on=TOMORROW, now=at())
    assert (task("key").due_on, task("key").due_by_hand) == (TOMORROW, True)
    change_due(by=cast.corporation_staff, task=task("key"), due_on=None, now=at())
    assert (task("key").due_on, task("key").due_by_hand) == (DAY, False)


def test_a_closed_task_keeps_its_day(cast, proposal):
    finish(cast.corporation_staff, "key")
    with pytest.raises(Refused):
        change_due(by=cast.corporation_staff, task=task("key"), due_on=TOMORROW, now=at())


def test_every_deed_twice_is_one_line_in_the_journal(cast, proposal):
    for _turn in range(2):
        finish(cast.corporation_staff, "key")
    for _turn in range(2):
        reopen_task(by=cast.corporation_staff, task=task("key"), now=at())
    for _turn in range(2):
        cancel_task(by=cast.corporation_staff, task=task("key"), on=DAY, now=at())
    for _turn in range(2):
        change_due(by=cast.coordinator, task=task("move"), due_on=TOMORROW, now=at())
    lines = JournalEntry.objects.filter(action__startswith="task.").values_list("action", flat=True)
    assert sorted(lines) == ["task.cancel", "task.change_due", "task.finish", "task.reopen"]


@pytest.mark.parametrize(
    "again",
    [
        lambda cast, one: reopen_task(by=cast.coordinator, task=one, now=at()),
        lambda cast, one: change_due(by=cast.coordinator, task=one, due_on=None, now=at()),
    ],
)
def test_what_plans_anew_holds_the_household_before_the_task(cast, proposal, again):
    """As every step does: two people then wait for each other, and never both for both."""
    one = task("key")
    with CaptureQueriesContext(connection) as queries:
        again(cast, one)
    locks = [query["sql"] for query in queries if "FOR NO KEY UPDATE" in query["sql"]]
    assert 'FROM "housing_case"' in locks[0]
    assert 'FROM "housing_guidancetask"' in locks[1]
