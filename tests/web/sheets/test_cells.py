"""From a cell to a value: what people write, and what is wrong with the rest."""

import contextlib
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from westerkwartier.web.sheets import cells
from westerkwartier.web.sheets.kinds import CellError

HIGH = Decimal("9999999.99")

WORD = cells.text(10)
COUNT = cells.whole_number(0, 5000)
AMOUNT = cells.amount(HIGH)
DAY = cells.day()
YES_NO = cells.yes_no()
KIND = cells.one_of({"Flat": "F", "Eengezinswoning": "E"})
POSTCODE = cells.postcode()
NUMBER = cells.house_number()
BAG = cells.bag_id()
READERS = [WORD, COUNT, AMOUNT, DAY, YES_NO, KIND, POSTCODE, NUMBER, BAG]


def complaint(read, cell) -> str:
    with pytest.raises(CellError) as caught:
        read(cell)
    return str(caught.value)


@pytest.mark.parametrize(
    ("read", "cell", "value"),
    [
        (WORD, "Kade", "Kade"),
        (WORD, "=1+1", "=1+1"),
        (WORD, "\tx", "\tx"),
        (WORD, 12, "12"),
        (WORD, Decimal("1.5"), "1.5"),
        (WORD, date(2017, 3, 2), "2017-03-02"),
        (WORD, True, "yes"),
        (COUNT, "1.975", 1975),
        (COUNT, " 1975 ", 1975),
        (COUNT, 3, 3),
        (COUNT, Decimal("3.0"), 3),
        (AMOUNT, "€ 1.234,56", Decimal("1234.56")),
        (AMOUNT, "1234,56", Decimal("1234.56")),
        (AMOUNT, "1.234", Decimal(1234)),
        (AMOUNT, "1234.5", Decimal("1234.50")),
        (AMOUNT, "565.40", Decimal("565.40")),
        (AMOUNT, "565,-", Decimal(565)),
        (AMOUNT, "565,––", Decimal(565)),
        (AMOUNT, "EUR 565", Decimal(565)),
        (AMOUNT, 565, Decimal(565)),
        (AMOUNT, Decimal("577.1200000001"), Decimal("577.12")),
        (DAY, "2017-03-02", date(2017, 3, 2)),
        (DAY, "2-3-2017", date(2017, 3, 2)),
        (DAY, "02/03/2017", date(2017, 3, 2)),
        (DAY, "2.3.2017", date(2017, 3, 2)),
        (DAY, "2017-03-02 00:00:00", date(2017, 3, 2)),
        (DAY, "2017-03-02T00:00:00.000Z", date(2017, 3, 2)),
        (DAY, date(2017, 3, 2), date(2017, 3, 2)),
        (KIND, "FLAT", "F"),
        (KIND, " eengezinswoning", "E"),
        (POSTCODE, "9356xl", "9356XL"),
        (POSTCODE, "9356 XL", "9356XL"),
        (NUMBER, "12", 12),
        (NUMBER, 12, 12),
        (BAG, "0025010000001234", "0025010000001234"),
        (BAG, 25010000001234, "0025010000001234"),
        *[(YES_NO, word, True) for word in (True, "Ja", "yes", 1, "1", "TRUE", "waar", "x", "X")],
        *[(YES_NO, word, False) for word in (False, "nee", "No", 0, "0", "false", "Onwaar")],
    ],
)
def test_accepted(read, cell, value):
    assert read(cell) == value
    assert type(read(cell)) is type(value)


