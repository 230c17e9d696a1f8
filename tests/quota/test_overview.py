"""The region overview: what it counts, what it carries over, and at what cost."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from housing.choices import PersonCategory
from quota.choices import Standing
from quota.selectors import municipality_balances, period_choice, region_overview
from tests.factories import (
    TODAY,
    CaseFactory,
    MunicipalityFactory,
    ObligationFactory,
    OpeningBalanceFactory,
    PersonFactory,
    QuotaPeriodFactory,
    RegionFactory,
    ScheduleThresholdFactory,
)
from westerkwartier.web.models import Certainty

pytestmark = pytest.mark.django_db

HALVES = ("2016-I", "2016-II", "2017-I", "2017-II")


def count(municipality, *days, category=PersonCategory.HOLDER, linked=None):
    """One person counted for ``municipality`` on each of the days."""
    case = CaseFactory(
        linked_municipality=linked or municipality,
        region=municipality.region,
        linked_on=date(2015, 12, 1),
    )
    for day in days:
        PersonFactory(
            case=case,
            category=category,
            arrived_on=day,
            counted_on=day,
            credited_municipality=municipality,
        )


@pytest.fixture
def ledger(cast):
    """Two municipalities and four half-years: (net of Marum, net of Leek), backlog 3 and lead 2."""
    ScheduleThresholdFactory(region=cast.region)
    for code, marum, leek in (
        ("2016-I", 5, 8),
        ("2016-II", 6, 9),
        ("2017-I", 4, 7),
        ("2017-II", 6, 10),
    ):
        period = QuotaPeriodFactory(code=code)
        ObligationFactory(period=period, municipality=cast.marum, net_quota=marum)
        ObligationFactory(period=period, municipality=cast.leek, net_quota=leek)
    first = QuotaPeriodFactory(code="2016-I")
    OpeningBalanceFactory(period=first, municipality=cast.marum, backlog=3)
    OpeningBalanceFactory(period=first, municipality=cast.leek, backlog=-2)
    return cast


def period(code):
    return QuotaPeriodFactory(code=code)


def test_figures_of_a_half_year_under_way(ledger):
    count(ledger.marum, *[date(2016, 5, 1)] * 4)  # 3 + 5 - 4 leaves 4
    count(ledger.leek, *[date(2016, 9, 1)] * 20, date(2017, 7, 1))  # -2 + 8 + 9 - 20 leaves -5
    count(ledger.marum, date(2017, 7, 1), date(2017, 11, 1))
    count(ledger.marum, date(2017, 11, 23), category=PersonCategory.REUNIFIER)

    overview = region_overview(ledger.region, on=TODAY)

    assert overview.period.code == "2017-II"
    assert (overview.months_passed, overview.months_left, overview.over) == (4, 2, False)
    leek, marum = overview.rows
    assert (leek.name, leek.net, leek.opening, leek.corrected) == ("Leek", 10, 2, 12)
    assert (marum.net, marum.opening, marum.corrected) == (6, 3 + 5 + 6 + 4 - 4, 20)
    assert (marum.realised, marum.realised_this_month, marum.reunifiers) == (3, 2, 1)
    assert (marum.share, marum.remaining, marum.standing) == (
        Decimal("0.15"),
        17,
        Standing.FAR_BEHIND,
    )
    assert marum.needed_per_month == Decimal("8.5")
    assert leek.realised == 1


def test_total_is_the_sum_of_the_municipalities(ledger):
    count(ledger.marum, date(2016, 3, 1), date(2017, 7, 5), date(2017, 9, 30))
    count(ledger.leek, date(2017, 1, 1), date(2017, 7, 31), date(2017, 11, 23))
    total = (overview := region_overview(ledger.region, on=TODAY)).total
    for column in (
        "net",
        "opening",
        "corrected",
        "realised",
        "realised_this_month",
        "remaining",
        "scheduled",
        "reunifiers",
    ):
        assert getattr(total, column) == sum(getattr(row, column) for row in overview.rows)
    assert total.name == ledger.region.name


def test_a_person_counts_on_the_very_day_and_not_before(ledger):
    count(ledger.marum, TODAY)
    before = region_overview(ledger.region, on=TODAY - timedelta(days=1))
    assert (before.total.realised, region_overview(ledger.region, on=TODAY).total.realised) == (
        0,
        1,
    )


def test_first_and_last_day_of_a_half_year_belong_to_it(ledger):
    count(ledger.marum, date(2017, 1, 1), date(2017, 6, 30), date(2016, 12, 31), date(2017, 7, 1))
    overview = region_overview(ledger.region, on=TODAY, period=period("2017-I"))
    assert overview.total.realised == 2


def test_a_period_that_is_over_shows_its_final_state(ledger):
    count(ledger.marum, date(2017, 6, 30), date(2017, 8, 1))
    overview = region_overview(ledger.region, on=TODAY, period=period("2017-I"))
    assert overview.over
    assert (overview.counted_to, overview.months_passed) == (date(2017, 6, 30), 6)
    assert overview.total.realised == 1
    assert overview.total.needed_per_month is None
    months = overview.total.months
    assert len(months) == 6
    assert all(month.complete for month in months)
    assert overview.total.course()[-1] == (date(2017, 7, 1), 1)
    assert overview.schedule()[-1] == (date(2017, 7, 1), overview.total.corrected)


def test_as_at_an_earlier_day_the_opening_is_what_was_known_then(ledger):
    count(ledger.marum, date(2017, 3, 1), date(2017, 5, 1))
    then = region_overview(ledger.region, on=date(2017, 4, 1), period=period("2017-II"))
    now = region_overview(ledger.region, on=TODAY)
    assert then.row("GM0025").opening == now.row("GM0025").opening + 1
    assert (then.months_passed, then.total.realised, then.total.months) == (0, 0, ())
    assert then.total.course() == []


def test_opening_balances_carry_over_through_all_periods(ledger):
    count(ledger.marum, date(2016, 2, 1), date(2016, 10, 1), date(2017, 2, 2), date(2017, 7, 2))
    found = [
        region_overview(ledger.region, on=TODAY, period=period(code)).row("GM0025")
        for code in HALVES
    ]
    for one, following in pairwise(found):
        assert following.opening == one.opening + one.net - one.realised
    balances = municipality_balances(ledger.marum, on=TODAY)
    assert [(b.opening, b.net, b.realised, b.closing) for b in balances] == [
        (row.opening, row.net, row.realised, row.remaining) for row in found
    ]
    assert [b.final for b in balances] == [True, True, True, False]


def test_persons_counted_before_the_ledger_began_are_in_the_opening_balance(ledger):
    count(ledger.marum, date(2015, 12, 31))
    assert (
        region_overview(ledger.region, on=TODAY, period=period("2016-I")).row("GM0025").opening == 3
    )


def test_without_an_explicit_balance_the_ledger_begins_with_the_first_obligation(cast):
    for code in HALVES[1:]:
        ObligationFactory(period=period(code), municipality=cast.marum, net_quota=5)
    period("2016-I")
    count(cast.marum, date(2016, 2, 1), date(2016, 8, 1))
    overview = region_overview(cast.region, on=date(2017, 3, 1))
    assert overview.row("GM0025").opening == 4
    assert [b.opening for b in municipality_balances(cast.marum, on=date(2017, 3, 1))] == [0, 4]


def test_a_person_counts_for_the_credited_municipality_only(ledger):
    count(ledger.marum, date(2017, 8, 1), linked=ledger.leek)
    overview = region_overview(ledger.region, on=TODAY)
    assert (overview.row("GM0025").realised, overview.row("GM0022").realised) == (1, 0)


def test_another_region_is_not_counted(ledger):
    other = MunicipalityFactory(region=ledger.other_region)
    count(other, date(2017, 8, 1))
    assert region_overview(ledger.region, on=TODAY).total.realised == 0
    assert region_overview(ledger.other_region, on=TODAY).total.realised == 1


def test_a_municipality_without_obligation_in_the_period(ledger):
    MunicipalityFactory(region=ledger.region, name="Zuidhorn", cbs_code="GM0056")
    row = region_overview(ledger.region, on=TODAY).row("GM0056")
    assert (row.net, row.opening, row.share, row.standing) == (None, 0, None, Standing.NO_QUOTA)
    assert not row.marked


def test_a_period_without_quota_keeps_the_backlog(ledger):
    overview = region_overview(ledger.region, on=date(2018, 2, 1), period=period("2018-I"))
    assert overview.total.net is None
    assert overview.total.corrected == overview.total.opening > 0
    assert overview.total.standing == Standing.FAR_BEHIND
    period("2030-I")
    later = region_overview(RegionFactory(), on=date(2030, 2, 1))
    assert (later.rows, later.total.standing) == ((), Standing.NO_QUOTA)


def test_a_lead_that_covers_everything_is_met(ledger):
    count(ledger.leek, *[date(2016, 4, 1)] * 60)
    row = region_overview(ledger.region, on=TODAY).row("GM0022")
    assert row.corrected < 0
    assert (row.share, row.standing, row.to_do, row.needed_per_month) == (
        None,
        Standing.MET,
        0,
        0,
    )


def test_a_region_of_one_municipality_equals_its_total():
    municipality = MunicipalityFactory()
    ObligationFactory(municipality=municipality, net_quota=7)
    count(municipality, date(2017, 7, 9))
    overview = region_overview(municipality.region, on=TODAY)
    (row,) = overview.rows
    assert (row.corrected, row.realised, row.remaining, row.months) == (
        overview.total.corrected,
        overview.total.realised,
        overview.total.remaining,
        overview.total.months,
    )


def test_without_a_half_year_there_is_no_overview(ledger):
    assert region_overview(ledger.region, on=date(2012, 3, 1)) is None


def test_a_municipality_that_no_longer_exists_is_left_out_afterwards(ledger):
    ledger.marum.valid_to = date(2018, 1, 1)
    ledger.marum.save()
    assert region_overview(ledger.region, on=TODAY).row("GM0025") is not None
    later = region_overview(ledger.region, on=date(2018, 1, 1), period=period("2018-I"))
    assert later.row("GM0025") is None


def test_months_and_course(ledger):
    count(ledger.marum, date(2017, 7, 1), date(2017, 7, 31), date(2017, 8, 1), TODAY)
    total = region_overview(ledger.region, on=TODAY).total
    assert [(m.realised, m.cumulative, m.complete) for m in total.months] == [
        (2, 2, True),
        (1, 3, True),
        (0, 3, True),
        (0, 3, True),
        (1, 4, False),
    ]
    assert total.course() == [
        (date(2017, 7, 1), 0),
        (date(2017, 8, 1), 2),
        (date(2017, 9, 1), 3),
        (date(2017, 10, 1), 3),
        (date(2017, 11, 1), 3),
        (TODAY, 4),
    ]
    assert total.months[-1].scheduled == Decimal(total.corrected * 5) / 6


def test_uncertain_figures_are_marked_and_stay_so_when_carried_over(cast):
    for code, certainty in (("2016-I", Certainty.DERIVED), ("2017-II", Certainty.OFFICIAL)):
        ObligationFactory(period=period(code), municipality=cast.marum, certainty=certainty)
    ObligationFactory(
        period=period("2017-II"), municipality=cast.leek, certainty=Certainty.OFFICIAL
    )
    overview = region_overview(cast.region, on=TODAY)
    assert not overview.row("GM0022").marked
    assert overview.row("GM0025").net_certainty == Certainty.OFFICIAL
    assert overview.row("GM0025").opening_certainty == Certainty.DERIVED
    assert overview.total.certainty == Certainty.DERIVED
    assert overview.marked
    assert not overview.illustrative


def test_periods_to_choose_from(ledger):
    period("2015-II")
    period("2018-I")
    assert [p.code for p in period_choice(ledger.region, TODAY)] == list(reversed(HALVES))


def test_the_number_of_queries_does_not_grow(ledger, django_assert_num_queries):
    with django_assert_num_queries(4):
        region_overview(ledger.region, on=TODAY)
    for number in range(3):
        extra = MunicipalityFactory(region=ledger.region)
        for code in HALVES:
            ObligationFactory(period=period(code), municipality=extra)
        count(extra, date(2016, 5, 1 + number), date(2017, 8, 1))
    with django_assert_num_queries(4):
        assert len(region_overview(ledger.region, on=TODAY).rows) == 5
    with django_assert_num_queries(2):
        municipality_balances(ledger.marum, on=TODAY)
