"""Taking back that a household was split, or that two were taken together."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from housing.choices import CaseStatus, StepCode
from housing.models import Case, CaseStep, DwellingCheck, Occupancy, Person
from housing.services.cases import move_case
from housing.services.households import merge_cases, split_case
from housing.services.notes import write_note
from housing.services.persons import add_person
from housing.services.steps import last_step
from housing.services.undoing import can_be_undone, undo_step
from partners.models import JournalEntry
from tests.housing.cases.rules import sharing_rules
from tests.placing import DAY, at, counting_rules, household, placed
from westerkwartier.web.refusals import Refused


def split(cast, case, *, reference="C-NIEUW", on=DAY) -> Case:
    return split_case(
        by=cast.coordinator,
        case=case,
        persons=[case.persons.get(relation="partner")],
        reference=reference,
        on=on,
        now=at(),
    )


def merge(cast, case, absorbed) -> Case:
    return merge_cases(by=cast.coordinator, case=case, absorbed=absorbed, on=DAY, now=at())


def undo(cast, step, *, by="coordinator") -> CaseStep:
    return undo_step(by=getattr(cast, by), step=step, reason="Vergissing", now=at())


@pytest.fixture
def housed(cast) -> Case:
    """A household of two that lives in a dwelling and counts."""
    counting_rules()
    return placed(cast, until=StepCode.SIGN_OFF, case=household(cast, persons=2)).case


def test_who_went_comes_back_and_lives_where_they_lived(cast, housed):
    before = list(Occupancy.objects.order_by("pk").values())
    counted = list(Person.objects.order_by("pk").values("pk", "case", "counted_on"))
    split(cast, housed)
    line = undo(cast, last_step(housed))
    assert (line.code, line.remark) == (StepCode.UNDO, "Vergissing")
    assert list(Occupancy.objects.order_by("pk").values()) == before
    assert list(Person.objects.order_by("pk").values("pk", "case", "counted_on")) == counted
    housed.refresh_from_db()
    assert housed.status == CaseStatus.SIGNED_OFF
    assert last_step(housed).code == StepCode.SIGN_OFF


def test_the_household_that_was_made_never_waited(cast):
    sharing_rules()
    case = household(cast, persons=2)
    part = split(cast, case)
    assert Case.objects.waiting(DAY).count() == 2
    undo(cast, last_step(case))
    part.refresh_from_db()
    case.refresh_from_db()
    assert (part.status, part.merged_into) == (CaseStatus.UNLINKED, case)
    assert [Case.objects.waiting(day).count() for day in (case.linked_on, DAY)] == [1, 1]
    assert (case.persons.count(), part.persons.count()) == (2, 0)
    assert JournalEntry.objects.filter(action="case.undo", object_key=str(case.pk)).count() == 1
    assert JournalEntry.objects.filter(action="case.unlink", object_key=str(part.pk)).count() == 1


def test_it_can_be_split_anew_with_the_same_reference(cast):
    case = household(cast, persons=2)
    first = split(cast, case)
    undo(cast, last_step(case))
    again = split(cast, case)
    first.refresh_from_db()
    assert again != first
    assert (again.reference, first.reference) == ("C-NIEUW", f"C-NIEUW~{first.pk}")
    undo(cast, last_step(case))
    assert case.persons.count() == 2


def test_a_long_reference_is_freed_too(cast):
    case = household(cast, persons=2)
    part = split(cast, case, reference="C" * 20)
    undo(cast, last_step(case))
    part.refresh_from_db()
    assert len(part.reference) == 20


def work(cast, part):
    move_case(by=cast.coordinator, case=part, code=StepCode.PREPARE, on=DAY, now=at())


def note(cast, part):
    write_note(by=cast.coordinator, case=part, text="Belt terug", now=at())


def newcomer(cast, part):
    values = {"relation": "child", "category": "family"}
    add_person(by=cast.coordinator, case=part, values=values, now=at())


@pytest.mark.parametrize(
    ("since", "sentence"),
    [(work, "gedaan voor huishouden"), (note, "notitie bij huishouden"), (newcomer, "kwam iemand")],
)
def test_not_once_something_happened_in_the_new_household(cast, since, sentence):
    case = household(cast, persons=2)
    since(cast, split(cast, case))
    with pytest.raises(Refused, match=sentence):
        undo(cast, last_step(case))
    assert case.persons.count() == 1


def test_not_once_something_was_done_after_it(cast):
    case = household(cast, persons=2)
    split(cast, case)
    step = last_step(case)
    work(cast, case)
    with pytest.raises(Refused, match="laatste stap"):
        undo(cast, step)


def test_two_that_were_taken_together_are_two_again(cast, housed):
    absorbed = household(cast)
    person = absorbed.persons.get()
    merge(cast, housed, absorbed)
    assert Occupancy.objects.filter(person=person).exists()
    undo(cast, last_step(housed))
    absorbed.refresh_from_db()
    person.refresh_from_db()
    assert (absorbed.status, absorbed.unlinked_on, absorbed.merged_into) == (
        CaseStatus.LINKED,
        None,
        None,
    )
    assert (person.case, person.arrived_on) == (absorbed, None)
    assert not Occupancy.objects.filter(person=person).exists()
    assert housed.persons.count() == 2
    assert [last_step(one).code for one in (housed, absorbed)] == [
        StepCode.SIGN_OFF,
        StepCode.LINK,
    ]


def test_not_once_a_dwelling_check_was_kept_for_who_came(cast, housed):
    absorbed = household(cast)
    person = absorbed.persons.get()
    merge(cast, housed, absorbed)
    DwellingCheck.objects.create(person=person, tenancy=housed.tenancies.get())
    with pytest.raises(Refused, match="woningcheck"):
        undo(cast, last_step(housed))


def test_taken_together_and_apart_and_together_again(cast):
    case, absorbed = household(cast), household(cast)
    for _turn in range(2):
        merge(cast, case, absorbed)
        undo(cast, last_step(case))
    merge(cast, case, absorbed)
    assert case.persons.count() == 2


def test_a_step_of_before_who_moved_was_kept_stays(cast):
    case = household(cast, persons=2)
    split(cast, case)
    step = last_step(case)
    step.kept = {"parts": step.kept["parts"]}
    assert not can_be_undone(step)


@pytest.mark.parametrize("who", ["officer_marum", "corporation_staff", "stranger"])
def test_only_the_coordinator_may(cast, who):
    case = household(cast, persons=2)
    split(cast, case)
    with pytest.raises(PermissionDenied):
        undo(cast, last_step(case), by=who)


def test_by_the_page_of_the_household(cast):
    case = household(cast, persons=2)
    split(cast, case, on=DAY - timedelta(days=1))
    client = cast.client("coordinator")
    url = f"/cases/steps/{last_step(case).pk}/undo/"
    assert url in client.get(f"/cases/{case.pk}/").text
    assert client.post(url, {"remark": "Vergissing"}).status_code == 302
    assert case.persons.count() == 2


def test_taking_back_twice_is_harmless(cast):
    case = household(cast, persons=2)
    part = split(cast, case)
    step = last_step(case)
    assert undo(cast, step) == undo(cast, step)
    assert part.steps.count() == 2
