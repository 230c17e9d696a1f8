"""Counts of dwellings and households for the start page, the overview and the report."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from housing.choices import PersonCategory, TermCode, VacancyState, Verdict
from housing.models import ReunionFact, Term, Vacancy
from housing.selectors import (
    awaiting_verdict,
    covenant_share,
    expected_reunifiers,
    monthly_housing_figures,
    not_yet_joined,
    term_weeks,
    waiting_households,
)
from partners.choices import ShareDenominator
from tests.factories import (
    NOW,
    TODAY,
    AssessmentFactory,
    AssessmentReasonFactory,
    CaseFactory,
    CovenantFactory,
    DwellingFactory,
    PersonFactory,
    ShareDefinitionFactory,
    TenancyFactory,
    VacancyFactory,
)
from westerkwartier.web.models import Certainty

pytestmark = pytest.mark.django_db

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@pytest.fixture
def ten_weeks(db):
    return Term.objects.create(
        code=TermCode.FIND_DWELLING,
        weeks=10,
        valid_from=date(2016, 1, 1),
        source="Invented for a test",
        certainty=Certainty.ILLUSTRATIVE,
    )


def vacancy(cast, available_from=date(2017, 10, 1), **fields):
    label = fields.pop("label", "")
    dwelling = DwellingFactory(
        village=cast.village_marum, corporation=cast.corporation, label=label
    )
    return VacancyFactory(
        dwelling=dwelling,
        notice_on=available_from - timedelta(days=30),
        available_from=available_from,
        **fields,
    )


def closed(state, on):
    return {"state": state, "closed_on": on}


# -- dwellings -------------------------------------------------------------------------------------


def test_vacancies_that_wait_for_a_verdict(cast):
    vacancy(cast, available_from=date(2017, 12, 15))  # notice on Wednesday 15 November
    vacancy(cast, available_from=date(2017, 12, 20))
    AssessmentFactory(vacancy=vacancy(cast, available_from=date(2017, 9, 1)))
    vacancy(cast, available_from=date(2017, 9, 1), **closed(VacancyState.WITHDRAWN, TODAY))
    found = awaiting_verdict(Vacancy.objects.all(), on=TODAY)
    assert (found.count, found.oldest_notice_on, found.oldest_days) == (2, date(2017, 11, 15), 6)


def test_vacancies_that_wait_longer_than_the_term(cast):
    Term.objects.create(
        code=TermCode.VERDICT,
        working_days=3,
        valid_from=date(2016, 1, 1),
        source="Invented for a test",
        certainty=Certainty.ILLUSTRATIVE,
    )
    # The clock stands at Thursday 23 November: three and four working days ago.
    for notice in (date(2017, 11, 20), date(2017, 11, 17)):
        vacancy(cast, available_from=notice + timedelta(days=30))
    found = awaiting_verdict(Vacancy.objects.all(), on=TODAY)
    assert (found.count, found.overdue, found.term_days) == (2, 1, 3)
    assert found.oldest_days == 4


def test_nothing_waits_for_a_verdict(db):
    found = awaiting_verdict(Vacancy.objects.all(), on=TODAY)
    assert (found.count, found.oldest_notice_on, found.oldest_days) == (0, None, None)


@pytest.mark.parametrize(
    ("denominator", "dwellings"),
    [
        (ShareDenominator.AVAILABLE, 4),
        (ShareDenominator.UNLABELLED, 3),
        (ShareDenominator.LET, 2),
    ],
)
def test_share_of_the_covenant(cast, denominator, dwellings):
    covenant = CovenantFactory(region=cast.region, signed_on=date(2016, 3, 24))
    ShareDefinitionFactory(covenant=covenant, denominator=denominator)
    let = vacancy(cast, **closed(VacancyState.LET_PERMIT, date(2017, 10, 20)))
    TenancyFactory(
        vacancy=let,
        case__linked_municipality=cast.marum,
        signed_on=date(2017, 10, 20),
        starts_on=date(2017, 11, 1),
    )
    vacancy(cast, **closed(VacancyState.LET_REGULAR, date(2017, 10, 20)))
    vacancy(cast, label="senior")
    vacancy(cast, available_from=TODAY)
    vacancy(cast, available_from=TODAY + timedelta(days=1))
    vacancy(cast, available_from=date(2016, 3, 23))
    vacancy(cast, **closed(VacancyState.WITHDRAWN, date(2017, 10, 20)))
    found = covenant_share(cast.region, on=TODAY)
    assert (found.let, found.dwellings) == (1, dwellings)
    assert found.share == Decimal(1) / dwellings
    assert found.reached
    assert covenant_share(cast.other_region, on=TODAY) is None
    assert covenant_share(cast.region, on=date(2016, 3, 23)) is None


def test_share_without_dwellings_is_none(cast):
    covenant = CovenantFactory(region=cast.region)
    ShareDefinitionFactory(covenant=covenant)
    found = covenant_share(cast.region, on=TODAY)
    assert (found.share, found.reached) == (None, False)


# -- households ------------------------------------------------------------------------------------


def test_households_that_wait(cast, ten_weeks):
    exactly = CaseFactory(linked_municipality=cast.marum, linked_on=TODAY - timedelta(weeks=10))
    longer = CaseFactory(linked_municipality=cast.leek, linked_on=TODAY - timedelta(weeks=12))
    CaseFactory(linked_municipality=cast.leek, linked_on=TODAY + timedelta(days=1))
    CaseFactory(linked_municipality=cast.leek, linked_on=date(2017, 1, 1), unlinked_on=TODAY)
    TenancyFactory(
        vacancy=vacancy(cast),
        case=CaseFactory(linked_municipality=cast.leek, linked_on=date(2017, 1, 1)),
    )
    found = waiting_households(cast.region, on=TODAY)
    assert (found.count, found.overdue, found.weeks) == (2, 1, 10)
    assert (found.oldest_weeks, found.oldest_reference) == (12, longer.reference)
    own = waiting_households(cast.region, on=TODAY, linked_to=cast.marum)
    assert (own.count, own.overdue, own.oldest_reference) == (1, 0, exactly.reference)


def test_without_a_term_nobody_is_overdue(cast):
    CaseFactory(linked_municipality=cast.marum, linked_on=date(2016, 1, 1))
    found = waiting_households(cast.region, on=TODAY)
    assert (found.count, found.overdue, found.weeks) == (1, 0, None)


def test_the_term_of_the_day_holds(ten_weeks):
    assert term_weeks(TermCode.FIND_DWELLING, on=TODAY) == 10
    assert term_weeks(TermCode.FIND_DWELLING, on=date(2015, 12, 31)) is None
    assert term_weeks(TermCode.MOVE, on=TODAY) is None


def test_expected_reunifiers(cast):
    housed = CaseFactory(linked_municipality=cast.marum)
    TenancyFactory(
        vacancy=vacancy(cast), case=housed, signed_on=TODAY, starts_on=TODAY + timedelta(days=5)
    )
    waiting = CaseFactory(linked_municipality=cast.leek)
    gone = CaseFactory(linked_municipality=cast.leek, unlinked_on=date(2017, 9, 1))
    for case, days in ((housed, 90), (housed, 91), (waiting, 30), (waiting, 40), (gone, 30)):
        PersonFactory(
            case=case,
            category=PersonCategory.REUNIFIER,
            expected_on=TODAY + timedelta(days=days),
        )
    PersonFactory(case=waiting, category=PersonCategory.HOLDER)
    PersonFactory(case=waiting, category=PersonCategory.REUNIFIER, arrived_on=TODAY)
    found = expected_reunifiers(cast.region, on=TODAY)
    assert (found.persons, found.with_room) == (4, 2)
    assert (found.soon, found.soon_households) == (3, 2)
    assert found.first_expected_on == TODAY + timedelta(days=30)
    assert expected_reunifiers(cast.region, on=TODAY, linked_to=cast.marum).persons == 2


def test_who_does_not_come_is_expected_until_that_day(cast):
    case = CaseFactory(linked_municipality=cast.marum)
    lapsed, refused, left, mistaken = [
        PersonFactory(case=case, category=PersonCategory.REUNIFIER) for _number in range(4)
    ]

    def fact(person, state, days, **more):
        on = TODAY - timedelta(days=days)
        return ReunionFact.objects.create(person=person, state=state, on=on, at=NOW, **more)

    fact(lapsed, "lapsed", 10)
    fact(refused, "mvv_applied", 40)
    fact(refused, "mvv_refused", 20)
    fact(mistaken, "", 0, undoes=fact(mistaken, "lapsed", 30))
    left.left_on, left.left_because = TODAY - timedelta(days=5), "moved"
    left.save()
    expected = [
        expected_reunifiers(cast.region, on=TODAY - timedelta(days=days)).persons
        for days in (30, 20, 10, 5, 0)
    ]
    assert expected == [4, 3, 2, 1, 1]
    assert not_yet_joined(cast.region, on=TODAY).get() == mistaken


# -- a month ---------------------------------------------------------------------------------------


def test_figures_of_a_month(cast):
    first, last = date(2017, 10, 1), date(2017, 10, 31)
    for day in (date(2017, 9, 30), first, last, date(2017, 11, 1)):
        CaseFactory(linked_municipality=cast.marum, linked_on=day)
        CaseFactory(linked_municipality=cast.leek, linked_on=date(2017, 1, 1), unlinked_on=day)
    twice = vacancy(cast, available_from=first)
    reason = AssessmentReasonFactory()
    AssessmentFactory(
        vacancy=twice,
        verdict=Verdict.UNSUITABLE,
        reason=reason,
        at=datetime(2017, 10, 3, 9, tzinfo=AMSTERDAM),
    )
    AssessmentFactory(vacancy=twice, at=datetime(2017, 10, 31, 23, 30, tzinfo=AMSTERDAM))
    AssessmentFactory(
        vacancy=vacancy(cast, available_from=date(2017, 11, 1)),
        verdict=Verdict.UNSUITABLE,
        reason=reason,
        at=datetime(2017, 10, 31, 12, tzinfo=AMSTERDAM),
    )
    AssessmentFactory(
        vacancy=vacancy(cast, available_from=date(2017, 9, 1)),
        at=datetime(2017, 11, 1, 0, 10, tzinfo=AMSTERDAM),
    )
    found = monthly_housing_figures(cast.region, start=first, end=last)
    assert (found.linked, found.unlinked, found.vacated) == (2, 2, 1)
    assert (found.judged, found.suitable, found.unsuitable) == (2, 1, 1)
    assert found.let_to_permit_holders == 0


def test_the_number_of_queries_does_not_grow(cast, ten_weeks, django_assert_num_queries):
    covenant = CovenantFactory(region=cast.region)
    ShareDefinitionFactory(covenant=covenant)
    for _round in range(2):
        vacancy(cast)
        PersonFactory(
            case=CaseFactory(linked_municipality=cast.marum), category=PersonCategory.REUNIFIER
        )
        with django_assert_num_queries(14):
            covenant_share(cast.region, on=TODAY)
            waiting_households(cast.region, on=TODAY)
            expected_reunifiers(cast.region, on=TODAY)
            awaiting_verdict(Vacancy.objects.all(), on=TODAY)
            monthly_housing_figures(cast.region, start=date(2017, 10, 1), end=TODAY)
