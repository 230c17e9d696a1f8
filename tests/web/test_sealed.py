"""Sealed values: what is written can be read, by whoever has the key, in its own column only."""

import string
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from westerkwartier.web.blind import name_tokens, normalise_number
from westerkwartier.web.sealed import SealedDateField, SealedTextField
from westerkwartier.web.sealing import Unsealable, blind, blind_under_each, seal, unseal

OLD, NEW = (bytes(range(start, start + 32)) for start in (1, 101))
NAME = SealedTextField(label="person.name", max_length=20)
BORN = SealedDateField(label="person.born_on")


# -- sealing and opening -------------------------------------------------------------------------


@given(st.text())
def test_any_text_comes_back(text):
    assert NAME.opened(NAME.sealed(text)) == text


@given(st.dates())
def test_any_date_comes_back(day):
    assert BORN.opened(BORN.sealed(day)) == day


@given(st.text(string.ascii_letters, min_size=4))
def test_nothing_is_in_the_clear_and_equal_values_differ(text):
    one, other = NAME.sealed(text), NAME.sealed(text)
    assert text.encode() not in one
    assert one != other


def test_empty_is_no_bytes():
    assert NAME.sealed("") == b""
    assert NAME.opened(b"") == ""


@given(st.data())
def test_a_damaged_value_does_not_open(data):
    sealed = bytearray(NAME.sealed("Voorbeeld"))
    place = data.draw(st.integers(0, len(sealed) - 1))
    sealed[place] ^= data.draw(st.integers(1, 255))
    with pytest.raises(Unsealable, match=r"person\.name"):
        NAME.opened(bytes(sealed))


@pytest.mark.parametrize("length", [1, 5, 17, 33])
def test_a_value_cut_short_does_not_open(length):
    with pytest.raises(Unsealable, match="no sealed value"):
        NAME.opened(NAME.sealed("Voorbeeld")[:length])


def test_a_value_moved_to_another_column_does_not_open():
    with pytest.raises(Unsealable, match="another column"):
        unseal(seal(b"Voorbeeld", label="person.name"), label="person.email")


def test_the_first_key_seals_and_all_open(settings):
    settings.PERSONAL_DATA_KEYS = (OLD,)
    before = NAME.sealed("Voorbeeld")
    settings.PERSONAL_DATA_KEYS = (NEW, OLD)
    after = NAME.sealed("Voorbeeld")
    assert NAME.opened(before) == NAME.opened(after) == "Voorbeeld"
    settings.PERSONAL_DATA_KEYS = (NEW,)
    assert NAME.opened(after) == "Voorbeeld"
    with pytest.raises(Unsealable, match=r"key [0-9a-f]{8}, which is not in PERSONAL_DATA_KEYS"):
        NAME.opened(before)


# -- fields and forms ----------------------------------------------------------------------------


def test_full_clean_knows_length_and_blank():
    assert NAME.clean("Voorbeeld", None) == "Voorbeeld"
    for wrong in ("x" * 21, ""):
        with pytest.raises(ValidationError):
            NAME.clean(wrong, None)
    with pytest.raises(ValidationError):
        BORN.clean("vandaag", None)


def test_form_fields():
    assert NAME.formfield().max_length == 20
    assert NAME.formfield().widget.input_type == "text"
    assert "Textarea" in type(SealedTextField(label="note.text").formfield().widget).__name__
    assert BORN.formfield().clean("31-01-1980") == date(1980, 1, 31)


@pytest.mark.parametrize("field", [NAME, BORN])
def test_a_field_can_be_built_anew_from_its_parts(field):
    _name, path, args, kwargs = field.deconstruct()
    assert path.startswith("westerkwartier.web.sealed.Sealed")
    again = type(field)(*args, **kwargs)
    assert (again.label, again.max_length) == (field.label, field.max_length)
    assert "serialize" not in kwargs
    assert not again.serialize


# -- tokens --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "tokens"),
    [
        ("Jan van der Berg", ["jan", "van", "der", "berg"]),
        ("  JAN  ", ["jan"]),
        ("Müller-Özdemir", ["muller", "ozdemir"]),
        ("Al-Ha\u0301san", ["al", "hasan"]),
        ("O'Neill d’Ancona Ta\u02bfani", ["o", "neill", "d", "ancona", "ta", "ani"]),
        ("Işık İNAN Łukasz Sørensen Groß", ["isik", "inan", "lukasz", "sorensen", "gross"]),
        ("Jan 2 (3)", ["jan"]),
        ("محمد", ["محمد"]),
        ("- ' 12", []),
        ("", []),
    ],
)
def test_parts_of_a_name(name, tokens):
    assert name_tokens(name) == tokens


@given(st.text())
def test_tokens_of_tokens_are_themselves(name):
    tokens = name_tokens(name)
    assert name_tokens(" ".join(tokens)) == tokens


@pytest.mark.parametrize(
    "number", ["2881234567", "V-288.123.4567", "v2881234567", " 288 123 4567 "]
)
def test_a_number_is_compared_by_its_digits(number):
    assert normalise_number(number) == "2881234567"


def test_numbers_with_letters_keep_them():
    assert normalise_number("COA-12/a") == "coa12a"
    assert normalise_number("V") == "v"


def test_a_hash_depends_on_text_label_and_key(settings):
    settings.PERSONAL_DATA_KEYS = (OLD,)
    before = blind("berg", label="person.name")
    assert before == blind("berg", label="person.name")
    assert before != blind("bergh", label="person.name")
    assert before != blind("berg", label="person.email")
    assert len(before) == 32
    settings.PERSONAL_DATA_KEYS = (NEW, OLD)
    assert blind("berg", label="person.name") != before
    assert blind_under_each("berg", label="person.name")[1] == before
