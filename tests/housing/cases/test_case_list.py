"""The list of households: who is in it, what is asked of it, what each reader sees."""

import csv
import io
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housing.choices import StepCode
from housing.models import Case, CaseNeed
from housing.services.cases import move_case, unlink_case
from housing.services.placing import accept_offer, agree_to_proposal, offer_dwelling
from partners.models import JournalEntry
from tests.factories import PersonFactory
from tests.housing.cases.rules import terms
from tests.placing import DAY, FunctionalNeedFactory, at, counting_rules, household, placed

URL = "/cases/"


@pytest.fixture(autouse=True)
def the_day(settings):
    settings.CLOCK = DAY


def found(cast, who="coordinator", **asked) -> list[str]:
    page = cast.client(who).get(URL, asked)
    assert page.status_code == 200
    return [row.reference for row in page.context["page"].rows]


def rows_of(cast, who="coordinator", **asked) -> list[dict]:
    response = cast.client(who).get(URL, {"export": "csv", **asked})
    text = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_open_households_longest_linked_first(cast):
    household(cast, reference="NEW", linked_on=date(2017, 11, 1))
    household(cast, reference="OLD", linked_on=date(2017, 9, 1))
    gone = household(cast, reference="GONE")
    unlink_case(by=cast.coordinator, case=gone, reason="left", on=DAY, now=at())
    assert found(cast) == ["OLD", "NEW"]
    assert found(cast, status="ended") == ["GONE"]
    assert found(cast, status="all") == ["OLD", "GONE", "NEW"]
    assert found(cast, status="unlinked") == ["GONE"]


def test_by_group_and_by_status(cast):
    counting_rules()
    hold = household(cast, reference="HOLD")
    move_case(
        by=cast.coordinator, case=hold, code=StepCode.HOLD, on=DAY, reason="awaits_coa", now=at()
    )
    placed(cast, case=household(cast, reference="PROPOSED"))
    placed(cast, until=StepCode.SIGN, case=household(cast, reference="SIGNED"))
    assert found(cast, status="searching") == ["HOLD"]
    assert found(cast, status="on_hold") == ["HOLD"]
    assert found(cast, status="placing") == ["PROPOSED"]
    assert found(cast, status="housing") == ["SIGNED"]


def test_by_reference_name_and_number(cast):
    case = household(cast, reference="COA-7")
    household(cast, reference="COA-77")
    PersonFactory(case=case, name="Zoë de Voorbeeld", v_number="V1234567890", relation="partner")
    for asked in ("coa-7", "zoe", "voorbeeld zoë", "V1234567890", "123 456 7890"):
        assert found(cast, q=asked) == ["COA-7"], asked
    for asked in ("COA", "Voorb", "123456789", "v"):
        assert found(cast, q=asked) == [], asked


def test_by_days_left(cast):
    terms()
    household(cast, reference="LATE", linked_on=date(2017, 9, 1))
    household(cast, reference="SOON", linked_on=date(2017, 9, 20))
    household(cast, reference="WAITS", linked_on=date(2017, 11, 1))
    household(cast, reference="PERMIT", linked_on=date(2017, 11, 2), permit_on=date(2017, 8, 1))
    assert found(cast, deadline="late") == ["LATE", "PERMIT"]
    assert found(cast, deadline="soon") == ["SOON"]
    assert found(cast, deadline="dwelling") == ["LATE"]
    assert found(cast, sort="deadline") == ["PERMIT", "LATE", "SOON", "WAITS"]


def test_after_the_contract_the_term_for_moving_runs(cast):
    terms()
    counting_rules()
    placed(cast, until=StepCode.SIGN, case=household(cast, reference="SIGNED"))
    (row,) = rows_of(cast)
    assert row["Termijn"] == "2017-12-04"


def test_by_size_bedrooms_needs_and_handler(cast):
    one = household(cast, reference="ONE", handler=cast.coordinator)
    household(cast, reference="FOUR", persons=2, expected=2)
    Case.objects.filter(pk=one.pk).update(bedrooms_now=1, bedrooms_later=1, bedrooms_by_hand=3)
    need = FunctionalNeedFactory()
    CaseNeed.objects.create(case=one, need=need)
    assert (
        found(cast, size="1") == found(cast, bedrooms="3") == found(cast, need=need.pk) == ["ONE"]
    )
    assert found(cast, handler="me") == ["ONE"]
    assert found(cast, handler="nobody") == found(cast, size="3-4") == ["FOUR"]
    assert found(cast, size="5+") == found(cast, bedrooms="1") == []


def test_by_family_who_arrive(cast):
    case = household(cast, reference="SOON", expected=1)
    case.persons.filter(category="reunifier").update(expected_on=date(2018, 1, 10))
    household(cast, reference="LATER", expected=1)
    assert found(cast, family="soon") == ["SOON"]


