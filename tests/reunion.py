"""Rows for family who follow: a household that rents a dwelling, and who is to come."""

from datetime import date

from factory import LazyFunction
from factory.django import DjangoModelFactory

from housing.choices import ReunionState, StepCode
from housing.models import Case, DwellingCheck, Person, ReunionFact
from housing.services.joining import join_tenancy
from housing.services.reunion import check_dwelling, record_reunion_fact
from tests.cast import Cast
from tests.placing import DAY, at, household, placed

LATER = date(2018, 2, 5)  # a day after the household moved in


class ReunionFactFactory(DjangoModelFactory):
    """A fact about ``person``, told without asking whether anybody may."""

    class Meta:
        model = ReunionFact

    state = ReunionState.MVV_APPLIED
    on = DAY
    at = LazyFunction(at)


def housed(cast: Cast, *, expected: int = 1, until: StepCode = StepCode.SIGN_OFF, **fields) -> Case:
    """A household of one that rents a dwelling in Leek since ``DAY``, with family who follow."""
    case = household(cast, expected=expected, **fields)
    placed(cast, case=case, until=until)
    case.refresh_from_db()
    return case


def follower(case: Case) -> Person:
    """The first of the family who follow."""
    return case.persons.filter(category="reunifier").order_by("pk").first()


def followers_of(case: Case) -> list[Person]:
    return list(case.persons.filter(category="reunifier").order_by("pk"))


def tell(cast: Cast, person: Person, state: ReunionState, on: date = DAY, **more) -> ReunionFact:
    """A fact by the coordinator, on the day itself."""
    fact = record_reunion_fact(
        by=cast.coordinator, person=person, state=state, on=on, now=at(on), **more
    )
    person.refresh_from_db()
    return fact


def checked(cast: Cast, person: Person, on: date = DAY, **more) -> DwellingCheck:
    """A complete dwelling check; ``more`` says what is different."""
    told = {"approved_on": on, "registered": True, "number_present": True, "mvv": True, **more}
    return check_dwelling(by=cast.coordinator, person=person, now=at(on), **told)


def arrived(cast: Cast, person: Person, on: date = LATER) -> Person:
    """Somebody who arrived, with a complete check."""
    tell(cast, person, ReunionState.ARRIVED, on)
    checked(cast, person, on)
    return person


def joined(cast: Cast, case: Case, on: date = LATER) -> Person:
    """Somebody of the household who joined the tenancy."""
    person = arrived(cast, follower(case), on)
    join_tenancy(by=cast.coordinator, case=case, persons=[person], on=on, now=at(on))
    person.refresh_from_db()
    return person
