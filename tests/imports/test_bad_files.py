"""What somebody may send by mistake or on purpose: one clear sentence, and nothing is kept."""

import pytest

from housing.models import Dwelling
from partners.models import ImportBatch, ImportRow
from tests.web.sheets.files import xlsx
from westerkwartier.web import uploads
from westerkwartier.web.sheets.kinds import Limits

HEADERS = "Postcode;Huisnummer;Straat\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
BOMB = xlsx("", sharedStrings="<sst>" + "<si/>" * 5_000_000 + "</sst>")

REFUSED = [
    pytest.param(b"", "a.csv", "The file is empty.", id="empty"),
    pytest.param(b" \r\n", "a.csv", "The file is empty.", id="white space"),
    pytest.param(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a.csv", "is a PDF document", id="pdf"),
    pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a.csv", "is a picture", id="picture"),
    pytest.param(
        OLE + "EncryptedPackage".encode("utf-16-le"),
        "a.xlsx",
        "The file is locked with a password.",
        id="encrypted",
    ),
    pytest.param(xlsx("")[:200], "a.xlsx", "The file is damaged.", id="damaged"),
    pytest.param(
        BOMB, "a.xlsx", "The file is packed so tightly that it would become too large.", id="bomb"
    ),
    pytest.param(
        b"9356XL;1;Hoofdstraat\n9356XL;2;Hoofdstraat\n",
        "a.csv",
        "The first row holds no names of columns.",
        id="no headers",
    ),
    pytest.param(b"1;2;3\n4;5;6\n", "a.csv", "The first row holds no names", id="numbers"),
    pytest.param(
        b"Postcode;Huisnummer;postcode\n9356XL;1;9356XL\n",
        "a.csv",
        "The column “Postcode” occurs more than once.",
        id="a header twice",
    ),
    pytest.param(
        "Postcode;Huisnummer;Huuropzegging;Kale huur\n9356XL;1;1-1-2017;1\n",
        "a.csv",
        "The columns of this file are those of “Vacated dwellings”",
        id="another template",
    ),
    pytest.param(HEADERS, "a.csv", "the file holds no rows", id="headers only"),
    pytest.param(
        HEADERS + "9356XL;1;" + "x" * 1001, "a.csv", "has a cell of more than 1,000", id="long cell"
    ),
    pytest.param(b"Postcode;\x00\n1;2\n", "a.csv", "", id="control characters"),
]


def nothing_kept(media) -> bool:
    return (
        not ImportBatch.objects.exists()
        and not ImportRow.objects.exists()
        and not Dwelling.objects.exists()
        and not any(media.rglob("*.*"))
        and not any(path.is_file() for path in media.rglob("*"))
    )


@pytest.mark.parametrize(("content", "name", "sentence"), REFUSED)
def test_a_bad_file_has_its_sentence_and_leaves_nothing(content, name, sentence, desk, media):
    response = desk.send(content, name=name)
    assert response.status_code == 422
    (said,) = desk.sentences(response)
    assert sentence in said
    assert said in response.content.decode().replace("&quot;", '"')
    assert nothing_kept(media)


def test_a_file_over_the_limit_of_the_form(desk, media, monkeypatch):
    monkeypatch.setattr("partners.import_forms.DEFAULT_LIMITS", Limits(bytes=1024 * 1024))
    response = desk.send(HEADERS + "9356XL;1;Hoofdstraat\n" * 60_000)
    assert response.status_code == 422
    (said,) = desk.sentences(response)
    assert said == "The file is larger than 1 MB. Split it into smaller files."
    assert nothing_kept(media)


def test_a_request_over_the_limit_is_not_stored_at_all(desk, media, monkeypatch):
    monkeypatch.setattr(uploads, "FORM", -(20 * 1024 * 1024) + 1000)
    response = desk.send(HEADERS + "9356XL;1;Hoofdstraat\n" * 500)
    assert response.status_code == 422
    assert desk.sentences(response) == [
        "The file is larger than 20 MB. Split it into smaller files."
    ]
    assert nothing_kept(media)


def test_the_name_is_shown_and_never_a_path(desk, media):
    batch = desk.checked(HEADERS + "9356XL;1;Hoofdstraat\n", name="../../<b>x</b>.csv")
    assert batch.file_name == "<b>x</b>.csv".rpartition("/")[2] or "b>" in batch.file_name
    assert [path.parent.name for path in media.rglob("*") if path.is_file()] == ["imports"]
    assert "<b>x" not in desk.page("batch_detail", batch)


# -- cells: the row is blocked, the others are not -------------------------------------------------

GOOD = {
    "Postcode": "9356XL",
    "Huisnummer": "1",
    "Toevoeging": "",
    "Straat": "Hoofdstraat",
    "Dorp": "Tolbert",
    "Soort": "Flat",
    "Kamers": "3",
    "Slaapkamers": "2",
    "Oppervlakte": "80",
    "Tijdelijk tot": "",
    "Reden tijdelijk": "",
}
FULL = ";".join(GOOD) + "\n"


def line(**cells) -> str:
    return ";".join({**GOOD, **{k.replace("_", " "): v for k, v in cells.items()}}.values()) + "\n"


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"Postcode": "93XL"}, "“93XL” is not a postcode such as 9356 XL."),
        ({"Postcode": ""}, "This may not be empty."),
        ({"Huisnummer": "12b"}, "“12b” is more than a number: put the addition in its own"),
        ({"Straat": "x" * 81}, "This is longer than 80 characters."),
        ({"Dorp": "Atlantis"}, "“Atlantis” is not a village of this region."),
        ({"Soort": "Kasteel"}, "“Kasteel” is not one of:"),
        ({"Kamers": "2,5"}, "“2,5” is not a whole number."),
        ({"Slaapkamers": "4"}, "A dwelling has no more bedrooms than rooms."),
        ({"Tijdelijk_tot": "31-02-2018"}, "The date “31-02-2018” does not exist."),
        ({"Tijdelijk_tot": "2-3-17"}, "Write the year of “2-3-17” with four digits."),
        ({"Tijdelijk_tot": "2-3-2018"}, "A temporary dwelling has a last day and a reason."),
    ],
)
def test_a_bad_cell_blocks_its_row_and_no_other(cells, sentence, desk):
    batch = desk.checked(FULL + line(**cells) + line(Huisnummer="2"))
    wrong, right = batch.rows.order_by("number")
    assert wrong.outcome == "error"
    assert any(sentence in said for _column, said in wrong.problems), wrong.problems
    assert right.outcome == "add", right.problems
    assert wrong.number == 2
    desk.approve(batch)
    assert Dwelling.objects.get().number == 2


