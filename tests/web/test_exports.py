"""What a spreadsheet may hold."""

from datetime import date
from decimal import Decimal

import pytest

from westerkwartier.web.exports import FORMATS, export_response, safe_cell


@pytest.mark.parametrize("text", ["=1+1", "+31", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_text_never_becomes_a_formula(text):
    assert not safe_cell(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_numbers_stay_numbers():
    assert safe_cell(-4) == -4


@pytest.mark.parametrize("format", FORMATS)
def test_control_characters_break_no_file(format):
    answer = export_response(format=format, name="x", header=["Naam"], rows=[["bel\x07\x0b teken"]])
    assert answer.content
    if format == "csv":
        assert answer.content.decode("utf-8-sig").splitlines() == ["Naam", "bel   teken"]


def test_csv_is_what_a_dutch_spreadsheet_opens():
    row = ["Kade; oost", Decimal("565.40"), 1.5, 12, date(2017, 11, 1), "1.5"]
    answer = export_response(format="csv", name="x", header=list("abcdef"), rows=[row])
    assert answer.content.startswith(b"\xef\xbb\xbfa;b;c")
    (_header, line) = answer.content.decode("utf-8-sig").splitlines()
    assert line == '"Kade; oost";565,40;1,5;12;2017-11-01;1.5'
