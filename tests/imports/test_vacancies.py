"""A file with vacated dwellings: found by address or BAG id, states by their table, verdicts."""

from datetime import date
from decimal import Decimal

import pytest

from housing.models import Assessment, Dwelling, Vacancy
from partners.choices import ImportState
from tests.factories import (
    AssessmentReasonFactory,
    DwellingFactory,
    OrganisationFactory,
    VacancyFactory,
    WithdrawalReasonFactory,
)

HEADERS = (
    "postcode;huisnummer;toevoeging;huuropzegging;leeg vanaf;beschikbaar vanaf;kale huur;"
    "servicekosten;status;verhuurd vanaf;gesloten op;reden intrekking;oordeel;reden oordeel\n"
)


@pytest.fixture
def dwelling(desk, cast) -> Dwelling:
    village = cast.region.villages.get(name="Tolbert")
    return DwellingFactory(
        corporation=cast.corporation,
        village=village,
        postcode="9356XL",
        number=1,
        bag_id="0025010000000001",
    )


def line(
    *,
    state="beschikbaar",
    notice="2-10-2017",
    let_from="",
    closed="",
    why="",
    verdict="",
    reason="",
    number="1",
    rent="565,40",
    free="6-11-2017",
) -> str:
    cells = ["9356XL", number, "", notice, "1-11-2017", free, rent, "12,50", state, let_from]
    return ";".join([*cells, closed, why, verdict, reason]) + "\n"


def send(desk, *lines: str):
    return desk.checked(HEADERS + "".join(lines), kind="vacancies")


def problems(batch) -> list[str]:
    return [said for row in batch.rows.all() for _column, said in row.problems]


def test_a_vacancy_is_added(desk, dwelling):
    batch = desk.approve(send(desk, line(state="available")))
    assert batch.state == ImportState.DONE
    vacancy = Vacancy.objects.get()
    assert (vacancy.dwelling, vacancy.notice_on, vacancy.empty_from, vacancy.available_from) == (
        dwelling,
        date(2017, 10, 2),
        date(2017, 11, 1),
        date(2017, 11, 6),
    )
    assert (vacancy.net_rent, vacancy.service_costs, vacancy.verdict) == (
        Decimal("565.40"),
        Decimal("12.50"),
        "",
    )
    again = send(desk, line(state="available"))
    assert again.counts["same"] == 1, problems(again)


def test_found_by_bag_id(desk, dwelling):
    text = (
        "BAG-id;Huuropzegging;Beschikbaar vanaf;Kale huur\n25010000000001;2-10-2017;6-11-2017;500\n"
    )
    desk.imported(text, kind="vacancies")
    assert Vacancy.objects.get().dwelling == dwelling


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"notice": "31-02-2017"}, "The date “31-02-2017” does not exist."),
        ({"rent": "1,234.56"}, "“1,234.56” is not an amount such as 1.234,56."),
        ({"rent": ""}, "This may not be empty."),
        ({"free": "1-9-2017"}, "It cannot be free before the notice was given."),
        ({"number": "99"}, "No dwelling of this corporation is known here. Import it first."),
        ({"state": "let_regular"}, "A dwelling that was let has a first day of the new tenancy."),
        ({"state": "withdrawn", "closed": "1-12-2017"}, "A withdrawn dwelling has a reason."),
        ({"state": "withdrawn", "why": "zomaar"}, "“zomaar” is not a reason for withdrawal."),
        ({"closed": "1-12-2017", "state": "reserved"}, "An open vacancy has no closing date"),
        ({"verdict": "unsuitable"}, "Choose a reason."),
        ({"verdict": "suitable", "reason": "reden-x"}, "This reason does not go with this verdict"),
    ],
)
def test_a_bad_cell(cells, sentence, desk, dwelling):
    AssessmentReasonFactory(code="reden-x")
    batch = send(desk, line(**{"state": "available", **cells}))
    assert batch.counts["error"] == 1
    assert any(sentence in said for said in problems(batch)), problems(batch)


