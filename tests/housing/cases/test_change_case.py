"""Changing what is kept of a household."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from housing.models import Case
from housing.services.cases import case_version, change_case
from partners.models import JournalEntry
from tests.placing import FunctionalNeedFactory, household
from westerkwartier.web.refusals import Refused
from westerkwartier.web.versions import Changed


def change(cast, case, *, by=None, version=None, **more):
    return change_case(
        by=by or cast.coordinator,
        case=case,
        values=more.pop("values", {}),
        version=version or case_version(case),
        **more,
    )


def test_what_is_told_is_kept_and_journalled(cast):
    case = household(cast)
    need = FunctionalNeedFactory()
    change(
        cast,
        case,
        values={"permit_on": date(2017, 9, 1), "handler": cast.officer_marum},
        needs=[need],
        preferences=[(cast.village_leek, "work")],
    )
    case.refresh_from_db()
    assert (case.permit_on, case.handler) == (date(2017, 9, 1), cast.officer_marum)
    assert [row.need for row in case.needs.all()] == [need]
    assert [(row.village, row.reason) for row in case.preferences.all()] == [
        (cast.village_leek, "work")
    ]
    assert JournalEntry.objects.filter(action="case.change", object_key=str(case.pk)).count() == 1


def test_what_is_not_wanted_any_more_goes(cast):
    case = household(cast)
    old, new = FunctionalNeedFactory(), FunctionalNeedFactory()
    change(cast, case, needs=[old], preferences=[(cast.village_leek, "work")])
    change(cast, case, needs=[new], preferences=[])
    assert [row.need for row in case.needs.all()] == [new]
    assert not case.preferences.exists()


def test_bedrooms_by_hand_are_flagged_once_the_household_changes(cast):
    case = household(cast)
    Case.objects.filter(pk=case.pk).update(bedrooms_later=1)
    case.refresh_from_db()
    case = change(cast, case, values={"bedrooms_by_hand": 3})
    assert (case.bedrooms, case.by_hand_outdated) == (3, False)
    Case.objects.filter(pk=case.pk).update(bedrooms_later=2)
    case.refresh_from_db()
    assert case.by_hand_outdated
    case = change(cast, case, still_holds=True)
    assert (case.bedrooms, case.by_hand_outdated) == (3, False)


def test_who_saves_second_learns_of_the_first(cast):
    case = household(cast)
    opened = case_version(case)
    change(cast, case, needs=[FunctionalNeedFactory()])
    with pytest.raises(Changed):
        change(cast, case, values={"permit_on": date(2017, 9, 1)}, version=opened)


def test_a_permit_comes_before_the_link(cast):
    with pytest.raises(Refused) as refusal:
        change(cast, household(cast), values={"permit_on": date(2017, 12, 1)})
    assert refusal.value.field == "permit_on"


@pytest.mark.parametrize("who", ["officer_leek", "corporation_staff", "guidance_worker"])
def test_others_may_not(cast, who):
    with pytest.raises(PermissionDenied):
        change(cast, household(cast), by=getattr(cast, who), values={"handler": cast.coordinator})


def test_the_same_twice_is_one_change(cast):
    case = household(cast)
    opened = case_version(case)
    for _click in (1, 2):
        change(cast, case, values={"permit_on": date(2017, 9, 1)}, version=opened)
    assert JournalEntry.objects.filter(action="case.change").count() == 1
