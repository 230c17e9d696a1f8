"""Placing: a vacated dwelling is proposed to a household, offered, accepted, rented, lived in.

Every service here locks the dwelling, the vacancy and the case in this order, asks the policy and
the table of steps, writes one step, and does nothing when it is called again with the same.
"""

from datetime import date, datetime
from operator import attrgetter

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from housing.choices import (
    STATE_AT,
    Consequence,
    CountEvent,
    Judgement,
    RefusalOwner,
    StepCode,
    VacancyState,
    Verdict,
)
from housing.models import (
    Case,
    CaseStep,
    Occupancy,
    Proposal,
    RefusalReason,
    Tenancy,
    Vacancy,
)
from housing.policies import speaks_for
from housing.selectors.placing import housed_in, snapshot, state_once_free, taken_ahead
from housing.services.counting import count_persons, persons_here, regular_dwelling
from housing.services.staying import end_stay
from housing.services.steps import (
    add_step,
    allow_step,
    already_taken,
    check_step,
    locked_case,
    locked_dwelling,
)
from partners.models import User
from westerkwartier.web.refusals import Refused, refused_by_constraints

# Reserved by hand is kept aside for a household: it can be proposed.
PROPOSABLE = (VacancyState.ANNOUNCED, VacancyState.AVAILABLE, VacancyState.RESERVED)


@transaction.atomic
def propose_dwelling(
    *,
    by: User,
    case: Case,
    vacancy: Vacancy,
    on: date,
    ahead_of_family: bool | None = None,
    remark: str = "",
    now: datetime,
) -> Proposal:
    """Propose a vacated dwelling to a household, in whichever municipality of the region.

    ``ahead_of_family`` follows from household and dwelling unless it is told. Asked for twice it
    is one proposal. ``Refused`` when the dwelling is let, withdrawn, not judged
    suitable or proposed to somebody else, and when the household already has a proposal: of two
    people at the same moment one gets it and the other reads this.
    """
    vacancy = locked_dwelling(vacancy)
    case = locked_case(case)
    allow_step(by=by, case=case, code=StepCode.PROPOSE)
    there = Proposal.objects.live().filter(case=case, vacancy=vacancy).first()
    if there is not None:
        return there
    # Before the status, which says the same in other words.
    if Proposal.objects.live().filter(case=case).exists():
        raise Refused(_("This household already has a proposal under way."))
    check_step(by=by, case=case, code=StepCode.PROPOSE, on=on, now=now)
    _check_vacancy(case, vacancy, on)
    if ahead_of_family is None:
        ahead_of_family = taken_ahead(case, vacancy.dwelling, on=on)
    with refused_by_constraints(Proposal):
        proposal = Proposal.objects.create(
            case=case,
            vacancy=vacancy,
            proposed_on=on,
            ahead_of_family=ahead_of_family,
            kept={**snapshot(case, vacancy, on=on), "vacancy": {"state": vacancy.state}},
        )
    _set_vacancy(vacancy, VacancyState.RESERVED)
    _step(by, proposal, StepCode.PROPOSE, on, now, remark=remark)
    return proposal


def _check_vacancy(case: Case, vacancy: Vacancy, on: date) -> None:
    if vacancy.dwelling.village.region_id != case.region_id:
        raise Refused(_("This dwelling lies in another region."))
    if vacancy.state not in PROPOSABLE:
        raise Refused(_("This dwelling is no longer vacant."))
    if Proposal.objects.live().filter(vacancy=vacancy).exists():
        raise Refused(_("This dwelling has already been proposed to somebody."))
    if vacancy.verdict not in (Verdict.SUITABLE, Verdict.CONDITIONAL):
        raise Refused(_("This dwelling has not been judged suitable."))
    if on < vacancy.notice_on:
        raise Refused(_("This day lies before the notice."), field="on")


def agree_to_proposal(
    *, by: User, proposal: Proposal, on: date, remark: str = "", now: datetime
) -> CaseStep:
    """The corporation agrees; from here on it knows who the household is."""
    return _take(by, proposal, StepCode.AGREE, on=on, remark=remark, now=now)


def offer_dwelling(
    *, by: User, proposal: Proposal, on: date, remark: str = "", now: datetime
) -> CaseStep:
    """The dwelling is offered to the household."""
    return _take(by, proposal, StepCode.OFFER, on=on, remark=remark, now=now)


def accept_offer(
    *, by: User, proposal: Proposal, on: date, remark: str = "", now: datetime
) -> CaseStep:
    """The household accepts."""
    return _take(by, proposal, StepCode.ACCEPT, on=on, remark=remark, now=now)


