"""COA's sign-offs: who lives here is signed off, of the others the file says why not."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from housing.choices import CaseStatus, StepCode
from housing.models import CoaStatement, Counting
from housing.services.cases import unlink_case
from housing.services.placing import sign_off
from housing.services.undoing import undo_step
from partners.choices import ImportState
from tests.placing import DAY, at, counting_rules, household, placed

HEADERS = "Kenmerk;Gemeente;Afmelddatum;Personen\n"


@pytest.fixture
def office(seat):
    return seat("coordinator")


@pytest.fixture
def lives(cast):
    """A household of two, registered at its address."""
    counting_rules()
    case = household(cast, reference="D-1", persons=2)
    placed(cast, case=case, until=StepCode.REGISTER)
    case.refresh_from_db()
    return case


def checked(desk, *lines, **more):
    text = HEADERS + "".join(f"{line}\n" for line in lines)
    return desk.checked(text, kind="coa_sign_offs", organisation="", **more)


def imported(desk, *lines):
    return desk.approve(checked(desk, *lines), warnings_seen="on")


def told(batch) -> list[str]:
    return [sentence for row in batch.rows.order_by("number") for _c, sentence in row.problems]


def test_who_lives_here_is_signed_off_and_counts(office, lives, cast):
    batch = checked(office, "D-1;Marum;20-11-2017;2")
    assert (batch.counts["change"], batch.counts["warned"]) == (1, 0)
    assert "Signed off by COA" in office.page("rows", batch)
    batch = office.approve(batch)
    lives.refresh_from_db()
    assert (lives.status, lives.status_since) == (CaseStatus.SIGNED_OFF, DAY)
    assert set(lives.persons.values_list("counted_on", "credited_municipality")) == {
        (DAY, cast.marum.pk)
    }
    assert lives.steps.last().by == cast.coordinator
    statement = CoaStatement.objects.get()
    assert (statement.about, statement.on, statement.persons) == ("sign_off", DAY, 2)
    again = imported(office, "D-1;Marum;20-11-2017;2")
    assert again.counts["same"] == 1
    assert lives.steps.filter(code=StepCode.SIGN_OFF).count() == 1


def test_moved_in_but_not_registered_is_enough(office, cast):
    counting_rules()
    placed(cast, case=household(cast, reference="D-1"), until=StepCode.MOVE_IN)
    assert checked(office, "D-1;Marum;20-11-2017;1").counts["change"] == 1


def test_who_has_not_moved_in_stays_and_the_row_says_why(office, cast):
    counting_rules()
    case = household(cast, reference="D-1")
    placed(cast, case=case, until=StepCode.ACCEPT)
    batch = imported(office, "D-1;Marum;20-11-2017;1")
    assert told(batch) == [
        "According to us it has not moved in yet. This household is at “Accepted” here."
    ]
    case.refresh_from_db()
    assert case.status == CaseStatus.ACCEPTED
    assert CoaStatement.objects.get().on == DAY


def test_another_number_and_another_municipality_are_warned_of(office, lives):
    (row,) = checked(office, "D-1;Leek;20-11-2017;4").rows.all()
    assert (row.outcome, row.warned) == ("change", True)
    assert [sentence for _name, sentence in row.warnings] == [
        "Here 2 persons live with the household, who will be signed off.",
        "Here the household is linked to Marum, and counts by our rules.",
    ]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("D-9;Marum;20-11-2017;2", "We do not know this household. Import its link first."),
        ("D-1;Marum;19-11-2017;2", "This day lies before the step it follows, of 20 Nov 2017."),
        ("D-1;Marum;31-02-2017;2", "The date “31-02-2017” does not exist."),
        ("D-1;Marum;20-11-2027;2", "This day lies in the future."),
        ("D-1;Marum;;2", "This may not be empty."),
        ("D-1;Atlantis;20-11-2017;2", "“Atlantis” is not a municipality of this region."),
        ("D-1;Marum;20-11-2017;0", "0 is not between 1 and 30."),
    ],
)
def test_a_bad_row_says_why(line, sentence, office, lives):
    batch = checked(office, line)
    assert batch.counts["error"] == 1
    assert sentence in told(batch)


def test_unlinked_here_it_cannot_be_signed_off(office, cast):
    case = household(cast, reference="D-1")
    unlink_case(by=cast.coordinator, case=case, reason="left", on=DAY, now=at())
    assert told(checked(office, "D-1;Marum;20-11-2017;1")) == [
        "Here this household was unlinked, so it cannot be signed off."
    ]


def test_an_officer_signs_off_the_own_municipality_only(seat, lives):
    leek = seat("officer_leek")
    batch = checked(leek, "D-1;Marum;20-11-2017;2", "D-1;Leek;20-11-2017;2")
    assert batch.counts["error"] == 2
    assert not CoaStatement.objects.exists()
    assert imported(seat("officer_marum"), "D-1;Marum;20-11-2017;2").counts["change"] == 1
    lives.refresh_from_db()
    assert lives.status == CaseStatus.SIGNED_OFF


def test_undone_the_step_is_taken_back_and_nobody_counts(office, lives, cast):
    batch = office.undo(imported(office, "D-1;Marum;20-11-2017;2"))
    assert batch.state == ImportState.UNDONE, batch.sentence
    lives.refresh_from_db()
    assert lives.status == CaseStatus.REGISTERED
    assert set(lives.persons.values_list("counted_on", flat=True)) == {None}
    assert Counting.objects.filter(reverses__isnull=False).count() == 2
    assert not CoaStatement.objects.exists()
    assert imported(office, "D-1;Marum;20-11-2017;2").counts["change"] == 1


def test_a_later_step_is_told_and_nothing_is_undone(office, lives, cast):
    batch = imported(office, "D-1;Marum;20-11-2017;2")
    step = lives.steps.last()
    undo_step(by=cast.coordinator, step=step, reason="Vergissing", now=at(DAY + timedelta(days=1)))
    batch = office.undo(batch)
    assert batch.state == ImportState.DONE
    assert "Row 2 (D-1, Marum): something was done for this household since." in batch.sentence


def test_a_step_that_somebody_took_after_the_check_is_not_ours(office, lives, cast):
    batch = checked(office, "D-1;Marum;20-11-2017;2")
    proposal = lives.proposals.get()
    sign_off(by=cast.officer_marum, proposal=proposal, on=date(2017, 11, 20), now=at())
    batch = office.approve(batch)
    assert told(batch) == ["This household is no longer as it was when the file was checked."]


@pytest.mark.parametrize("format", ["csv", "xlsx", "ods"])
def test_the_template_is_recognised(format, office):
    query = {"kind": "coa_sign_offs", "format": format}
    response = office.client.get(reverse("imports:template"), query)
    batch = office.checked(
        response.content, name=f"sjabloon.{format}", kind="coa_sign_offs", organisation=""
    )
    assert batch.rows.get().problems[0][1].startswith("This is the example of the template.")


def test_the_columns_of_links_are_not_those_of_sign_offs(office):
    text = "Kenmerk;Gemeente;Koppeldatum;Personen\nD-1;Marum;2-10-2017;1\n"
    response = office.send(text, kind="coa_sign_offs", organisation="")
    (said,) = office.sentences(response)
    assert "The columns of this file are those of “COA: links”" in said
