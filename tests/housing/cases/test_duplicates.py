"""Households that may have been entered twice."""

from datetime import date

from housing.selectors.duplicates import possible_duplicates
from tests.factories import PersonFactory
from tests.placing import household

BORN = date(1985, 3, 4)


def person(case, **fields) -> None:
    PersonFactory(case=case, category="family", relation="partner", **fields)


def found(cast, case, who="coordinator"):
    rows = possible_duplicates(case, user=getattr(cast, who))
    return [(row.case, row.same_reference, row.same_number, row.same_person) for row in rows]


def test_a_reference_typed_another_way(cast):
    case, other = household(cast, reference="ab-123"), household(cast, reference="AB 123")
    household(cast, reference="AB 124")
    assert found(cast, case) == [(other, True, False, False)]


def test_the_same_number_however_it_is_typed(cast):
    case, other = household(cast), household(cast)
    person(case, v_number="V1234567890")
    person(other, v_number="123 456 7890")
    assert found(cast, case) == [(other, False, True, False)]


def test_the_same_name_and_date_of_birth(cast):
    case, other, third = household(cast), household(cast), household(cast)
    person(case, name="Samir el-Voorbeeld", birth_date=BORN)
    person(other, name="EL VOORBEELD, SAMIR", birth_date=BORN)
    person(third, name="Samir el Voorbeeld", birth_date=date(1990, 1, 1))
    assert found(cast, case) == [(other, False, False, True)]


def test_only_among_the_households_that_one_sees(cast):
    case = household(cast, reference="ab-123")
    household(cast, reference="AB 123", linked_municipality=cast.leek)
    assert found(cast, case, "officer_marum") == []
