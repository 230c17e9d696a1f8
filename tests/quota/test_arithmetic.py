"""The sums of the quota: the figures that were published, and what must hold for any figures."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quota import arithmetic as sums
from quota.choices import Standing

NATIONAL = Path(__file__).resolve().parents[2] / "data" / "national"
persons = st.integers(0, 60_000)
threshold = Decimal("0.8")


def inhabitants_2016() -> list[int]:
    with (NATIONAL / "inhabitants_2016.csv").open(encoding="utf-8") as file:
        return [int(row["inhabitants"]) for row in csv.DictReader(file)]


# -- published figures ----------------------------------------------------------------------------

NETHERLANDS_2016 = 16_979_120
FOUR = {"Grootegast": 12_155, "Leek": 19_536, "Marum": 10_305, "Zuidhorn": 18_794}


@pytest.mark.parametrize(
    ("national", "nearest", "up"),
    [
        (20_000, [14, 23, 12, 22], [15, 24, 13, 23]),
        (23_000, [16, 26, 14, 25], [17, 27, 14, 26]),
        (13_000, [9, 15, 8, 14], [10, 15, 8, 15]),
        (10_000, [7, 12, 6, 11], [8, 12, 7, 12]),
    ],
)
def test_formula_for_the_four_municipalities(national, nearest, up):
    for rounding, expected in (("nearest", nearest), ("up", up)):
        found = [
            sums.statutory_quota(national, number, NETHERLANDS_2016, rounding)
            for number in FOUR.values()
        ]
        assert found == expected


def test_westerkwartier_of_2025_is_rounded_to_the_nearest():
    assert sums.statutory_quota(15_000, 64_896, 17_942_942, "nearest") == 54
    assert sums.statutory_quota(15_000, 64_896, 17_942_942, "up") == 55


def test_a_whole_number_is_not_rounded_up():
    assert sums.statutory_quota(30, 1, 10, "up") == 3
    assert sums.statutory_quota(10**15, 3, 3 * 10**15, "up") == 1


def test_half_a_person_goes_up():
    assert sums.statutory_quota(1, 1, 2, "nearest") == 1


def test_joint_73_of_the_first_half_of_2016_is_divided_over_the_four():
    assert sums.largest_remainder(73, list(FOUR.values())) == [15, 23, 12, 23]


@pytest.mark.parametrize(
    ("net", "opening", "corrected", "per_month"),
    [(23_000, 5_283, 28_283, 4_714), (13_000, 6_082, 19_082, 3_180)],
)
def test_national_number_a_month(net, opening, corrected, per_month):
    assert sums.corrected_quota(net, opening) == corrected
    assert round(sums.needed_per_month(corrected, 6)) == per_month


def test_a_lead_is_deducted():
    assert sums.corrected_quota(449, -183) == 266


def test_what_remains_of_the_country_in_2022():
    assert sums.remaining(sums.corrected_quota(9_979, 3_728), 11_886) == 1_821


def test_schedule_line():
    line = [sums.scheduled(600, month) / 6 for month in range(7)]
    assert [round(share, 1) for share in line] == [
        Decimal(text) for text in ("0", "16.7", "33.3", "50", "66.7", "83.3", "100")
    ]


# -- months ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "on", "months"),
    [
        (date(2017, 1, 1), date(2017, 1, 1), 0),
        (date(2017, 1, 1), date(2017, 5, 31), 4),
        (date(2017, 1, 1), date(2017, 6, 1), 5),
        (date(2017, 1, 1), date(2017, 7, 1), 6),
        (date(2017, 1, 1), date(2019, 3, 1), 6),
        (date(2017, 7, 1), date(2017, 11, 23), 4),
        (date(2017, 7, 1), date(2018, 1, 1), 6),
        (date(2017, 7, 1), date(2017, 2, 1), 0),
    ],
)
def test_months_passed(start, on, months):
    assert sums.months_passed(start, on) == months


def test_the_month_under_way_counts_as_a_month_to_house_in():
    assert sums.months_left(sums.months_passed(date(2017, 7, 1), date(2017, 11, 23))) == 2


def test_needed_per_month():
    assert sums.needed_per_month(3, 2) == Decimal("1.5")
    assert sums.needed_per_month(-3, 2) == 0
    assert sums.needed_per_month(0, 0) == 0
    assert sums.needed_per_month(3, 0) is None


@pytest.mark.parametrize(
    ("opening", "left", "share"),
    [
        (35, 14, Decimal("0.6")),
        (35, 0, Decimal(1)),
        (35, -4, Decimal(1)),
        (10, 15, Decimal("-0.5")),
        (0, 4, None),
        (-3, 0, None),
    ],
)
def test_how_much_of_a_backlog_is_cleared(opening, left, share):
    assert sums.cleared(opening, left) == share


# -- standing --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("realised", "corrected", "months", "expected"),
    [
        (50, 50, 4, Standing.MET),
        (0, 0, 4, Standing.MET),
        (0, -3, 4, Standing.MET),
        (0, 12, 0, Standing.JUST_BEGUN),
        (11, 12, 0, Standing.JUST_BEGUN),
        (12, 12, 0, Standing.MET),
        (2, 12, 1, Standing.ON_SCHEDULE),
        (8, 12, 4, Standing.ON_SCHEDULE),
        (7, 12, 4, Standing.SLIGHTLY_BEHIND),
        (8, 15, 4, Standing.SLIGHTLY_BEHIND),
        (6, 12, 4, Standing.FAR_BEHIND),
        (11, 12, 6, Standing.SLIGHTLY_BEHIND),
        (9, 12, 6, Standing.FAR_BEHIND),
    ],
)
def test_standing(realised, corrected, months, expected):
    assert sums.standing(realised, corrected, months, threshold) == expected


def test_83_percent_on_1_june_is_on_schedule():
    assert sums.standing(500, 600, 5, threshold) == Standing.ON_SCHEDULE
    assert sums.standing(499, 600, 5, threshold) == Standing.SLIGHTLY_BEHIND


def test_without_quota_only_a_backlog_counts():
    assert sums.standing(0, 0, 3, threshold, has_quota=False) == Standing.NO_QUOTA
    assert sums.standing(0, -2, 3, threshold, has_quota=False) == Standing.NO_QUOTA
    assert sums.standing(0, 6, 3, threshold, has_quota=False) == Standing.FAR_BEHIND


@given(persons, persons, st.integers(0, 6))
def test_one_person_more_never_makes_the_standing_worse(realised, corrected, months):
    order = list(Standing)
    before = sums.standing(realised, corrected, months, threshold)
    after = sums.standing(realised + 1, corrected, months, threshold)
    assert order.index(after) <= order.index(before)


# -- what must hold for any figures ----------------------------------------------------------------


@given(persons, st.integers(0, 900_000), st.integers(1, 18_000_000))
def test_rounding_up_gives_at_least_the_nearest_and_less_than_one_more(national, local, country):
    exact = sums.exact_quota(national, local, country)
    up = sums.statutory_quota(national, local, country, "up")
    nearest = sums.statutory_quota(national, local, country, "nearest")
    assert nearest <= up <= nearest + 1
    assert 0 <= up - exact < 1
    assert abs(nearest - exact) * 2 <= 1


@given(persons)
def test_all_municipalities_together_stay_near_the_national_number(national):
    local = inhabitants_2016()
    country = sum(local)
    for rounding, lowest, highest in (("up", 0, len(local)), ("nearest", -195, 195)):
        total = sum(sums.statutory_quota(national, n, country, rounding) for n in local)
        assert lowest <= total - national <= highest
    assert sum(sums.largest_remainder(national, local)) == national


def test_there_were_390_municipalities_in_2016():
    local = inhabitants_2016()
    assert (len(local), sum(local)) == (390, NETHERLANDS_2016)


@given(st.integers(0, 5_000), st.lists(st.integers(1, 10_000), min_size=1, max_size=12))
def test_parts_of_the_largest_remainder_lie_within_one_of_their_share(total, weights):
    parts = sums.largest_remainder(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - sums.exact_quota(total, weight, sum(weights))) < 1


@given(st.integers(-500, 500), st.lists(st.tuples(persons, persons), max_size=12))
def test_carrying_over_telescopes(opening, halves):
    balance = opening
    for net, realised in halves:
        balance = sums.remaining(sums.corrected_quota(net, balance), realised)
    assert balance == opening + sum(net - realised for net, realised in halves)


@given(st.lists(st.tuples(persons, st.integers(-500, 500), persons), min_size=1, max_size=8))
def test_the_region_is_the_sum_of_its_municipalities(municipalities):
    net, opening, realised = (sum(column) for column in zip(*municipalities, strict=True))
    parts = [
        sums.remaining(sums.corrected_quota(net, opening), realised)
        for net, opening, realised in municipalities
    ]
    assert sum(parts) == sums.remaining(sums.corrected_quota(net, opening), realised)


@given(persons, st.integers(-500, 60_000))
def test_share_is_none_only_where_nothing_is_to_be_done(realised, corrected):
    share = sums.share_realised(realised, corrected)
    assert (share is None) == (corrected <= 0)
    if share is not None:
        assert (share >= 1) == (realised >= corrected)


@pytest.mark.parametrize("wrong", [(-1, 1, 1), (1, -1, 1), (1, 1, 0)])
def test_nonsense_is_refused(wrong):
    with pytest.raises(ValueError, match="figures of zero or more"):
        sums.statutory_quota(*wrong, "up")


def test_unknown_rounding_is_refused():
    with pytest.raises(ValueError, match="Unknown rounding"):
        sums.statutory_quota(1, 1, 1, "down")


def test_dividing_over_nobody_is_refused():
    with pytest.raises(ValueError, match="weights above zero"):
        sums.largest_remainder(3, [0, 0])