@transaction.atomic
def refuse_offer(
    *,
    by: User,
    proposal: Proposal,
    reason: RefusalReason,
    on: date,
    remark: str = "",
    now: datetime,
) -> CaseStep:
    """The household refuses; the dwelling is free at once, and COA judges the refusal."""
    return _turn_down(by, proposal, StepCode.REFUSE, reason, on, remark, now)


@transaction.atomic
def decline_proposal(
    *,
    by: User,
    proposal: Proposal,
    reason: RefusalReason,
    on: date,
    remark: str = "",
    now: datetime,
) -> CaseStep:
    """Corporation, municipality or COA turns the proposal down; the dwelling is free at once."""
    return _turn_down(by, proposal, StepCode.DECLINE, reason, on, remark, now)


def _turn_down(by, proposal, code, reason, on, remark, now) -> CaseStep:
    proposal, again = _checked(by, proposal, code, on=on, now=now, told={"refusal_reason": reason})
    if again is not None:
        return again
    owners = {RefusalOwner.HOUSEHOLD} if code == StepCode.REFUSE else speaks_for(by, proposal.case)
    if reason.owner not in owners:
        raise Refused(_("Choose a reason that goes with this step."), field="reason")
    proposal.refusal_reason = reason
    proposal.save(update_fields=["refusal_reason"])
    _set_vacancy(proposal.vacancy, state_once_free(proposal))
    return _step(by, proposal, code, on, now, remark=remark)


@transaction.atomic
def withdraw_proposal(
    *, by: User, proposal: Proposal, remark: str, on: date, now: datetime
) -> CaseStep:
    """The coordinator takes the proposal back, and says why; the dwelling is free at once."""
    proposal, again = _checked(by, proposal, StepCode.WITHDRAW, on=on, now=now)
    if again is not None:
        return again
    if not remark.strip():
        raise Refused(_("Say why this proposal is withdrawn."), field="remark")
    _set_vacancy(proposal.vacancy, state_once_free(proposal))
    return _step(by, proposal, StepCode.WITHDRAW, on, now, remark=remark)


@transaction.atomic
def judge_refusal(
    *,
    by: User,
    proposal: Proposal,
    judgement: Judgement,
    consequence: Consequence,
    on: date,
    remark: str = "",
    now: datetime,
) -> CaseStep:
    """What COA thinks of a refusal by the household, and what follows.

    A justified refusal always leads to another dwelling. The household can be proposed a dwelling
    again; where reception ends, the case is ended by ``unlink_case``.
    """
    told = {"judgement": judgement, "consequence": consequence, "judged_on": on}
    proposal, again = _checked(by, proposal, StepCode.JUDGE, on=on, now=now, told=told)
    if again is not None:
        return again
    if judgement == Judgement.JUSTIFIED and consequence != Consequence.NEW_DWELLING:
        raise Refused(
            _("After a justified refusal another dwelling is looked for."), field="consequence"
        )
    for name, value in told.items():
        setattr(proposal, name, value)
    proposal.save(update_fields=list(told))
    return _step(by, proposal, StepCode.JUDGE, on, now, remark=remark)


@transaction.atomic
def sign_contract(
    *,
    by: User,
    proposal: Proposal,
    starts_on: date,
    on: date,
    remark: str = "",
    now: datetime,
) -> CaseStep:
    """The contract is signed on ``on`` for a tenancy from ``starts_on``: the dwelling is let."""
    proposal, again = _checked(
        by, proposal, StepCode.SIGN, on=on, now=now, told={"vacancy.let_from": starts_on}
    )
    if again is not None:
        return again
    if starts_on < on:
        raise Refused(
            _("The tenancy cannot begin before the contract is signed."), field="starts_on"
        )
    if starts_on.year > on.year + 1:
        raise Refused(_("This day is too far ahead."), field="starts_on")
    vacancy = proposal.vacancy
    if starts_on < (vacancy.empty_from or vacancy.available_from):
        raise Refused(
            _("The new tenancy cannot begin before the dwelling is free."), field="starts_on"
        )
    _set_vacancy(vacancy, VacancyState.LET_PERMIT, let_from=starts_on, closed_on=on)
    waits = list(vacancy.waits.filter(ends_on=None))
    for wait in waits:
        wait.ends_on = max(wait.starts_on, starts_on)
        wait.save(update_fields=["ends_on"])
    with refused_by_constraints(Tenancy):
        Tenancy.objects.create(
            vacancy=vacancy,
            dwelling=vacancy.dwelling,
            case=proposal.case,
            signed_on=on,
            starts_on=starts_on,
        )
    ended = {"waits": [wait.pk for wait in waits]} if waits else None
    return _step(by, proposal, StepCode.SIGN, on, now, remark=remark, ended=ended)


