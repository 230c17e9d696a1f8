"""The figures of the monthly report: what counts on the 1st, and that JSON keeps them exactly."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


def test_the_state_is_that_at_the_beginning_of_the_day(quota):
    figures = monthly_figures(quota.region, FIRST)
    marum = figures.rows[1]
    assert (marum.name, marum.net, marum.opening, marum.corrected) == ("Marum", 6, 6, 12)
    assert marum.realised == 3  # the person counted on 1 November itself comes in December's report
    assert marum.realised_in_month == 1
    assert monthly_figures(quota.region, date(2017, 11, 2)).rows[1].realised == 4


def test_a_report_of_the_1st_holds_the_whole_months_against_the_schedule(quota):
    figures = monthly_figures(quota.region, FIRST)
    assert (figures.month_start, figures.month_end) == (date(2017, 10, 1), date(2017, 10, 31))
    assert figures.months_passed == 4
    assert figures.rows[1].scheduled == 8
    assert figures.rows[1].needed_per_month == Decimal("4.5")
    assert figures.rows[1].standing == "far_behind"


def test_the_1st_of_january_closes_the_second_half(quota):
    figures = monthly_figures(quota.region, date(2018, 1, 1))
    assert (figures.period, figures.months_passed) == ("2017-II", 6)
    assert figures.total.needed_per_month is None
    assert figures.course[-1].realised == 4


def test_the_course_is_told_on_each_1st(quota):
    course = monthly_figures(quota.region, FIRST).course
    assert [(p.day.month, p.realised) for p in course] == [
        (7, 0),
        (8, 0),
        (9, 1),
        (10, 2),
        (11, 3),
        (12, None),
        (1, None),
    ]
    assert [p.scheduled for p in course][-1] == 24


def test_households_wait_until_they_sign(quota):
    for weeks_ago in (3, 7, 11):
        linked_on = date.fromordinal(FIRST.toordinal() - 7 * weeks_ago)
        PersonFactory(case=CaseFactory(linked_municipality=quota.leek, linked_on=linked_on))
    leek = monthly_figures(quota.region, FIRST).waiting[0]
    assert (leek.households, leek.up_to_half, leek.up_to_term, leek.over_term) == (3, 1, 1, 1)


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
        monthly_figures(quota.region, date(2017, 7, 1))
    assert first_reference_date(quota.region) == date(2017, 7, 2)
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


def test_figures_of_another_layout_are_refused():
    with pytest.raises(ValueError, match="layout 0"):
        from_json({"layout": 0})
