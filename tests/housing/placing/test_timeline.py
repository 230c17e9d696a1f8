"""The time line tells after each step what changed of household, dwelling and rules since."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housing.choices import StepCode
from housing.models import CaseNeed
from housing.services.placing import agree_to_proposal, decline_proposal, offer_dwelling
from housing.services.undoing import undo_step
from tests.placing import (
    DAY,
    FunctionalNeedFactory,
    RefusalReasonFactory,
    at,
    counting_rules,
    household,
    placed,
    suitable_vacancy,
)
from tests.reunion import LATER, housed, joined


def page(client, case):
    return client.get(reverse("cases:case_detail", args=[case.pk]))


def changes(client, case) -> dict[str, list]:
    """By code of the step: until when, and what changed."""
    sections = page(client, case).context["sections"]
    lines = next(one.values["lines"] for one in sections if one.id == "timeline")
    return {line.step.code: [line.until, *line.changes] for line in lines if line.changes}


def rent(proposal, amount: str) -> None:
    vacancy = proposal.vacancy
    vacancy.net_rent = amount
    vacancy.save(update_fields=["net_rent"])
    proposal.refresh_from_db()


@pytest.fixture
def coordinator(cast):
    return cast.client("coordinator")


@pytest.fixture
def proposal(cast):
    return placed(cast, on=DAY - timedelta(7))


def agree(cast, proposal, on=DAY):
    return agree_to_proposal(by=cast.coordinator, proposal=proposal, on=on, now=at(on))


def test_nothing_changed_is_nothing_said(cast, coordinator, proposal):
    agree(cast, proposal)
    assert changes(coordinator, proposal.case) == {}


def test_each_change_stands_with_the_step_that_it_came_after(cast, coordinator, proposal):
    rent(proposal, "580.00")
    agree(cast, proposal)
    CaseNeed.objects.create(case=proposal.case, need=FunctionalNeedFactory(label_nl="Rolstoel"))
    assert changes(coordinator, proposal.case) == {
        StepCode.PROPOSE: [DAY, ("Kale huur", "€\xa0560,00", "€\xa0580,00")],
        StepCode.AGREE: [None, ("Voorzieningen", "–", "Rolstoel")],
    }
    html = page(coordinator, proposal.case).content.decode()
    assert "1 wijziging na deze stap, tot 20 nov 2017" in html
    assert "1 wijziging sinds deze stap" in html
    assert '<details class="as-table timeline__changes">' in html


def test_a_step_that_was_taken_back_is_passed_over(cast, coordinator, proposal):
    step = agree(cast, proposal)
    undo_step(by=cast.coordinator, step=step, reason="Vergissing", now=at())
    rent(proposal, "580.00")
    assert list(changes(coordinator, proposal.case)) == [StepCode.PROPOSE]


def test_another_dwelling_is_no_change_of_the_first(cast, coordinator, proposal):
    decline_proposal(
        by=cast.coordinator,
        proposal=proposal,
        reason=RefusalReasonFactory(owner="corporation"),
        on=DAY,
        now=at(),
    )
    placed(cast, case=proposal.case, vacancy=suitable_vacancy(cast, net_rent="610.00"))
    assert changes(coordinator, proposal.case) == {}


def test_family_that_joins_belongs_to_the_dwelling_of_the_household(cast, coordinator):
    counting_rules()
    case = housed(cast)
    joined(cast, case)
    found = changes(coordinator, case)
    assert found[StepCode.SIGN_OFF][0] == LATER
    assert ("Personen hier", "1", "2") in found[StepCode.SIGN_OFF]


def test_who_does_not_see_the_time_line_sees_none_of_it(cast, proposal):
    agree(cast, proposal)
    rent(proposal, "580.00")
    html = page(cast.client("corporation_staff"), proposal.case).content.decode()
    assert "sinds deze stap" not in html


def test_more_steps_and_changes_cost_no_more_queries(cast, coordinator):
    few, many = placed(cast), placed(cast, case=household(cast))
    for number, service in enumerate((agree_to_proposal, offer_dwelling)):
        CaseNeed.objects.create(case=many.case, need=FunctionalNeedFactory())
        rent(many, f"{570 + number}.00")
        service(by=cast.coordinator, proposal=many, on=DAY, now=at())
    rent(many, "599.00")
    CaseNeed.objects.create(case=few.case, need=FunctionalNeedFactory())
    counts = []
    for case in (few.case, few.case, many.case):  # the first fills what is cached
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page(coordinator, case)
        counts.append(len(queries))
    assert len(changes(coordinator, many.case)) == 3
    assert counts[1] == counts[2]
