"""Empty days: each has one cause, and the sums in SQL are those of the pure function."""

from datetime import date, datetime, timedelta
from random import Random
from statistics import mean, median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from housing.arithmetic import empty_days_by_cause
from housing.choices import RECORDED_CAUSES, VacancyState, Verdict, WaitCause
from housing.models import Vacancy
from housing.selectors.empty_days import (
    empty_days_summary,
    empty_span,
    stood_empty,
    with_empty_days,
    with_empty_span,
)
from tests.factories import (
    NOW,
    TODAY,
    AssessmentFactory,
    DwellingFactory,
    VacancyFactory,
    VacancyWaitFactory,
)

D = date
days = st.dates(D(2017, 1, 1), D(2017, 4, 30))
waits = st.lists(
    st.tuples(st.sampled_from(RECORDED_CAUSES), days, st.none() | days).filter(
        lambda wait: wait[2] is None or wait[1] <= wait[2]
    ),
    max_size=5,
)


def split(**parts) -> dict:
    return {cause: parts.get(cause.value, 0) for cause in WaitCause}


# -- the pure sum ----------------------------------------------------------------------------------


@given(days, days, st.none() | days, waits, st.randoms(use_true_random=False))
def test_the_parts_add_up_whatever_the_order_of_waits(start, end, judged, told, rng):
    found = empty_days_by_cause(start, end, judged, told)
    assert sum(found.values()) == max(0, (end - start).days)
    assert min(found.values()) >= 0
    assert set(found) == set(WaitCause)
    shuffled = list(told)
    rng.shuffle(shuffled)
    assert empty_days_by_cause(start, end, judged, shuffled) == found


@given(days, days, st.none() | days, waits)
def test_each_day_by_itself_gives_the_same(start, end, judged, told):
    counted = dict.fromkeys(WaitCause, 0)
    for number in range(max(0, (end - start).days)):
        day = start + timedelta(days=number)
        here = {cause for cause, s, e in told if s <= day and (e is None or day < e)}
        otherwise = WaitCause.VERDICT if judged is None or day < judged else WaitCause.MATCH
        counted[next((c for c in RECORDED_CAUSES if c in here), otherwise)] += 1
    assert empty_days_by_cause(start, end, judged, told) == counted


@pytest.mark.parametrize(
    ("start", "end", "judged", "told", "found"),
    [
        (D(2017, 1, 1), D(2017, 1, 1), None, [], {}),
        (D(2017, 1, 2), D(2017, 1, 1), None, [], {}),
        (D(2017, 1, 1), D(2017, 1, 11), None, [], {"verdict": 10}),
        (D(2017, 1, 1), D(2017, 1, 11), D(2016, 12, 1), [], {"match": 10}),
        (D(2017, 1, 1), D(2017, 1, 11), D(2017, 1, 4), [], {"verdict": 3, "match": 7}),
        (
            D(2017, 1, 1),
            D(2017, 1, 11),
            D(2017, 1, 4),
            [("repairs", D(2016, 12, 1), D(2017, 1, 3)), ("viewing", D(2017, 1, 9), None)],
            {"repairs": 2, "verdict": 1, "match": 5, "viewing": 2},
        ),
    ],
)
def test_examples(start, end, judged, told, found):
    assert empty_days_by_cause(start, end, judged, told) == split(**found)


# -- one vacancy -----------------------------------------------------------------------------------


@pytest.fixture
def add(cast):
    def add(village=None, **fields):
        dwelling = DwellingFactory(
            village=village or cast.village_marum, corporation=cast.corporation
        )
        return VacancyFactory(dwelling=dwelling, notice_on=D(2017, 1, 2), **fields)

    return add


def verdict(vacancy, day, **fields):
    at = datetime(day.year, day.month, day.day, 9, tzinfo=NOW.tzinfo)
    return AssessmentFactory(vacancy=vacancy, at=at, **fields)


def test_days_before_it_is_available_count_only_when_it_stood_empty(add):
    told = add(available_from=D(2017, 11, 13), empty_from=D(2017, 11, 3))
    untold = add(available_from=D(2017, 11, 13))
    assert empty_span(told, on=TODAY).total == 20
    assert empty_span(untold, on=TODAY).total == 10


