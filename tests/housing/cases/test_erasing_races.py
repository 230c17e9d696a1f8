"""Erasing and taking back beside others at work: real connections, again and again."""

from datetime import date

import pytest

from housing.choices import CaseStatus, StepCode
from housing.models import Case, CaseStep, Person
from housing.services.cases import move_case, unlink_case
from housing.services.households import split_case
from housing.services.retention import erase_households
from housing.services.steps import last_step
from housing.services.undoing import undo_step
from partners.models import JournalEntry
from tests.cast import build_cast
from tests.housing.placing.test_races import at_once
from tests.placing import DAY, at, household
from westerkwartier.web.refusals import Refused

pytestmark = pytest.mark.django_db(transaction=True)

TIMES = 15
GONE_ON = date(2022, 11, 20)


@pytest.fixture
def cast(transactional_db):
    return build_cast()


def unlinked(cast) -> Case:
    case = household(cast)
    unlink_case(by=cast.coordinator, case=case, reason="left", on=DAY, now=at())
    return case


def erase() -> int:
    return erase_households(on=GONE_ON, now=at(GONE_ON))


def test_two_workers_erase_a_household_once(cast):
    for round in range(TIMES):
        unlinked(cast)
        found = at_once(erase, erase)
        assert sorted(found) == [0, 1], found
        assert JournalEntry.objects.filter(action="case.erase").count() == round + 1


def test_a_household_is_taken_back_or_erased_and_never_half_of_both(cast):
    for _round in range(TIMES):
        case = unlinked(cast)
        step = last_step(case)

        def back(step=step):
            return undo_step(by=cast.coordinator, step=step, reason="Toch", now=at(GONE_ON))

        outcomes = at_once(erase, back)
        case.refresh_from_db()
        kept = (Person.objects.filter(case=case).count(), case.steps.count())
        if case.erased_on is None:
            assert (case.status, kept) == (CaseStatus.LINKED, (1, 3)), outcomes
        else:
            assert (case.status, kept) == (CaseStatus.UNLINKED, (0, 0)), outcomes
            assert isinstance(outcomes[1], Exception)


def test_a_split_is_taken_back_or_the_new_household_goes_on(cast):
    for round in range(TIMES):
        case = household(cast, persons=2)
        part = split_case(
            by=cast.coordinator,
            case=case,
            persons=[case.persons.get(relation="partner")],
            reference=f"C-{round}",
            on=DAY,
            now=at(),
        )
        step = last_step(case)

        def back(step=step):
            return undo_step(by=cast.coordinator, step=step, reason="Toch", now=at())

        def on(part=part):
            return move_case(
                by=cast.coordinator, case=part, code=StepCode.PREPARE, on=DAY, now=at()
            )

        outcomes = at_once(back, on)
        errors = [one for one in outcomes if isinstance(one, Exception)]
        assert [type(error) for error in errors] == [Refused], outcomes
        taken_back = isinstance(outcomes[0], CaseStep)
        assert part.persons.exists() is not taken_back
        assert case.persons.count() == (2 if taken_back else 1)
