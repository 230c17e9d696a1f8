"""The household refuses, somebody turns a proposal down or it is withdrawn; COA judges."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from housing.choices import (
    CaseStatus,
    Consequence,
    Judgement,
    ProposalState,
    RefusalOwner,
    StepCode,
    VacancyState,
)
from housing.services.placing import (
    decline_proposal,
    judge_refusal,
    refuse_offer,
    withdraw_proposal,
)
from tests.placing import DAY, RefusalReasonFactory, at, household, placed, suitable_vacancy
from westerkwartier.web.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def no(db):
    """A reason for each who can say no."""
    return {owner: RefusalReasonFactory(owner=owner) for owner in RefusalOwner}


@pytest.fixture
def offered(cast):
    return placed(cast, until=StepCode.OFFER)


def refuse(cast, proposal, reason, *, by="coordinator"):
    return refuse_offer(by=getattr(cast, by), proposal=proposal, reason=reason, on=DAY, now=at())


def decline(cast, proposal, reason, *, by):
    return decline_proposal(
        by=getattr(cast, by), proposal=proposal, reason=reason, on=DAY, now=at()
    )


def judge(cast, proposal, judgement, consequence, *, by="officer_marum"):
    return judge_refusal(
        by=getattr(cast, by),
        proposal=proposal,
        judgement=judgement,
        consequence=consequence,
        on=DAY,
        now=at(),
    )


def test_the_dwelling_is_free_at_once(cast, offered, no):
    refuse(cast, offered, no["household"])
    offered.refresh_from_db()
    offered.vacancy.refresh_from_db()
    offered.case.refresh_from_db()
    assert (offered.state, offered.ended_on) == (ProposalState.REFUSED, DAY)
    assert offered.refusal_reason == no["household"]
    assert offered.vacancy.state == VacancyState.AVAILABLE
    assert offered.case.status == CaseStatus.REFUSAL_REVIEW
    assert placed(cast, case=household(cast), vacancy=offered.vacancy).is_live


def withdraw(cast, proposal):
    return withdraw_proposal(
        by=cast.coordinator, proposal=proposal, remark="Toch niet", on=DAY, now=at()
    )


@pytest.mark.parametrize("end", ["refuse", "decline", "withdraw"])
def test_an_announced_dwelling_is_announced_again_whoever_ends_it(cast, no, end):
    proposal = placed(
        cast,
        vacancy=suitable_vacancy(cast, state=VacancyState.ANNOUNCED),
        until=StepCode.OFFER,
    )
    if end == "refuse":
        refuse(cast, proposal, no["household"])
    elif end == "decline":
        decline(cast, proposal, no["corporation"], by="coordinator")
    else:
        withdraw(cast, proposal)
    proposal.vacancy.refresh_from_db()
    assert proposal.vacancy.state == VacancyState.ANNOUNCED
    assert placed(cast, case=household(cast), vacancy=proposal.vacancy).is_live


def test_what_was_kept_aside_for_the_household_is_free_for_anybody(cast, no):
    vacancy = suitable_vacancy(cast, state=VacancyState.RESERVED)
    refuse(cast, placed(cast, vacancy=vacancy, until=StepCode.OFFER), no["household"])
    vacancy.refresh_from_db()
    assert vacancy.state == VacancyState.AVAILABLE


def test_a_refusal_has_a_reason_of_the_household(cast, offered, no):
    with pytest.raises(Refused, match="reden") as refusal:
        refuse(cast, offered, no["corporation"])
    assert refusal.value.field == "reason"


@pytest.mark.parametrize(
    ("who", "owner", "may"),
    [
        ("coordinator", "corporation", True),
        ("coordinator", "coa", True),
        ("coordinator", "household", False),
        ("officer_marum", "municipality", True),
        ("officer_marum", "corporation", False),
        ("corporation_staff", "corporation", True),
        ("corporation_staff", "municipality", False),
    ],
)
def test_everybody_turns_down_with_reasons_of_their_own(cast, no, who, owner, may):
    proposal = placed(cast)
    if not may:
        with pytest.raises(Refused, match="reden"):
            decline(cast, proposal, no[owner], by=who)
        return
    decline(cast, proposal, no[owner], by=who)
    proposal.case.refresh_from_db()
    assert proposal.case.status == CaseStatus.IN_PREPARATION


@pytest.mark.parametrize("who", ["officer_leek", "guidance_worker", "stranger"])
def test_others_have_no_say(cast, offered, no, who):
    with pytest.raises(PermissionDenied):
        refuse(cast, offered, no["household"], by=who)
    with pytest.raises(PermissionDenied):
        decline(cast, offered, no["municipality"], by=who)


def test_only_the_coordinator_withdraws_and_says_why(cast, offered):
    def withdraw(by, remark):
        return withdraw_proposal(by=by, proposal=offered, remark=remark, on=DAY, now=at())

    with pytest.raises(PermissionDenied):
        withdraw(cast.officer_marum, "Toch niet")
    with pytest.raises(Refused, match="waarom"):
        withdraw(cast.coordinator, " ")
    assert withdraw(cast.coordinator, "Toch niet") == withdraw(cast.coordinator, "Toch niet")
    offered.vacancy.refresh_from_db()
    assert offered.vacancy.state == VacancyState.AVAILABLE


def test_coa_judges_and_another_dwelling_is_looked_for(cast, offered, no):
    refuse(cast, offered, no["household"])
    judge(cast, offered, Judgement.JUSTIFIED, Consequence.NEW_DWELLING)
    offered.refresh_from_db()
    offered.case.refresh_from_db()
    assert (offered.judgement, offered.judged_on) == (Judgement.JUSTIFIED, DAY)
    assert offered.case.status == CaseStatus.IN_PREPARATION
    assert offered.ended_on == DAY


def test_after_a_justified_refusal_reception_does_not_end(cast, offered, no):
    refuse(cast, offered, no["household"])
    with pytest.raises(Refused, match="andere woning") as refusal:
        judge(cast, offered, Judgement.JUSTIFIED, Consequence.RECEPTION_ENDS)
    assert refusal.value.field == "consequence"


def test_what_was_not_refused_is_not_judged(cast, offered):
    with pytest.raises(Refused, match="Aangeboden"):
        judge(cast, offered, Judgement.JUSTIFIED, Consequence.NEW_DWELLING)


def test_an_older_refusal_is_not_judged_any_more(cast, offered, no):
    refuse(cast, offered, no["household"])
    judge(cast, offered, Judgement.UNJUSTIFIED, Consequence.NEW_DWELLING)
    again = placed(cast, case=offered.case, until=StepCode.OFFER)
    refuse(cast, again, no["household"])
    with pytest.raises(Refused, match="niet meer de laatste"):
        judge(cast, offered, Judgement.JUSTIFIED, Consequence.NEW_DWELLING)


def test_the_live_proposal_is_not_ended_through_an_older_one(cast, offered, no):
    refuse(cast, offered, no["household"])
    judge(cast, offered, Judgement.UNJUSTIFIED, Consequence.ACCEPTS)
    placed(cast, case=offered.case, vacancy=suitable_vacancy(cast), until=StepCode.OFFER)
    with pytest.raises(Refused, match="beëindigd"):
        decline(cast, offered, no["coa"], by="coordinator")


def test_twice_is_harmless_also_for_who_may_not_know_of_the_household_any_more(cast, no):
    proposal = placed(cast)
    first = decline(cast, proposal, no["corporation"], by="corporation_staff")
    assert decline(cast, proposal, no["corporation"], by="corporation_staff") == first
    other = RefusalReasonFactory(owner="corporation")
    with pytest.raises((Refused, PermissionDenied)):
        decline(cast, proposal, other, by="corporation_staff")


def test_judging_twice_is_harmless_and_otherwise_is_refused(cast, offered, no):
    refuse(cast, offered, no["household"])
    first = judge(cast, offered, Judgement.JUSTIFIED, Consequence.NEW_DWELLING)
    assert judge(cast, offered, Judgement.JUSTIFIED, Consequence.NEW_DWELLING) == first
    with pytest.raises(Refused):
        judge(cast, offered, Judgement.UNJUSTIFIED, Consequence.NEW_DWELLING)


def test_refusing_twice_is_harmless_and_with_another_reason_refused(cast, offered, no):
    assert refuse(cast, offered, no["household"]) == refuse(cast, offered, no["household"])
    with pytest.raises(Refused):
        refuse(cast, offered, RefusalReasonFactory(owner="household"))
    with pytest.raises(Refused, match="toekomst"):
        refuse_offer(
            by=cast.coordinator,
            proposal=placed(cast, until=StepCode.OFFER),
            reason=no["household"],
            on=DAY + timedelta(days=1),
            now=at(),
        )
