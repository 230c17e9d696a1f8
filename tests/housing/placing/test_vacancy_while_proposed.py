"""A dwelling that is proposed to a household is not changed behind its back."""

import pytest

from housing.choices import StepCode, VacancyState
from housing.models import WithdrawalReason
from housing.services.placing import withdraw_proposal
from housing.services.vacating import (
    VACANCY_FIELDS,
    change_vacancy,
    let_regularly,
    make_available,
    reserve_vacancy,
    unreserve_vacancy,
    vacancy_version,
    withdraw_vacancy,
)
from tests.factories import SOURCE
from tests.placing import DAY, at, placed
from westerkwartier.web.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def reason(db):
    return WithdrawalReason.objects.create(
        code="sold", label_nl="Verkocht", label_en="Sold", source=SOURCE, valid_from=DAY
    )


def deeds(cast, vacancy, reason) -> dict:
    values = {name: getattr(vacancy, name) for name in VACANCY_FIELDS} | {"net_rent": 700}
    by = {"by": cast.corporation_staff, "vacancy": vacancy}
    return {
        "make available": lambda: make_available(**by),
        "unreserve": lambda: unreserve_vacancy(**by),
        "let": lambda: let_regularly(**by, let_from=DAY, today=DAY),
        "withdraw": lambda: withdraw_vacancy(**by, reason=reason, today=DAY),
        "change": lambda: change_vacancy(
            **by, values=values, version=vacancy_version(vacancy), today=DAY
        ),
    }


@pytest.mark.parametrize("deed", ["unreserve", "let", "withdraw", "change", "make available"])
def test_what_is_done_by_hand_is_refused_with_a_sentence(cast, reason, deed):
    vacancy = placed(cast, until=StepCode.AGREE).vacancy
    with pytest.raises(Refused, match="voorgedragen aan een huishouden"):
        deeds(cast, vacancy, reason)[deed]()
    vacancy.refresh_from_db()
    assert vacancy.state == VacancyState.RESERVED


def test_reserving_what_is_reserved_changes_nothing(cast):
    vacancy = placed(cast).vacancy
    assert reserve_vacancy(by=cast.coordinator, vacancy=vacancy).state == VacancyState.RESERVED


def test_once_the_proposal_has_ended_it_can_be_done(cast, reason):
    proposal = placed(cast)
    withdraw_proposal(by=cast.coordinator, proposal=proposal, remark="Nee", on=DAY, now=at())
    proposal.vacancy.refresh_from_db()
    assert deeds(cast, proposal.vacancy, reason)["withdraw"]().state == VacancyState.WITHDRAWN
