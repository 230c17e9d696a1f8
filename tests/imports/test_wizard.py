"""The wizard: who may, columns told by hand, approving, undoing, error rows, what is kept."""

import io
import os
from datetime import timedelta

import pytest
from django.test import TestCase
from django.urls import reverse
from openpyxl import load_workbook

from housing.models import Dwelling
from partners.choices import ImportState
from partners.models import ImportBatch, ImportMapping, ImportRow, JournalEntry
from partners.services.imports import batches, jobs
from tests.factories import NOW, TODAY, DwellingFactory, OrganisationFactory, VacancyFactory

HEADERS = "Postcode;Huisnummer;Straat;Dorp;Soort;Kamers;Slaapkamers\n"
ONE = HEADERS + "9356XL;1;Hoofdstraat;Tolbert;Flat;3;2\n"
TWO = ONE + "9356XL;2;Hoofdstraat;Tolbert;Flat;3;2\n"
ODD = "pc6;nr van huis;s;d;t;k;sk;opmerking\n9356XL;1;Hoofdstraat;Tolbert;Flat;3;2;mooi\n"
TOLD = ("postcode", "number", "street", "village", "kind", "rooms", "bedrooms", "")


def url(name: str, batch: ImportBatch) -> str:
    return reverse(f"imports:{name}", args=[batch.pk])


# -- who ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["guidance_worker", "administrator", "nobody"])
def test_others_do_not_see_that_it_exists(who, desk, seat):
    other = seat(who).client
    assert other.get(reverse("imports:batch_list")).status_code in (403, 404)
    batch = desk.checked(ONE)
    assert other.get(url("batch_detail", batch)).status_code in (403, 404)
    assert other.post(url("approve", batch)).status_code in (403, 404)


def test_an_officer_has_a_list_without_the_imports_of_others(desk, seat):
    batch = desk.checked(ONE)
    officer = seat("officer_marum").client
    assert batch.file_name not in officer.get(reverse("imports:batch_list")).content.decode()
    assert officer.get(url("batch_detail", batch)).status_code == 404
    assert officer.post(url("approve", batch)).status_code == 404


def test_the_coordinator_imports_for_a_corporation_of_the_region(desk, seat, cast):
    batch = seat("coordinator").imported(ONE)
    assert Dwelling.objects.get().corporation == cast.corporation
    assert batch.approved_by == cast.coordinator


def test_not_for_another_corporation(desk, cast):
    other = OrganisationFactory(region=cast.region, kind="corporation")
    response = desk.send(ONE, organisation=other.pk)
    assert response.status_code == 422
    assert not ImportBatch.objects.exists()


# -- columns -----------------------------------------------------------------------------------


def test_columns_are_told_once_for_files_like_this_one(desk, rung):
    response = desk.send(ODD)
    batch = ImportBatch.objects.get()
    assert response.url == url("mapping", batch)
    assert (batch.state, rung) == (ImportState.MAPPING, [])
    page = desk.page("mapping", batch)
    assert "mooi" in page
    data = {f"column_{place}": name for place, name in enumerate(TOLD)}
    twice = desk.client.post(url("mapping", batch), {**data, "column_7": "street"})
    assert desk.sentences(twice) == ["“Street” is chosen for more than one column of the file."]
    missing = desk.client.post(url("mapping", batch), {**data, "column_0": ""})
    assert desk.sentences(missing) == ["Tell which column holds: Postcode."]
    assert desk.client.post(url("mapping", batch), data).status_code == 302
    batch = desk.work(batch)
    assert batch.counts["add"] == 1
    assert ImportMapping.objects.count() == 1
    again = desk.checked(ODD.replace("9356XL;1", "9356XL;2"))
    assert (again.state, again.counts["add"]) == (ImportState.CHECKED, 1)


def test_the_same_file_sent_twice_is_one_import(desk, media):
    desk.send(ONE)
    desk.send(ONE)
    assert ImportBatch.objects.count() == 1
    assert sum(path.is_file() for path in media.rglob("*")) == 1


# -- approving ---------------------------------------------------------------------------------


def test_approved_by_two_at_once_it_is_done_once(desk, seat, cast, rung):
    batch = desk.checked(ONE)
    rung.clear()
    for one in (desk, seat("coordinator"), desk):
        assert one.client.post(url("approve", batch)).status_code == 302
    batch = desk.work(batch)
    assert jobs.run(batch.pk, today=TODAY, now=NOW) is False
    assert (batch.state, batch.approved_by) == (ImportState.DONE, cast.corporation_staff)
    assert Dwelling.objects.count() == 1
    assert JournalEntry.objects.filter(action="import.approve").count() == 1
    assert JournalEntry.objects.filter(action="import.apply").count() == 1


