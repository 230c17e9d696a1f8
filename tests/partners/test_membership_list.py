"""The list of people, its filters and its export."""

import pytest

from partners.models import JournalEntry
from tests.cast import MEMBERS
from tests.factories import TODAY

URL = "/people/"


def names(answer) -> set[str]:
    return {row.record.user.name for row in answer.context["table"].rows}


def test_it_holds_the_people_of_the_region(cast):
    answer = cast.client("administrator").get(URL)
    assert names(answer) == {f"Test {who}" for who in MEMBERS}


def test_it_is_there_for_administrators_only(cast):
    for who in MEMBERS:
        expected = 200 if who == "administrator" else 404
        assert cast.client(who).get(URL).status_code == expected, who


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=leek", {"Test officer_leek"}),
        ("q=test marum", {"Test officer_marum"}),
        ("role=coordinator", {"Test coordinator"}),
        ("state=ended", {"Test supervisor"}),
    ],
)
def test_filters(cast, query, found):
    cast.supervisor.memberships.update(valid_to=TODAY)
    assert names(cast.client("administrator").get(f"{URL}?{query}")) == found


def test_who_left_or_was_reviewed_is_not_to_be_reviewed(cast):
    cast.supervisor.memberships.update(valid_to=TODAY)
    cast.coordinator.memberships.update(reviewed_on=TODAY, reviewed_by=cast.administrator)
    to_review = names(cast.client("administrator").get(f"{URL}?state=review"))
    assert to_review == {f"Test {who}" for who in MEMBERS} - {
        "Test supervisor",
        "Test coordinator",
    }
    active = names(cast.client("administrator").get(f"{URL}?state=active"))
    assert "Test supervisor" not in active


def test_the_organisations_of_others_are_no_choice(cast):
    theirs = cast.stranger.memberships.first().organisation
    page = cast.client("administrator").get(URL).content.decode()
    assert theirs.name not in page


@pytest.mark.parametrize("format", ["csv", "xlsx", "ods"])
def test_an_export_is_journalled(cast, format):
    answer = cast.client("administrator").get(f"{URL}?role=coordinator&export={format}")
    assert "attachment" in answer.headers["Content-Disposition"]
    line = JournalEntry.objects.get(action="membership.export")
    assert (line.detail, line.region) == (f"{format}, 1", cast.region)


def test_the_export_holds_the_page(cast):
    text = cast.client("administrator").get(f"{URL}?export=csv").content.decode()
    assert len(text.strip().splitlines()) == 1 + len(MEMBERS)
    assert cast.officer_marum.email in text
