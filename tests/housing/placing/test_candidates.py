"""Which dwellings suit a household, and which households a dwelling."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from housing.choices import RentVerdict
from housing.models import BedroomNorm, CaseNeed, Person, RentLimit
from housing.selectors.candidates import candidates, candidates_for
from tests.factories import SOURCE, DwellingFactory, PersonFactory
from tests.placing import DAY, FunctionalNeedFactory, household, placed, suitable_vacancy
from westerkwartier.web.models import Certainty

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def limits(db):
    RentLimit.objects.create(
        year=2017,
        quality_limit=Decimal("414.02"),
        low_cap=Decimal("592.55"),
        high_cap=Decimal("635.05"),
        max_rent=Decimal("710.68"),
        source=SOURCE,
        certainty=Certainty.OFFICIAL,
    )


def dwelling(cast, **fields):
    place = {"village": cast.village_leek, "corporation": cast.corporation}
    return DwellingFactory(**{**place, "bedrooms": 3, "rooms": 4, **fields})


def test_what_fits_comes_first_and_what_does_not_says_why(cast):
    case = household(cast, persons=3, bedrooms_now=3, bedrooms_later=3)
    small = suitable_vacancy(cast, dwelling=dwelling(cast, bedrooms=1, rooms=2))
    large = suitable_vacancy(cast, dwelling=dwelling(cast, bedrooms=5, rooms=6))
    right = suitable_vacancy(cast, dwelling=dwelling(cast))
    found = candidates(case, on=DAY)
    assert [one.vacancy for one in found] == [right, large, small]
    assert [one.fit.fits for one in found] == [True, True, False]
    (obstacle,) = found[-1].fit.obstacles
    assert (obstacle.asked, obstacle.offered) == (3, 1)


def test_what_cannot_be_proposed_is_not_among_them(cast):
    placed(cast)  # proposed to somebody else
    free = suitable_vacancy(cast)
    case = household(cast)
    assert [one.vacancy for one in candidates(case, on=DAY)] == [free]
    assert case in [one.case for one in candidates_for(free, on=DAY)]


def test_households_with_a_proposal_or_on_hold_do_not_wait_for_one(cast):
    placed(cast)
    waiting = household(cast, linked_on=date(2017, 10, 5))
    longer = household(cast, linked_on=date(2017, 9, 1))
    found = candidates_for(suitable_vacancy(cast), on=DAY)
    assert [one.case for one in found] == [longer, waiting]


def test_a_single_ahead_of_the_family_gets_both_verdicts(cast):
    case = household(cast, expected=2, bedrooms_now=1, bedrooms_later=3)
    suitable_vacancy(cast, net_rent=Decimal("620"))
    (found,) = candidates(case, on=DAY)
    assert found.fit.ahead_of_family
    assert (found.fit.rent.now, found.fit.rent.after) == (RentVerdict.ABOVE_CAP, RentVerdict.FITS)
    assert found.fit.rent.above_cap == Decimal("27.45")
    assert found.days_empty == 19


def test_age_counts_only_for_who_may_know_it(cast):
    case = household(cast)
    Person.objects.filter(case=case).update(birth_date=date(1996, 1, 1))
    suitable_vacancy(cast, net_rent=Decimal("500"))
    (with_age,), (without,) = candidates(case, on=DAY), candidates(case, on=DAY, with_age=False)
    assert with_age.fit.rent.now == RentVerdict.ABOVE_MAX
    assert without.fit.rent.now == RentVerdict.FITS


def test_needs_are_compared_by_their_codes(cast):
    case = household(cast)
    CaseNeed.objects.create(case=case, need=FunctionalNeedFactory(code="step_free"))
    stairs = suitable_vacancy(cast, dwelling=dwelling(cast))
    level = suitable_vacancy(cast, dwelling=dwelling(cast, step_free=True))
    assert [(one.vacancy, one.fit.fits) for one in candidates(case, on=DAY)] == [
        (level, True),
        (stairs, False),
    ]


def test_without_reckoned_bedrooms_the_norm_for_the_size_holds(cast):
    for persons, bedrooms in ((1, 1), (3, 2), (5, 4)):
        BedroomNorm.objects.create(
            persons_from=persons,
            bedrooms=bedrooms,
            valid_from=date(2016, 1, 1),
            source=SOURCE,
            certainty=Certainty.ILLUSTRATIVE,
        )
    case = household(cast, persons=3, expected=2)
    suitable_vacancy(cast)
    (found,) = candidates(case, on=DAY)
    assert (found.asked.bedrooms_now, found.asked.bedrooms) == (2, 4)
    assert not found.fit.fits


def test_ten_cost_as_many_queries_as_one(cast):
    def ask() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as one:
            candidates(case, on=DAY)
        with CaptureQueriesContext(connection) as other:
            candidates_for(vacancy, on=DAY)
        return len(one), len(other)

    case, vacancy = household(cast, persons=2), suitable_vacancy(cast)
    assert vacancy.dwelling.village.region  # read before, as a page does
    before = ask()
    for _ in range(9):
        PersonFactory(case=household(cast, persons=3, expected=1))
        suitable_vacancy(cast)
    assert ask() == before
