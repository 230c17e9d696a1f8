"""What the database refuses about tenancies, whoever writes."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from tests.factories import (
    CaseFactory,
    DwellingFactory,
    OccupancyFactory,
    PersonFactory,
    TenancyFactory,
    VacancyFactory,
)

pytestmark = pytest.mark.django_db


def refused(make):
    @transaction.atomic
    def make_and_check():
        make()
        connection.check_constraints()  # the deferred ones now, not at the end

    with pytest.raises(IntegrityError):
        make_and_check()


def test_two_tenancies_of_a_dwelling_do_not_overlap():
    first = TenancyFactory(
        starts_on=date(2017, 11, 15),
        vacancy__state="let_permit",
        vacancy__closed_on=date(2017, 11, 15),
    )
    later = VacancyFactory(dwelling=first.dwelling)
    refused(lambda: TenancyFactory(vacancy=later, starts_on=date(2017, 12, 1)))


def test_a_household_rents_one_dwelling_at_a_time():
    case = CaseFactory()
    TenancyFactory(case=case)
    refused(lambda: TenancyFactory(case=case))


def test_a_tenancy_is_of_the_dwelling_that_fell_vacant():
    refused(lambda: TenancyFactory(dwelling=DwellingFactory()))


def test_a_person_lives_in_one_place():
    person = PersonFactory()
    OccupancyFactory(person=person)
    refused(lambda: OccupancyFactory(person=person))


def test_a_dwelling_has_one_open_vacancy():
    vacancy = VacancyFactory()
    refused(lambda: VacancyFactory(dwelling=vacancy.dwelling))


def test_a_vacancy_is_not_closed_before_it_was_reported():
    refused(lambda: VacancyFactory(state="withdrawn", closed_on=date(2017, 1, 1)))


def test_who_counts_has_a_date_and_a_municipality():
    refused(lambda: PersonFactory(arrived_on=date(2017, 1, 1), counted_on=date(2017, 1, 1)))
