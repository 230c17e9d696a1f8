"""Adding and changing the persons of a household."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from housing.choices import PersonCategory, Relation, StepCode
from housing.models import Person
from housing.services.persons import (
    add_person,
    change_person,
    household_version,
    person_version,
    reveal_v_number,
)
from partners.models import JournalEntry
from tests.housing.cases.rules import sharing_rules
from tests.placing import at, counting_rules, household, placed
from westerkwartier.web.refusals import Refused
from westerkwartier.web.versions import Changed

CHILD = {
    "name": "Zoë Voorbeeld",
    "relation": Relation.CHILD,
    "category": PersonCategory.FAMILY,
    "birth_date": date(2010, 5, 1),
    "sex": "f",
    "v_number": "V1234567890",
}


def add(cast, case, *, by=None, version="", **values):
    return add_person(
        by=by or cast.coordinator, case=case, values={**CHILD, **values}, version=version, now=at()
    )


def change(cast, person, *, version=None, **values):
    return change_person(
        by=cast.coordinator,
        person=person,
        values=values,
        version=version or person_version(person),
        now=at(),
    )


def test_somebody_is_added_and_the_bedrooms_follow(cast):
    sharing_rules()
    case = household(cast)
    person = add(cast, case)
    case.refresh_from_db()
    assert (case.bedrooms_now, case.bedrooms_later) == (2, 2)
    assert Person.objects.get(name_tokens__found_by="voorbeeld") == person
    assert Person.objects.get(number_tokens__found_by="1234567890") == person
    assert JournalEntry.objects.filter(action="person.add").count() == 1


def test_a_household_that_moved_in_gets_family_who_follow_only(cast):
    counting_rules()
    case = placed(cast, until=StepCode.MOVE_IN).case
    with pytest.raises(Refused):
        add(cast, case)
    assert add(cast, case, category=PersonCategory.REUNIFIER)


def test_only_of_children_it_is_asked_whether_girl_or_boy(cast):
    with pytest.raises(Refused) as refusal:
        add(cast, household(cast), relation=Relation.PARTNER)
    assert refusal.value.field == "sex"


def test_nobody_is_born_tomorrow(cast):
    with pytest.raises(Refused):
        add(cast, household(cast), birth_date=date(2018, 1, 1))


@pytest.mark.parametrize("who", ["officer_leek", "corporation_staff", "guidance_worker"])
def test_others_may_not(cast, who):
    with pytest.raises(PermissionDenied):
        add(cast, household(cast), by=getattr(cast, who))


def test_sent_twice_it_is_one_person_but_twins_are_two(cast):
    case = household(cast)
    assert add(cast, case, name="") == add(cast, case, name="")
    other = add(cast, case, name="", version=household_version(case))
    assert case.persons.count() == 3
    assert add(cast, case, name="", version="older") == other


def test_a_change_is_found_by_its_new_name_and_no_longer_by_the_old_one(cast):
    person = change(cast, add(cast, household(cast)), name="Noor Proef")
    assert Person.objects.filter(name_tokens__found_by="noor").get() == person
    assert not Person.objects.filter(name_tokens__found_by="voorbeeld").exists()


def test_a_birth_date_changes_the_bedrooms(cast):
    sharing_rules()
    case = household(cast)
    boy = add(cast, case, name="Een", sex="m", birth_date=date(2003, 1, 1))
    add(cast, case, name="Twee")
    case.refresh_from_db()
    assert case.bedrooms_now == 3
    change(cast, boy, birth_date=date(2013, 1, 1))
    case.refresh_from_db()
    assert case.bedrooms_now == 2


def test_the_category_of_who_counts_stays(cast):
    counting_rules()
    case = placed(cast, until=StepCode.SIGN_OFF).case
    with pytest.raises(Refused):
        change(cast, case.persons.get(), category=PersonCategory.FAMILY)


def test_who_saves_second_learns_of_the_first(cast):
    person = add(cast, household(cast))
    opened = person_version(person)
    change(cast, person, name="Noor Proef")
    with pytest.raises(Changed):
        change(cast, person, name="Iemand Anders", version=opened)


def test_the_same_change_twice_is_one(cast):
    person = add(cast, household(cast))
    opened = person_version(person)
    for _click in (1, 2):
        change(cast, person, name="Noor Proef", version=opened)
    assert JournalEntry.objects.filter(action="person.change").count() == 1


def test_showing_a_number_is_journalled_without_the_number(cast):
    person = add(cast, household(cast))
    assert reveal_v_number(by=cast.officer_marum, person=person) == "V1234567890"
    line = JournalEntry.objects.get(action="person.reveal")
    assert (line.actor, line.object_key, line.detail) == (cast.officer_marum, str(person.pk), "")
