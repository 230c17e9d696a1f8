"""Law: page, list and export show of a household exactly what ``FIELDS`` gives the reader."""

import csv
import io
from datetime import date

import pytest

from housing.models import Case, CaseNeed, CasePreference, Proposal
from housing.policies import (
    FIELDS,
    Viewpoint,
    fields_in_reach,
    row_fields,
    viewpoints,
    visible_fields,
    with_viewpoints,
)
from housing.services.placing import accept_offer, agree_to_proposal, offer_dwelling
from housing.tables import COLUMN_FIELDS, CaseTable
from tests.cast import EVERYBODY
from tests.factories import PersonFactory
from tests.placing import DAY, FunctionalNeedFactory, at, household, placed

# Who reads, and how far the corporation's proposal must be for this viewpoint.
READERS = {
    Viewpoint.COORDINATOR: ("coordinator", "accepted"),
    Viewpoint.OFFICER: ("officer_marum", "accepted"),
    Viewpoint.ASKED: ("corporation_staff", "proposed"),
    Viewpoint.LANDLORD: ("corporation_staff", "accepted"),
    Viewpoint.GUIDE: ("guidance_worker", "accepted"),
}
# What stands on the page for each field, unlike anything else there.
MARKS = {
    "case.linked_on": "3 oktober 2017",
    "case.permit_on": "4 september 2017",
    "case.needs": "Kenmerkende voorziening",
    "case.preferences": "School of studie",
    "case.handler": "Behandelaar Bijzonder",
    "case.deadlines": "Termijnen",
    "case.steps": "Tijdlijn",
    "person.name": "Xerxes Zonderling",
    "person.name_while_expected": "Ypsilon Verwacht",
    "person.contact": "0612345678",
    "person.birth_date": "7 mei 2011",
    "person.sex": "Meisje",
    "person.category": "Gezinslid",
    "person.relation": ">Kind<",
    "person.expected_on": "8 januari 2018",
    "person.v_number": "/v-number/",
    "person.arrived_on": "5 oktober 2017",
}


@pytest.fixture(autouse=True)
def the_day(settings):
    settings.CLOCK = DAY


@pytest.fixture
def case(cast) -> Case:
    cast.officer_leek.name = "Behandelaar Bijzonder"
    cast.officer_leek.save(update_fields=["name"])
    case = household(
        cast,
        linked_on=date(2017, 10, 3),
        permit_on=date(2017, 9, 4),
        handler=cast.officer_leek,
        guidance=cast.guidance,
    )
    need = FunctionalNeedFactory(label_nl="Kenmerkende voorziening")
    CaseNeed.objects.create(case=case, need=need)
    CasePreference.objects.create(case=case, village=cast.village_marum, reason="school")
    PersonFactory(
        case=case,
        category="family",
        relation="child",
        sex="f",
        name="Xerxes Zonderling",
        contact="0612345678",
        birth_date=date(2011, 5, 7),
        v_number="V9988776655",
        arrived_on=date(2017, 10, 5),
    )
    PersonFactory(
        case=case,
        category="reunifier",
        relation="other",
        name="Ypsilon Verwacht",
        expected_on=date(2018, 1, 8),
    )
    return case


def proposed_to(cast, case, until: str) -> Proposal:
    proposal = placed(cast, case=case)
    if until == "accepted":
        for service in (agree_to_proposal, offer_dwelling, accept_offer):
            service(by=cast.coordinator, proposal=proposal, on=DAY, now=at())
    return proposal


@pytest.mark.parametrize("view", READERS)
def test_the_page_shows_just_the_fields_of_the_viewpoint(view, cast, case):
    who, until = READERS[view]
    proposed_to(cast, case, until)
    assert viewpoints(getattr(cast, who), case) == {view}
    response = cast.client(who).get(f"/cases/{case.pk}/")
    assert response.status_code == 200
    text = response.content.decode("utf-8-sig")
    shown = {field for field, mark in MARKS.items() if mark in text}
    assert shown == {field for field in MARKS if view in FIELDS[field]}
    assert "9988776655" not in text


@pytest.mark.parametrize("view", READERS)
def test_list_and_export_have_just_the_columns_of_the_viewpoint(view, cast, case):
    who, until = READERS[view]
    proposed_to(cast, case, until)
    client, user = cast.client(who), getattr(cast, who)
    columns = set(client.get("/cases/").context["table"].columns.names())
    assert columns == {
        name for name, field in COLUMN_FIELDS.items() if field in fields_in_reach(user)
    }
    export = client.get("/cases/", {"export": "csv"}).content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(export), delimiter=";")
    expected = {"municipality": "Marum", "linked": "2017-10-03", "handler": cast.officer_leek.name}
    for name, value in expected.items():
        header = str(CaseTable.base_columns[name].verbose_name)
        seen = view in FIELDS[COLUMN_FIELDS[name]]
        assert row.get(header, "") == (value if seen else "")


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("until", ["proposed", "accepted"])
def test_a_row_of_a_list_says_what_the_household_itself_says(who, until, cast, case):
    proposed_to(cast, case, until)
    household(cast, linked_municipality=cast.leek)
    user = getattr(cast, who)
    rows = with_viewpoints(Case.objects.visible_to(user), user)
    for row in rows:
        assert row_fields(row) == visible_fields(user, Case.objects.get(pk=row.pk))
        assert row_fields(row) <= fields_in_reach(user)