def test_by_municipality(cast):
    household(cast, reference="MARUM")
    household(cast, reference="LEEK", linked_municipality=cast.leek)
    assert found(cast, municipality=cast.leek.pk) == ["LEEK"]
    assert found(cast, "officer_marum") == ["MARUM"]


def test_the_counts_of_today_lead_to_just_those(cast):
    terms()
    household(cast, reference="LATE", linked_on=date(2017, 9, 1))
    household(cast, reference="WAITS")
    case = household(cast, reference="FAMILY", expected=1)
    case.persons.filter(category="reunifier").update(expected_on=date(2018, 1, 10))
    for who in ("coordinator", "officer_marum"):
        client = cast.client(who)
        todos = client.get("/").context["blocks"][0].todos
        lists = {todo.url: todo.count for todo in todos if todo.url.startswith(URL)}
        assert len(lists) == 2
        for url, count in lists.items():
            assert len(client.get(url).context["page"].rows) == count


def test_partners_find_only_their_households_without_link_and_deadline(cast):
    terms()
    case = household(cast, reference="ASKED", guidance=cast.guidance, handler=cast.officer_marum)
    PersonFactory(case=case, name="Zoë Voorbeeld", v_number="V1234567890", relation="partner")
    PersonFactory(case=case, name="Yara Volgt", category="reunifier", relation="child")
    household(cast, reference="OTHER", guidance=cast.guidance)
    proposal = placed(cast, case=case)
    (row,) = rows_of(cast, "corporation_staff")
    assert list(row) == [
        "Kenmerk",
        "Status",
        "Personen",
        "Verwacht",
        "Slaapkamers",
        "Voorzieningen",
        "Behandeld door",
    ]
    assert row["Behandeld door"] == ""  # asked only
    assert found(cast, "corporation_staff", q="voorbeeld") == []
    assert found(cast, "guidance_worker") == []
    placed_on(cast, proposal)
    (row,) = rows_of(cast, "corporation_staff")
    assert row["Behandeld door"] == cast.officer_marum.name
    assert found(cast, "corporation_staff", q="voorbeeld") == ["ASKED"]
    assert found(cast, "corporation_staff", q="V1234567890") == []
    assert found(cast, "corporation_staff", q="yara") == []  # not here yet
    assert found(cast, "guidance_worker") == ["ASKED"]
    assert found(cast, "guidance_worker", q="yara") == ["ASKED"]


def test_neither_order_nor_filter_tells_a_corporation_what_it_may_not_know(cast):
    """Sorted by status, or by who handles it: only of what the corporation sees of a household."""
    for reference, linked_on in (("B", date(2017, 9, 1)), ("A", date(2017, 11, 1))):
        placed(cast, case=household(cast, reference=reference, linked_on=linked_on))
    assert found(cast, "corporation_staff", sort="status") == ["A", "B"]
    for hidden in ("linked", "deadline", "municipality", "handler__name"):
        assert found(cast, "corporation_staff", sort=hidden) == ["A", "B"]
    assert found(cast, sort="status") == ["B", "A"]
    assert found(cast, "corporation_staff", handler="nobody") == []
    assert found(cast, handler="nobody") == ["B", "A"]


def placed_on(cast, proposal) -> None:
    """The corporation agrees, the household accepts."""

    for service in (agree_to_proposal, offer_dwelling, accept_offer):
        service(by=cast.coordinator, proposal=proposal, on=DAY, now=at())


@pytest.mark.parametrize("who", ["supervisor", "tenants_reader", "administrator", "nobody"])
def test_for_others_the_list_does_not_exist(cast, who):
    assert cast.client(who).get(URL).status_code in (403, 404)


def test_an_export_is_journalled(cast):
    household(cast)
    rows_of(cast)
    assert JournalEntry.objects.get(action="case.export").detail == "csv, 1"


@pytest.mark.parametrize("who", ["coordinator", "officer_marum", "corporation_staff"])
def test_a_hundred_households_take_as_many_queries_as_one(cast, who):
    placed(cast, case=household(cast, persons=2, expected=1))
    client = cast.client(who)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("cases:case_list")).status_code == 200
        return len(queries)

    one = count()
    for _number in range(20):
        placed(cast, case=household(cast))
    assert count() == one <= 8


def test_an_empty_region_is_told_how_to_begin(cast):
    said = cast.client("coordinator").get(URL).context
    assert said["page"].has_rows is False
    assert "huishoudens" in str(said["empty_title"])
    assert "COA" in str(said["empty_text"])
    assert said["empty_title"] != cast.client("corporation_staff").get(URL).context["empty_title"]
