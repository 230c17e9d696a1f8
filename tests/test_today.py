"""The start page: what asks attention, per role."""

from datetime import date, timedelta

import pytest

from housing.choices import PersonCategory, TermCode
from housing.models import Term
from partners.choices import Role
from quota.models import Obligation
from reports.choices import RunFault, RunState
from tests.cast import MEMBERS
from tests.factories import (
    NOW,
    TODAY,
    CaseFactory,
    DwellingFactory,
    InvitationFactory,
    MembershipFactory,
    ObligationFactory,
    PersonFactory,
    ReportRunFactory,
    VacancyFactory,
)
from westerkwartier.web.models import Certainty

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(cast):
    """A region in which everything asks attention once."""
    Term.objects.create(
        code=TermCode.FIND_DWELLING,
        weeks=10,
        valid_from=date(2016, 1, 1),
        source="Invented for a test",
        certainty=Certainty.ILLUSTRATIVE,
    )
    ObligationFactory(municipality=cast.marum, net_quota=6)
    ObligationFactory(municipality=cast.leek, net_quota=12)
    case = CaseFactory(
        linked_municipality=cast.marum, linked_on=TODAY - timedelta(weeks=11), reference="17-007"
    )
    PersonFactory(
        case=case, category=PersonCategory.REUNIFIER, expected_on=TODAY + timedelta(days=20)
    )
    VacancyFactory(
        dwelling=DwellingFactory(village=cast.village_marum, corporation=cast.corporation)
    )
    return cast


def page(cast, who):
    client = cast.client(who)
    client.cookies["django_language"] = "en"
    response = client.get("/")
    assert response.status_code == 200
    return response


def todos(response):
    return [(todo.count, todo.text) for block in response.context["blocks"] for todo in block.todos]


@pytest.mark.parametrize("who", [*MEMBERS, "stranger"])
def test_everybody_has_a_start_page(cast, who):
    response = page(cast, who)
    assert b"<h1" in response.content
    assert getattr(cast, who).name in response.content.decode()


def test_the_coordinator(busy):
    response = page(busy, "coordinator")
    assert todos(response) == [
        (1, "household without a dwelling for more than 10 weeks"),
        (1, "dwelling waiting for a verdict"),
        (1, "family arriving within three months"),
        (1, "monthly report not made yet"),
    ]
    text = response.content.decode()
    assert "17-007" in text
    assert "/vacancies/inbox/" in text
    assert "/reports/request/" in text


def test_a_failed_report_asks_attention_and_the_last_one_is_a_click_away(busy):
    done = ReportRunFactory(
        region=busy.region,
        reference_date=date(2017, 11, 1),
        state=RunState.DONE,
        figures={},
        file="report.pdf",
        sha256="0" * 64,
        size=1,
        finished_at=NOW,
    )
    ReportRunFactory(
        region=busy.region,
        reference_date=date(2017, 10, 1),
        state=RunState.FAILED,
        error=RunFault.UNEXPECTED,
    )
    response = page(busy, "coordinator")
    assert (1, "report could not be made") in todos(response)
    assert (1, "monthly report not made yet") not in todos(response)
    assert response.context["blocks"][0].last_report.url == f"/reports/{done.pk}/"


@pytest.mark.parametrize("who", ["coordinator", "corporation_staff"])
def test_it_says_how_many_dwellings_wait_too_long(busy, who):
    Term.objects.create(
        code=TermCode.VERDICT,
        working_days=3,
        valid_from=date(2016, 1, 1),
        source="Invented for a test",
        certainty=Certainty.ILLUSTRATIVE,
    )
    assert "1 longer than 3 working days" in page(busy, who).content.decode()


def test_the_corporation_judges(busy):
    response = page(busy, "corporation_staff")
    assert todos(response) == [(1, "dwelling waiting for a verdict")]
    assert response.context["blocks"][0].action.url == "/vacancies/inbox/"


def test_the_officer_sees_the_own_municipality(busy):
    response = page(busy, "officer_marum")
    assert todos(response) == [
        (1, "household without a dwelling for more than 10 weeks"),
        (1, "family arriving within three months"),
    ]
    (block,) = response.context["blocks"]
    assert [figure.progress.name for figure in block.figures] == ["Marum", "Kwartier"]
    assert todos(page(busy, "officer_leek")) == []


