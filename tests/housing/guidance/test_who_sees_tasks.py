"""Who sees tasks and placements: not a corporation that is only asked, not another partner."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from housing.choices import StepCode
from housing.models import GuidanceTask
from housing.policies import can_view_task
from housing.services.guidance import finish_task
from housing.services.notes import write_note
from housing.services.placing import agree_to_proposal, withdraw_proposal
from housing.services.undoing import undo_step
from partners.choices import OrganisationKind, Role
from partners.models import Organisation
from tests.factories import MembershipFactory, OrganisationFactory, UserFactory
from tests.guidance import checklist, link_term, signed, task
from tests.placing import DAY, at, household, placed, suitable_vacancy

CASES, TASKS = "/cases/", reverse("cases:task_list")


@pytest.fixture(autouse=True)
def the_day(db, settings):
    settings.CLOCK = DAY
    link_term()


def detail(one: GuidanceTask) -> str:
    return reverse("cases:task_detail", args=[one.pk])


# -- a corporation that is asked again -------------------------------------------------------------


@pytest.fixture
def asked_again(cast):
    """A household whose contract with the corporation came to nothing; a task of the municipality
    was done by then. Now another dwelling of the same corporation is proposed."""
    proposal = signed(cast)
    finish_task(by=cast.coordinator, task=task("assistance"), on=DAY, now=at())
    case = proposal.case
    signing = case.steps.order_by("pk").last()
    undo_step(by=cast.coordinator, step=signing, reason="Toch niet getekend", now=at())
    proposal.refresh_from_db()
    withdraw_proposal(by=cast.coordinator, proposal=proposal, remark="Anders", on=DAY, now=at())
    case.refresh_from_db()
    return placed(cast, case=case, vacancy=suitable_vacancy(cast))


def test_a_done_task_of_another_stays_closed_until_the_corporation_agrees(cast, asked_again):
    done, staff = task("assistance"), cast.corporation_staff
    assert cast.client("corporation_staff").get(detail(done)).status_code == 404
    assert not can_view_task(staff, done)
    assert done not in GuidanceTask.objects.visible_to(staff)
    agree_to_proposal(by=staff, proposal=asked_again, on=DAY, now=at())
    assert cast.client("corporation_staff").get(detail(done)).status_code == 200
    assert can_view_task(staff, done)
    assert done in GuidanceTask.objects.visible_to(staff)


def test_who_handles_the_household_sees_it_all_the_time(cast, asked_again):
    for who in ("coordinator", "officer_marum"):
        assert cast.client(who).get(detail(task("assistance"))).status_code == 200


# -- guidance of a second organisation -------------------------------------------------------------


@pytest.fixture
def second(cast) -> Client:
    """Somebody of another organisation that guides, with a household of its own."""
    other = OrganisationFactory(
        region=cast.region, kind=OrganisationKind.GUIDANCE, name="Tweede begeleider"
    )
    worker = MembershipFactory(
        user=UserFactory(name="Test tweede"), organisation=other, role=Role.GUIDANCE_WORKER
    ).user
    placed(cast, case=household(cast, reference="TWEEDE", guidance=other), until=StepCode.MOVE_IN)
    client = Client()
    client.force_login(worker)
    return client


@pytest.fixture
def first(cast):
    """A household that the first organisation guides, with names, a note and a checklist."""
    checklist()
    case = household(cast, reference="EERSTE", guidance=cast.guidance)
    person = case.persons.get()
    person.name, person.v_number = "Zoë de Voorbeeld", "V1234567890"
    person.save(update_fields=["name", "name_tokens", "v_number", "number_tokens"])
    placed(cast, case=case, until=StepCode.MOVE_IN)
    write_note(by=cast.coordinator, case=case, text="Alleen voor de eerste.", now=at())
    case.refresh_from_db()
    return case


def exported(client, url) -> list[str]:
    text = client.get(url, {"export": "csv"}).content.decode("utf-8-sig")
    return [";".join(row) for row in csv.reader(io.StringIO(text), delimiter=";")]


def test_each_guides_the_own_households_only(first, second, cast):
    own = cast.client("guidance_worker")
    for client, sees, hidden in ((own, "EERSTE", "TWEEDE"), (second, "TWEEDE", "EERSTE")):
        for url in (CASES, TASKS):
            page = client.get(url).content.decode()
            assert sees in page, url
            assert hidden not in page, url
            rows = " ".join(exported(client, url))
            assert sees in rows, url
            assert hidden not in rows, url


def test_no_page_of_the_first_opens_for_the_second(first, second):
    tasks = GuidanceTask.objects.filter(case=first)
    assert tasks.filter(template__code="allowance").exists()
    addresses = [reverse("cases:case_detail", args=[first.pk]), *(detail(one) for one in tasks)]
    for url in addresses:
        assert second.get(url).status_code == 404, url
    for name in ("task_tick", "task_finish", "task_reopen", "task_cancel", "task_due"):
        for one in tasks:
            assert second.post(reverse(f"cases:{name}", args=[one.pk])).status_code == 404, name
    second.post(TASKS, {"one": tasks.first().pk})
    assert not tasks.exclude(done_on=None).exists()


@pytest.mark.parametrize("q", ["EERSTE", "Zoë", "voorbeeld", "V1234567890"])
def test_searching_finds_nothing_of_the_first(q, first, second, cast):
    assert first.reference in cast.client("coordinator").get(CASES, {"q": q}).content.decode()
    page = second.get(CASES, {"q": q, "status": "all"})
    assert list(page.context["page"].rows) == []
    assert list(second.get(TASKS, {"q": q, "state": "all"}).context["page"].rows) == []


def test_the_start_page_tells_nothing_of_the_first(first, second):
    GuidanceTask.objects.filter(case=first).update(due_on=DAY)
    page = second.get("/").content.decode()
    for hidden in (first.reference, "Zoë", "Alleen voor de eerste."):
        assert hidden not in page


def test_a_task_alone_opens_no_household(first, second, cast):
    """Where the second has one task of a household that the first guides."""
    given = GuidanceTask.objects.get(case=first, template__code="allowance")
    given.owner = Organisation.objects.get(name="Tweede begeleider")
    given.save(update_fields=["owner"])
    assert second.get(detail(given)).status_code == 200
    assert second.get(reverse("cases:case_detail", args=[first.pk])).status_code == 404
    others = GuidanceTask.objects.filter(case=first).exclude(pk=given.pk)
    assert {second.get(detail(one)).status_code for one in others} == {404}
    for text in (second.get(TASKS).content.decode(), " ".join(exported(second, TASKS))):
        assert first.reference in text
        assert "Zoë" not in text
