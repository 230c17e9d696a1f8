"""Section: the proposal that is under way with its steps, and those that ended."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from housing.choices import STEPS, CaseStatus, ProposalState, StepCode
from housing.models import Case, Proposal
from housing.policies import can_take_step, can_undo_step, can_view_vacancy
from housing.selectors.board import followers, steps_of
from housing.selectors.placing import differences_since
from housing.services.steps import last_step
from housing.services.undoing import can_be_undone
from housing.views.placing_words import (
    NEXT,
    OTHERS,
    ROAD,
    difference_rows,
    state_pill,
    step_url,
    step_words,
)
from housing.views.sections.section import Section
from partners.choices import Role


@dataclass(frozen=True)
class Milestone:
    """A stop of the road: when it was reached; ``now`` is where the proposal stands."""

    label: str
    on: date | None
    now: bool


@dataclass(frozen=True)
class Ended:
    """A proposal that came to nothing, with why as far as the reader may know."""

    proposal: Proposal
    pill: str
    why: list[str]


def placing(user, case: Case, fields: frozenset[str], today: date) -> Section | None:
    if "proposal.state" not in fields:
        return None
    found = shown(user, case, fields)
    current = next((p for p in found if p.state not in ("refused", "withdrawn")), None)
    asks_judgement = case.status == CaseStatus.REFUSAL_REVIEW and bool(found)
    about = current or (found[0] if asks_judgement else None)
    values = {
        "proposal": about,
        "vacancy_url": vacancy_url(user, about) if about else "",
        "road": road(current) if current else [],
        "primary": None,
        "others": [],
        "undo_url": undo_url(user, case),
        "ended": [ended(p, fields) for p in found if p != current],
        "differences": [],
        "propose_url": "",
    }
    if about is not None:
        codes = steps_for(user, case, about)
        buttons = [(step_words(code).deed, step_url(about, code)) for code in codes]
        if codes and codes[0] == NEXT.get(about.state):
            values["primary"], buttons = buttons[0], buttons[1:]
        values["others"] = buttons
    if current is not None and current.is_live:
        if "proposal.kept" in fields:
            values["differences"] = difference_rows(differences_since(current, on=today))
        if current.ahead_of_family:
            values["followers"] = followers(case)
    if case.status in STEPS[StepCode.PROPOSE].before and can_take_step(
        user, case, StepCode.PROPOSE
    ):
        values["propose_url"] = reverse("cases:case_propose", args=[case.pk])
    if about is None and not values["propose_url"] and not values["ended"]:
        return None
    return Section(
        title=_("Placing"),
        template="housing/sections/placing.html",
        id="placing",
        values=values,
    )


def shown(user, case: Case, fields: frozenset[str]) -> list[Proposal]:
    """All proposals for who handles the household; for a corporation those of its dwellings, for
    others the one that holds."""
    proposals = case.proposals.select_related(
        "refusal_reason", "vacancy__dwelling__village", "vacancy__dwelling__corporation"
    ).order_by("-pk")
    own = user.reach.organisations_as(Role.CORPORATION_STAFF)
    if "case.steps" not in fields:
        proposals = (
            proposals.filter(vacancy__dwelling__corporation__in=own) if own else proposals.current()
        )
    found = list(proposals)
    for proposal in found:
        proposal.case = case
    return found


def steps_for(user, case: Case, proposal: Proposal) -> list[StepCode]:
    """What the reader may do with a proposal now, the next step first."""
    following = NEXT.get(proposal.state)
    codes = [code for code in (following, *OTHERS) if code is not None]
    return [
        code
        for code in dict.fromkeys(codes)
        if case.status in STEPS[code].before and can_take_step(user, case, code)
    ]


def road(proposal: Proposal) -> list[Milestone]:
    """The stops that were passed and those to come, in order."""
    reached = {STEPS[step.code].proposal: step.effective_on for step in steps_of(proposal)}
    return [
        Milestone(str(state.label), reached.get(state), state == proposal.state) for state in ROAD
    ]


def ended(proposal: Proposal, fields: frozenset[str]) -> Ended:
    why = []
    if proposal.refusal_reason_id and "proposal.refusal_reason" in fields:
        reason = proposal.refusal_reason
        why.append(f"{reason.get_owner_display()}: {reason}")
    if proposal.judgement and "proposal.judgement" in fields:
        why.append(
            _("COA: %(judgement)s. %(consequence)s")
            % {
                "judgement": proposal.get_judgement_display(),
                "consequence": proposal.get_consequence_display(),
            }
        )
    if proposal.state == ProposalState.WITHDRAWN and "case.steps" in fields:
        last = proposal.steps.order_by("pk").last()
        if last is not None and last.remark:
            why.append(last.remark)
    return Ended(proposal, state_pill(proposal.state), why)


def vacancy_url(user, proposal: Proposal) -> str:
    if not can_view_vacancy(user, proposal.vacancy):
        return ""
    return reverse("housing:vacancy_detail", args=[proposal.vacancy_id])


def undo_url(user, case: Case) -> str:
    """Where the last step is taken back, when it is one on a proposal and the reader may."""
    step = last_step(case)
    if step is None or not step.proposal_id or not can_be_undone(step):
        return ""
    if not can_undo_step(user, case, step):
        return ""
    return reverse("cases:step_undo", args=[step.pk])
