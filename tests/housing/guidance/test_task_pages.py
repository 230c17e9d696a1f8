"""My tasks: found, ticked off one by one or many at once, and opened again; without script."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from housing.models import Case, GuidanceTask, TaskLink
from partners.models import JournalEntry
from tests.guidance import link_term, signed, task
from tests.placing import DAY, household

LIST = reverse("cases:task_list")


@pytest.fixture(autouse=True)
def proposal(cast, settings):
    settings.CLOCK = DAY
    link_term()
    return signed(cast, case=household(cast, guidance=cast.guidance))


def shown(client, **filters) -> set[str]:
    rows = client.get(LIST, filters).context["page"].rows
    return {row.template.code for row in rows}


def undo_of(response) -> str:
    found = re.search(r'action="(/cases/tasks/again/\?of=[^"]+)"', response.content.decode())
    return unescape(found[1])


def test_each_sees_what_they_may_tick_off(cast):
    assert shown(cast.client("guidance_worker")) == {"allowance"}
    assert shown(cast.client("corporation_staff")) == {"contract", "key"}
    every = {"contract", "key", "assistance", "move", "allowance", "route"}
    for who in ("coordinator", "officer_marum", "officer_leek"):
        assert shown(cast.client(who)) == every
    for who in ("supervisor", "administrator", "tenants_reader"):
        assert cast.client(who).get(LIST).status_code == 404
    assert shown(cast.client("stranger")) == set()


def test_open_tasks_stand_by_due_date(cast):
    GuidanceTask.objects.filter(template__code="move").update(due_on=DAY - timedelta(days=1))
    rows = cast.client("coordinator").get(LIST).context["page"].rows
    assert rows[0].template.code == "move"
    assert [row.due_on for row in rows][-2:] == [None, None]


def test_filters_find_late_soon_done_owner_and_event(cast):
    client = cast.client("coordinator")
    GuidanceTask.objects.filter(template__code="key").update(due_on=DAY - timedelta(days=1))
    client.post(LIST, {"one": task("contract").pk})
    assert shown(client, state="late") == {"key"}
    assert shown(client, state="week") == {"assistance"}
    assert shown(client, state="undated") == {"allowance", "route"}
    assert shown(client, state="done") == {"contract"}
    assert shown(client, owner=cast.guidance.pk) == {"allowance"}
    assert shown(client, event="tenancy_start") == {"key", "assistance", "move"}
    assert "contract" not in shown(client)


def test_one_tap_ticks_off_and_can_be_undone(cast):
    client = cast.client("corporation_staff")
    response = client.post(LIST, {"one": task("key").pk}, follow=True)
    assert task("key").done_on == DAY
    client.post(undo_of(response))
    assert task("key").is_open


def test_the_undo_leads_back_to_the_list_as_it_was_filtered(cast):
    client = cast.client("coordinator")
    filtered = f"{LIST}?owner={cast.corporation.pk}&sort=-due_on"
    response = client.post(filtered, {"one": task("key").pk}, follow=True)
    assert client.post(undo_of(response)).url == filtered
    page = reverse("cases:task_detail", args=[task("key").pk])
    response = client.post(
        reverse("cases:task_finish", args=[task("key").pk]), {"on": DAY}, follow=True
    )
    assert client.post(undo_of(response)).url == page
    household_page = reverse("cases:case_detail", args=[task("key").case_id]) + "#guidance"
    response = client.post(reverse("cases:task_tick", args=[task("key").pk]), follow=True)
    assert client.post(undo_of(response)).url == household_page


@pytest.mark.parametrize(
    "next_url", ["https://elders.example/", "//elders.example", "javascript:x", ""]
)
def test_the_undo_leads_nowhere_else(cast, next_url):
    client = cast.client("coordinator")
    client.post(LIST, {"one": task("key").pk})
    query = urlencode({"of": task("key").pk, "next": next_url})
    assert client.post(f"{reverse('cases:task_again')}?{query}").url == LIST
    assert task("key").is_open


def test_many_go_at_once_and_come_back_at_once(cast):
    client = cast.client("coordinator")
    keys = [task("key").pk, task("move").pk, task("contract").pk]
    response = client.post(f"{LIST}?state=week", {"task": keys}, follow=True)
    assert response.redirect_chain == [(f"{LIST}?state=week", 302)]
    assert GuidanceTask.objects.filter(done_on=DAY).count() == 3
    client.post(undo_of(response))
    assert not GuidanceTask.objects.exclude(done_on=None).exists()


@pytest.mark.parametrize("sent", [{}, {"task": ["x"]}, {"one": "9" * 30}, {"again": "-1"}])
def test_nonsense_ticks_off_nothing(cast, sent):
    response = cast.client("coordinator").post(LIST, sent)
    assert response.status_code == 302
    assert not GuidanceTask.objects.exclude(done_on=None).exists()


def test_a_task_of_somebody_else_is_not_found(cast):
    client = cast.client("guidance_worker")
    client.post(LIST, {"task": [task("key").pk], "one": task("key").pk})
    assert task("key").is_open
    url = reverse("cases:task_finish", args=[task("key").pk])
    assert client.post(url, {"on": DAY}).status_code == 403


def test_the_page_of_a_household_shows_the_checklist(cast, proposal):
    client = cast.client("coordinator")
    case_url = reverse("cases:case_detail", args=[proposal.case_id])
    page = client.get(case_url).content.decode()
    assert "0 van 6 gedaan" in page
    response = client.post(reverse("cases:task_tick", args=[task("key").pk]))
    assert response.url == f"{case_url}#guidance"
    assert "1 van 6 gedaan" in client.get(case_url).content.decode()


def test_the_corporation_sees_the_checklist_and_ticks_off_its_own_only(cast, proposal):
    page = cast.client("corporation_staff").get(
        reverse("cases:case_detail", args=[proposal.case_id])
    )
    text = page.content.decode()
    assert reverse("cases:task_tick", args=[task("key").pk]) in text
    assert reverse("cases:task_tick", args=[task("allowance").pk]) not in text


def test_who_guides_reaches_a_task_without_the_household(cast, proposal):
    """Where the only one that guides was not chosen for the household."""
    proposal.case.guidance = None
    proposal.case.save()
    client = cast.client("guidance_worker")
    text = client.get(LIST).content.decode()
    assert proposal.case.reference in text
    assert reverse("cases:case_detail", args=[proposal.case_id]) not in text
    detail = client.get(reverse("cases:task_detail", args=[task("allowance").pk]))
    assert detail.status_code == 200
    client.post(reverse("cases:task_tick", args=[task("allowance").pk]))
    assert task("allowance").done_on == DAY


def test_another_day_not_needed_and_back(cast):
    client = cast.client("coordinator")
    key = task("key").pk
    client.post(reverse("cases:task_due", args=[key]), {"due_on": "2017-12-01"})
    assert task("key").due_by_hand
    client.post(reverse("cases:task_cancel", args=[key]))
    assert task("key").cancelled_on == DAY
    client.post(reverse("cases:task_reopen", args=[key]))
    assert task("key").is_open
    client.post(reverse("cases:task_finish", args=[key]), {"on": "2017-11-17"})
    assert task("key").done_on.day == 17


def test_a_link_is_asked_for_shown_and_withdrawn(cast):
    client = cast.client("officer_marum")
    url = reverse("cases:task_ask", args=[task("move").pk])
    assert client.post(url, {"email": "geen adres"}).status_code == 422
    client.post(url, {"email": "coa@voorbeeld.example"})
    link = TaskLink.objects.get()
    detail = reverse("cases:task_detail", args=[link.task_id])
    assert "coa@voorbeeld.example" in client.get(detail).content.decode()
    client.post(reverse("cases:link_withdraw", args=[link.pk]))
    link.refresh_from_db()
    assert link.withdrawn_at


def test_who_only_does_tasks_sees_no_addresses(cast):
    TaskLink.objects.all().delete()
    cast.client("coordinator").post(
        reverse("cases:task_ask", args=[task("key").pk]), {"email": "x@voorbeeld.example"}
    )
    page = cast.client("corporation_staff").get(reverse("cases:task_detail", args=[task("key").pk]))
    assert "x@voorbeeld.example" not in page.content.decode()


def test_today_tells_what_is_due(cast):
    GuidanceTask.objects.filter(template__code="key").update(due_on=DAY - timedelta(days=1))
    GuidanceTask.objects.filter(template__code="allowance").update(due_on=DAY)
    page = cast.client("guidance_worker").get("/").content.decode()
    assert "taak binnen een week aan de beurt" in page
    page = cast.client("coordinator").get("/").content.decode()
    assert f"{LIST}?state=late" in page


def test_ticked_off_twice_is_one_line(cast):
    client = cast.client("coordinator")
    for _turn in range(2):
        client.post(LIST, {"one": task("key").pk})
        client.post(reverse("cases:task_tick", args=[task("key").pk]))
    assert JournalEntry.objects.filter(action="task.finish").count() == 1


def test_who_handles_the_household_is_asked_who_guides_it(cast, proposal):
    """As long as nobody was chosen, and another has the tasks of guidance."""
    case, words = proposal.case, "Kies wie begeleidt"
    page, client = reverse("cases:case_detail", args=[case.pk]), cast.client("officer_marum")
    assert words not in client.get(page).content.decode()

    Case.objects.filter(pk=case.pk).update(guidance=None)
    GuidanceTask.objects.filter(case=case, template__owner_kind="guidance").update(
        owner=cast.marum.organisation
    )
    answer = client.get(page).content.decode()
    assert words in answer
    assert f'href="{reverse("cases:case_edit", args=[case.pk])}"' in answer
    assert words not in cast.client("corporation_staff").get(page).content.decode()
