"""COA links a household that is there to another municipality: shown, followed, taken back."""

from datetime import date

import pytest

from housing.choices import CaseStatus, StepCode
from housing.models import Case, CoaDifference, CoaStatement
from housing.services.cases import change_link, move_case
from housing.services.undoing import undo_step
from partners.choices import ImportState
from partners.models import JournalEntry
from tests.factories import NOW, TODAY, MunicipalityFactory
from tests.placing import at, counting_rules, household, placed

HEADERS = "Kenmerk;Gemeente;Koppeldatum;Aantal personen\n"
FIRST, CHANGED = date(2017, 10, 2), date(2017, 11, 6)
TO_LEEK = HEADERS + "D-1;Leek;6-11-2017;2\n"


@pytest.fixture
def office(seat):
    return seat("coordinator")


@pytest.fixture
def case(cast) -> Case:
    return household(cast, reference="D-1", persons=2)


def links(desk, text=TO_LEEK):
    return desk.checked(text, kind="coa_links", organisation="")


def imported(desk, text=TO_LEEK):
    return desk.approve(links(desk, text), warnings_seen="on")


def told(batch) -> list[str]:
    return [sentence for row in batch.rows.order_by("number") for _c, sentence in row.problems]


def link(cast, case, to, on=CHANGED):
    return change_link(by=cast.coordinator, case=case, municipality=to, on=on, now=NOW)


def test_it_is_shown_before_it_is_done(office, cast, case):
    batch = links(office)
    assert (batch.counts["change"], batch.counts["error"]) == (1, 0), told(batch)
    page = office.page("rows", batch)
    assert "Marum" in page
    assert "Link changed on" in page
    assert "6 Nov 2017" in page
    case.refresh_from_db()
    assert case.linked_municipality == cast.marum


def test_afterwards_there_is_no_difference(office, cast, case):
    imported(office)
    assert not CoaDifference.objects.filter(reference="D-1").exists()


def test_the_link_follows_and_the_household_has_waited_since_its_first(office, cast, case):
    batch = imported(office)
    assert batch.counts["change"] == 1
    case.refresh_from_db()
    assert (case.linked_municipality, case.linked_on) == (cast.leek, FIRST)
    step = case.steps.last()
    assert (step.code, step.effective_on, step.by) == (
        StepCode.CHANGE_LINK,
        CHANGED,
        cast.coordinator,
    )
    assert step.kept == {"from": "GM0025", "to": "GM0022"}
    assert JournalEntry.objects.filter(action="case.change_link").count() == 1
    assert CoaStatement.objects.get().municipality == cast.leek


def test_the_same_file_again_changes_nothing(office, case):
    imported(office)
    batch = links(office, TO_LEEK + "D-2;Leek;6-11-2017;1\n")
    assert (batch.counts["same"], batch.counts["add"]) == (1, 1), told(batch)
    assert batch.rows.get(number=2).warnings == []


def test_undone_it_is_the_former_municipality_s_again(office, cast, case):
    batch = office.undo(imported(office))
    assert batch.state == ImportState.UNDONE, batch.sentence
    case.refresh_from_db()
    assert (case.linked_municipality, case.linked_on) == (cast.marum, FIRST)
    assert [step.code for step in case.steps.order_by("pk")] == [
        StepCode.LINK,
        StepCode.CHANGE_LINK,
        StepCode.UNDO,
    ]
    assert not CoaStatement.objects.exists()
    assert imported(office, TO_LEEK + "D-2;Leek;6-11-2017;1\n").counts["change"] == 1


def test_with_a_proposal_under_way_somebody_looks_at_it_first(office, cast, case):
    proposal = placed(cast, case=case, on=TODAY)
    batch = links(office)
    (warning,) = batch.rows.get().warnings
    assert warning[1].endswith("The proposal goes on as it is.")
    office.approve(batch, warnings_seen="on")
    case.refresh_from_db()
    proposal.refresh_from_db()
    assert (case.linked_municipality, case.status) == (cast.leek, CaseStatus.PROPOSED)
    assert proposal.is_live


@pytest.mark.parametrize("until", [StepCode.SIGN, StepCode.MOVE_IN, StepCode.SIGN_OFF])
def test_a_household_that_has_a_contract_keeps_its_link(until, office, cast, case):
    counting_rules()
    placed(cast, case=case, until=until)
    batch = imported(office)
    assert told(batch)[0].endswith("So its link cannot be changed.")
    case.refresh_from_db()
    assert case.linked_municipality == cast.marum
    assert {person.credited_municipality for person in case.persons.all()} <= {None, cast.marum}
    # What COA says is kept all the same, so that it stands among the differences.
    assert CoaStatement.objects.get().municipality == cast.leek


def test_an_older_file_does_not_turn_a_later_change_back(office, cast, case):
    link(cast, case, cast.leek)
    batch = links(office, HEADERS + "D-1;Marum;2-10-2017;2\n")
    assert told(batch) == ["Here it is linked to Leek since 6 Nov 2017, which is later."]


def test_before_the_first_link_it_cannot_be(office, cast, case):
    batch = links(office, HEADERS + "D-1;Leek;1-10-2017;2\n")
    assert told(batch) == ["Here it is linked to Marum since 2 Oct 2017, which is later."]


def test_a_change_that_was_taken_back_stands_in_nobody_s_way(office, cast, case):
    step = link(cast, case, cast.leek)
    undo_step(by=cast.coordinator, step=step, reason="Vergissing van COA.", now=NOW)
    assert links(office, HEADERS + "D-1;Leek;3-10-2017;2\n").counts["change"] == 1


def test_who_linked_it_elsewhere_since_the_check_was_first(office, cast, case):
    zuidhorn = MunicipalityFactory(region=cast.region, name="Zuidhorn")
    batch = links(office)
    link(cast, case, zuidhorn, on=date(2017, 11, 8))
    batch = office.approve(batch)
    assert (batch.counts["change"], batch.counts["error"]) == (0, 1)
    assert told(batch) == ["This household is no longer as it was when the file was checked."]
    case.refresh_from_db()
    assert case.linked_municipality == zuidhorn


def test_just_this_change_by_hand_since_the_check_is_done_once(office, cast, case):
    batch = links(office)
    link(cast, case, cast.leek)
    batch = office.approve(batch)
    assert batch.counts["error"] == 1
    assert case.steps.filter(code=StepCode.CHANGE_LINK).count() == 1


def test_signed_since_the_check_it_stays(office, cast, case):
    batch = links(office)
    placed(cast, case=case, until=StepCode.SIGN)
    batch = office.approve(batch)
    assert batch.counts["error"] == 1
    assert told(batch)[0].startswith("That cannot be done now: this household is at")
    case.refresh_from_db()
    assert case.linked_municipality == cast.marum


def test_what_was_done_since_is_told_and_the_link_stays(office, cast, case):
    batch = imported(office)
    move_case(by=cast.coordinator, case=case, code=StepCode.PREPARE, on=TODAY, now=NOW)
    batch = office.undo(batch)
    assert batch.state == ImportState.DONE
    assert batch.sentence.splitlines()[1:] == [
        "Row 2 (D-1, Leek): something was done for this household since."
    ]
    case.refresh_from_db()
    assert case.linked_municipality == cast.leek


def test_taken_back_on_the_page_it_is_the_former_municipality_s(cast, case):
    step = link(cast, case, cast.leek)
    again = [
        undo_step(by=cast.coordinator, step=step, reason="Vergissing van COA.", now=at())
        for _ in range(2)
    ]
    assert again[0] == again[1]
    case.refresh_from_db()
    assert case.linked_municipality == cast.marum