def test_warnings_ask_for_a_tick(desk):
    text = HEADERS.replace("\n", ";Oppervlakte\n") + "9356XL;1;Hoofdstraat;Tolbert;Flat;3;2;999\n"
    batch = desk.checked(text)
    assert batch.counts["warned"] == 1
    assert "999 m² is unusual for a dwelling." in desk.page("rows", batch, outcome="warned")
    response = desk.client.post(url("approve", batch))
    assert response.status_code == 422
    assert desk.sentences(response) == ["First say that you have seen the warnings."]
    assert desk.approve(batch, warnings_seen="on").state == ImportState.DONE


def test_nothing_to_import(desk):
    desk.imported(ONE)
    batch = desk.checked(ONE)
    assert batch.counts["same"] == 1
    response = desk.client.post(url("approve", batch))
    assert desk.sentences(response) == ["There is nothing to import in this file."]


def test_what_somebody_changed_since_the_check_is_not_overwritten(desk):
    desk.imported(TWO)
    batch = desk.checked(TWO.replace("3;2", "4;3"))
    Dwelling.objects.filter(number=1).update(bedrooms=1)
    batch = desk.approve(batch)
    assert batch.counts == {"add": 0, "change": 1, "same": 0, "error": 1, "warned": 0}
    assert list(Dwelling.objects.order_by("number").values_list("rooms", "bedrooms")) == [
        *((3, 1), (4, 3))
    ]
    assert "Somebody changed this in the register after" in desk.page("rows", batch)


def test_an_address_that_was_taken_since_the_check_is_told_and_the_others_go_in(desk, cast):
    rows = "".join(f"9356XL;{n};Hoofdstraat;Tolbert;Flat;3;2\n" for n in range(1, 8))
    batch = desk.checked(HEADERS + rows)
    village = cast.region.villages.get(name="Tolbert")
    DwellingFactory(corporation=cast.corporation, village=village, postcode="9356XL", number=5)
    batch = desk.approve(batch)
    assert (batch.counts["add"], batch.counts["error"]) == (6, 1)
    wrong = batch.rows.get(outcome="error")
    assert wrong.problems == [["", "There is already a dwelling at this address."]]
    assert Dwelling.objects.count() == 7


# -- undoing -----------------------------------------------------------------------------------


def test_undo_puts_changes_back(desk):
    desk.imported(TWO)
    batch = desk.imported(TWO.replace("Hoofdstraat", "Kerkstraat"))
    assert set(Dwelling.objects.values_list("street", flat=True)) == {"Kerkstraat"}
    batch = desk.undo(batch)
    assert batch.state == ImportState.UNDONE
    assert set(Dwelling.objects.values_list("street", flat=True)) == {"Hoofdstraat"}


def test_what_was_built_on_it_is_told_and_nothing_is_undone(desk, rung):
    batch = desk.imported(TWO)
    VacancyFactory(dwelling=Dwelling.objects.get(number=1))
    Dwelling.objects.filter(number=2).update(bedrooms=1)
    batch = desk.undo(batch)
    assert (batch.state, batch.undone_by) == (ImportState.DONE, None)
    page = desk.page("batch_detail", batch)
    assert "Row 2 (Hoofdstraat 1, 9356XL, Tolbert): vacated dwellings: it is used there." in page
    assert "Row 3 (Hoofdstraat 2, 9356XL, Tolbert): it was changed after the import." in page
    assert Dwelling.objects.count() == 2


def test_an_import_that_was_not_carried_out_has_nothing_to_undo(desk):
    batch = desk.checked(ONE)
    desk.client.post(url("undo", batch))
    batch.refresh_from_db()
    assert batch.state == ImportState.CHECKED


def test_a_file_that_changes_nothing_waits_for_nobody(desk):
    desk.imported(TWO)
    batch = desk.checked(TWO)
    assert batch.state == ImportState.CHECKED
    for text in (desk.page("batch_detail", batch), desk.client.get("/imports/").content.decode()):
        assert "Nothing to import" in text
        assert "To be approved" not in text