@pytest.mark.parametrize(
    ("read", "cell", "sentence"),
    [
        (WORD, "x" * 11, "This is longer than 10 characters."),
        (COUNT, "3,5", "“3,5” is not a whole number."),
        (COUNT, Decimal("3.5"), "“3.5” is not a whole number."),
        (COUNT, True, "“True” is not a whole number."),
        (COUNT, "5001", "5001 is not between 0 and 5000."),
        (COUNT, "-1", "-1 is not between 0 and 5000."),
        (COUNT, 10**4000, f"“1{'0' * 38}…” is not a whole number."),
        (AMOUNT, "1,234.56", "“1,234.56” is not an amount such as 1.234,56."),
        (AMOUNT, "1.23.4", "“1.23.4” is not an amount such as 1.234,56."),
        (AMOUNT, "1,234", "“1,234” is not an amount such as 1.234,56."),
        (AMOUNT, "0.123", "“0.123” is not an amount such as 1.234,56."),
        (AMOUNT, "veel", "“veel” is not an amount such as 1.234,56."),
        (AMOUNT, "565,4012", "“565,4012” has more than two decimals."),
        (AMOUNT, Decimal("565.405"), "“565.405” has more than two decimals."),
        (AMOUNT, "-5,00", "-5.00 is not between 0 and 9,999,999.99."),
        (AMOUNT, "99.999.999", "99,999,999.00 is not between 0 and 9,999,999.99."),
        (AMOUNT, Decimal("1e300"), "“1E+300” is not an amount such as 1.234,56."),
        (AMOUNT, date(2017, 3, 2), "“03/02/2017” is not an amount such as 1.234,56."),
        (DAY, "31-02-2017", "The date “31-02-2017” does not exist."),
        (DAY, "2017-02-31", "The date “2017-02-31” does not exist."),
        (DAY, "2-3-17", "Write the year of “2-3-17” with four digits."),
        (DAY, "2-3-0217", "The year 217 is not between 1900 and 2100."),
        (DAY, date(2117, 3, 2), "The year 2117 is not between 1900 and 2100."),
        (DAY, "2-3/2017", "“2-3/2017” is not a date such as 2-3-2017."),
        (DAY, "2017-03-02 12:00:00", "“2017-03-02 12:00:00” is not a date such as 2-3-2017."),
        (DAY, 42796, "“42796” is not a date such as 2-3-2017."),
        (YES_NO, "misschien", "“misschien” is not yes or no."),
        (KIND, "tent", "“tent” is not one of: Flat, Eengezinswoning."),
        (POSTCODE, "9356", "“9356” is not a postcode such as 9356 XL."),
        (POSTCODE, "9356SS", "“9356SS” is not a postcode such as 9356 XL."),
        (NUMBER, "12a", "“12a” is more than a number: put the addition in its own column."),
        (NUMBER, "12-3", "“12-3” is more than a number: put the addition in its own column."),
        (NUMBER, "0", "“0” is not a house number."),
        (
            BAG,
            "2,501E+13",
            "The spreadsheet rounded “2,501E+13”. Make the column a text column first.",
        ),
        (
            BAG,
            "0025100000001234",
            "“0025100000001234” is not an object number of the BAG, which has 16 digits.",
        ),
    ],
)
def test_refused(read, cell, sentence):
    assert complaint(read, cell) == sentence


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("cell", [None, ""])
def test_empty(read, cell):
    assert complaint(read, cell) == "This may not be empty."
    assert cells.optional(read)(cell) is None


AMOUNTS = st.decimals(min_value=0, max_value=HIGH, places=2)


@given(AMOUNTS, st.booleans(), st.sampled_from(["", "€ ", "€", "EUR "]))
def test_every_amount_in_dutch_notation_comes_back(value, grouped, sign):
    english = f"{value:,.2f}" if grouped else f"{value:.2f}"
    assert AMOUNT(sign + english.translate(str.maketrans(",.", ".,"))) == value


@given(AMOUNTS)
def test_every_amount_of_a_program_comes_back(value):
    assert AMOUNT(str(value)) == AMOUNT(value) == value


@given(st.integers(min_value=0, max_value=9_999_999))
def test_every_whole_amount_comes_back(value):
    assert AMOUNT(f"{value:,}".replace(",", ".")) == AMOUNT(str(value)) == value


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from("-/."))
def test_every_day_comes_back(value, mark):
    dutch = f"{value.day}{mark}{value.month}{mark}{value.year}"
    assert DAY(dutch) == DAY(value.strftime(f"%d{mark}%m{mark}%Y")) == DAY(str(value)) == value


ANY_CELL = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.text(),
    st.text(alphabet="0123456789.,-€E+ /", max_size=20),
)


@given(ANY_CELL, st.sampled_from(READERS))
def test_any_cell_is_read_or_refused(cell, read):
    with contextlib.suppress(CellError):
        read(cell)


def test_a_refusal_lists_the_spellings_it_is_told_to():
    read = cells.one_of({"Flat": "F", "F": "F"}, lambda: ["Flat"])
    assert read("f") == "F"
    assert complaint(read, "Kasteel").endswith(": Flat.")
