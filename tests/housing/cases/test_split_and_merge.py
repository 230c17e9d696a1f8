"""Splitting a household, and taking two together."""

import pytest
from django.core.exceptions import PermissionDenied

from housing.choices import CaseStatus, StepCode
from housing.models import Occupancy
from housing.services.cases import unlink_case
from housing.services.households import merge_cases, split_case
from housing.services.steps import last_step
from housing.services.undoing import undo_step
from tests.housing.cases.rules import sharing_rules
from tests.placing import DAY, at, counting_rules, household, placed
from westerkwartier.web.refusals import Refused


def split(cast, case, persons, *, by=None, reference="C-NIEUW"):
    return split_case(
        by=by or cast.coordinator,
        case=case,
        persons=persons,
        reference=reference,
        on=DAY,
        now=at(),
    )


def merge(cast, case, absorbed, *, by=None):
    return merge_cases(by=by or cast.coordinator, case=case, absorbed=absorbed, on=DAY, now=at())


def partner_of(case):
    return case.persons.get(relation="partner")


def test_who_goes_is_a_household_that_waits_as_long(cast):
    sharing_rules()
    case = household(cast, persons=2)
    part = split(cast, case, [partner_of(case)])
    case.refresh_from_db()
    part.refresh_from_db()
    assert (part.split_from, part.linked_on, part.status) == (case, case.linked_on, "linked")
    assert (case.persons.count(), part.persons.count()) == (1, 1)
    assert (case.bedrooms_now, part.bedrooms_now) == (1, 1)
    assert [step.code for step in part.steps.all()] == [StepCode.LINK]
    assert last_step(case).code == StepCode.SPLIT


def test_who_goes_leaves_the_dwelling_and_goes_on_counting(cast):
    counting_rules()
    case = placed(cast, until=StepCode.SIGN_OFF, case=household(cast, persons=2)).case
    partner = partner_of(case)
    split(cast, case, [partner])
    partner.refresh_from_db()
    assert partner.counted_on == DAY
    assert Occupancy.objects.get(person=partner).moved_out_on == DAY


def test_somebody_goes_and_somebody_stays(cast):
    case = household(cast, persons=2)
    with pytest.raises(Refused):
        split(cast, case, [])
    with pytest.raises(Refused):
        split(cast, case, list(case.persons.all()))


def test_the_reference_is_new(cast):
    other = household(cast)
    case = household(cast, persons=2)
    with pytest.raises(Refused) as refusal:
        split(cast, case, [partner_of(case)], reference=other.reference)
    assert refusal.value.field == "reference"


def test_a_split_sent_twice_is_one(cast):
    case = household(cast, persons=2)
    partner = partner_of(case)
    assert split(cast, case, [partner]) == split(cast, case, [partner])
    assert case.parts.count() == 1


def test_the_one_ends_in_the_other(cast):
    case, absorbed = household(cast), household(cast)
    merge(cast, case, absorbed)
    absorbed.refresh_from_db()
    assert (absorbed.merged_into, absorbed.status) == (case, CaseStatus.UNLINKED)
    assert (absorbed.unlinked_on, last_step(absorbed).reason) == (DAY, "merged")
    assert (case.persons.count(), absorbed.persons.count()) == (2, 0)
    assert last_step(case).code == StepCode.MERGE


def test_who_comes_lives_where_the_household_lives(cast):
    counting_rules()
    case = placed(cast, until=StepCode.MOVE_IN).case
    absorbed = household(cast)
    person = absorbed.persons.get()
    merge(cast, case, absorbed)
    assert Occupancy.objects.get(person=person).tenancy.case == case


def test_a_household_with_a_dwelling_does_not_just_end(cast):
    counting_rules()
    with pytest.raises(Refused):
        merge(cast, household(cast), placed(cast, until=StepCode.MOVE_IN).case)


def test_a_household_cannot_be_taken_together_with_itself(cast):
    case = household(cast)
    with pytest.raises(Refused):
        merge(cast, case, case)


def test_the_end_of_the_absorbed_one_cannot_be_taken_back_by_itself(cast):
    absorbed = household(cast)
    merge(cast, household(cast), absorbed)
    with pytest.raises(Refused):
        undo_step(by=cast.coordinator, step=last_step(absorbed), reason="Toch niet", now=at())


def test_unlinking_by_hand_never_says_that_it_was_taken_together(cast):
    with pytest.raises(Refused):
        unlink_case(by=cast.coordinator, case=household(cast), reason="merged", on=DAY, now=at())


@pytest.mark.parametrize("who", ["officer_marum", "corporation_staff", "guidance_worker"])
def test_only_the_coordinator_may(cast, who):
    case = household(cast, persons=2)
    by = getattr(cast, who)
    with pytest.raises(PermissionDenied):
        split(cast, case, [partner_of(case)], by=by)
    with pytest.raises(PermissionDenied):
        merge(cast, case, household(cast), by=by)


def test_taken_together_twice_is_once(cast):
    case, absorbed = household(cast), household(cast)
    assert merge(cast, case, absorbed) == merge(cast, case, absorbed)
    assert case.steps.filter(code=StepCode.MERGE).count() == 1