# -- error rows --------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["csv", "xlsx", "ods"])
def test_error_rows_come_back_mended(format, desk):
    batch = desk.imported(TWO + "9356XL;3;Hoofdstraat;Tolbert;Paleis;3;2\n")
    assert (batch.counts["add"], batch.counts["error"]) == (2, 1)
    response = desk.client.get(url("errors_file", batch), {"format": format})
    content = response.content
    if format == "csv":
        text = content.decode()
        assert "Soort: “Paleis” is not one of:" in text
        content = text.replace("Paleis", "Flat", 1).encode()
    elif format == "xlsx":
        book = load_workbook(io.BytesIO(content))
        book.active["E2"] = "Flat"
        buffer = io.BytesIO()
        book.save(buffer)
        content = buffer.getvalue()
    again = desk.checked(content, name=f"fouten.{format}")
    if format == "ods":
        assert again.counts["error"] == 1
        return
    assert again.counts["add"] == 1, list(again.rows.values_list("problems", flat=True))
    desk.approve(again)
    assert Dwelling.objects.count() == 3


# -- templates, VERA ---------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["csv", "xlsx", "ods"])
@pytest.mark.parametrize("kind", ["dwellings", "vacancies"])
def test_the_template_is_recognised_and_its_example_cannot_go_in(kind, format, desk):
    response = desk.client.get(reverse("imports:template"), {"kind": kind, "format": format})
    assert response.status_code == 200
    batch = desk.checked(response.content, name=f"sjabloon.{format}", kind=kind)
    assert batch.state == ImportState.CHECKED
    assert batch.counts["error"] == 1
    assert batch.rows.get().problems[0][1].startswith("This is the example of the template.")


def test_units_of_vera(desk):
    text = """{"eenheden": [{"code": "A1", "detailSoort": {"code": "TUS"}, "bouwjaar": 1984,
        "kamersAantal": 4, "ruimten": [{"detailSoort": {"code": "SLA"}}],
        "adres": {"straatnaam": "Hoofdstraat", "huisnummer": 7, "huisletter": "B",
        "postcode": "9356XL", "woonplaats": {"naam": "Tolbert"}}}]}"""
    desk.imported(text, name="eenheden.json")
    dwelling = Dwelling.objects.get()
    assert (dwelling.vera_kind, dwelling.kind, dwelling.addition) == ("TUS", "house", "B")
    assert (dwelling.rooms, dwelling.bedrooms, dwelling.build_year) == (4, 1, 1984)


# -- what is kept ------------------------------------------------------------------------------


def test_given_up_it_leaves_nothing_but_its_line(desk, media):
    batch = desk.checked(ONE)
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert desk.client.post(url("abandon", batch)).status_code == 302
    batch.refresh_from_db()
    assert (batch.state, batch.file) == (ImportState.ABANDONED, "")
    assert not any(path.is_file() for path in media.rglob("*"))
    assert not ImportRow.objects.exists()


def test_rows_go_a_month_after_the_import(desk):
    batch = desk.imported(ONE)
    assert batches.forget_imports(now=NOW + timedelta(days=30)) == 0
    assert batches.forget_imports(now=NOW + timedelta(days=32)) == 1
    batch.refresh_from_db()
    assert (batch.state, batch.file, batch.rows.count()) == (ImportState.DONE, "", 0)
    assert Dwelling.objects.exists()
    desk.client.post(url("undo", batch))
    batch.refresh_from_db()
    assert batch.state == ImportState.DONE


def test_a_file_that_no_import_names_goes(desk, media):
    kept = desk.checked(ONE)
    lost = media / "imports" / "left"
    lost.write_text("x")
    os.utime(lost, (0, 0))
    os.utime(media / kept.file, (0, 0))
    assert batches.clear_files() == ["imports/left"]
    assert (media / kept.file).exists()


def test_every_act_has_its_line_in_the_journal(desk):
    batch = desk.imported(ONE + "9356XL;x;Hoofdstraat;Tolbert;Flat;3;2\n")
    desk.client.get(url("errors_file", batch))
    desk.undo(batch)
    actions = list(JournalEntry.objects.order_by("pk").values_list("action", flat=True))
    assert [a for a in actions if a.startswith("import.")] == [
        *("import.upload", "import.approve", "import.apply"),
        *("import.errors", "import.ask_undo", "import.undo"),
    ]


def test_a_file_that_changed_on_the_disk_is_not_imported(desk, media):
    desk.send(ONE)
    batch = ImportBatch.objects.get()
    (media / batch.file).write_text(TWO)
    batch = desk.work(batch)
    assert (batch.state, batch.error) == (ImportState.FAILED, "file_lost")
    assert "The file is no longer there, or was changed" in desk.page("batch_detail", batch)
