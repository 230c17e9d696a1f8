"""Proposing a vacated dwelling to a household."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from housing.choices import CaseStatus, ProposalState, StepCode, VacancyState, Verdict
from housing.models import Proposal, Vacancy
from housing.services.placing import propose_dwelling
from partners.models import JournalEntry
from tests.factories import (
    AssessmentFactory,
    AssessmentReasonFactory,
    DwellingFactory,
    VacancyFactory,
    VillageFactory,
)
from tests.placing import DAY, at, household, placed, suitable_vacancy
from westerkwartier.web.refusals import Refused

pytestmark = pytest.mark.django_db


def propose(cast, case, vacancy, *, by="coordinator", on=DAY, **more):
    return propose_dwelling(
        by=getattr(cast, by), case=case, vacancy=vacancy, on=on, now=at(DAY), **more
    )


def test_household_and_dwelling_are_kept_for_each_other(cast):
    case, vacancy = household(cast, persons=2), suitable_vacancy(cast)
    proposal = propose(cast, case, vacancy)
    case.refresh_from_db()
    vacancy.refresh_from_db()
    assert (case.status, case.status_since) == (CaseStatus.PROPOSED, DAY)
    assert vacancy.state == VacancyState.RESERVED
    assert proposal.state == ProposalState.PROPOSED
    assert proposal.kept["household"]["persons"] == 2
    assert proposal.kept["dwelling"]["net_rent"] == "560.00"


def test_it_is_one_step_and_one_line_in_the_journal(cast):
    proposal = propose(cast, household(cast), suitable_vacancy(cast))
    step = proposal.steps.get()
    assert (step.code, step.by, step.effective_on) == (StepCode.PROPOSE, cast.coordinator, DAY)
    assert JournalEntry.objects.filter(action="case.propose").count() == 1


@pytest.mark.parametrize(
    "who", ["officer_marum", "officer_leek", "corporation_staff", "guidance_worker", "stranger"]
)
def test_only_the_coordinator_of_the_region_proposes(cast, who):
    with pytest.raises(PermissionDenied):
        propose(cast, household(cast), suitable_vacancy(cast), by=who)
    assert not Proposal.objects.exists()


def test_a_dwelling_is_proposed_to_one_household_at_a_time(cast):
    vacancy = suitable_vacancy(cast)
    propose(cast, household(cast), vacancy)
    with pytest.raises(Refused, match="al aan iemand voorgedragen"):
        propose(cast, household(cast), vacancy)


def test_a_household_has_one_proposal_at_a_time(cast):
    case = household(cast)
    propose(cast, case, suitable_vacancy(cast))
    with pytest.raises(Refused, match="loopt al een voordracht"):
        propose(cast, case, suitable_vacancy(cast))


@pytest.mark.parametrize("verdict", ["", Verdict.UNSUITABLE])
def test_a_dwelling_must_have_been_judged_suitable(cast, verdict):
    dwelling = DwellingFactory(village=cast.village_leek, corporation=cast.corporation)
    vacancy = VacancyFactory(dwelling=dwelling, state=VacancyState.AVAILABLE)
    if verdict:
        reason = AssessmentReasonFactory(verdict=verdict)
        AssessmentFactory(vacancy=vacancy, verdict=verdict, reason=reason)
    with pytest.raises(Refused, match="niet als geschikt beoordeeld"):
        propose(cast, household(cast), vacancy)


def test_a_dwelling_that_was_let_is_not_proposed(cast):
    vacancy = suitable_vacancy(cast)
    Vacancy.objects.filter(pk=vacancy.pk).update(
        state=VacancyState.LET_REGULAR, let_from=DAY, closed_on=DAY
    )
    with pytest.raises(Refused, match="niet meer leeg"):
        propose(cast, household(cast), vacancy)


def test_a_dwelling_of_another_region_is_not_proposed(cast):
    dwelling = DwellingFactory(village=VillageFactory(region=cast.other_region))
    with pytest.raises(Refused, match="andere regio"):
        propose(cast, household(cast), suitable_vacancy(cast, dwelling=dwelling))


@pytest.mark.parametrize(
    ("on", "sentence"),
    [
        (DAY + timedelta(days=1), "toekomst"),
        (date(2017, 10, 1), "voor de vorige stap"),
        (date(2017, 10, 15), "voor de opzegging"),
    ],
)
def test_the_day_lies_neither_ahead_nor_before_link_or_notice(cast, on, sentence):
    vacancy = suitable_vacancy(cast, notice_on=date(2017, 10, 20))
    with pytest.raises(Refused, match=sentence) as refusal:
        propose(cast, household(cast), vacancy, on=on)
    assert refusal.value.field == "on"


def test_a_dwelling_for_the_family_who_follow_is_taken_ahead_of_them(cast):
    alone = household(cast, expected=3, bedrooms_now=1, bedrooms_later=3)
    assert propose(cast, alone, suitable_vacancy(cast)).ahead_of_family


def test_a_dwelling_that_is_needed_now_is_not(cast):
    assert not propose(
        cast, household(cast, expected=1, bedrooms_now=3), suitable_vacancy(cast)
    ).ahead_of_family
    assert not propose(
        cast, household(cast, bedrooms_now=1), suitable_vacancy(cast)
    ).ahead_of_family


def test_proposing_twice_is_one_proposal(cast):
    case, vacancy = household(cast), suitable_vacancy(cast)
    assert propose(cast, case, vacancy) == propose(cast, case, vacancy)
    assert case.steps.filter(code=StepCode.PROPOSE).count() == 1


def test_what_is_there_already_is_told_to_nobody_else(cast):
    proposal = placed(cast)
    with pytest.raises(PermissionDenied):
        propose(cast, proposal.case, proposal.vacancy, by="stranger")