def test_it_counts_until_the_tenancy_the_withdrawal_or_today(add):
    start = D(2017, 11, 1)
    let = add(
        available_from=start,
        state=VacancyState.LET_REGULAR,
        closed_on=D(2017, 11, 5),
        let_from=D(2017, 11, 15),
    )
    gone = add(available_from=start, state=VacancyState.WITHDRAWN, closed_on=D(2017, 11, 5))
    still = add(available_from=start)
    ahead = add(available_from=D(2017, 12, 1))
    totals = [empty_span(vacancy, on=TODAY).total for vacancy in (let, gone, still, ahead)]
    assert totals == [14, 4, 22, 0]


def test_a_verdict_that_was_taken_back_is_none(add):
    vacancy = add(available_from=D(2017, 11, 1))
    first = verdict(vacancy, D(2017, 11, 3))
    AssessmentFactory(vacancy=vacancy, verdict="", undoes=first)
    assert empty_span(vacancy, on=TODAY).by_cause == split(verdict=22)
    verdict(vacancy, D(2017, 11, 11), verdict=Verdict.SUITABLE)
    assert empty_span(vacancy, on=TODAY).by_cause == split(verdict=10, match=12)


# -- SQL and the pure function ---------------------------------------------------------------------


@pytest.fixture
def at_random(cast, add):
    """Forty vacancies with verdicts and waits here and there."""
    rng = Random(20171123)
    for number in range(40):
        start = D(2017, 3, 1) + timedelta(days=rng.randint(0, 250))
        state = rng.choice(list(VacancyState))
        fields = {"state": state, "available_from": start}
        if rng.random() < 0.4:
            fields["empty_from"] = start - timedelta(days=rng.randint(0, 20))
        if state not in ("announced", "available", "reserved"):
            fields["closed_on"] = start + timedelta(days=rng.randint(-9, 40))
        vacancy = add(village=(cast.village_marum, cast.village_leek)[number % 2], **fields)
        for _round in range(rng.randint(0, 2)):
            given_on = start + timedelta(days=rng.randint(-20, 30))
            line = verdict(vacancy, given_on)
            if rng.random() < 0.3:
                AssessmentFactory(vacancy=vacancy, verdict="", undoes=line)
        day = start - timedelta(days=rng.randint(0, 15))
        for _round in range(rng.randint(0, 3)):
            end = day + timedelta(days=rng.randint(0, 12))
            VacancyWaitFactory(
                vacancy=vacancy, cause=rng.choice(RECORDED_CAUSES), starts_on=day, ends_on=end
            )
            day = end + timedelta(days=rng.randint(0, 5))
        if rng.random() < 0.3:
            VacancyWaitFactory(vacancy=vacancy, starts_on=day)


def test_sql_and_the_pure_function_agree(at_random):
    rows = list(with_empty_days(Vacancy.objects.all(), on=TODAY))
    assert len(rows) == 40
    for row in rows:
        pure = empty_span(row, on=TODAY)
        in_sql = {cause: getattr(row, f"days_{cause.value}") for cause in WaitCause}
        assert in_sql == pure.by_cause
        assert row.days_total == pure.total
        assert (row.empty_since, row.empty_until) == (pure.since, pure.until)


def test_the_summary_adds_up(at_random, django_assert_num_queries):
    start, end = D(2017, 1, 1), TODAY
    vacancies = stood_empty(
        with_empty_span(Vacancy.objects.with_municipality(TODAY), on=TODAY), start=start, end=end
    )
    with django_assert_num_queries(1):
        together, places = empty_days_summary(vacancies, on=TODAY)
    spans = [empty_span(row, on=TODAY) for row in vacancies]
    assert together.vacancies == len(spans) > 20
    assert together.average == pytest.approx(mean(span.total for span in spans))
    assert together.median == median(span.total for span in spans)
    assert together.total == sum(span.total for span in spans)
    for cause in WaitCause:
        assert together.by_cause[cause] == sum(span.by_cause[cause] for span in spans)
        assert together.by_cause[cause] == sum(p.by_cause[cause] for p in places.values())
    assert list(places) == ["Leek", "Marum"]


def test_without_vacancies_the_summary_is_empty(cast):
    vacancies = with_empty_span(Vacancy.objects.with_municipality(TODAY), on=TODAY)
    together, places = empty_days_summary(vacancies, on=TODAY)
    assert (together.vacancies, together.average, together.total, places) == (0, None, 0, {})


def test_what_was_withdrawn_before_it_stood_empty_is_left_out(add):
    add(
        available_from=D(2017, 11, 10),
        state=VacancyState.WITHDRAWN,
        closed_on=D(2017, 11, 10),
    )
    spans = with_empty_span(Vacancy.objects.all(), on=TODAY)
    assert not stood_empty(spans, start=D(2017, 1, 1), end=TODAY).exists()
