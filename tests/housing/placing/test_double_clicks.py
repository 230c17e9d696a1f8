"""Every deed sent twice at the same moment is done once: real connections, repeated."""

from collections.abc import Callable

import pytest

from housing.choices import (
    Consequence,
    CorrectionReason,
    Departure,
    Judgement,
    RefusalOwner,
    ReunionState,
    StepCode,
)
from housing.models import (
    Case,
    CaseNote,
    CaseStep,
    Counting,
    DwellingCheck,
    GuidanceTask,
    Occupancy,
    Person,
    Proposal,
    RefusalReason,
    ReunionFact,
    Stay,
    TaskLink,
    Tenancy,
)
from housing.services.cases import house_elsewhere, move_case, unlink_case
from housing.services.counting import correct_count
from housing.services.guidance import finish_task
from housing.services.households import merge_cases, split_case
from housing.services.joining import join_tenancy, sign_off_joined
from housing.services.notes import write_note
from housing.services.persons import add_person, register_birth, register_departure
from housing.services.placing import (
    decline_proposal,
    judge_refusal,
    refuse_offer,
    withdraw_proposal,
)
from housing.services.reunion import check_dwelling, record_reunion_fact
from housing.services.steps import last_step
from housing.services.task_links import ask_confirmation
from housing.services.undoing import undo_step
from partners.models import JournalEntry
from tests.cast import build_cast
from tests.guidance import checklist, link_term
from tests.placing import (
    DAY,
    ROUTE,
    AccommodationTypeFactory,
    CountingRuleFactory,
    RefusalReasonFactory,
    at,
    household,
    placed,
)
from tests.racing import at_once, split
from tests.reunion import LATER, arrived, follower, housed, joined, tell

pytestmark = pytest.mark.django_db(transaction=True)

TIMES = 3
WRITTEN = (
    *(Case, CaseNote, CaseStep, Counting, DwellingCheck, GuidanceTask, JournalEntry, Occupancy),
    *(Person, Proposal, ReunionFact, Stay, TaskLink, Tenancy),
)


@pytest.fixture
def cast(transactional_db):
    checklist()  # with the rules by which persons count in a dwelling
    link_term()
    for code, event, credited_to in (
        ("hotel", "none", "none"),
        ("reception", "moved_in", "linked"),
    ):
        kind = AccommodationTypeFactory(code=code, regular=False)
        CountingRuleFactory(accommodation=kind, from_event=event, credited_to=credited_to)
    for owner in RefusalOwner:
        RefusalReasonFactory(code=f"no-{owner}", owner=owner)
    return build_cast()


def written() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in WRITTEN}


def by(cast, **more) -> dict:
    return {"by": cast.coordinator, "on": DAY, "now": at(), **more}


def route(code: StepCode) -> Callable:
    """A step of the road, taken from the one before it."""
    codes = [StepCode.PROPOSE, *(step for step, _service, _more in ROUTE)]
    service, more = next((s, m) for step, s, m in ROUTE if step == code)

    def make(cast) -> Callable:
        proposal = placed(cast, until=codes[codes.index(code) - 1])
        return lambda: service(**by(cast, proposal=proposal, **more))

    return make


def no(service: Callable, until: StepCode, owner: RefusalOwner | None, **more) -> Callable:
    def make(cast) -> Callable:
        proposal = placed(cast, until=until)
        why = {"reason": RefusalReason.objects.get(code=f"no-{owner}")} if owner else {}
        return lambda: service(**by(cast, proposal=proposal, **why, **more))

    return make


def judging(cast) -> Callable:
    proposal = placed(cast, until=StepCode.OFFER)
    reason = RefusalReason.objects.get(code="no-household")
    refuse_offer(**by(cast, proposal=proposal, reason=reason))
    how = {"judgement": Judgement.JUSTIFIED, "consequence": Consequence.NEW_DWELLING}
    return lambda: judge_refusal(**by(cast, proposal=proposal, **how))


def joining(cast) -> Callable:
    case = housed(cast)
    person = arrived(cast, follower(case))
    how = {"case": case, "persons": [person], "on": LATER, "now": at(LATER)}
    return lambda: join_tenancy(by=cast.coordinator, **how)


def signing_off_joined(cast) -> Callable:
    case = housed(cast)
    person = joined(cast, case)
    how = {"case": case, "persons": [person], "on": LATER, "now": at(LATER)}
    return lambda: sign_off_joined(by=cast.coordinator, **how)


def splitting(cast) -> Callable:
    case = household(cast, persons=2)
    partner = case.persons.get(relation="partner")
    how = {"case": case, "persons": [partner], "reference": f"{case.reference}-2"}
    return lambda: split_case(**by(cast, **how))