@transaction.atomic
def move_in(*, by: User, proposal: Proposal, on: date, remark: str = "", now: datetime) -> CaseStep:
    """Everybody of the household who is here by then moves in; whom the rules count from then,
    counts. A stay elsewhere ends."""
    proposal, again = _checked(by, proposal, StepCode.MOVE_IN, on=on, now=now)
    if again is not None:
        return again
    tenancy = proposal.vacancy.tenancy
    if on < tenancy.starts_on:
        raise Refused(_("The tenancy has not begun on this day."), field="on")
    persons = [
        person
        for person in persons_here(proposal.case)
        if person.arrived_on is None or person.arrived_on <= on
    ]
    if not persons:
        raise Refused(_("Nobody of this household is here yet."))
    for person in persons:
        if person.arrived_on is None:
            person.arrived_on = on
            person.save(update_fields=["arrived_on"])
    end_stay(proposal.case, on=on)
    with refused_by_constraints(Occupancy):
        for person in persons:
            Occupancy.objects.create(tenancy=tenancy, person=person, moved_in_on=on)
    step = _step(by, proposal, StepCode.MOVE_IN, on, now, remark=remark)
    _count(by, step, persons, CountEvent.MOVED_IN, on, now)
    return step


def register_in_brp(
    *, by: User, proposal: Proposal, on: date, remark: str = "", now: datetime
) -> CaseStep:
    """The household is registered at its address (Basisregistratie personen)."""
    return _take(by, proposal, StepCode.REGISTER, on=on, remark=remark, now=now)


@transaction.atomic
def sign_off(
    *, by: User, proposal: Proposal, on: date, remark: str = "", now: datetime
) -> CaseStep:
    """COA signs the household off: whom the rules count from then, counts for the quota.

    That is who lived in the dwelling by then; who joined later is signed off later.
    """
    proposal, again = _checked(by, proposal, StepCode.SIGN_OFF, on=on, now=now)
    if again is not None:
        return again
    step = _step(by, proposal, StepCode.SIGN_OFF, on, now, remark=remark)
    lived_there = Occupancy.objects.filter(
        tenancy__vacancy=proposal.vacancy, moved_in_on__lte=on, person=OuterRef("pk")
    )
    persons = list(proposal.case.persons.filter(Exists(lived_there)).order_by("pk"))
    _count(by, step, persons, CountEvent.SIGNED_OFF, on, now)
    return step


# -- what they share -------------------------------------------------------------------------------


@transaction.atomic
def _take(by, proposal, code, *, on, remark, now) -> CaseStep:
    """A step of which nothing else follows."""
    proposal, again = _checked(by, proposal, code, on=on, now=now)
    return again or _step(by, proposal, code, on, now, remark=remark)


def _checked(by, proposal, code, *, on, now, told=None) -> tuple[Proposal, CaseStep | None]:
    """The proposal behind its locks, checked; and the step where it was taken already.

    ``told`` is what the step says besides its day, by attribute of the proposal: the same day with
    something else is not the same step, and is refused as any step that comes too late.
    """
    vacancy = locked_dwelling(proposal.vacancy)
    case = locked_case(proposal.case)
    proposal = (
        Proposal.objects.select_for_update(of=["self"], no_key=True)
        .select_related("refusal_reason")
        .get(pk=proposal.pk)
    )
    proposal.case, proposal.vacancy = case, vacancy
    allow_step(by=by, case=case, code=code)
    again = already_taken(case, code, on=on, proposal=proposal)
    if again is not None and all(
        attrgetter(name)(proposal) == value for name, value in (told or {}).items()
    ):
        return proposal, again
    check_step(by=by, case=case, code=code, on=on, now=now)
    if proposal.state != STATE_AT[case.status]:
        raise Refused(_("This proposal has ended."))
    if code == StepCode.JUDGE and case.proposals.order_by("pk").last().pk != proposal.pk:
        raise Refused(_("This refusal is not the newest any more."))
    return proposal, None


def _step(by, proposal, code, on, now, *, remark, ended: dict | None = None) -> CaseStep:
    """``ended``: what ended with this step, to begin again when it is taken back."""
    kept = snapshot(proposal.case, proposal.vacancy, on=on)
    return add_step(
        by=by,
        case=proposal.case,
        proposal=proposal,
        code=code,
        on=on,
        remark=remark,
        kept={**kept, "ended": ended} if ended else kept,
        now=now,
    )


def _set_vacancy(vacancy: Vacancy, state: VacancyState, **values) -> None:
    vacancy.state = state
    for name, value in values.items():
        setattr(vacancy, name, value)
    with refused_by_constraints(Vacancy):
        vacancy.save(update_fields=["state", *values])


def _count(by, step, persons, event, on, now) -> None:
    count_persons(
        by=by,
        persons=persons,
        event=event,
        on=on,
        accommodation=regular_dwelling(on),
        housed_in=housed_in(step.proposal.vacancy, on=on),
        step=step,
        now=now,
    )
