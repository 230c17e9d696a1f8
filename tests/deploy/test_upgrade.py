"""A database of the version before: what it knows of households stands in the new tables too.

The rows are written as that version had them, in plain SQL, before the migrations that fill.
"""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import psycopg
import pytest

from tests.servers import EMPTY, running

ROOT = Path(__file__).resolve().parents[2]

BEFORE = """
INSERT INTO partners_region VALUES (1, 'r', 'R', 'up', '');
INSERT INTO partners_organisation (id, region_id, kind, name, website)
    VALUES (1, 1, 'corporation', 'Corporatie', ''), (2, 1, 'municipality', 'Marum', '');
INSERT INTO partners_municipality (id, cbs_code, name, region_id, organisation_id, valid_from)
    VALUES (1, 'GM0025', 'Marum', 1, 2, '1990-01-01');
INSERT INTO partners_village (id, region_id, name, postcode4, latitude, longitude)
    VALUES (1, 1, 'Marum', '9363', 53.1, 6.2);
INSERT INTO housing_dwelling (id, corporation_id, village_id, street, number, addition, postcode,
    kind, label, rooms, bedrooms, floor, lift, step_free, regulated, illustrative, bag_id,
    vera_kind, accessibility, adaptations, energy_label, temporary_reason)
    VALUES (1, 1, 1, 'Voorbeeldstraat', 1, '', '9363AA', 'house', '', 4, 3, 0, false, false, true,
        true, '', '', '', '', '', '');
INSERT INTO housing_vacancy (id, dwelling_id, notice_on, available_from, net_rent, service_costs,
    label, internal_move, state, let_from, closed_on, illustrative, verdict)
    VALUES (1, 1, '2017-03-01', '2017-04-01', 550, 0, '', false, 'let_permit', '2017-04-10',
        '2017-04-05', true, '');
INSERT INTO housing_case (id, region_id, reference, linked_municipality_id, linked_on, unlinked_on,
    illustrative)
    VALUES (1, 1, 'HOUSED', 1, '2017-02-01', NULL, true),
        (2, 1, 'MINOR', 1, '2017-05-01', NULL, true),
        (3, 1, 'UNLINKED', 1, '2017-05-02', '2017-06-01', true),
        (4, 1, 'WAITING', 1, '2017-11-01', NULL, true);
INSERT INTO housing_person (id, case_id, category, arrived_on, counted_on,
    credited_municipality_id)
    VALUES (1, 1, 'holder', '2017-04-12', '2017-04-20', 1),
        (2, 1, 'reunifier', '2017-09-01', '2017-09-10', 1),
        (3, 1, 'reunifier', NULL, NULL, NULL),
        (4, 2, 'minor', '2017-05-20', '2017-05-20', 1),
        (5, 3, 'holder', NULL, NULL, NULL),
        (6, 4, 'holder', NULL, NULL, NULL);
INSERT INTO housing_tenancy (id, vacancy_id, dwelling_id, case_id, signed_on, starts_on)
    VALUES (1, 1, 1, 1, '2017-04-05', '2017-04-10');
INSERT INTO housing_occupancy (tenancy_id, person_id, moved_in_on)
    VALUES (1, 1, '2017-04-12'), (1, 2, '2017-09-03');
"""


@pytest.fixture(scope="module")
def upgraded():
    """A connection to the database after its upgrade."""
    url = running().new_database("upgrade", template=EMPTY)
    for target in (("housing", "0007"), ()):
        if not target:
            with psycopg.connect(url) as connection:
                for statement in BEFORE.split(";\n"):
                    connection.execute(statement)
        subprocess.run(
            [sys.executable, "manage.py", "migrate", *target, "--no-input", "--verbosity=0"],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": url},
            check=True,
        )
    with psycopg.connect(url) as connection:
        yield connection


def rows(connection, statement: str) -> list[tuple]:
    return connection.execute(statement).fetchall()


def test_every_case_stands_where_its_dates_say(upgraded):
    assert rows(
        upgraded, "SELECT reference, status, status_since FROM housing_case ORDER BY id"
    ) == [
        ("HOUSED", "signed_off", date(2017, 4, 20)),
        ("MINOR", "signed_off", date(2017, 5, 20)),
        ("UNLINKED", "unlinked", date(2017, 6, 1)),
        ("WAITING", "linked", date(2017, 11, 1)),
    ]


def test_the_time_line_has_the_dates_that_were_known_and_no_others(upgraded):
    assert rows(
        upgraded,
        "SELECT code, status_after, effective_on FROM housing_casestep WHERE case_id = 1"
        " ORDER BY id",
    ) == [
        ("link", "linked", date(2017, 2, 1)),
        ("sign", "contract_signed", date(2017, 4, 5)),
        ("move_in", "moved_in", date(2017, 4, 12)),
        ("sign_off", "signed_off", date(2017, 4, 20)),
    ]


def test_a_tenancy_has_its_proposal(upgraded):
    assert rows(upgraded, "SELECT case_id, state, ahead_of_family FROM housing_proposal") == [
        (1, "signed_off", True)
    ]


def test_who_counted_still_counts_once(upgraded):
    counted = "SELECT person_id, c.on, municipality_id FROM housing_counting c ORDER BY person_id"
    assert rows(upgraded, counted) == [
        (1, date(2017, 4, 20), 1),
        (2, date(2017, 9, 10), 1),
        (4, date(2017, 5, 20), 1),
    ]
    persons = "SELECT id, counted_on FROM housing_person WHERE counted_on IS NOT NULL ORDER BY id"
    assert [person for person, _day in rows(upgraded, persons)] == [1, 2, 4]


def test_who_joined_has_joined(upgraded):
    follow = "SELECT id, reunion FROM housing_person WHERE category = 'reunifier' ORDER BY id"
    assert rows(upgraded, follow) == [(2, "joined"), (3, "")]
