"""XLSX and ODS, also such as no program writes."""

from datetime import date
from decimal import Decimal

import pytest

from tests.web.sheets.files import HEADER, XLSX_PARTS, ods, packed, worksheet, xlsx
from westerkwartier.web.sheets.kinds import Limits


def rows(sheet):
    return [(row.number, row.cells) for row in sheet.rows()]


def cell(attributes: str, content: str) -> str:
    return f'<row r="2"><c r="A2" {attributes}>{content}</c></row>'


@pytest.mark.parametrize(
    ("attributes", "content", "value"),
    [
        ("", "<v>12</v>", 12),
        ("", "<v>-12</v>", -12),
        ("", "<v>565.39999999999998</v>", Decimal("565.4")),
        ("", "<v>1.5E3</v>", 1500),
        ('t="s"', "<v>1</v>", "Number"),
        ('t="inlineStr"', "<is><t xml:space='preserve'> Kade </t></is>", "Kade"),
        ('t="inlineStr"', "<is><r><t>Ka</t></r><r><t>de</t></r><rPh><t>no</t></rPh></is>", "Kade"),
        ('t="inlineStr"', "<is><t>a_x000D_\nb</t></is>", "a\nb"),
        ('t="str"', "<f>A1</f><v>=x</v>", "=x"),
        ('t="b"', "<v>1</v>", True),
        ('t="b"', "<v>0</v>", False),
        ('t="e"', "<v>#N/A</v>", "#N/A"),
        ('t="d"', "<v>2017-03-02</v>", date(2017, 3, 2)),
        ('s="1"', "<v>42796</v>", date(2017, 3, 2)),
        ('s="2"', "<v>42796</v>", date(2017, 3, 2)),
        ('s="1"', "<v>42796.5</v>", "2017-03-02 12:00:00"),
        ('s="1"', "<v>1</v>", date(1900, 1, 1)),
        ('s="1"', "<v>60</v>", 60),
        ('s="1"', "<v>99999999</v>", 99999999),
        ('s="3"', "<v>42796</v>", 42796),
    ],
)
def test_cells_of_xlsx(opened, attributes, content, value):
    assert rows(opened(xlsx(cell(attributes, content)))) == [(2, [value, None])]


def test_days_from_1904(opened):
    workbook = XLSX_PARTS["xl/workbook.xml"].replace(
        "<sheets>", '<workbookPr date1904="1"/><sheets>'
    )
    sheet = opened(xlsx(cell('s="1"', "<v>41334</v>"), workbook=workbook))
    assert rows(sheet)[0][1][0] == date(2017, 3, 2)


def test_first_visible_sheet(opened):
    workbook = XLSX_PARTS["xl/workbook.xml"].replace(
        "<sheets>", '<sheets><sheet name="b" state="hidden" r:id="s1"/><sheet name="c" r:id="no"/>'
    )
    assert opened(xlsx("", workbook=workbook)).headers == ["Street", "Number"]


def test_a_claim_of_a_million_rows_costs_nothing(opened):
    far = '<row r="1048575"/><row r="1048576"><c r="XFD1048576"/><c r="A9"><v>7</v></c></row>'
    assert rows(opened(xlsx(far))) == [(1048576, [7, None])]


def test_content_far_to_the_right_is_surplus(opened):
    (row,) = opened(xlsx('<row r="2"><c r="XFD2"><v>7</v></c></row>')).rows()
    assert (row.cells, row.surplus) == ([None, None], True)


def test_more_empty_cells_than_a_sheet_may_have(refusal):
    limits = Limits(rows=100, columns=10)
    assert "packed so tightly" in refusal(xlsx("<row>" + "<c/>" * 1000 + "</row>"), limits=limits)


def test_empty_first_row(refusal):
    assert refusal(xlsx(HEADER.replace('r="1"', 'r="3"'), header="")).startswith(
        "The first row is empty."
    )


def test_no_row_at_all(refusal):
    assert refusal(xlsx("", header="")) == "The file is empty."


def test_long_cell(refusal):
    long = cell('t="inlineStr"', f"<is><t>{'x' * 1001}</t></is>")
    assert refusal(xlsx(long)) == "Row 2 has a cell of more than 1,000 characters."


def test_long_text_that_no_cell_shows_is_harmless(opened):
    strings = f"<sst><si><t>a</t></si><si><t>b</t></si><si><t>{'x' * 9999}</t></si></sst>"
    assert opened(xlsx("", sharedStrings=strings)).headers == ["a", "b"]


def test_too_many_rows_and_columns(refusal):
    many = "".join(f'<row r="{number}"><c><v>1</v></c></row>' for number in range(2, 6))
    assert refusal(xlsx(many), limits=Limits(rows=3)).startswith("The file has more than 3 rows.")
    wide = "".join('<c t="inlineStr"><is><t>' + f"c{n}</t></is></c>" for n in range(101))
    assert refusal(xlsx("", header=f'<row r="1">{wide}</row>')) == (
        "The file has more than 100 columns."
    )


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "sheet",
    [
        worksheet(HEADER, before=ENTITIES),
        worksheet(HEADER, before='<!DOCTYPE x SYSTEM "file:///etc/passwd">'),
        worksheet(HEADER)[:-9],
        worksheet("<a>" * 200 + "</a>" * 200),
        worksheet(f"<{'a' * 5_000_000}/>"),
        worksheet('<row r="2"/><row r="1"/>'),
        worksheet('<row r="1048577"/>'),
        worksheet('<row r="1"><c r="XFE1"><v>1</v></c></row>'),
        worksheet('<row r="1"><c r="1"><v>1</v></c></row>'),
        worksheet('<row r="1">' + "<c/>" * 16_385 + "</row>"),
        worksheet('<row r="1"><c t="s"><v>2</v></c></row>'),
        worksheet('<row r="1"><c t="s"><v>-1</v></c></row>'),
        worksheet('<row r="1"><c><v>nan</v></c></row>'),
        worksheet('<row r="1"><c><v>1e999</v></c></row>'),
        worksheet('<row r="1"><c><v>1_000</v></c></row>'),
        "",
    ],
)
def test_hostile_sheets(refusal, sheet):
    parts = {**XLSX_PARTS, "xl/worksheets/sheet1.xml": sheet}
    assert refusal(packed(parts)).startswith("The file is damaged.")


