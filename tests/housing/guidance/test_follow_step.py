"""Whom a step waits for hears of it; what was dealt with is forgotten."""

from datetime import timedelta

import pytest

from housing.choices import StepCode
from housing.services.due_tasks import tell_due_tasks
from housing.services.guidance import finish_task
from housing.services.placing import agree_to_proposal, refuse_offer, withdraw_proposal
from housing.services.steps import last_step
from housing.services.undoing import undo_step
from partners.choices import NewsKind
from partners.models import NewsItem
from tests.guidance import signed, task
from tests.placing import DAY, RefusalReasonFactory, at, counting_rules, household, placed


def waiting(kind) -> set:
    return set(
        NewsItem.objects.filter(kind=kind, sent_in=None).values_list("user__name", flat=True)
    )


@pytest.fixture(autouse=True)
def rules(db):
    counting_rules()


def test_a_proposal_waits_for_the_corporation(cast):
    proposal = placed(cast)
    assert waiting(NewsKind.PROPOSAL_WAITS) == {cast.corporation_staff.name}
    item = NewsItem.objects.get()
    assert (item.organisation, item.about) == (cast.corporation, f"proposal:{proposal.pk}")
    assert item.page == f"/cases/{proposal.case_id}/"


def test_once_it_agreed_the_offer_waits_for_who_handles_the_household(cast):
    proposal = placed(cast)
    agree_to_proposal(by=cast.corporation_staff, proposal=proposal, on=DAY, now=at())
    assert not waiting(NewsKind.PROPOSAL_WAITS)
    assert waiting(NewsKind.TO_OFFER) == {cast.coordinator.name, cast.officer_marum.name}


def test_nobody_is_told_what_they_did_themselves(cast):
    placed(cast, until=StepCode.AGREE)  # by the coordinator
    assert waiting(NewsKind.TO_OFFER) == {cast.officer_marum.name}


def test_a_refusal_is_told_to_coordinator_and_officer(cast):
    proposal = placed(cast, until=StepCode.OFFER)
    refuse_offer(
        by=cast.officer_marum,
        proposal=proposal,
        reason=RefusalReasonFactory(),
        on=DAY,
        now=at(),
    )
    assert waiting(NewsKind.PROPOSAL_ENDED) == {cast.coordinator.name}


def test_a_withdrawal_is_told_too(cast):
    proposal = placed(cast)
    withdraw_proposal(by=cast.coordinator, proposal=proposal, remark="x", on=DAY, now=at())
    assert waiting(NewsKind.PROPOSAL_ENDED) == {cast.officer_marum.name}
    assert not waiting(NewsKind.PROPOSAL_WAITS)


def test_a_contract_is_told_to_who_guides(cast):
    placed(cast, until=StepCode.SIGN, case=household(cast, guidance=cast.guidance))
    assert waiting(NewsKind.CONTRACT_SIGNED) == {cast.guidance_worker.name}
    assert not waiting(NewsKind.CONTRACT_WAITS)


def test_a_step_taken_back_waits_again(cast):
    proposal = placed(cast, until=StepCode.AGREE)
    undo_step(by=cast.coordinator, step=last_step(proposal.case), reason="Fout", now=at())
    assert waiting(NewsKind.PROPOSAL_WAITS) == {cast.corporation_staff.name}
    assert not waiting(NewsKind.TO_OFFER)


def test_a_task_that_is_due_is_told_to_who_does_it_once(cast):
    NewsItem.objects.all().delete()
    signed(cast)
    for days in (0, 0, 1):
        tell_due_tasks(now=at(DAY + timedelta(days=days)))
    assert waiting(NewsKind.TASK_DUE) == {cast.corporation_staff.name, cast.officer_marum.name}
    assert NewsItem.objects.filter(kind=NewsKind.TASK_DUE).count() == 3
    finish_task(by=cast.corporation_staff, task=task("key"), on=DAY, now=at())
    assert NewsItem.objects.filter(kind=NewsKind.TASK_DUE).count() == 2
