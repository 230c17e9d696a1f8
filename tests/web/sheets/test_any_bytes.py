"""Whatever the bytes: a sheet or a sentence, never another exception."""

import contextlib
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.web.sheets.files import XLSX_PARTS, ods, packed, worksheet, xlsx
from tests.web.sheets.test_vera import UNIT
from westerkwartier.web.sheets.kinds import Limits, Row, Unreadable
from westerkwartier.web.sheets.reading import open_sheet

LIMITS = Limits(bytes=100_000, rows=50, columns=20, cell=50, unpacked=200_000)

SOUND = {
    "csv": 'Straat;Huur\n"Kade ""oost""";1,50\nDijk;=1\n'.encode("cp1252"),
    "xlsx": xlsx('<row r="2"><c r="A2" s="1"><v>42796</v></c><c t="s"><v>1</v></c></row>'),
    "ods": ods("<t:table-row><t:table-cell><x:p>a</x:p></t:table-cell></t:table-row>"),
    "vera": json.dumps([UNIT]).encode(),
}


def survives(data: bytes) -> None:
    with TemporaryDirectory() as folder, contextlib.suppress(Unreadable):
        path = Path(folder) / "upload"
        path.write_bytes(data)
        sheet = open_sheet(path, "upload.csv", LIMITS)
        rows = list(sheet.rows())
        assert len(rows) == sheet.count
        assert all(isinstance(row, Row) and len(row.cells) == len(sheet.headers) for row in rows)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
@example(b"PK\x05\x06" + bytes(18))
@example(b"PK\x05\x06" + b"\xff" * 18)
@example(b'a,"b\n')
def test_bytes(data):
    survives(data)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab;,\t\"\r\n'=é 1.<[{}]:", max_size=60))
def test_text(text):
    survives(text.encode())
    survives(text.encode("cp1252"))


@pytest.mark.parametrize("format", SOUND)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_sound_files_with_changed_bytes(format, data):
    content = bytearray(SOUND[format])
    for _change in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, 3))
    survives(bytes(content) if cut else bytes(content[: data.draw(st.integers(0, len(content)))]))


WORDS = st.sampled_from(
    [
        *("<row>", "</row>", '<row r="2">', '<row r="x">', '<c t="s">', "<c>", "</c>"),
        *('<c r="B2" s="1">', "<v>", "</v>", "0", "9", "-1", "<is>", "<t>", "</t>", "</is>"),
        *("é", "1e9", " ", "<rPh>", "</rPh>", "<sheetData>", "</sheetData>", "&lt;", "&a;"),
        *("<!-- -->", "<![CDATA[1]]>"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=30).map("".join))
def test_sheets_of_any_shape(rows):
    survives(packed({**XLSX_PARTS, "xl/worksheets/sheet1.xml": worksheet(rows)}))


TABLE_WORDS = st.sampled_from(
    [
        *("<t:table-row>", "</t:table-row>", "<t:table-cell>", "</t:table-cell>", "<x:p>"),
        *("</x:p>", "a", "<t:table>", "</t:table>", "<o:annotation>", "</o:annotation>"),
        *("<x:tab/>", "<x:s x:c='99'/>", "<x:s x:c='x'/>", "<t:table-cell o:value-type='date'/>"),
        "<t:table-cell o:value-type='float' o:value='1'/>",
        "<t:table-row t:number-rows-repeated='70'>",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(TABLE_WORDS, max_size=20).map("".join))
def test_tables_of_any_shape(rows):
    survives(ods(rows))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["eenheden", "code", "adres", "ruimten", "detailSoort", "label"]), inner
        )
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(JSON)
def test_json_of_any_shape(value):
    survives(json.dumps(value).encode())