@pytest.mark.parametrize(
    "sheet",
    [
        worksheet(HEADER).replace('"1.0"', '"1.0" encoding="zlib_codec"'),
        worksheet(HEADER).encode("utf-16"),
    ],
)
def test_a_declared_encoding_names_no_codec(opened, sheet):
    assert opened(packed({**XLSX_PARTS, "xl/worksheets/sheet1.xml": sheet})).count == 0


def test_missing_sheet(refusal):
    assert refusal(packed(XLSX_PARTS)).startswith("The file is damaged.")


def typed(kind: str, attribute: str, value: str, text: str = "") -> str:
    return (
        f'<t:table-row><t:table-cell o:value-type="{kind}" o:{attribute}="{value}">{text}'
        "</t:table-cell></t:table-row>"
    )


def words(text: str, attributes: str = "") -> str:
    return f"<t:table-row><t:table-cell {attributes}>{text}</t:table-cell></t:table-row>"


@pytest.mark.parametrize(
    ("row", "value"),
    [
        (typed("float", "value", "12"), 12),
        (typed("currency", "value", "565.40", "<x:p>€ 565,40</x:p>"), Decimal("565.4")),
        (typed("date", "date-value", "2017-03-02", "<x:p>2-3-17</x:p>"), date(2017, 3, 2)),
        (typed("date", "date-value", "2017-03-02T12:00:00"), "2017-03-02 12:00:00"),
        (typed("boolean", "boolean-value", "true"), True),
        (
            words("<x:p>a<x:s x:c='2'/>b<x:tab/>c</x:p><x:p>d<x:span>e</x:span></x:p>"),
            "a  b\tc\nde",
        ),
        (words("<o:annotation><x:p>note</x:p></o:annotation><x:p>Kade</x:p>"), "Kade"),
        (words("<x:p>=1+1</x:p>"), "=1+1"),
        (words("<x:p>'=1+1</x:p>"), "=1+1"),
    ],
)
def test_cells_of_ods(opened, row, value):
    sheet = opened(ods(row))
    assert (sheet.format, rows(sheet)) == ("ods", [(2, [value, None])])


def test_repeated_rows_and_cells_of_ods(opened):
    sheet = opened(
        ods(
            '<t:table-row t:number-rows-repeated="5"><t:table-cell/></t:table-row>'
            '<t:table-row t:number-rows-repeated="2">'
            '<t:table-cell t:number-columns-repeated="2"><x:p>a</x:p></t:table-cell>'
            '<t:table-cell t:number-columns-repeated="16384"/></t:table-row>'
            '<t:table-row t:number-rows-repeated="1048570"><t:table-cell/></t:table-row>'
        )
    )
    assert rows(sheet) == [(7, ["a", "a"]), (8, ["a", "a"])]


def test_one_row_repeated_a_million_times(refusal):
    row = words("<x:p>a</x:p>").replace(
        "<t:table-row", '<t:table-row t:number-rows-repeated="999999"'
    )
    assert refusal(ods(row), limits=Limits(rows=1000)).startswith(
        "The file has more than 1,000 rows."
    )


@pytest.mark.parametrize(
    "row",
    [
        words("<x:p>a</x:p>", 't:number-columns-repeated="16385"'),
        words("<x:p>a</x:p>", 't:number-columns-repeated="9999999999"'),
        words("<x:p>a<x:s x:c='-1'/></x:p>"),
        typed("float", "value", "x"),
        words("<x:p>a</x:p>").replace(
            "<t:table-row", '<t:table-row t:number-rows-repeated="1048577"'
        ),
    ],
)
def test_hostile_ods(refusal, row):
    assert refusal(ods(row)).startswith("The file is damaged.")


def test_long_cell_of_ods(refusal):
    sentence = "Row 2 has a cell of more than 1,000 characters."
    assert refusal(ods(words("<x:p>a<x:s x:c='999999999'/>b</x:p>"))) == sentence


def test_locked_ods(refusal):
    manifest = (
        '<manifest><file-entry full-path="content.xml"><encryption-data/></file-entry></manifest>'
    )
    assert refusal(ods("", manifest=manifest)).startswith("The file is locked with a password.")


def test_macros_in_ods(refusal, opened):
    listing = {"Basic/script-lc.xml": "<x/>", "Basic/Standard/script-lb.xml": "<x/>"}
    assert opened(ods("", more=listing)).count == 0
    module = {"Basic/Standard/Module1.xml": "<x/>"}
    assert refusal(ods("", more=module)).startswith("The file holds macros.")


def test_only_the_first_table_of_ods_counts(opened):
    second = words("<x:p>z</x:p>")
    table = f'</t:table><t:table t:name="2">{second}'
    assert rows(opened(ods(table))) == []
