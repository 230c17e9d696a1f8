"""From proposal to counted person: every step by its service, and back again."""

import pytest

from housing.choices import CaseStatus, ProposalState, StepCode, VacancyState
from housing.models import Occupancy, Person, Tenancy
from housing.services.placing import sign_off
from housing.services.steps import last_step
from housing.services.undoing import undo_step
from tests.placing import DAY, at, counting_rules, household, placed, suitable_vacancy


@pytest.fixture(autouse=True)
def rules(db):
    counting_rules()


def test_a_household_is_housed_in_another_municipality_and_counts_for_the_one_linked(cast):
    proposal = placed(cast, until=StepCode.SIGN_OFF, case=household(cast, persons=3))
    case = proposal.case
    case.refresh_from_db()
    assert case.status == CaseStatus.SIGNED_OFF
    assert proposal.state == ProposalState.SIGNED_OFF
    assert (
        list(Person.objects.values_list("counted_on", "credited_municipality"))
        == [(DAY, cast.marum.pk)] * 3
    )
    assert Tenancy.objects.get().dwelling.village == cast.village_leek
    assert Occupancy.objects.count() == 3


def test_every_step_can_be_taken_back_to_the_first(cast):
    case = household(cast, persons=2)
    proposal = placed(cast, until=StepCode.SIGN_OFF, case=case)
    statuses = []
    while last_step(case).code != StepCode.LINK:
        undo_step(by=cast.coordinator, step=last_step(case), reason="Vergissing", now=at())
        case.refresh_from_db()
        statuses.append(case.status)
    assert statuses == [
        CaseStatus.REGISTERED,
        CaseStatus.MOVED_IN,
        CaseStatus.CONTRACT_SIGNED,
        CaseStatus.ACCEPTED,
        CaseStatus.OFFERED,
        CaseStatus.AGREED,
        CaseStatus.PROPOSED,
        CaseStatus.LINKED,
    ]
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.WITHDRAWN
    assert case.status_since == case.linked_on
    vacancy = proposal.vacancy
    vacancy.refresh_from_db()
    assert vacancy.state == VacancyState.AVAILABLE
    assert not Person.objects.exclude(counted_on=None).exists()
    assert not Tenancy.objects.exists()


def test_a_dwelling_that_became_free_is_proposed_to_somebody_else(cast):
    vacancy = suitable_vacancy(cast)
    proposal = placed(cast, vacancy=vacancy)
    undo_step(by=cast.coordinator, step=last_step(proposal.case), reason="Vergissing", now=at())
    assert placed(cast, vacancy=vacancy, case=household(cast)).is_live


def test_signing_off_twice_is_harmless(cast):
    proposal = placed(cast, until=StepCode.SIGN_OFF)
    again = sign_off(by=cast.coordinator, proposal=proposal, on=DAY, now=at())
    assert again.pk == last_step(proposal.case).pk
    assert proposal.steps.count() == 8
