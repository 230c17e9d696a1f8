"""The figures of the monthly report: what counts on a day, and that JSON keeps them exactly."""

import json
from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from housing.selectors import waiting_households
from quota.selectors import region_overview
from reports.body import body
from reports.figures import (
    CoursePoint,
    Inflow,
    MonthlyFigures,
    Progress,
    Supply,
    Waiting,
    as_json,
    from_json,
)
from reports.figures import CovenantShare as Share
from reports.selectors import NoQuota, first_reference_date, monthly_figures
from tests.factories import CaseFactory, PersonFactory, RegionFactory
from tests.stage import FIRST
from westerkwartier.web.templatetags.ui import date_written


def test_the_state_holds_the_day_itself(quota):
    figures = monthly_figures(quota.region, FIRST)
    marum = figures.rows[1]
    assert (marum.name, marum.net, marum.opening, marum.corrected) == ("Marum", 6, 6, 12)
    assert marum.realised == 4  # with the person counted on 1 November itself
    assert marum.realised_in_month == 1  # October's
    assert monthly_figures(quota.region, date(2017, 10, 31)).rows[1].realised == 3


@pytest.mark.parametrize(
    "day", [date(2017, 7, 1), date(2017, 10, 31), FIRST, date(2017, 11, 23), date(2017, 12, 31)]
)
def test_report_and_overview_of_a_day_agree(quota, day):
    """Every figure that both have, on every kind of day."""
    figures = monthly_figures(quota.region, day)
    overview = region_overview(quota.region, on=day)
    assert (figures.period, figures.months_passed, figures.counted_to) == (
        overview.period.code,
        overview.months_passed,
        day,
    )
    both = {field.name for field in fields(Progress)} & {f.name for f in fields(overview.total)}
    assert {"realised", "scheduled", "standing", "share", "needed_per_month"} <= both
    for row, shown in zip(
        (*figures.rows, figures.total), (*overview.rows, overview.total), strict=True
    ):
        for name in both:
            assert getattr(row, name) == getattr(shown, name), name


def test_the_month_told_ends_with_the_reference_date(quota):
    figures = monthly_figures(quota.region, date(2017, 11, 23))
    assert (figures.month_start, figures.month_end) == (date(2017, 11, 1), date(2017, 11, 23))
    assert figures.total.realised_in_month == 1


def test_the_first_day_of_a_half_year_tells_how_it_begins(quota):
    figures = monthly_figures(quota.region, date(2017, 7, 1))
    assert (figures.period, figures.months_passed) == ("2017-II", 0)
    assert (figures.total.opening, figures.total.realised) == (6, 0)
    assert figures.total.realised_in_month is None  # June is of the half-year before
    assert (figures.month_start, figures.month_end) == (date(2017, 6, 1), date(2017, 6, 30))


def test_a_report_of_the_1st_holds_the_whole_months_against_the_schedule(quota):
    figures = monthly_figures(quota.region, FIRST)
    assert (figures.month_start, figures.month_end) == (date(2017, 10, 1), date(2017, 10, 31))
    assert figures.months_passed == 4
    assert figures.rows[1].scheduled == 8
    assert figures.rows[1].needed_per_month == 4
    assert figures.rows[1].standing == "far_behind"


def test_the_course_is_told_at_the_end_of_each_month_and_on_the_day_itself(quota):
    course = monthly_figures(quota.region, FIRST).course
    assert [(p.until.isoformat()[5:], p.realised, p.scheduled) for p in course] == [
        ("06-30", 0, 0),
        ("07-31", 0, 4),
        ("08-31", 1, 8),
        ("09-30", 2, 12),
        ("10-31", 3, 16),
        ("11-01", 4, 16),
        ("11-30", None, 20),
        ("12-31", None, 24),
    ]


@pytest.mark.parametrize("day", [date(2017, 7, 1), date(2017, 10, 31), FIRST, date(2017, 11, 23)])
def test_the_table_of_the_course_names_each_day_once(quota, day):
    figures = monthly_figures(quota.region, day)
    table = body(figures)["course"]
    days = [cell.text for cell in table.columns]
    assert len(days) == len(set(days))
    assert days[-1] == "31\u00a0dec"
    shown = table.rows[0][days.index(date_written(day, "j\u00a0M"))]
    assert shown.text == str(figures.total.realised)


