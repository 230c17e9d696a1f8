"""COA's links: households that come in, those that are there, those that COA unlinked."""

from datetime import date

import pytest
from django.urls import reverse

from housing.choices import CaseStatus, StepCode
from housing.models import Case, CaseStep, CoaStatement, Person
from housing.services.cases import move_case
from housing.services.importing.coa_columns import COA_LINK_COLUMNS
from partners.choices import ImportState
from partners.models import ImportBatch, ImportRow
from tests.factories import NOW, TODAY
from tests.placing import counting_rules, household, placed
from westerkwartier.web.exports import export_response

HEADERS = "Kenmerk;Gemeente;Koppeldatum;Aantal personen\n"
ONE = HEADERS + "D-1;Marum;2-10-2017;3\n"
GOOD = {
    "Kenmerk": "D-1",
    "Gemeente": "Marum",
    "Koppeldatum": "2-10-2017",
    "Vergunningsdatum": "",
    "Personen": "2",
    "Gezinsleden": "",
    "AMV": "",
    "Nareizigers": "",
    "Status": "",
    "Ontkoppeld op": "",
    "Ontkoppelreden": "",
}
FULL = ";".join(GOOD) + "\n"


def line(**cells) -> str:
    return ";".join({**GOOD, **{k.replace("_", " "): v for k, v in cells.items()}}.values()) + "\n"


@pytest.fixture
def office(seat):
    return seat("coordinator")


def links(desk, text, **more):
    return desk.checked(text, kind="coa_links", organisation="", **more)


def imported(desk, text):
    return desk.approve(links(desk, text), warnings_seen="on")


def told(batch) -> list[str]:
    return [sentence for row in batch.rows.order_by("number") for _c, sentence in row.problems]


# -- households that come in -----------------------------------------------------------------------


def test_a_household_of_the_file_is_entered_with_its_persons_and_first_step(office, cast):
    batch = links(office, FULL + line(Personen="3", Nareizigers="1", Vergunningsdatum="1-9-2017"))
    assert batch.state == ImportState.CHECKED, batch.sentence
    assert batch.counts == {"add": 1, "change": 0, "same": 0, "error": 0, "warned": 0, "told": 1}
    assert not Case.objects.exists()
    batch = office.approve(batch)
    case = Case.objects.get()
    assert (case.reference, case.linked_municipality, case.linked_on, case.permit_on) == (
        *("D-1", cast.marum, date(2017, 10, 2), date(2017, 9, 1)),
    )
    assert list(case.persons.order_by("pk").values_list("category", "relation")) == [
        *(("holder", "holder"), ("family", "other"), ("family", "other"), ("reunifier", "other")),
    ]
    step = case.steps.get()
    assert (step.code, step.by, step.effective_on) == (
        StepCode.LINK,
        cast.coordinator,
        case.linked_on,
    )
    assert batch.rows.get().target == case.pk
    statement = CoaStatement.objects.get()
    assert (statement.reference, statement.persons, statement.batch) == ("D-1", 3, batch)


@pytest.mark.parametrize("spelling", ["GM0025", "0025", "25", "marum", "  MARUM "])
def test_a_municipality_by_its_name_or_its_code(spelling, office):
    assert links(office, FULL + line(Gemeente=spelling)).counts["add"] == 1


def test_minors_are_a_household_without_a_holder(office):
    imported(office, FULL + line(AMV="2", Personen="2"))
    assert list(Person.objects.order_by("pk").values_list("category", "relation")) == [
        *(("minor", "holder"), ("minor", "other")),
    ]


def test_an_officer_imports_for_the_own_municipality_only(seat, cast):
    marum = seat("officer_marum")
    batch = links(marum, FULL + line() + line(Kenmerk="D-2", Gemeente="Leek"))
    assert batch.organisation == cast.marum.organisation
    assert (batch.counts["add"], batch.counts["error"]) == (1, 1)
    assert "this household is of another municipality" in told(batch)[0]
    marum.approve(batch)
    assert list(Case.objects.values_list("reference", flat=True)) == ["D-1"]
    assert list(CoaStatement.objects.values_list("reference", flat=True)) == ["D-1"]
    page = reverse("imports:batch_detail", args=[batch.pk])
    assert seat("coordinator").client.get(page).status_code == 200
    for who in ("officer_leek", "corporation_staff", "guidance_worker", "stranger"):
        assert seat(who).client.get(page).status_code in (403, 404)


