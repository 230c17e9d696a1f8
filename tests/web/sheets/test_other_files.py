"""What is no table is refused by its content, whatever its name, each with its own sentence."""

import io
import zipfile

import pytest

from tests.web.sheets.files import XLSX_PARTS, packed, worksheet, xlsx
from westerkwartier.web.sheets.kinds import Limits

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n \r\n"])
def test_empty_file(refusal, data):
    assert refusal(data) == "The file is empty."


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a PDF document"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "a picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "a picture"),
        (b"RIFF\x00\x01\x00\x00WEBPVP8 ", "a picture"),
        (b"\x00\x00\x00\x20ftypheic", "a picture"),
        (b"MZ\x90\x00\x03\x00", "a program"),
        (b"\x1f\x8b\x08\x00\x00", "a packed archive"),
        (packed({"stock.csv": "a;b\n1;2\n"}), "a packed archive"),
        (packed({}), "a packed archive"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "a web page or an XML file"),
        (b"{\\rtf1\\ansi", "a text document"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.text"}), "a text document"),
    ],
)
def test_something_else_called_csv(refusal, data, kind):
    assert refusal(data) == f"“stock.csv” is {kind}. Send a CSV, XLSX, ODS or VERA JSON file."


def test_word_document(refusal):
    parts = {name: text.replace("xl/", "word/") for name, text in XLSX_PARTS.items()}
    assert "“stock.csv” is a text document." in refusal(packed(parts))


def test_a_csv_may_begin_like_a_picture_or_a_program(opened):
    assert opened(b"BM;MZ\n1;2\n").headers == ["BM", "MZ"]
    assert opened(b"MZ;BM\n1;2\n").headers == ["MZ", "BM"]


def test_file_over_the_limit(refusal):
    limits = Limits(bytes=1024 * 1024)
    assert refusal(b"a;b\n" + b"1;2\n" * 270_000, limits=limits) == (
        "The file is larger than 1 MB. Split it into smaller files."
    )


def test_encrypted_xlsx(refusal):
    data = OLE + "EncryptedPackage".encode("utf-16-le")
    assert refusal(data, "stock.xlsx").startswith("The file is locked with a password.")


def test_locked_zip(refusal):
    data = bytearray(xlsx(""))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            data[at + place] |= 1
    assert refusal(bytes(data), "stock.xlsx").startswith("The file is locked with a password.")


def test_old_xls(refusal):
    data = OLE + "Workbook".encode("utf-16-le")
    assert refusal(data, "stock.xls") == (
        "This is a file of an old Office version (.xls). Save it as .xlsx and send it again."
    )


def test_binary_workbook(refusal):
    rels = XLSX_PARTS["_rels/.rels"].replace("workbook.xml", "workbook.bin")
    assert "binary workbook (.xlsb)" in refusal(packed({**XLSX_PARTS, "_rels/.rels": rels}))


def test_macros(refusal):
    parts = {**XLSX_PARTS, "xl/worksheets/sheet1.xml": worksheet(""), "xl/vbaProject.bin": b"x"}
    assert refusal(packed(parts)).startswith("The file holds macros.")


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.95])
def test_damaged_xlsx(refusal, cut):
    data = xlsx('<row r="2"><c r="A2"><v>1</v></c></row>')
    assert refusal(data[: int(len(data) * cut)], "stock.xlsx").startswith("The file is damaged.")


def test_bytes_turned_over_in_an_xlsx(refusal):
    data = bytearray(
        xlsx("".join(f'<row r="{n}"><c><v>{n * n}</v></c></row>' for n in range(2, 99)))
    )
    middle = data.find(b"<") if b"sheetData" in data else data.find(b"sheet1.xml") + 40
    data[middle : middle + 8] = b"\xff" * 8
    assert refusal(bytes(data), "stock.xlsx").startswith("The file is damaged.")


def test_a_way_of_packing_that_no_spreadsheet_uses(refusal):
    parts = {**XLSX_PARTS, "xl/worksheets/sheet1.xml": worksheet("")}
    assert refusal(packed(parts, zipfile.ZIP_LZMA)).startswith("The file is damaged.")


def test_xlsx_that_expands_beyond_the_ratio(refusal):
    data = xlsx(" " * (11 * 1024 * 1024))
    assert len(data) < 100_000
    assert "packed so tightly" in refusal(data, "stock.xlsx")


def test_xlsx_that_expands_beyond_the_total(refusal):
    assert "packed so tightly" in refusal(xlsx(""), limits=Limits(unpacked=1000))


def test_too_many_parts(refusal):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(10_001):
            archive.writestr(zipfile.ZipInfo(str(number)), b"")
    assert "packed so tightly" in refusal(buffer.getvalue())
