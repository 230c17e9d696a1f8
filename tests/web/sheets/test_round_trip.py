"""What an export wrote comes back with the same values."""

import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from westerkwartier.web.sheets import cells
from westerkwartier.web.sheets.kinds import DEFAULT_LIMITS
from westerkwartier.web.sheets.reading import open_sheet
from westerkwartier.web.sheets.writing import sheet_response

HEADERS = ["Straat", "Aantal", "Huur", "Vanaf", "Lift"]

READERS = [
    cells.optional(cells.text(60)),
    cells.optional(cells.whole_number(-(10**9), 10**9)),
    cells.optional(cells.amount(10**6)),
    cells.optional(cells.day()),
    cells.optional(cells.yes_no()),
]

# An export turns control characters into spaces, and an apostrophe before a sign is its own.
TEXTS = (
    st.text(
        alphabet=st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp")),
        max_size=60,
    )
    .map(str.strip)
    .filter(lambda text: not text.startswith("'"))
)
FORMULAS = st.sampled_from(
    ["=1+1", "+31 6", "-1", "@SUM(A1)", "'t Zand", 'a"b', "a;b,c\td", "1.234"]
)

ROWS = st.lists(
    st.tuples(
        (TEXTS | FORMULAS).map(lambda text: text or None),
        st.none() | st.integers(-(10**9), 10**9),
        st.none() | st.decimals(0, 10**6, places=2),
        st.none() | st.dates(date(1900, 1, 1), date(2100, 12, 31)),
        st.none() | st.booleans(),
    ).filter(lambda row: any(value is not None for value in row)),
    max_size=8,
)


def there_and_back(format, rows, headers=HEADERS):
    content = sheet_response(format, "stock", headers, rows).content
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        path.write_bytes(content)
        sheet = open_sheet(path, f"stock.{format}", DEFAULT_LIMITS)
        return sheet, list(sheet.rows())


@pytest.mark.parametrize("format", ["csv", "xlsx", "ods"])
@settings(max_examples=40, deadline=None)
@given(rows=ROWS)
def test_values_come_back(format, rows):
    sheet, back = there_and_back(format, rows)
    assert (sheet.format, sheet.headers) == (format, HEADERS)
    values = [
        tuple(read(cell) for read, cell in zip(READERS, row.cells, strict=True)) for row in back
    ]
    assert values == rows


@pytest.mark.parametrize("format", ["csv", "xlsx", "ods"])
def test_a_second_export_is_the_same(format):
    rows = [("=1+1", 3, Decimal("565.40"), date(2017, 3, 2), True), ("x", None, None, None, False)]
    _sheet, back = there_and_back(format, rows)
    _sheet, again = there_and_back(format, [row.cells for row in back])
    assert again == back


@pytest.mark.parametrize("format", ["csv", "xlsx", "ods"])
def test_text_over_several_lines(format):
    _sheet, back = there_and_back(format, [("a\nb  c", 1, 2, None, None)])
    assert back[0].cells[0] == "a\nb  c"
