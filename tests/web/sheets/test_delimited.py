"""CSV as corporations and spreadsheets write it, and as they should not."""

import codecs
import itertools
import tracemalloc

import pytest

from westerkwartier.web.sheets.kinds import Limits


def rows(sheet):
    return [(row.number, row.cells) for row in sheet.rows()]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(opened, delimiter, end):
    lines = ["Street|Number", "Kade|1", "", "Dijk|2"]
    sheet = opened(end.join(lines).replace("|", delimiter).encode())
    assert (sheet.format, sheet.delimiter, sheet.headers) == (
        "csv",
        delimiter,
        ["Street", "Number"],
    )
    assert rows(sheet) == [(2, ["Kade", "1"]), (4, ["Dijk", "2"])]
    assert sheet.count == 2


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ("Straat;Café\nHoofdstraat;één".encode(), "utf-8"),
        (codecs.BOM_UTF8 + "Straat;Café\nHoofdstraat;één".encode(), "utf-8"),
        ("Straat;Café\nHoofdstraat;één".encode("cp1252"), "windows-1252"),
    ],
)
def test_encodings(opened, data, encoding):
    sheet = opened(data)
    assert (sheet.encoding, sheet.headers) == (encoding, ["Straat", "Café"])
    assert rows(sheet) == [(2, ["Hoofdstraat", "één"])]


def test_letter_across_two_chunks(opened):
    data = "a;b\n" + "x" * 700 + ";" + "é" * 200 + "\n"
    many = (data[:4] + data[4:] * 2000).encode()
    assert opened(many).encoding == "utf-8"


def test_delimiter_within_quotes_and_quoted_line_breaks(opened):
    sheet = opened(b'"Street, and so; on";Number\r\n"Kade\r\n""oost""";1\r\nDijk;2\r\n')
    assert sheet.headers == ["Street, and so; on", "Number"]
    assert rows(sheet) == [(2, ['Kade\r\n"oost"', "1"]), (4, ["Dijk", "2"])]


def test_mixed_line_ends(opened):
    assert rows(opened(b"a;b\r1;2\n3;4\r\n5;6")) == [
        (2, ["1", "2"]),
        (3, ["3", "4"]),
        (4, ["5", "6"]),
    ]


def test_line_that_names_the_delimiter(opened):
    sheet = opened(b"sep=;\r\na,x;b\r\n1;2\r\n")
    assert (sheet.headers, rows(sheet)) == (["a,x", "b"], [(3, ["1", "2"])])


def test_short_long_and_empty_rows(opened):
    sheet = opened(b"a;b;;\n1\n;;;\n 2 ;3;;4\n5;6;;\n")
    assert sheet.headers == ["a", "b"]
    assert [(row.cells, row.surplus) for row in sheet.rows()] == [
        (["1", None], False),
        (["2", "3"], True),
        (["5", "6"], False),
    ]


@pytest.mark.parametrize("text", ["=1+1", "+31 6", "-1", "@SUM(A1)"])
def test_formulas_are_text_and_lose_the_apostrophe_of_an_export(opened, text):
    assert rows(opened(f"a;b\n{text};'{text}\n".encode())) == [(2, [text, text])]


def test_an_apostrophe_of_the_text_itself_stays(opened):
    assert rows(opened(b"a;b\n's-Gravenhage;'t Zand\n")) == [(2, ["'s-Gravenhage", "'t Zand"])]


@pytest.mark.parametrize("data", [b";;\n1;2;3\n", b"\n1;2\n"])
def test_headers_missing(refusal, data):
    assert refusal(data) == "The first row is empty. Put the names of the columns there."


@pytest.mark.parametrize("data", [b"1;2\n3;4\n", b"12-3-2017;9,50\n"])
def test_first_row_without_names(refusal, data):
    assert refusal(data).startswith("The first row holds no names of columns.")


def test_header_twice(refusal):
    assert refusal(b"Street;Number;street\n") == "The column “Street” occurs more than once."


def test_column_without_a_name(refusal):
    assert refusal(b"Street;;Number\n") == "Column 2 has no name in the first row."


def test_too_many_columns(refusal):
    header = ";".join(f"c{number}" for number in range(101))
    assert refusal(header.encode()) == "The file has more than 100 columns."


def test_too_many_rows(refusal):
    assert refusal(b"a;b\n1;2\n\n3;4\n5;6\n", limits=Limits(rows=2)) == (
        "The file has more than 2 rows. Split it into smaller files."
    )


@pytest.mark.parametrize("length", [1_001, 200_000])
def test_cell_over_length(refusal, length):
    data = b"a;b\n1;2\n3;" + b"x" * length
    assert refusal(data) == "Row 3 has a cell of more than 1,000 characters."


@pytest.mark.parametrize("line", [b'"Kade;2', b'"Kade"oost;2'])
def test_quotes_that_do_not_match(refusal, line):
    assert refusal(b"a;b\n1;2\n" + line + b"\n3;4\n") == (
        "The quotation marks in row 3 do not match. Put a pair around the whole cell."
    )


@pytest.mark.parametrize("data", [b"a;b\n1;\x002\n", b"a;b\n1;\x1b2\n", b"a;b\n1;\x812\n"])
def test_what_is_no_text(refusal, data):
    assert refusal(data) == (
        "The file holds characters that are no text. Save it as “CSV UTF-8” and send it again."
    )


@pytest.mark.parametrize("data", [b"a;b\ncaf\xc3\xa9;\xe9\n", codecs.BOM_UTF8 + b"a;b\n\xe9;1\n"])
def test_two_encodings_in_one_file(refusal, data):
    assert refusal(data).startswith("The file mixes two ways of writing letters with accents.")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_utf_16(refusal, encoding):
    data = "a\tb\n1\t2\n".encode(encoding)
    if encoding == "utf-16-be":
        data = codecs.BOM_UTF16_BE + data
    assert refusal(data) == "The file is text in UTF-16. Save it as “CSV UTF-8” and send it again."


def test_a_checked_file_is_not_read_to_its_end(opened):
    sheet = opened(b"a;b\n1;2\n", checked=True)
    assert sheet.count is None
    assert rows(sheet) == rows(sheet) == [(2, ["1", "2"])]


def test_a_hundred_thousand_rows_pass_one_by_one(tmp_path, opened):
    line = "Dorpsstraat {};{};9356 XL;Tolbert;565,40;3;70;A+;1975;nee\n"
    data = "straat;nummer;postcode;plaats;huur;kamers;opp;label;jaar;lift\n"
    data += "".join(line.format(number, number) for number in range(100_000))
    sheet = opened(data.encode(), checked=True)
    del data
    tracemalloc.start()
    assert sum(1 for _row in itertools.islice(sheet.rows(), 20_000)) == 20_000
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1024 * 1024
    assert sum(1 for _row in sheet.rows()) == 100_000
