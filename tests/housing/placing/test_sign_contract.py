"""Signing the contract: the dwelling is let."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from housing.choices import CaseStatus, StepCode, VacancyState
from housing.models import Tenancy
from housing.services.placing import sign_contract
from tests.factories import TenancyFactory, VacancyWaitFactory
from tests.placing import DAY, at, placed, suitable_vacancy
from westerkwartier.web.refusals import Refused

pytestmark = pytest.mark.django_db
FIRST = date(2017, 12, 1)


@pytest.fixture
def accepted(cast):
    return placed(cast, until=StepCode.ACCEPT)


def sign(cast, proposal, *, by="corporation_staff", starts_on=FIRST, on=DAY):
    return sign_contract(
        by=getattr(cast, by), proposal=proposal, starts_on=starts_on, on=on, now=at()
    )


def test_the_vacancy_is_closed_and_the_household_rents_it(cast, accepted):
    sign(cast, accepted)
    vacancy = accepted.vacancy
    vacancy.refresh_from_db()
    assert (vacancy.state, vacancy.let_from) == (VacancyState.LET_PERMIT, FIRST)
    assert vacancy.closed_on == DAY
    tenancy = Tenancy.objects.get()
    assert (tenancy.case, tenancy.dwelling) == (accepted.case, vacancy.dwelling)
    assert (tenancy.signed_on, tenancy.starts_on) == (DAY, FIRST)
    accepted.case.refresh_from_db()
    assert accepted.case.status == CaseStatus.CONTRACT_SIGNED


def test_what_the_dwelling_waited_for_is_over(cast, accepted):
    wait = VacancyWaitFactory(vacancy=accepted.vacancy, starts_on=date(2017, 11, 2), ends_on=None)
    sign(cast, accepted)
    wait.refresh_from_db()
    assert wait.ends_on == FIRST


@pytest.mark.parametrize("who", ["officer_marum", "officer_leek", "guidance_worker", "stranger"])
def test_the_corporation_signs_or_the_coordinator_tells_it(cast, accepted, who):
    with pytest.raises(PermissionDenied):
        sign(cast, accepted, by=who)
    sign(cast, accepted, by="coordinator")


@pytest.mark.parametrize(
    ("starts_on", "sentence"),
    [
        (DAY - timedelta(days=1), "contract is getekend"),
        (date(2019, 1, 1), "te ver"),
    ],
)
def test_the_first_day_makes_sense(cast, accepted, starts_on, sentence):
    with pytest.raises(Refused, match=sentence) as refusal:
        sign(cast, accepted, starts_on=starts_on)
    assert refusal.value.field == "starts_on"


def test_the_tenancy_does_not_begin_before_the_dwelling_is_free(cast):
    vacancy = suitable_vacancy(cast, available_from=date(2017, 12, 15))
    with pytest.raises(Refused, match="vrij") as refusal:
        sign(cast, placed(cast, vacancy=vacancy, until=StepCode.ACCEPT))
    assert refusal.value.field == "starts_on"


def test_a_household_does_not_rent_two_dwellings(cast, accepted):
    TenancyFactory(case=accepted.case, starts_on=date(2017, 11, 1))
    with pytest.raises(Refused, match="al een woning"):
        sign(cast, accepted)
    accepted.vacancy.refresh_from_db()
    assert accepted.vacancy.state == VacancyState.RESERVED


def test_signing_twice_is_one_tenancy_and_another_first_day_is_refused(cast, accepted):
    assert sign(cast, accepted) == sign(cast, accepted)
    with pytest.raises(Refused):
        sign(cast, accepted, starts_on=FIRST + timedelta(days=1))
    assert Tenancy.objects.count() == 1