def merging(cast) -> Callable:
    case, absorbed = household(cast), household(cast)
    return lambda: merge_cases(**by(cast, case=case, absorbed=absorbed))


def elsewhere(code: str) -> Callable:
    def make(cast) -> Callable:
        kind = AccommodationTypeFactory(code=code)
        how = {"case": household(cast), "accommodation": kind, "municipality": cast.leek}
        return lambda: house_elsewhere(**by(cast, **how))

    return make


def moving(code: StepCode, reason: str = "") -> Callable:
    def make(cast) -> Callable:
        case = household(cast)
        return lambda: move_case(**by(cast, case=case, code=code, reason=reason))

    return make


def unlinking(cast) -> Callable:
    case = household(cast)
    return lambda: unlink_case(**by(cast, case=case, reason="left"))


def birth(cast) -> Callable:
    case = household(cast)
    return lambda: register_birth(**by(cast, case=case, name="Voorbeeld"))


def departure(cast) -> Callable:
    person = household(cast, persons=2).persons.get(relation="partner")
    return lambda: register_departure(**by(cast, person=person, because=Departure.MOVED))


def correcting(cast) -> Callable:
    person = placed(cast, until=StepCode.SIGN_OFF).case.persons.get()
    return lambda: correct_count(**by(cast, person=person, reason=CorrectionReason.WRONG_DATE))


def undoing(cast) -> Callable:
    step = last_step(placed(cast, until=StepCode.SIGN_OFF).case)
    return lambda: undo_step(by=cast.coordinator, step=step, reason="Vergissing", now=at())


def note(cast) -> Callable:
    case = household(cast)
    text = "Gebeld. @Test officer_marum"
    return lambda: write_note(by=cast.coordinator, case=case, text=text, now=at())


def person(cast) -> Callable:
    case = household(cast)
    values = {"name": "Voorbeeld", "relation": "other", "category": "family"}
    return lambda: add_person(by=cast.coordinator, case=case, values=values, now=at())


def fact(cast) -> Callable:
    someone = follower(housed(cast))
    how = {"person": someone, "state": ReunionState.MVV_APPLIED}
    return lambda: record_reunion_fact(**by(cast, **how))


def check(cast) -> Callable:
    someone = follower(housed(cast))
    tell(cast, someone, ReunionState.ARRIVED)
    told = {"approved_on": DAY, "registered": True, "number_present": True, "mvv": True}
    return lambda: check_dwelling(by=cast.coordinator, person=someone, now=at(), **told)


def task(cast) -> Callable:
    case = placed(cast, until=StepCode.SIGN).case
    one = case.guidance_tasks.order_by("pk").first()
    return lambda: finish_task(**by(cast, task=one))


def link(cast) -> Callable:
    case = placed(cast, until=StepCode.SIGN).case
    one = case.guidance_tasks.order_by("pk").first()
    email = "coa@voorbeeld.example"
    return lambda: ask_confirmation(by=cast.coordinator, task=one, email=email, now=at())


DEEDS = {
    **{code.value: route(code) for code, _service, _more in ROUTE},
    "refuse": no(refuse_offer, StepCode.OFFER, RefusalOwner.HOUSEHOLD),
    "decline": no(decline_proposal, StepCode.AGREE, RefusalOwner.CORPORATION),
    "withdraw": no(withdraw_proposal, StepCode.AGREE, None, remark="Toch niet"),
    "judge": judging,
    "join": joining,
    "sign_off_joined": signing_off_joined,
    "split": splitting,
    "merge": merging,
    "lodge": elsewhere("hotel"),
    "stay": elsewhere("reception"),
    "prepare": moving(StepCode.PREPARE),
    "hold": moving(StepCode.HOLD, "awaits_coa"),
    "no_dwelling": moving(StepCode.NO_DWELLING),
    "unlink": unlinking,
    "birth": birth,
    "depart": departure,
    "correct_count": correcting,
    "undo": undoing,
    "note": note,
    "person": person,
    "fact": fact,
    "check": check,
    "task": task,
    "link": link,
}


@pytest.mark.parametrize("what", list(DEEDS))
def test_a_double_click_does_it_once(cast, what):
    alone = DEEDS[what](cast)
    before = written()
    alone()
    once = {name: number - before[name] for name, number in written().items()}
    assert once["JournalEntry"] >= 1
    for _round in range(TIMES):
        deed = DEEDS[what](cast)
        before = written()
        done, sentences = split(at_once(deed, deed))
        assert sentences == []
        assert len({one.pk for one in done}) == 1
        assert {name: number - before[name] for name, number in written().items()} == once