def test_the_corporation_cannot_send_it_and_an_officer_no_dwellings(desk, seat, cast):
    assert desk.send(ONE, kind="coa_links").status_code == 422
    response = seat("officer_marum").send("Postcode;Huisnummer\n9356XL;1\n", kind="dwellings")
    assert response.status_code == 422
    assert not ImportBatch.objects.exists()


# -- households that are there ---------------------------------------------------------------------


def test_a_household_that_is_there_is_left_as_it_is(office, cast):
    case = household(cast, reference="D-1", persons=2)
    batch = imported(office, FULL + line())
    assert (batch.counts["same"], batch.counts["add"]) == (1, 0)
    assert Case.objects.get() == case
    assert CoaStatement.objects.get().reference == "D-1"


def test_another_day_or_number_is_warned_of_and_changes_nothing(office, cast):
    case = household(cast, reference="D-1", persons=2)
    batch = imported(office, FULL + line(Koppeldatum="3-10-2017", Personen="4"))
    row = batch.rows.get()
    assert (row.outcome, [name for name, _said in row.warnings]) == (
        "same",
        ["linked_on", "persons"],
    )
    case.refresh_from_db()
    assert case.linked_on == date(2017, 10, 2)


def test_an_officer_learns_nothing_of_a_household_of_another_municipality(seat, cast):
    household(cast, reference="D-1", persons=2)
    leek = seat("officer_leek")
    batch = links(leek, FULL + line(Gemeente="Leek"))
    row = batch.rows.get()
    assert told(batch) == [
        "Here this household is linked to another municipality. Ask the coordinator."
    ]
    assert row.target is None
    page = leek.client.get(reverse("imports:row", args=[batch.pk, row.number])).content.decode()
    assert "Marum" not in page


# -- unlinked by COA -------------------------------------------------------------------------------

UNLINKED = {"Status": "Ontkoppeld", "Ontkoppeld_op": "1-11-2017", "Ontkoppelreden": "left"}


def test_a_household_that_coa_unlinked_is_unlinked(office, cast):
    case = household(cast, reference="D-1", persons=2)
    batch = links(office, FULL + line(**UNLINKED))
    assert batch.counts["change"] == 1, told(batch)
    office.approve(batch)
    case.refresh_from_db()
    assert (case.status, case.unlinked_on) == (CaseStatus.UNLINKED, date(2017, 11, 1))
    assert case.steps.last().reason == "left"
    assert links(office, FULL + line(**UNLINKED)).counts["same"] == 1


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({**UNLINKED, "Ontkoppelreden": ""}, "Tell why COA unlinked the household."),
        ({**UNLINKED, "Ontkoppelreden": "merged"}, "Tell why COA unlinked the household."),
        ({**UNLINKED, "Ontkoppeld_op": ""}, "A household that was unlinked has the day of it."),
        ({**UNLINKED, "Ontkoppeld_op": "1-9-2017"}, "It cannot be unlinked before it was linked."),
        ({**UNLINKED, "Status": ""}, "Only a household that was unlinked has a day and a reason"),
    ],
)
def test_what_an_unlinked_household_needs(cells, sentence, office, cast):
    household(cast, reference="D-1", persons=2)
    batch = links(office, FULL + line(**cells))
    assert sentence in told(batch)[0]


def test_only_the_coordinator_unlinks_and_not_with_a_proposal_under_way(seat, office, cast):
    case = household(cast, reference="D-1", persons=2)
    batch = links(seat("officer_marum"), FULL + line(**UNLINKED))
    assert told(batch) == ["Only the coordinator unlinks a household."]
    placed(cast, case=case)
    batch = links(office, FULL + line(**UNLINKED))
    assert told(batch)[0].endswith("So it cannot be unlinked.")