@pytest.mark.parametrize("who", ["guidance_worker", "supervisor", "tenants_reader"])
def test_readers_see_the_region(busy, who):
    (block,) = page(busy, who).context["blocks"]
    assert (block.asks, [figure.progress.name for figure in block.figures]) == (
        False,
        ["Kwartier"],
    )


@pytest.mark.parametrize("who", ["guidance_worker", "supervisor", "tenants_reader"])
def test_readers_are_shown_the_way(busy, who):
    response = page(busy, who)
    (block,) = response.context["blocks"]
    share = [] if who == "guidance_worker" else ["/region/share/"]
    assert [link.url for link in block.links] == ["/region/", *share, "/people/partners/"]
    text = response.content.decode()
    assert "This is what you can look up." in text
    for link in block.links:
        assert busy.client(who).get(link.url).status_code == 200


def test_the_legend_explains_the_marks_that_are_shown(busy):
    (block,) = page(busy, "coordinator").context["blocks"]
    assert [mark for mark, _meaning, _source in block.legend] == ["†"]
    Obligation.objects.update(certainty=Certainty.DERIVED)
    response = page(busy, "coordinator")
    (block,) = response.context["blocks"]
    assert [mark for mark, _meaning, _source in block.legend] == ["*"]
    assert response.content.decode().count(">*</span>") > 2
    Obligation.objects.update(certainty=Certainty.OFFICIAL)
    (block,) = page(busy, "coordinator").context["blocks"]
    assert block.legend == []


def test_the_administrator(busy):
    InvitationFactory(organisation=busy.office, invited_by=busy.administrator)
    response = page(busy, "administrator")
    found = {text: count for count, text in todos(response)}
    assert found["open invitation"] == 1
    assert sum(text.startswith("role") for text in found) == 1
    (block,) = response.context["blocks"]
    assert not block.shows_quota


def test_nothing_to_do_is_said_kindly(cast):
    ReportRunFactory(region=cast.region, reference_date=date(2017, 11, 1))
    response = page(cast, "coordinator")
    assert todos(response) == []
    assert "Nothing needs your attention now." in response.content.decode()


def test_several_memberships_give_several_blocks(busy):
    MembershipFactory(user=busy.coordinator, organisation=busy.office, role=Role.ADMINISTRATOR)
    response = page(busy, "coordinator")
    assert [block.role for block in response.context["blocks"]] == ["Administrator", "Coordinator"]
    assert response.content.decode().count("utrecht-button-link--primary-action") == 1


def test_a_stranger_sees_nothing_of_this_region(busy):
    text = page(busy, "stranger").content.decode()
    assert "Marum" not in text
    assert "17-007" not in text


def test_the_number_of_queries_does_not_grow(busy, django_assert_max_num_queries):
    def measure():
        with django_assert_max_num_queries(42) as queries:
            page(busy, "coordinator")
        return len(queries)

    before = measure()
    for number in range(3):
        CaseFactory(linked_municipality=busy.leek, linked_on=date(2017, 1, 1 + number))
        VacancyFactory(
            dwelling=DwellingFactory(village=busy.village_leek, corporation=busy.corporation)
        )
    assert measure() == before


def test_family_who_follow_and_ask_attention(busy):
    Term.objects.create(
        code=TermCode.REUNION_CHECK,
        weeks=13,
        valid_from=date(2016, 1, 1),
        source="Invented for a test",
        certainty=Certainty.ILLUSTRATIVE,
    )
    words = "family member comes soon, dwelling check not complete"
    for who in ("coordinator", "officer_marum"):
        response = page(busy, who)
        assert words in response.content.decode()
        assert "/cases/family/?alarm=unchecked" in response.content.decode()
    for who in ("officer_leek", "corporation_staff", "supervisor"):
        assert words not in page(busy, who).content.decode()


def test_without_a_quota_no_report_is_asked_for(cast):
    response = page(cast, "coordinator")
    assert (1, "monthly report not made yet") not in todos(response)
    assert response.context["blocks"][0].action is None
