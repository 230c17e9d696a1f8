"""The start page by due date: overdue, today, this week, later, without a date; per role."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housing.arithmetic import DueBand, bands_on
from housing.choices import PersonCategory, StepCode, TermCode
from housing.selectors.attention import verdict_due
from tests.coa import CoaStatementFactory
from tests.factories import (
    DwellingFactory,
    InvitationFactory,
    MembershipFactory,
    ObligationFactory,
    PersonFactory,
    ReportRunFactory,
    UserFactory,
    VacancyFactory,
)
from tests.guidance import GuidanceTaskFactory, GuidanceTemplateFactory, MentionFactory
from tests.housing.cases.rules import TermFactory, terms
from tests.placing import household, placed, suitable_vacancy
from westerkwartier.today_due import FEW
from westerkwartier.web.clock import now

TODAY = date(2017, 11, 23)  # a Thursday
WEEKS = timedelta(weeks=10)


@pytest.fixture(autouse=True)
def the_day(db):
    terms()


def linked(cast, days: int, **fields):
    """A household of which the first term ends so many days after today."""
    return household(cast, linked_on=TODAY + timedelta(days=days) - WEEKS, **fields)


def page(cast, who, **asked):
    client = cast.client(who)
    client.cookies["django_language"] = "en"
    response = client.get("/", asked)
    assert response.status_code == 200
    return response


def groups(cast, who="coordinator", **asked) -> dict[str, list[tuple]]:
    """By band what, about whom, and the day."""
    (block,) = page(cast, who, **asked).context["blocks"]
    return {
        group.key: [(line.due.what, line.due.about, line.due.due_on) for line in group.lines]
        for group in block.groups
    }


@pytest.fixture
def reported(cast):
    """The monthly report has been made."""
    ReportRunFactory(region=cast.region, reference_date=date(2017, 11, 1))


# -- order -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("due_on", "band"),
    [
        (date(2017, 11, 22), DueBand.OVERDUE),
        (TODAY, DueBand.TODAY),
        (date(2017, 11, 24), DueBand.WEEK),
        (date(2017, 11, 26), DueBand.WEEK),  # Sunday
        (date(2017, 11, 27), DueBand.LATER),
        (None, DueBand.UNDATED),
    ],
)
def test_a_week_ends_on_sunday(due_on, band):
    assert bands_on(TODAY, per=1).of(due_on) == band


def test_overdue_first_then_today_this_week_later_and_without_a_date(cast):
    for reference, days in (("LATER", 10), ("LATE", -3), ("WEEK", 2), ("NOW", 0), ("LAST", -9)):
        linked(cast, days, reference=reference)
    linked(cast, 15, reference="FAR")  # not within two weeks
    ObligationFactory(municipality=cast.marum)  # there is a quota to report
    found = groups(cast)
    assert list(found) == ["overdue", "today", "week", "later", "undated"]
    assert [about for _what, about, _day in found["overdue"]] == [
        "Household LAST",
        "Household LATE",
    ]
    assert found["today"] == [("Find a dwelling", "Household NOW", TODAY)]
    assert found["later"] == [("Find a dwelling", "Household LATER", TODAY + timedelta(days=10))]
    assert found["undated"] == [("Monthly report not made yet", "State on 1 November 2017", None)]


def test_kinds_of_work_mix_by_day(cast, reported):
    linked(cast, -2, reference="TWO")
    case = linked(cast, -4, reference="FOUR")
    template = GuidanceTemplateFactory(label_en="Sign the form")
    GuidanceTaskFactory(case=case, template=template, due_on=TODAY - timedelta(days=3))
    assert [about for _what, about, _day in groups(cast)["overdue"]] == [
        "Household FOUR",
        "Household FOUR",
        "Household TWO",
    ]


def test_a_line_tells_day_and_days_left_in_both_ways(cast, reported):
    linked(cast, -9, reference="LATE")
    text = " ".join(page(cast, "coordinator").content.decode().split())
    for words in ("14 Nov 2017", "9 days late", "(7 working days)", "Household LATE"):
        assert words in text, words


def test_a_band_shows_some_and_opens_to_all(cast, reported):
    for number in range(FEW + 2):
        linked(cast, -1 - number, reference=f"C-{number}")
    linked(cast, 3, reference="WEEK")
    assert {key: len(lines) for key, lines in groups(cast).items()} == {"overdue": FEW, "week": 1}
    assert len(groups(cast, due="overdue")["overdue"]) == FEW + 2
    assert f"Show all {FEW + 2}" in page(cast, "coordinator").content.decode()
    assert "Show all" not in page(cast, "coordinator", due="overdue").content.decode()
    assert len(groups(cast, due="nonsense")["overdue"]) == FEW


# -- per role --------------------------------------------------------------------------------------


def test_what_a_household_waits_for(cast, reported):
    for code, what in (
        (StepCode.PROPOSE, "Ask the corporation for an answer"),
        (StepCode.AGREE, "Offer the dwelling"),
        (StepCode.OFFER, "Ask the household for an answer"),
        (StepCode.ACCEPT, "Have the contract signed"),
    ):
        case = linked(cast, -2, reference=code)
        placed(cast, case=case, until=code)
        found = groups(cast)["overdue"]
        assert (what, f"Household {code}", TODAY - timedelta(days=2)) in found


def test_an_officer_sees_the_own_municipality(cast):
    linked(cast, -2, reference="MARUM")
    linked(cast, -2, reference="LEEK", linked_municipality=cast.leek)
    assert [about for _w, about, _d in groups(cast, "officer_marum")["overdue"]] == [
        "Household MARUM"
    ]
    assert [about for _w, about, _d in groups(cast, "officer_leek")["overdue"]] == [
        "Household LEEK"
    ]


def test_family_who_follow_by_what_they_ask(cast, reported):
    TermFactory(code=TermCode.REUNION_CHECK, weeks=13)
    case = linked(cast, 40, reference="F-1")
    for _number in range(2):
        PersonFactory(
            case=case, category=PersonCategory.REUNIFIER, expected_on=TODAY + timedelta(days=20)
        )
    assert groups(cast)["later"] == [
        (
            "Complete the dwelling check before family arrives",
            "Household F-1",
            TODAY + timedelta(days=20),
        )
    ]
    assert "later" not in groups(cast, "officer_leek")


def test_differences_with_coa_have_no_date(cast, reported):
    case = linked(cast, 30, reference="D-1")
    CoaStatementFactory(
        municipality=cast.marum, reference="D-1", on=case.linked_on, persons=9, reported_on=TODAY
    )
    assert groups(cast) == {"undated": [("Explain a difference with COA", "Household D-1", None)]}


def test_the_corporation_sees_dwellings_and_proposals_but_no_deadline(cast):
    TermFactory(code=TermCode.VERDICT, weeks=None, working_days=3)
    dwelling = DwellingFactory(village=cast.village_marum, corporation=cast.corporation)
    VacancyFactory(
        dwelling=dwelling, notice_on=date(2017, 11, 20), available_from=date(2017, 12, 20)
    )
    case = linked(cast, -30, reference="ASKED")
    proposal = placed(cast, case=case)  # on 20 November
    place = f"{dwelling.address}, {dwelling.village}"
    offered = proposal.vacancy.dwelling
    assert groups(cast, "corporation_staff") == {
        "today": [("Judge the dwelling", place, TODAY)],
        "later": [
            (
                "Answer the proposal",
                f"{offered.address}, {offered.village}",
                date(2017, 11, 27),
            )
        ],
    }


def test_a_verdict_is_due_some_working_days_after_notice():
    assert verdict_due(date(2017, 11, 17), 3) == date(2017, 11, 22)
    assert verdict_due(date(2017, 11, 17), None) is None


def test_without_a_term_a_verdict_has_no_date(cast):
    suitable = suitable_vacancy(cast)
    VacancyFactory(
        dwelling=DwellingFactory(village=cast.village_marum, corporation=cast.corporation)
    )
    (line,) = groups(cast, "corporation_staff")["undated"]
    assert line[0] == "Judge the dwelling"
    assert suitable.dwelling.address not in line[1]


def test_guidance_sees_the_own_tasks(cast):
    case = linked(cast, -30, reference="G-1", guidance=cast.guidance)
    template = GuidanceTemplateFactory(label_en="Arrange the doctor")
    GuidanceTaskFactory(case=case, template=template, owner=cast.guidance, due_on=TODAY)
    GuidanceTaskFactory(case=case, due_on=TODAY)  # of the municipality
    assert groups(cast, "guidance_worker") == {
        "today": [("Arrange the doctor", "Household G-1", TODAY)]
    }


def test_late_tasks_of_partners_stand_with_who_handles_the_household(cast, reported):
    case = linked(cast, 40, reference="P-1")
    GuidanceTaskFactory(case=case, owner=cast.guidance, due_on=TODAY - timedelta(days=1))
    GuidanceTaskFactory(case=case, owner=cast.guidance, due_on=TODAY)  # not late yet
    for who in ("coordinator", "officer_marum"):
        assert [about for _w, about, _d in groups(cast, who)["overdue"]] == ["Household P-1"]
        assert "today" not in groups(cast, who)
    assert groups(cast, "officer_leek") == {}


def test_a_note_in_which_one_is_asked_leads_to_it(cast):
    case = linked(cast, 40, reference="N-1")
    mention = MentionFactory(note__case=case, user=cast.officer_marum)
    response = page(cast, "officer_marum")
    (group,) = response.context["blocks"][0].groups
    assert group.key == "undated"
    url = reverse("cases:case_detail", args=[case.pk])
    assert group.lines[0].due.url == f"{url}#note-{mention.note_id}"


def test_the_administrator_reviews_by_day(cast):
    MembershipFactory(
        user=UserFactory(name="Iris Voorbeeld"),
        organisation=cast.office,
        valid_from=date(2016, 1, 1),
        reviewed_on=date(2016, 11, 23),
        reviewed_by=cast.administrator,
    )
    invitation = InvitationFactory(
        organisation=cast.office,
        invited_by=cast.administrator,
        expires_at=now() + timedelta(days=1),
    )
    found = groups(cast, "administrator")
    assert ("Review the role", "Iris Voorbeeld, Coordinator", TODAY) in found["today"]
    assert ("Open invitation", invitation.email, date(2017, 11, 24)) in found["week"]


@pytest.mark.parametrize("who", ["supervisor", "tenants_reader", "stranger"])
def test_readers_learn_nothing(cast, who):
    linked(cast, -5, reference="SECRET-1")
    assert "SECRET-1" not in page(cast, who).content.decode()


@pytest.mark.parametrize(
    "who",
    ["coordinator", "officer_marum", "corporation_staff", "guidance_worker", "administrator"],
)
def test_more_work_costs_no_more_queries(cast, who):
    TermFactory(code=TermCode.VERDICT, weeks=None, working_days=3)

    def add(number: int) -> None:
        case = linked(cast, -5, reference=f"Q-{number}", guidance=cast.guidance)
        GuidanceTaskFactory(case=case, owner=cast.guidance, due_on=TODAY - timedelta(days=1))
        PersonFactory(case=case, category=PersonCategory.REUNIFIER, expected_on=TODAY)
        MentionFactory(note__case=case, user=getattr(cast, who))
        CoaStatementFactory(
            municipality=cast.marum, reference=f"Q-{number}", on=case.linked_on, persons=9
        )
        vacancy = suitable_vacancy(cast)
        placed(cast, case=case, vacancy=vacancy)
        VacancyFactory(
            dwelling=DwellingFactory(village=cast.village_marum, corporation=cast.corporation)
        )
        InvitationFactory(organisation=cast.office, invited_by=cast.administrator)

    def measured() -> int:
        with CaptureQueriesContext(connection) as queries:
            page(cast, who)
        return len(queries)

    add(1)
    before = measured()
    for number in (2, 3, 4):
        add(number)
    assert measured() == before