def test_unlinked_before_we_knew_it_is_no_work(office):
    batch = imported(office, FULL + line(**UNLINKED))
    assert batch.counts["same"] == 1
    assert not Case.objects.exists()
    assert CoaStatement.objects.get().unlinked_on == date(2017, 11, 1)


# -- bad rows --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"Kenmerk": ""}, "This may not be empty."),
        ({"Kenmerk": "x" * 21}, "This is longer than 20 characters."),
        ({"Kenmerk": "V281.234.5678"}, "This looks like a V-number, which is personal data"),
        ({"Kenmerk": "2812345678"}, "This looks like a V-number, which is personal data"),
        ({"Gemeente": "Atlantis"}, "“Atlantis” is not a municipality of this region."),
        ({"Koppeldatum": "31-02-2017"}, "The date “31-02-2017” does not exist."),
        ({"Koppeldatum": "2-3-17"}, "Write the year of “2-3-17” with four digits."),
        ({"Koppeldatum": "2-10-2027"}, "This day lies in the future."),
        ({"Vergunningsdatum": "3-10-2017"}, "The permit cannot be newer than the link."),
        ({"Personen": "0"}, "0 is not between 1 and 30."),
        ({"Personen": "2,5"}, "“2,5” is not a whole number."),
        ({"Gezinsleden": "3"}, "The numbers do not add up"),
        ({"Gezinsleden": "0"}, "The numbers do not add up"),
        ({"Status": "Kwijt"}, "“Kwijt” is not one of:"),
    ],
)
def test_a_bad_cell_blocks_its_row_and_no_other(cells, sentence, office):
    batch = links(office, FULL + line(**cells) + line(Kenmerk="D-2"))
    wrong, right = batch.rows.order_by("number")
    assert wrong.outcome == "error"
    assert any(sentence in said for _column, said in wrong.problems), wrong.problems
    assert right.outcome == "add", right.problems
    office.approve(batch)
    assert Case.objects.get().reference == "D-2"


def test_the_same_household_twice_blocks_both_and_neither_is_what_coa_says(office):
    batch = links(office, FULL + line() + line(Kenmerk="D-2") + line(Kenmerk="d-1", Personen="4"))
    one, _other, two = batch.rows.order_by("number")
    assert (one.twin, two.twin) == (4, 2)
    office.approve(batch)
    assert list(CoaStatement.objects.values_list("reference", flat=True)) == ["D-2"]


@pytest.mark.parametrize("text", ["=1+2", "-a", "@SUM(A1)"])
def test_what_looks_like_a_formula_is_text_in_and_safe_out(text, office):
    batch = imported(office, FULL + line(Kenmerk=text) + line(Kenmerk=f"{text}2", Personen="x"))
    assert Case.objects.get().reference == text
    page = office.client.get(f"/imports/{batch.pk}/errors/?format=csv").content.decode()
    assert f"'{text}2" in page
    assert links(office, page).rows.get().raw[0] == f"{text}2"


def test_neither_v_numbers_nor_columns_that_nobody_asked_for_are_kept(office):
    text = "Naam;Kenmerk;Gemeente;Koppeldatum;Personen\n" + (
        "Jansen;V2812345678;Marum;2-10-2017;1\nPieters;D-2;V 281 234 5678;2-10-2017;1\n"
    )
    office.send(text, kind="coa_links", organisation="")
    batch = ImportBatch.objects.get()
    columns = ("", "reference", "municipality", "linked_on", "persons")
    data = {f"column_{place}": name for place, name in enumerate(columns)}
    assert office.client.post(reverse("imports:mapping", args=[batch.pk]), data).status_code == 302
    batch = office.work(batch)
    assert batch.counts["error"] == 2
    kept = str(list(ImportRow.objects.values()))
    assert "281" not in kept
    assert "Jansen" not in kept


