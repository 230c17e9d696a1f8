"""Taking the last step of a household back."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from housing.choices import (
    CaseStatus,
    Consequence,
    Judgement,
    ProposalState,
    StepCode,
    VacancyState,
)
from housing.models import Counting, DwellingCheck, Occupancy, Person, Tenancy
from housing.services.counting import correct_count
from housing.services.placing import judge_refusal, move_in, refuse_offer, sign_off
from housing.services.steps import last_step
from housing.services.undoing import undo_step
from housing.services.vacating import report_vacancy
from tests.factories import VacancyWaitFactory
from tests.placing import (
    DAY,
    RefusalReasonFactory,
    at,
    household,
    placed,
    suitable_vacancy,
)
from tests.reunion import checked, follower, housed
from westerkwartier.web.refusals import Refused

pytestmark = pytest.mark.usefixtures("rules")


def undo(cast, step, *, by="coordinator", reason="Vergissing"):
    return undo_step(by=getattr(cast, by), step=step, reason=reason, now=at())


@pytest.fixture
def refused(cast):
    proposal = placed(cast, until=StepCode.OFFER)
    refuse_offer(
        by=cast.coordinator, proposal=proposal, reason=RefusalReasonFactory(), on=DAY, now=at()
    )
    proposal.refresh_from_db()
    return proposal


def test_the_step_stays_with_a_line_that_says_why(cast):
    proposal = placed(cast, until=StepCode.AGREE)
    step = last_step(proposal.case)
    line = undo(cast, step)
    assert (line.undoes, line.remark) == (step, "Vergissing")
    proposal.case.refresh_from_db()
    proposal.refresh_from_db()
    assert proposal.case.status == CaseStatus.PROPOSED
    assert proposal.state == ProposalState.PROPOSED
    assert proposal.steps.count() == 3


def test_only_the_last_step_and_never_the_link(cast):
    proposal = placed(cast, until=StepCode.AGREE)
    with pytest.raises(Refused, match="laatste stap"):
        undo(cast, proposal.steps.first())
    with pytest.raises(Refused, match="niet worden teruggedraaid"):
        undo(cast, last_step(household(cast)))


def test_a_reason_is_asked(cast):
    with pytest.raises(Refused, match="waarom") as refusal:
        undo(cast, last_step(placed(cast).case), reason=" ")
    assert refusal.value.field == "remark"


def test_who_may_take_a_step_may_take_it_back(cast):
    step = last_step(placed(cast, until=StepCode.AGREE).case)
    for who in ("officer_marum", "officer_leek", "guidance_worker", "stranger"):
        with pytest.raises(PermissionDenied):
            undo(cast, step, by=who)
    undo(cast, step, by="corporation_staff")


def test_a_refusal_taken_back_keeps_the_dwelling_again(cast, refused):
    undo(cast, last_step(refused.case))
    refused.refresh_from_db()
    refused.vacancy.refresh_from_db()
    assert (refused.state, refused.ended_on) == (ProposalState.OFFERED, None)
    assert refused.refusal_reason is None
    assert refused.vacancy.state == VacancyState.RESERVED


def test_unless_somebody_else_has_the_dwelling_now(cast, refused):
    placed(cast, case=household(cast), vacancy=refused.vacancy)
    with pytest.raises(Refused, match="niet meer vrij"):
        undo(cast, last_step(refused.case))


def test_a_judgement_taken_back_is_judged_anew(cast, refused):
    judge_refusal(
        by=cast.coordinator,
        proposal=refused,
        judgement=Judgement.JUSTIFIED,
        consequence=Consequence.NEW_DWELLING,
        on=DAY,
        now=at(),
    )
    undo(cast, last_step(refused.case))
    refused.refresh_from_db()
    refused.case.refresh_from_db()
    assert (refused.judgement, refused.judged_on) == ("", None)
    assert refused.case.status == CaseStatus.REFUSAL_REVIEW
    assert refused.ended_on == DAY


def test_a_contract_taken_back_opens_the_vacancy(cast):
    proposal = placed(cast, until=StepCode.SIGN)
    undo(cast, last_step(proposal.case), by="corporation_staff")
    proposal.vacancy.refresh_from_db()
    assert proposal.vacancy.state == VacancyState.RESERVED
    assert proposal.vacancy.closed_on is None
    assert not Tenancy.objects.exists()


def test_unless_the_dwelling_is_vacant_once_more(cast):
    proposal = placed(cast, until=StepCode.SIGN)
    vacancy = proposal.vacancy
    values = {"notice_on": DAY, "available_from": DAY + timedelta(days=30), "net_rent": 500}
    report_vacancy(by=cast.coordinator, dwelling=vacancy.dwelling, values=values, today=DAY)
    with pytest.raises(Refused, match="al als leeg gemeld"):
        undo(cast, last_step(proposal.case))


def test_who_did_not_move_in_after_all_can_have_moved_in_earlier(cast):
    early = DAY - timedelta(days=3)
    proposal = placed(cast, until=StepCode.SIGN, on=early)
    move_in(by=cast.coordinator, proposal=proposal, on=DAY, now=at())
    undo(cast, last_step(proposal.case))
    assert not Occupancy.objects.exists()
    move_in(by=cast.coordinator, proposal=proposal, on=early, now=at())
    sign_off(by=cast.coordinator, proposal=proposal, on=early, now=at())
    assert Person.objects.get().counted_on == early


def test_who_counted_does_not_any_more(cast):
    proposal = placed(cast, until=StepCode.SIGN_OFF)
    undo(cast, last_step(proposal.case))
    assert Person.objects.get().counted_on is None
    assert [line.reverses_id is None for line in Counting.objects.all()] == [True, False]


def test_what_was_corrected_is_not_undone_below_it(cast):
    proposal = placed(cast, until=StepCode.SIGN_OFF)
    correct_count(
        by=cast.coordinator,
        person=proposal.case.persons.get(),
        reason="sign_off_withdrawn",
        on=DAY,
        now=at(),
    )
    with pytest.raises(Refused, match="laatste stap"):
        undo(cast, proposal.steps.last())


def test_a_dwelling_proposed_by_mistake_is_free_again(cast):
    vacancy = suitable_vacancy(cast)
    proposal = placed(cast, vacancy=vacancy)
    undo(cast, last_step(proposal.case))
    vacancy.refresh_from_db()
    assert vacancy.state == VacancyState.AVAILABLE


@pytest.mark.parametrize(
    "state", [VacancyState.ANNOUNCED, VacancyState.AVAILABLE, VacancyState.RESERVED]
)
def test_a_dwelling_proposed_by_mistake_is_what_it_was(cast, state):
    vacancy = suitable_vacancy(cast, state=state)
    proposal = placed(cast, vacancy=vacancy)
    undo(cast, last_step(proposal.case))
    vacancy.refresh_from_db()
    assert vacancy.state == state


def test_a_refusal_of_an_announced_dwelling_can_be_taken_back(cast):
    proposal = placed(
        cast,
        vacancy=suitable_vacancy(cast, state=VacancyState.ANNOUNCED),
        until=StepCode.OFFER,
    )
    refuse_offer(
        by=cast.coordinator, proposal=proposal, reason=RefusalReasonFactory(), on=DAY, now=at()
    )
    undo(cast, last_step(proposal.case))
    proposal.vacancy.refresh_from_db()
    assert proposal.vacancy.state == VacancyState.RESERVED


def test_what_the_dwelling_waited_for_at_signing_it_waits_for_again(cast):
    vacancy = suitable_vacancy(cast)
    over = VacancyWaitFactory(vacancy=vacancy, starts_on=date(2017, 11, 2), ends_on=DAY)
    waits = VacancyWaitFactory(vacancy=vacancy, starts_on=DAY, ends_on=None)
    proposal = placed(cast, vacancy=vacancy, until=StepCode.SIGN)
    waits.refresh_from_db()
    assert waits.ends_on == DAY
    undo(cast, last_step(proposal.case))
    waits.refresh_from_db()
    over.refresh_from_db()
    assert (waits.ends_on, over.ends_on) == (None, DAY)


def test_taking_back_twice_is_harmless(cast):
    proposal = placed(cast)
    step = last_step(proposal.case)
    assert undo(cast, step) == undo(cast, step)
    with pytest.raises(PermissionDenied):
        undo(cast, step, by="stranger")
    assert proposal.steps.count() == 2


def test_a_dwelling_check_goes_with_the_contract_it_was_for(cast):
    case = housed(cast, until=StepCode.SIGN)
    person = follower(case)
    checked(cast, person)
    undo(cast, last_step(case))
    assert not case.tenancies.exists()
    assert not DwellingCheck.objects.filter(person=person).exists()
    assert DwellingCheck.pgh_event_models["delete"].objects.filter(person=person).exists()