def test_the_same_address_twice_blocks_both_and_shows_them_side_by_side(desk):
    batch = desk.checked(
        FULL + line(Straat="Kerkstraat") + line(Huisnummer="2") + line(Postcode="9356 xl")
    )
    one, _other, two = batch.rows.order_by("number")
    assert one.problems == [["", "The same address is on row 4 too."]]
    assert two.problems == [["", "The same address is on row 2 too."]]
    assert (one.twin, two.twin) == (4, 2)
    page = desk.client.get(f"/imports/{batch.pk}/rows/2/").content.decode()
    assert "Kerkstraat" in page
    assert "Hoofdstraat" in page


def test_more_cells_than_columns(desk):
    batch = desk.checked(HEADERS + "9356XL;1;Hoofdstraat;nog iets\n")
    assert batch.rows.get().problems[0] == ["", "The row has more cells than there are columns."]


@pytest.mark.parametrize("text", ["=1+2", "+31 50", "-a", "@SUM(A1)"])
def test_what_looks_like_a_formula_is_text_in_and_safe_out(text, desk):
    desk.imported(FULL + line(Straat=text))
    assert Dwelling.objects.get().street == text
    wrong = desk.checked(FULL + line(Straat=text, Kamers="veel"))
    page = desk.client.get(f"/imports/{wrong.pk}/errors/?format=csv").content.decode()
    assert f"'{text}" in page
    assert desk.checked(page).rows.get().raw[3] == text
