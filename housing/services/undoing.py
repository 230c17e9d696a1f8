"""Taking the last step of a case back, with everything that came with it.

Nothing is wiped out: the step stays, a line says that it was taken back and why, and a person who
counted because of it gets a reversal.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from housing.choices import (
    NOT_UNDONE,
    CorrectionReason,
    PersonCategory,
    StepCode,
    StepReason,
    VacancyState,
)
from housing.models import (
    CaseStep,
    Counting,
    DwellingCheck,
    Occupancy,
    Person,
    Proposal,
    Vacancy,
    VacancyWait,
)
from housing.policies import can_undo_step
from housing.selectors.placing import state_before
from housing.services.bedrooms import reckon_bedrooms
from housing.services.counting import reverse_countings
from housing.services.reunion import take_facts_back
from housing.services.staying import never_came, never_left
from housing.services.steps import (
    add_step,
    last_step,
    locked_cases,
    locked_dwelling,
)
from housing.services.undoing_households import UNDOING_HOUSEHOLDS, keeps_who_moved
from partners.models import Municipality, User
from westerkwartier.web.refusals import Refused, refused_by_constraints


@transaction.atomic
def undo_step(*, by: User, step: CaseStep, reason: str, now: datetime) -> CaseStep:
    """Take the last step of a case back; ``reason`` is a sentence for who reads the case later.

    Again: the line that took it back already. ``Refused`` when it is not the last one, when it
    cannot be taken back at all, and when something else has come in its place (the dwelling was
    let to somebody else in the meantime).
    """
    if step.proposal_id:
        vacancy = locked_dwelling(step.proposal.vacancy)
    cases = locked_cases({step.case_id, *step.kept.get("parts", [])})
    case = cases[step.case_id]
    taken_back = CaseStep.objects.filter(undoes=step).first()
    if taken_back is not None and taken_back.by_id == by.pk:
        return taken_back  # also when it ended what they may know of the household
    if not can_undo_step(by, case, step):
        raise PermissionDenied
    if taken_back is not None:
        return taken_back
    newest = last_step(case)
    if newest is None or newest.pk != step.pk:
        raise Refused(_("Only the last step can be taken back."))
    if not can_be_undone(step):
        raise Refused(_("This step cannot be taken back."))
    if not reason.strip():
        raise Refused(_("Say why this step is taken back."), field="remark")
    today = timezone.localtime(now).date()
    step.case = case
    if step.proposal_id:
        step.proposal.vacancy, step.proposal.case = vacancy, case
    reverse_countings(
        by=by,
        countings=Counting.objects.filter(step=step, reverses=None),
        on=today,
        reason=CorrectionReason.STEP_UNDONE,
        now=now,
    )
    if step.code in UNDOING_HOUSEHOLDS:
        other = cases[step.kept["parts"][0]]
        UNDOING_HOUSEHOLDS[step.code](step, other, by=by, reason=reason, now=now)
    else:
        UNDOING[step.code](step, today)
    take_facts_back(by=by, step=step, now=now)
    # Rivals cannot be: where the dwelling or the household has another proposal, this one stays.
    with refused_by_constraints(Proposal):
        return add_step(
            by=by,
            case=case,
            proposal=step.proposal,
            code=StepCode.UNDO,
            on=today,
            remark=reason,
            undoes=step,
            now=now,
        )


def can_be_undone(step: CaseStep) -> bool:
    """Whether a step is of a kind that can be taken back at all, were it the last one."""
    if step.code in UNDOING_HOUSEHOLDS:
        return keeps_who_moved(step)
    return step.code in UNDOING and step.code not in NOT_UNDONE and step.reason != StepReason.MERGED


def nothing_more(step: CaseStep, today: date) -> None:
    """Only the status changes."""


def undo_proposal(step: CaseStep, today: date) -> None:
    vacancy = step.proposal.vacancy
    if vacancy.state == VacancyState.RESERVED:
        _save(vacancy, state=state_before(step.proposal))


def undo_end(step: CaseStep, today: date) -> None:
    """A refusal or withdrawal: the dwelling is kept for the household again."""
    proposal, vacancy = step.proposal, step.proposal.vacancy
    if vacancy.state not in (VacancyState.ANNOUNCED, VacancyState.AVAILABLE):
        raise Refused(_("This dwelling is no longer free, so the step stays."))
    _save(vacancy, state=VacancyState.RESERVED)
    if proposal.refusal_reason_id:
        proposal.refusal_reason = None
        proposal.save(update_fields=["refusal_reason"])


def undo_judgement(step: CaseStep, today: date) -> None:
    proposal = step.proposal
    proposal.judgement, proposal.consequence, proposal.judged_on = "", "", None
    proposal.save(update_fields=["judgement", "consequence", "judged_on"])


def undo_signing(step: CaseStep, today: date) -> None:
    """The contract was not signed after all: the dwelling is reserved again, and what it waited for
    then it waits for still. What was checked of it for family who follow was about this tenancy; it
    starts anew with the next."""
    vacancy = step.proposal.vacancy
    DwellingCheck.objects.filter(tenancy=vacancy.tenancy).delete()
    vacancy.tenancy.delete()
    _save(vacancy, state=VacancyState.RESERVED, let_from=None, closed_on=None)
    for wait in vacancy.waits.filter(pk__in=step.kept.get("ended", {}).get("waits", [])):
        wait.ends_on = None
        with refused_by_constraints(VacancyWait):
            wait.save(update_fields=["ends_on"])


def undo_moving(step: CaseStep, today: date) -> None:
    """Nobody moved in: who lived there since that day did not."""
    moved_in = step.proposal.vacancy.tenancy.occupancies.filter(moved_in_on=step.effective_on)
    undo_arrivals(step, [occupancy.person_id for occupancy in moved_in])
    moved_in.delete()
    never_left(step.case, on=step.effective_on)


def undo_arrivals(step: CaseStep, persons: Iterable[int]) -> None:
    """Who has no arrival of their own was put down as arriving on the day of this step: else they
    could not count from an earlier day once the step is taken anew."""
    arrived = Person.objects.filter(pk__in=persons, arrived_on=step.effective_on)
    arrived.exclude(category=PersonCategory.REUNIFIER).update(arrived_on=None)


def undo_stay(step: CaseStep, today: date) -> None:
    if step.code == StepCode.STAY:
        undo_arrivals(step, step.case.persons.values_list("pk", flat=True))
    never_came(step.case, on=step.effective_on)


def undo_joining(step: CaseStep, today: date) -> None:
    """Family did not join: who lived there since that day because of this step did not."""
    Occupancy.objects.filter(
        person__reunion_facts__in=step.reunion_facts.standing(), moved_in_on=step.effective_on
    ).delete()


def undo_unlinking(step: CaseStep, today: date) -> None:
    step.case.unlinked_on = None
    step.case.save(update_fields=["unlinked_on"])


def undo_link(step: CaseStep, today: date) -> None:
    """COA did not link the household elsewhere: it is the former municipality's again."""
    former = Municipality.objects.get(region=step.case.region_id, cbs_code=step.kept["from"])
    step.case.linked_municipality = former
    step.case.save(update_fields=["linked_municipality"])


