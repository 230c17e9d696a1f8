"""The rows behind a figure, the three municipalities of a person, and the formula's check."""

from datetime import date
from decimal import Decimal

import pytest

from partners.choices import RoundingMode
from quota.models import NationalInhabitants
from quota.selectors import counts_by_role, formula_check, realised_persons, region_overview
from tests.factories import (
    TODAY,
    CaseFactory,
    DwellingFactory,
    InhabitantsFactory,
    ObligationFactory,
    OccupancyFactory,
    PersonFactory,
    QuotaPeriodFactory,
    TenancyFactory,
    VacancyFactory,
)
from westerkwartier.web.models import Certainty

pytestmark = pytest.mark.django_db


def person(credited, linked, day=date(2017, 11, 20), village=None):
    """Somebody linked to one municipality, counted for another, living in a third."""
    case = CaseFactory(linked_municipality=linked, linked_on=date(2017, 1, 1))
    one = PersonFactory(case=case, arrived_on=day, counted_on=day, credited_municipality=credited)
    if village is not None:
        dwelling = DwellingFactory(village=village)
        tenancy = TenancyFactory(vacancy=VacancyFactory(dwelling=dwelling), case=case)
        OccupancyFactory(tenancy=tenancy, person=one, moved_in_on=day)
    return one


@pytest.fixture
def period(cast):
    return ObligationFactory(municipality=cast.marum, net_quota=6).period


def test_a_figure_opens_the_rows_it_counts(cast, period):
    person(cast.marum, cast.marum)
    person(cast.marum, cast.leek)
    person(cast.leek, cast.leek)
    person(cast.marum, cast.marum, day=date(2017, 6, 30))
    person(cast.marum, cast.marum, day=date(2017, 11, 24))
    rows = realised_persons(cast.coordinator, cast.region, period=period, on=TODAY)
    overview = region_overview(cast.region, on=TODAY)
    assert rows.count() == overview.total.realised == 3
    marum = realised_persons(
        cast.coordinator, cast.region, period=period, on=TODAY, credited="GM0025"
    )
    assert marum.count() == overview.row("GM0025").realised == 2
    assert {row.linked_name for row in marum} == {"Marum", "Leek"}


def test_an_officer_sees_who_counts_for_or_is_linked_to_the_own_municipality(cast, period):
    person(cast.marum, cast.marum)
    person(cast.marum, cast.leek)
    person(cast.leek, cast.marum)
    person(cast.leek, cast.leek)
    rows = realised_persons(cast.officer_marum, cast.region, period=period, on=TODAY)
    assert {(row.credited_name, row.linked_name) for row in rows} == {
        ("Marum", "Marum"),
        ("Marum", "Leek"),
        ("Leek", "Marum"),
    }
    own = realised_persons(
        cast.officer_marum, cast.region, period=period, on=TODAY, credited="GM0025"
    )
    assert own.count() == region_overview(cast.region, on=TODAY).row("GM0025").realised


@pytest.mark.parametrize("who", ["corporation_staff", "supervisor", "administrator", "stranger"])
def test_others_see_no_persons(cast, period, who):
    person(cast.marum, cast.marum)
    rows = realised_persons(getattr(cast, who), cast.region, period=period, on=TODAY)
    assert not rows.exists()


def test_credited_linked_and_housed_are_counted_apart(cast, period, django_assert_num_queries):
    person(cast.marum, cast.marum, village=cast.village_marum)
    person(cast.marum, cast.leek, village=cast.village_leek)
    person(cast.leek, cast.marum, village=cast.village_marum)
    person(cast.leek, cast.leek, village=cast.village_marum)
    with django_assert_num_queries(1):
        found = counts_by_role(cast.marum, period=period, on=TODAY)
    assert (found.credited, found.linked, found.housed) == (2, 2, 3)


def test_housed_is_where_the_village_lay_on_the_day_of_counting(cast, period):
    belonging = cast.village_marum.belongings.get()
    belonging.valid_to = date(2017, 11, 1)
    belonging.save()
    person(cast.marum, cast.marum, day=date(2017, 10, 31), village=cast.village_marum)
    person(cast.marum, cast.marum, day=date(2017, 11, 1), village=cast.village_marum)
    assert counts_by_role(cast.marum, period=period, on=TODAY).housed == 1


def country(on, number):
    NationalInhabitants.objects.create(
        on=on, number=number, source="Invented for a test", certainty=Certainty.ILLUSTRATIVE
    )


def test_the_formula_beside_the_net_quota(cast, period, django_assert_num_queries):
    period.national_quota = 10_000
    period.save()
    cast.region.rounding_mode = RoundingMode.NEAREST
    cast.region.save()
    country(date(2016, 1, 1), 16_979_120)
    country(date(2017, 1, 1), 17_081_507)
    InhabitantsFactory(municipality=cast.marum, on=date(2016, 1, 1), number=10_305)
    InhabitantsFactory(municipality=cast.marum, on=date(2017, 1, 1), number=10_392)
    InhabitantsFactory(municipality=cast.leek, on=date(2017, 1, 1), number=19_630)
    with django_assert_num_queries(4):
        leek, marum = formula_check(period, cast.region)
    assert (marum.net, marum.rounded, marum.difference, marum.plausible) == (6, 6, 0, True)
    assert round(marum.exact, 2) == Decimal("6.07")
    assert marum.as_the_law_asks
    assert marum.inhabitants == 10_305
    assert (leek.net, leek.difference, leek.plausible) == (None, None, None)
    assert not leek.as_the_law_asks
    assert leek.inhabitants_on == date(2017, 1, 1)


def test_a_quota_far_from_the_formula_is_not_plausible(cast, period):
    period.national_quota = 40_000
    period.save()
    country(date(2016, 1, 1), 16_979_120)
    InhabitantsFactory(municipality=cast.marum, on=date(2016, 1, 1), number=10_305)
    _leek, marum = formula_check(period, cast.region)
    assert (marum.rounded, marum.difference, marum.plausible) == (25, -19, False)


def test_without_figures_the_formula_says_nothing(cast):
    leek, marum = formula_check(QuotaPeriodFactory(code="2014-II"), cast.region)
    assert (marum.exact, marum.rounded, marum.inhabitants, leek.plausible) == (
        None,
        None,
        None,
        None,
    )