def test_overdue_is_what_today_calls_overdue(quota):
    for days in (69, 70, 71):
        linked_on = date.fromordinal(FIRST.toordinal() - days)
        PersonFactory(case=CaseFactory(linked_municipality=quota.leek, linked_on=linked_on))
    leek = monthly_figures(quota.region, FIRST).waiting[0]
    found = waiting_households(quota.region, on=FIRST, linked_to=quota.leek)
    assert (leek.households, leek.over_term) == (found.count, found.overdue) == (3, 1)


def test_households_wait_until_they_sign(quota):
    for weeks_ago in (3, 7, 11):
        linked_on = date.fromordinal(FIRST.toordinal() - 7 * weeks_ago)
        PersonFactory(case=CaseFactory(linked_municipality=quota.leek, linked_on=linked_on))
    leek = monthly_figures(quota.region, FIRST).waiting[0]
    assert (leek.households, leek.up_to_half, leek.up_to_term, leek.over_term) == (3, 1, 1, 1)


def test_reunifiers_arrived_on_the_day_itself_are_no_longer_expected(quota):
    case = CaseFactory(linked_municipality=quota.leek, linked_on=date(2017, 9, 1))
    PersonFactory(case=case, category="reunifier", arrived_on=FIRST)
    expected = [
        monthly_figures(quota.region, day).inflow[0].reunifiers_expected
        for day in (date(2017, 10, 31), FIRST)
    ]
    assert expected == [1, 0]


def test_inflow_is_that_of_the_month(quota):
    case = CaseFactory(linked_municipality=quota.leek, linked_on=date(2017, 10, 31))
    PersonFactory(case=case)
    PersonFactory(case=case, category="reunifier", expected_on=date(2018, 1, 1))
    CaseFactory(linked_municipality=quota.leek, linked_on=FIRST)
    leek = monthly_figures(quota.region, FIRST).inflow[0]
    assert (leek.linked, leek.persons, leek.single, leek.reunifiers_expected) == (1, 1, 1, 1)


def test_dwellings_and_their_share(covenant):
    figures = monthly_figures(covenant.region, FIRST)
    assert figures.supply_month == Supply(vacated=1, judged=0, suitable=0, let_to_permit_holders=1)
    assert figures.supply_since.vacated == 2
    assert figures.share.share == Decimal("0.5")


def test_without_a_quota_there_is_nothing_to_report(quota):
    with pytest.raises(NoQuota):
        monthly_figures(quota.region, date(2017, 6, 30))
    assert first_reference_date(quota.region) == date(2017, 7, 1)
    assert first_reference_date(RegionFactory()) is None


def test_figures_survive_json(covenant):
    figures = monthly_figures(covenant.region, FIRST)
    assert from_json(json.loads(json.dumps(as_json(figures)))) == figures


days = st.dates(date(2000, 1, 1), date(2100, 1, 1))
counts = st.integers(-500, 500)
decimals = st.decimals(allow_nan=False, allow_infinity=False, places=7)
maybe = st.none() | decimals
progress = st.builds(
    Progress,
    net=st.none() | counts,
    opening=counts,
    scheduled=decimals,
    share=maybe,
    needed_per_month=maybe,
)


@given(
    st.builds(
        MonthlyFigures,
        rows=st.lists(progress, max_size=3).map(tuple),
        total=progress,
        course=st.lists(st.builds(CoursePoint, scheduled=decimals), max_size=3).map(tuple),
        inflow=st.lists(st.builds(Inflow), max_size=2).map(tuple),
        waiting=st.lists(st.builds(Waiting), max_size=2).map(tuple),
        share=st.none() | st.builds(Share, target=decimals, share=maybe),
    )
)
def test_any_figures_survive_json(figures):
    assert from_json(json.loads(json.dumps(as_json(figures)))) == figures


def test_a_report_of_the_first_layout_keeps_saying_what_it_said(covenant):
    """It counted up to the day before."""
    stored = as_json(monthly_figures(covenant.region, FIRST)) | {"layout": 1}
    del stored["counted_to"]
    for point in stored["course"]:
        del point["until"]
    old = from_json(stored)
    assert old.counted_to == date(2017, 10, 31)
    assert [point.until.day for point in old.course[:3]] == [30, 31, 31]
    assert body(old)["course"].rows


def test_figures_of_another_layout_are_refused():
    with pytest.raises(ValueError, match="layout 0"):
        from_json({"layout": 0})