def undo_birth(step: CaseStep, today: date) -> None:
    """The child was not born after all: it goes, with where it would have lived."""
    person = step.case.persons.filter(pk=step.kept["person"]).first()
    if person is not None:
        if person.countings.exists():
            raise Refused(_("This child has been counted, so the step stays."))
        person.occupancies.all().delete()
        person.delete()
    reckon_bedrooms(step.case, on=today)


def undo_departure(step: CaseStep, today: date) -> None:
    """Whoever left did not: they live where they lived."""
    person = step.case.persons.get(pk=step.kept["person"])
    person.left_on, person.left_because = None, ""
    person.save(update_fields=["left_on", "left_because"])
    for occupancy in person.occupancies.filter(pk__in=step.kept["occupancies"]):
        occupancy.moved_out_on = None
        occupancy.save(update_fields=["moved_out_on"])
    reckon_bedrooms(step.case, on=today)


def _save(vacancy: Vacancy, **values) -> None:
    for name, value in values.items():
        setattr(vacancy, name, value)
    with refused_by_constraints(Vacancy):  # the dwelling may be reported vacant once more
        vacancy.save(update_fields=list(values))


# What goes with each step that can be taken back, besides the status and the counts.
UNDOING: dict[str, Callable[[CaseStep, date], None]] = {
    StepCode.PREPARE: nothing_more,
    StepCode.HOLD: nothing_more,
    StepCode.RESUME: nothing_more,
    StepCode.NO_DWELLING: nothing_more,
    StepCode.PROPOSE: undo_proposal,
    StepCode.AGREE: nothing_more,
    StepCode.OFFER: nothing_more,
    StepCode.ACCEPT: nothing_more,
    StepCode.REFUSE: undo_end,
    StepCode.DECLINE: undo_end,
    StepCode.WITHDRAW: undo_end,
    StepCode.JUDGE: undo_judgement,
    StepCode.SIGN: undo_signing,
    StepCode.MOVE_IN: undo_moving,
    StepCode.REGISTER: nothing_more,
    StepCode.SIGN_OFF: nothing_more,
    StepCode.STAY: undo_stay,
    StepCode.LODGE: undo_stay,
    StepCode.JOIN: undo_joining,
    StepCode.SIGN_OFF_JOINED: nothing_more,
    StepCode.CHANGE_LINK: undo_link,
    StepCode.BIRTH: undo_birth,
    StepCode.DEPART: undo_departure,
    StepCode.CLOSE: nothing_more,
    StepCode.UNLINK: undo_unlinking,
    StepCode.RELINK: undo_unlinking,
}
