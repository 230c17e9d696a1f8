"""Laws of personal data: none of it in the clear in a dump, and every field has a purpose."""

import csv
from datetime import date

from django.apps import apps
from django.db import connection

from housing.models import Case, CaseNote, Counting, Person
from housing.services.cases import move_case
from housing.services.persons import add_person, change_person, person_version
from housing.services.retention import EMPTIED
from tests.laws.walk import ROOT, our_models
from tests.placing import DAY, at, household
from westerkwartier.web.blind import BlindTokensField
from westerkwartier.web.sealed import SealedField

SECRETS = ("Xerxes", "Zonderling", "9988776655", "0612345678", "1981-02-03", "Yolanthe")
# Models of which every field is told in data/national/personal_fields.csv.
ABOUT_PEOPLE = (
    "Case",
    "CaseNeed",
    "CaseNote",
    "CasePreference",
    "CaseStep",
    "Counting",
    "DwellingCheck",
    "Occupancy",
    "Person",
    "ReunionFact",
    "Stay",
)


def dumped() -> str:
    """Every row of every table of the housing app, history included, as a dump holds it."""
    tables = [model._meta.db_table for model in apps.get_app_config("housing").get_models()]
    with connection.cursor() as cursor:
        found = []
        for table in tables:
            cursor.execute(f'SELECT whole::text FROM "{table}" AS whole')
            found += [row for (row,) in cursor.fetchall()]
    assert len(found) > 5
    return "\n".join(found)


def test_a_dump_holds_no_name_number_contact_or_remark(cast):
    case = household(cast)
    person = add_person(
        by=cast.coordinator,
        case=case,
        values={
            "name": "Xerxes Zonderling",
            "relation": "partner",
            "category": "family",
            "birth_date": date(1981, 2, 3),
            "v_number": "V9988776655",
            "contact": "0612345678",
        },
        now=at(),
    )
    change_person(
        by=cast.coordinator,
        person=person,
        values={"name": "Yolanthe Zonderling"},
        version=person_version(person),
        now=at(),
    )
    move_case(
        by=cast.coordinator, case=case, code="prepare", on=DAY, remark="Belt Yolanthe", now=at()
    )
    CaseNote.objects.create(case=case, by=cast.coordinator, at=at(), text="Xerxes belt terug")
    Person.objects.filter(pk=person.pk).update(arrived_on=DAY)
    Counting.objects.create(
        person=person, on=DAY, municipality=cast.marum, remark="Zonderling", at=at()
    )
    text = dumped()
    plain = text.lower()
    for secret in SECRETS:
        assert secret.lower() not in plain, secret
        # bytea is dumped in hexadecimal digits
        assert secret.encode().hex() not in plain, secret


def listed() -> dict[tuple[str, str], dict[str, str]]:
    with (ROOT / "data/national/personal_fields.csv").open(encoding="utf-8") as file:
        return {(row["model"], row["field"]): row for row in csv.DictReader(file)}


def fields_of_people() -> dict[tuple[str, str], object]:
    return {
        (model.__name__, field.name): field
        for model in our_models()
        if model.__name__ in ABOUT_PEOPLE
        for field in model._meta.concrete_fields
    }


def test_every_field_about_people_has_its_purpose_and_retention():
    rows = listed()
    assert set(rows) == set(fields_of_people())
    assert [key for key, row in rows.items() if not (row["purpose"] and row["retention"])] == []


def test_what_the_list_says_to_go_goes_also_where_the_row_stays():
    """A row stays for the figures with the fields that say so, and all others are emptied."""
    emptied = {
        model.__name__: set(values) | {"reference"} if model is Case else set(values)
        for model, values in EMPTIED.items()
    }
    for name in {*emptied, "Occupancy"} & set(ABOUT_PEOPLE):
        rows = {field: row for (model, field), row in listed().items() if model == name}
        stays = {field for field, row in rows.items() if row["retention"].startswith("stays")}
        assert set(rows) - stays == emptied.get(name, set()), name


def test_the_list_says_which_fields_are_sealed():
    kinds = {
        key: "yes"
        if isinstance(field, SealedField)
        else "hashed"
        if isinstance(field, BlindTokensField)
        else "no"
        for key, field in fields_of_people().items()
    }
    assert {key: row["sealed"] for key, row in listed().items()} == kinds
