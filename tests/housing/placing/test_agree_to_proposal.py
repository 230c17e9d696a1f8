"""The corporation agrees to a proposal, the dwelling is offered, the household accepts."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from housing.choices import CaseStatus, ProposalState, StepCode
from housing.policies import can_see_field
from housing.services.placing import (
    accept_offer,
    agree_to_proposal,
    offer_dwelling,
    register_in_brp,
)
from tests.factories import DwellingFactory, OrganisationFactory
from tests.placing import DAY, at, placed, suitable_vacancy
from westerkwartier.web.refusals import Refused

pytestmark = pytest.mark.django_db


def agree(cast, proposal, *, by="corporation_staff", on=DAY):
    return agree_to_proposal(by=getattr(cast, by), proposal=proposal, on=on, now=at())


def test_from_then_on_the_corporation_knows_who_it_is(cast):
    proposal = placed(cast)
    assert not can_see_field(cast.corporation_staff, proposal.case, "person.name")
    agree(cast, proposal)
    proposal.case.refresh_from_db()
    proposal.refresh_from_db()
    assert proposal.case.status == CaseStatus.AGREED
    assert proposal.state == ProposalState.AGREED
    assert can_see_field(cast.corporation_staff, proposal.case, "person.name")


@pytest.mark.parametrize("who", ["officer_marum", "officer_leek", "guidance_worker", "stranger"])
def test_the_corporation_agrees_or_the_coordinator_for_it(cast, who):
    proposal = placed(cast)
    with pytest.raises(PermissionDenied):
        agree(cast, proposal, by=who)
    agree(cast, proposal, by="coordinator")


def test_another_corporation_has_no_say(cast):
    dwelling = DwellingFactory(
        village=cast.village_leek,
        corporation=OrganisationFactory(region=cast.region, kind="corporation"),
    )
    with pytest.raises(PermissionDenied):
        agree(cast, placed(cast, vacancy=suitable_vacancy(cast, dwelling=dwelling)))


def test_the_day_lies_between_the_proposal_and_today(cast):
    proposal = placed(cast)
    with pytest.raises(Refused, match="toekomst"):
        agree(cast, proposal, on=DAY + timedelta(days=1))
    with pytest.raises(Refused, match="voor de vorige stap"):
        agree(cast, proposal, on=DAY - timedelta(days=1))


def test_steps_are_taken_in_order(cast):
    proposal = placed(cast)
    for service in (offer_dwelling, accept_offer, register_in_brp):
        with pytest.raises(Refused, match="Voorgedragen"):
            service(by=cast.coordinator, proposal=proposal, on=DAY, now=at())


def test_the_officer_of_the_municipality_linked_offers_and_tells_what_the_household_says(cast):
    proposal = placed(cast, until=StepCode.AGREE)
    for service in (offer_dwelling, accept_offer):
        with pytest.raises(PermissionDenied):
            service(by=cast.officer_leek, proposal=proposal, on=DAY, now=at())
        service(by=cast.officer_marum, proposal=proposal, on=DAY, now=at())
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.ACCEPTED


def test_agreeing_twice_is_harmless_and_another_day_is_another_step(cast):
    proposal = placed(cast, on=DAY - timedelta(days=3))
    assert agree(cast, proposal) == agree(cast, proposal)
    with pytest.raises(Refused, match="Corporatie"):
        agree(cast, proposal, on=DAY - timedelta(days=1))