# -- templates and exports -------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["csv", "xlsx", "ods"])
def test_the_template_is_recognised_and_its_example_cannot_go_in(format, office):
    query = {"kind": "coa_links", "format": format}
    response = office.client.get(reverse("imports:template"), query)
    batch = links(office, response.content, name=f"sjabloon.{format}")
    assert batch.state == ImportState.CHECKED
    assert batch.rows.get().problems[0][1].startswith("This is the example of the template.")


@pytest.mark.parametrize("format", ["csv", "xlsx"])
def test_what_the_register_writes_out_changes_nothing(format, office, cast):
    counting_rules()
    household(cast, reference="D-1", persons=3, expected=1)
    placed(cast, case=household(cast, reference="D-2", persons=2), until=StepCode.SIGN_OFF)
    imported(office, FULL + line(Kenmerk="D-3", AMV="2", Personen="2"))
    office.imported(
        FULL + line(Kenmerk="D-3", AMV="2", Personen="2", **UNLINKED),
        kind="coa_links",
        organisation="",
    )
    cases = Case.objects.order_by("pk").select_related("linked_municipality")
    response = export_response(
        format=format,
        name="koppelingen",
        header=[str(column.label) for column in COA_LINK_COLUMNS],
        rows=([column.show(case) for column in COA_LINK_COLUMNS] for case in cases),
    )
    batch = links(office, response.getvalue(), name=f"koppelingen.{format}")
    assert batch.counts["same"] == 3, told(batch)
    assert [row.warnings for row in batch.rows.all()] == [[], [], []]


# -- undoing ---------------------------------------------------------------------------------------


def test_undone_it_is_as_if_it_never_was_and_can_be_sent_again(office, cast):
    there = household(cast, reference="D-2", persons=2)
    text = FULL + line() + line(Kenmerk="D-2", **UNLINKED)
    batch = office.undo(imported(office, text))
    assert batch.state == ImportState.UNDONE, batch.sentence
    assert Case.objects.get() == there
    assert not CoaStatement.objects.exists()
    there.refresh_from_db()
    assert (there.status, there.unlinked_on) == (CaseStatus.LINKED, None)
    assert there.steps.last().code == StepCode.UNDO
    assert imported(office, text + line(Kenmerk="D-3")).counts["add"] == 2


def test_what_was_built_on_it_is_told_and_nothing_is_undone(office, cast):
    batch = imported(office, FULL + "".join(line(Kenmerk=f"D-{n}") for n in range(4)))
    stepped, named, handled, _untouched = Case.objects.order_by("pk")
    move_case(by=cast.coordinator, case=stepped, code=StepCode.PREPARE, on=TODAY, now=NOW)
    person = named.persons.first()
    person.arrived_on = TODAY
    person.save(update_fields=["arrived_on"])
    handled.handler = cast.coordinator
    handled.save(update_fields=["handler"])
    batch = office.undo(batch)
    assert batch.state == ImportState.DONE
    assert batch.sentence.splitlines()[1:] == [
        "Row 2 (D-0, Marum): something was done for this household since.",
        "Row 3 (D-1, Marum): it was changed after the import.",
        "Row 4 (D-2, Marum): it was changed after the import.",
    ]
    assert Case.objects.count() == 4


def test_what_coa_told_before_stands_again_and_the_newer_file_goes_first(office, cast):
    first = imported(office, FULL + line())
    second = imported(office, FULL + line(Personen="5"))
    assert CoaStatement.objects.get().persons == 5
    refused = office.undo(first)
    assert refused.state == ImportState.DONE
    assert "COA told of it again in a later file." in refused.sentence
    assert office.undo(second).state == ImportState.UNDONE
    statement = CoaStatement.objects.get()
    assert (statement.persons, statement.batch) == (2, first)
    assert office.undo(first).state == ImportState.UNDONE


def test_entered_by_somebody_else_after_the_check_it_is_not_ours(office, cast):
    batch = links(office, FULL + line() + line(Kenmerk="D-2"))
    household(cast, reference="D-1", persons=1)
    batch = office.approve(batch)
    assert (batch.counts["add"], batch.counts["error"]) == (1, 1)
    assert told(batch) == ["This household was entered after the file was checked."]
    assert CaseStep.objects.filter(code=StepCode.LINK).count() == 2
