"""The sentences on top of the report."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from reports.figures import CovenantShare, MonthlyFigures, Progress, Supply, Waiting
from reports.summary import headline, people, summary

ROW = Progress(
    name="Marum",
    net=6,
    opening=6,
    corrected=12,
    realised=8,
    realised_in_month=1,
    scheduled=Decimal(8),
    share=Decimal(8) / 12,
    remaining=4,
    needed_per_month=Decimal(2),
    standing="on_schedule",
    net_certainty="derived",
    opening_certainty="illustrative",
)
WAITING = Waiting("Marum", households=4, persons=6, up_to_half=1, up_to_term=1, over_term=2)
FIGURES = MonthlyFigures(
    region="Kwartier",
    reference_date=date(2017, 11, 1),
    month_start=date(2017, 10, 1),
    month_end=date(2017, 10, 31),
    counted_to=date(2017, 11, 1),
    period="2017-II",
    period_start=date(2017, 7, 1),
    period_end=date(2017, 12, 31),
    months_passed=4,
    rows=(ROW,),
    total=replace(ROW, name="Kwartier"),
    course=(),
    inflow=(),
    waiting=(WAITING,),
    find_within_weeks=10,
    move_within_weeks=2,
    moved_late=0,
    supply_month=Supply(0, 0, 0, 0),
    supply_since=None,
    share=CovenantShare(
        since=date(2016, 3, 24),
        target=Decimal("0.2"),
        denominator="A",
        dwellings=723,
        let_to_permit_holders=151,
        share=Decimal(151) / 723,
        certainty="mixed",
        source="",
    ),
    sources=(),
    illustrative=True,
)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("standing", "realised", "said"),
    [
        ("met", 12, "The region has met its quota."),
        ("on_schedule", 9, "The region is ahead of schedule."),
        ("on_schedule", 8, "The region is on schedule."),
        ("slightly_behind", 7, "The region is slightly behind schedule."),
        ("far_behind", 3, "The region is far behind schedule."),
        ("no_quota", 0, "The region has no quota in this half-year."),
    ],
)
def test_headline(standing, realised, said):
    assert headline(replace(ROW, standing=standing, realised=realised)) == said


def test_the_paragraphs():
    said = summary(FIGURES)
    assert said.progress == (
        "On 1 November 2017 8 of the 12 people had been housed (67%). "
        "By schedule it had to be at least 8. No municipality is behind."
    )
    assert said.dwellings == (
        "Since March 2016 20.9% of the vacated dwellings went to permit holders (agreed: 20%). "
        "2 households have been waiting for more than 10 weeks."
    )


def test_one_municipality_behind_is_named_with_what_it_has_to_do():
    row = replace(ROW, standing="slightly_behind", remaining=1)
    said = summary(replace(FIGURES, rows=(row,))).progress
    assert said.endswith("Marum is slightly behind: 1 person to go.")


def test_several_behind_are_listed():
    rows = [
        replace(ROW, name=name, standing="far_behind", remaining=n)
        for n, name in enumerate(("Leek", "Marum", "Zuidhorn"), start=3)
    ]
    said = summary(replace(FIGURES, rows=tuple(rows))).progress
    assert said.endswith("Behind are Leek (3 to go), Marum (4 to go) and Zuidhorn (5 to go).")


def test_at_the_end_of_the_half_year_the_rest_goes_on():
    total = replace(FIGURES.total, remaining=1, realised=11, standing="slightly_behind")
    last = FIGURES.period_end
    said = summary(replace(FIGURES, reference_date=last, months_passed=5, total=total)).progress
    assert "The half-year 2017-II is over: 1 person goes on to the next one." in said
    assert "By schedule" not in said


@pytest.mark.parametrize(
    ("opening", "said"),
    [
        (14, " The half-year began with a backlog of 14 people."),
        (-1, " The half-year began with a lead of 1 person."),
        (0, ""),
    ],
)
def test_in_the_first_month_the_opening_balance_is_told_and_nobody_is_behind(opening, said):
    total = replace(FIGURES.total, opening=opening, realised=0, share=Decimal(0), remaining=12)
    first = replace(
        FIGURES, reference_date=date(2017, 7, 1), months_passed=0, total=total, rows=(total,)
    )
    assert summary(first).progress == (
        f"On 1 July 2017 0 of the 12 people had been housed (0%).{said}"
    )


def test_who_met_the_quota_hears_nothing_of_the_schedule():
    total = replace(FIGURES.total, realised=13, remaining=-1, standing="met")
    assert "By schedule" not in summary(replace(FIGURES, total=total)).progress


def test_a_lead_that_covers_everything():
    total = replace(FIGURES.total, corrected=-2, realised=1, share=None, standing="met")
    assert "an earlier lead covers the quota" in summary(replace(FIGURES, total=total)).progress


def test_what_is_not_known_is_not_told():
    said = summary(replace(FIGURES, share=None, find_within_weeks=None))
    assert said.dwellings == ""


def test_nobody_waits_too_long():
    said = summary(replace(FIGURES, waiting=(replace(WAITING, over_term=0),))).dwellings
    assert said.endswith("No household has been waiting for more than 10 weeks.")


def test_the_schedule_asks_for_whole_people():
    assert people(Decimal("33.3")) == 34
    assert people(Decimal(8)) == 8
