"""The printed table of who sees what is the one that the pages ask."""

from io import StringIO
from pathlib import Path

from django.core.management import call_command

from housing.policies import FIELDS, Viewpoint

DOCUMENT = Path(__file__).resolve().parents[1] / "docs" / "field-matrix.md"


def printed() -> str:
    output = StringIO()
    call_command("field_matrix", stdout=output)
    return output.getvalue()


def test_the_document_holds_what_the_command_prints():
    assert DOCUMENT.read_text(encoding="utf-8").partition("\n\n|")[2] == printed()[1:]


def test_the_corporation_learns_a_name_only_after_it_agreed():
    assert Viewpoint.ASKED not in FIELDS["person.name"]
    assert Viewpoint.LANDLORD in FIELDS["person.name"]


def test_nobody_but_who_handles_a_household_sees_numbers_and_birth_dates():
    for field in ("person.v_number", "person.birth_date", "person.sex"):
        assert FIELDS[field] == {Viewpoint.COORDINATOR, Viewpoint.OFFICER}
