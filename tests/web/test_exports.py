"""What a spreadsheet may hold."""

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
        assert answer.content.decode().splitlines() == ["Naam", "bel   teken"]
