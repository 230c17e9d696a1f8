"""Days left and days late, in calendar and in working days, wherever a household is shown."""

import csv
import io
import re
from datetime import date

import pytest
from django.urls import reverse

from housing.selectors.households import deadline_of
from tests.coa import CoaStatementFactory
from tests.guidance import GuidanceTaskFactory, MentionFactory
from tests.housing.cases.rules import terms
from tests.placing import DAY, household, placed, suitable_vacancy

# DAY is Monday 20 November 2017. Ten weeks after the links below: 5 days late, 9 days left.
LATE, SOON = date(2017, 9, 6), date(2017, 9, 20)
LATE_WORDS, SOON_WORDS = "5 dagen te laat (3 werkdagen)", "nog 9 dagen (7 werkdagen)"


@pytest.fixture(autouse=True)
def the_day(settings, db):
    settings.CLOCK = DAY
    terms()


def shown(cast, url, who="coordinator") -> str:
    """The page as it is read: without marks and with single spaces."""
    response = cast.client(who).get(url)
    assert response.status_code == 200
    return words(response.content.decode())


def words(html: str) -> str:

    return " ".join(re.sub(r"<[^>]+>", " ", html).split()).replace("( ", "(").replace(" )", ")")


def rows_of(cast, url, who="coordinator") -> list[dict]:
    text = cast.client(who).get(url, {"export": "csv"}).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.fixture
def late(cast):
    return household(cast, reference="LATE", linked_on=LATE)


@pytest.fixture
def soon(cast):
    return household(cast, reference="SOON", linked_on=SOON)


def test_list_of_households(cast, late, soon):
    text = shown(cast, reverse("cases:case_list"))
    assert LATE_WORDS in text
    assert SOON_WORDS in text


def test_page_of_a_household(cast, late):
    assert LATE_WORDS in shown(cast, reverse("cases:case_detail", args=[late.pk]))


def test_board_of_proposals(cast, soon):
    placed(cast, case=soon)
    assert SOON_WORDS in shown(cast, reverse("proposals:board"))
    assert "werkdagen" not in shown(cast, reverse("proposals:board"), "corporation_staff")


def test_dwellings_for_a_household(cast, soon):
    vacancy = suitable_vacancy(cast)
    assert SOON_WORDS in shown(cast, reverse("cases:case_propose", args=[soon.pk]))
    assert SOON_WORDS in shown(
        cast, reverse("cases:case_propose_dwelling", args=[soon.pk, vacancy.pk])
    )


def test_households_for_a_dwelling(cast, late, soon):
    text = shown(cast, reverse("housing:vacancy_propose", args=[suitable_vacancy(cast).pk]))
    assert LATE_WORDS in text
    assert SOON_WORDS in text


def test_the_household_that_a_dwelling_is_proposed_to(cast, soon):
    url = reverse("housing:vacancy_detail", args=[placed(cast, case=soon).vacancy_id])
    assert SOON_WORDS in shown(cast, url)
    assert "werkdagen" not in shown(cast, url, "corporation_staff")


def test_the_form_of_a_step(cast, soon):
    url = reverse("proposals:proposal_withdraw", args=[placed(cast, case=soon).pk])
    assert SOON_WORDS in shown(cast, url)


def test_family_who_follow(cast):
    case = household(cast, reference="SOON", linked_on=SOON, expected=1)
    case.persons.filter(category="reunifier").update(expected_on=date(2017, 12, 27))
    text = shown(cast, reverse("cases:family_list"))
    assert SOON_WORDS in text
    assert "nog 37 dagen (25 werkdagen)" in text  # until the arrival, without both Christmas days


def test_differences_with_coa(cast, late):
    CoaStatementFactory(
        municipality=cast.marum, reference="LATE", on=LATE, persons=3, reported_on=DAY
    )
    assert LATE_WORDS in shown(cast, reverse("cases:difference_list"))


def test_asked_of_me(cast, late):
    MentionFactory(note__case=late, user=cast.coordinator)
    assert LATE_WORDS in shown(cast, reverse("cases:mention_list"))


def test_tasks(cast, soon):
    task = GuidanceTaskFactory(case=soon, due_on=date(2017, 11, 15))
    done = GuidanceTaskFactory(
        case=soon, due_on=date(2017, 12, 1), done_on=DAY, done_by=cast.officer_marum
    )
    assert LATE_WORDS in shown(cast, reverse("cases:task_list"))
    assert LATE_WORDS in shown(cast, reverse("cases:task_detail", args=[task.pk]))
    assert LATE_WORDS in shown(cast, reverse("cases:case_detail", args=[soon.pk]))
    assert "werkdagen" not in shown(cast, reverse("cases:task_detail", args=[done.pk]))
    assert "werkdagen" not in shown(cast, f"{reverse('cases:task_list')}?state=done")


def test_a_reader_who_may_not_know_the_deadline_sees_none(cast, late):
    """Guidance is called into a note of a household that it guides."""
    assert deadline_of(late, cast.coordinator, on=DAY) == date(2017, 11, 15)
    assert deadline_of(late, cast.officer_marum, on=DAY) == date(2017, 11, 15)
    for user in (cast.officer_leek, cast.guidance_worker, cast.corporation_staff, cast.stranger):
        assert deadline_of(late, user, on=DAY) is None


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("cases:case_list", ["Dagen over", "Werkdagen over"]),
        ("cases:task_list", ["Dagen over", "Werkdagen over"]),
        ("cases:family_list", ["Termijn", "Dagen over", "Werkdagen over"]),
        ("cases:difference_list", ["Termijn", "Dagen over", "Werkdagen over"]),
    ],
)
def test_files_have_them_as_their_last_columns(cast, name, last):
    case = household(cast, reference="SOON", linked_on=SOON, expected=1)
    GuidanceTaskFactory(case=case, due_on=date(2017, 11, 29))
    CoaStatementFactory(
        municipality=cast.marum, reference="SOON", on=SOON, persons=9, reported_on=DAY
    )
    (row,) = rows_of(cast, reverse(name))
    assert list(row)[-len(last) :] == last
    assert [row[column] for column in last][-2:] == ["9", "7"]


def test_a_file_tells_days_late_as_less_than_nothing(cast, late):
    (row,) = rows_of(cast, reverse("cases:case_list"))
    assert (row["Dagen over"], row["Werkdagen over"]) == ("-5", "-3")


def test_a_file_for_partners_tells_neither(cast, soon):
    placed(cast, case=soon)
    (row,) = rows_of(cast, reverse("cases:case_list"), "corporation_staff")
    assert "Dagen over" not in row