def test_a_dwelling_of_another_corporation_is_refused(desk, cast, dwelling):
    other = OrganisationFactory(region=cast.region, kind="corporation")
    Dwelling.objects.filter(pk=dwelling.pk).update(corporation=other)
    assert problems(send(desk, line())) == ["This dwelling belongs to another corporation."]
    batch = desk.checked("Postcode;Huisnummer;Slaapkamers\n9356XL;1;3\n")
    assert problems(batch) == ["This dwelling belongs to another corporation."]


def test_one_open_vacancy_in_the_register_and_in_the_file(desk, dwelling):
    VacancyFactory(dwelling=dwelling, notice_on=date(2017, 9, 1))
    (said,) = problems(send(desk, line(state="available")))
    assert said.startswith("This dwelling is already reported as vacant, since the notice of")
    Vacancy.objects.all().delete()
    twice = send(desk, line(state="available"), line(state="available", notice="3-10-2017"))
    assert problems(twice) == [
        "Row 3 reports the same dwelling as vacant too.",
        "Row 2 reports the same dwelling as vacant too.",
    ]


def test_what_one_row_closes_another_opens_whatever_their_order(desk, dwelling):
    old = VacancyFactory(
        dwelling=dwelling,
        notice_on=date(2017, 3, 1),
        available_from=date(2017, 4, 1),
        net_rent=Decimal("500.00"),
    )
    batch = send(
        desk,
        line(state="available"),
        line(
            state="let_regular",
            notice="1-3-2017",
            free="6-11-2017",
            let_from="7-11-2017",
            rent="500",
        ),
    )
    assert batch.counts["error"] == 0, problems(batch)
    desk.approve(batch, warnings_seen="on")
    old.refresh_from_db()
    assert (old.state, old.let_from, old.closed_on) == (
        *("let_regular", date(2017, 11, 7), date(2017, 11, 7)),
    )
    assert Vacancy.objects.open().get().notice_on == date(2017, 10, 2)


def test_states_follow_their_table(desk, dwelling):
    VacancyFactory(
        dwelling=dwelling,
        notice_on=date(2017, 10, 2),
        state="let_regular",
        closed_on=date(2017, 11, 8),
    )
    (said,) = problems(send(desk, line(state="available")))
    assert said == "From “Let regularly” it cannot become “Available”."


def test_a_verdict_becomes_a_line_and_stays(desk, dwelling, cast):
    AssessmentReasonFactory(code="te-duur", label_nl="Te duur", verdict="unsuitable")
    text = line(state="available", verdict="unsuitable", reason="te duur")
    batch = desk.approve(send(desk, text))
    verdict = Assessment.objects.get()
    assert (verdict.verdict, verdict.reason.code, verdict.by) == (
        *("unsuitable", "te-duur", cast.corporation_staff),
    )
    assert Vacancy.objects.get().verdict == "unsuitable"
    assert send(desk, text).counts["same"] == 1
    batch = desk.undo(batch)
    assert batch.state == ImportState.DONE
    assert "Not undone" in batch.sentence
    assert Vacancy.objects.exists()


def test_withdrawn_with_its_reason(desk, dwelling):
    WithdrawalReasonFactory(code="verkoop", label_nl="Wordt verkocht")
    desk.approve(send(desk, line(state="ingetrokken", closed="1-12-2017", why="wordt verkocht")))
    assert Vacancy.objects.get().withdrawn_because.code == "verkoop"


def test_a_state_that_cannot_go_back_keeps_the_import(desk, dwelling):
    VacancyFactory(dwelling=dwelling, notice_on=date(2017, 10, 2), state="announced")
    batch = desk.undo(desk.approve(send(desk, line(state="available")), warnings_seen="on"))
    assert batch.state == ImportState.DONE
    assert "from “Available” it cannot go back to “Announced”." in batch.sentence
    assert "cannot go back" in desk.page("batch_detail", batch)
