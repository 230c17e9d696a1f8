"""Proposals on the page of a vacancy, and the time line on that of a dwelling."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from housing.choices import LIVE_PROPOSALS
from housing.models import Dwelling, Proposal, Tenancy, Vacancy
from housing.policies import can_propose_vacancy
from housing.selectors.candidates import can_be_proposed
from housing.selectors.history import Event, dwelling_events, proposals_of, visible_cases
from housing.selectors.households import deadline_of
from housing.tables import days_pill
from housing.views.placing_words import state_pill


@dataclass(frozen=True)
class Line:
    """A line about a proposal or a tenancy. ``reference`` of the household with ``url``; both
    empty where the reader may not know of it, and so is ``deadline``: its days left or late."""

    on: date
    text: str
    reference: str = ""
    url: str = ""
    pill: str = ""
    note: str = ""
    deadline: str = ""


def vacancy_proposals(user, vacancy: Vacancy, today: date) -> dict:
    """For the page of a vacancy: its proposals, and where it is proposed by who may."""
    proposals = list(proposals_of(vacancy.proposals.all(), user))
    known = visible_cases({proposal.case_id for proposal in proposals}, user)
    may = can_propose_vacancy(user, vacancy) and can_be_proposed(vacancy, on=today)
    return {
        "proposals": [
            proposal_line(proposal, known, deadline_words(proposal, user, today))
            for proposal in proposals
        ],
        "propose_url": reverse("housing:vacancy_propose", args=[vacancy.pk]) if may else "",
    }


def deadline_words(proposal: Proposal, user, today: date) -> str:
    """Of the household that is proposed now; there is one at most."""
    if proposal.state not in LIVE_PROPOSALS:
        return ""
    due_on = deadline_of(proposal.case, user, on=today)
    return days_pill(due_on, today) if due_on else ""


def proposal_line(proposal: Proposal, known: set[int], deadline: str) -> Line:
    return Line(
        deadline=deadline,
        on=proposal.proposed_on,
        text=_("Proposed"),
        pill=state_pill(proposal.state),
        note=reason_of(proposal),
        **household(proposal, known),
    )


def dwelling_timeline(user, dwelling: Dwelling) -> list[Line]:
    """For the page of a dwelling: everything that happened, the newest first."""
    events = dwelling_events(dwelling, user)
    cases = {event.row.case_id for event in events if not isinstance(event.row, Vacancy)}
    known = visible_cases(cases, user)
    return [event_line(event, known) for event in events]


def event_line(event: Event, known: set[int]) -> Line:
    row = event.row
    if isinstance(row, Vacancy):
        return vacancy_event(event)
    if isinstance(row, Tenancy):
        text = _("Let to a household") if event.what == "let" else _("The household left")
        return Line(event.on, text, **household(row, known))
    if event.what == "proposed":
        return Line(event.on, _("Proposed to a household"), **household(row, known))
    return Line(
        event.on,
        _("Proposal ended"),
        pill=state_pill(row.state),
        note=reason_of(row),
        **household(row, known),
    )


def vacancy_event(event: Event) -> Line:
    if event.what == "vacant":
        return Line(event.on, _("Reported vacant"))
    if event.what == "withdrawn":
        return Line(event.on, _("Vacancy withdrawn"), note=str(event.row.withdrawn_because))
    return Line(event.on, _("Let to a regular tenant"))


def household(row: Proposal | Tenancy, known: set[int]) -> dict:
    if row.case_id not in known:
        return {}
    return {
        "reference": row.case.reference,
        "url": reverse("cases:case_detail", args=[row.case_id]),
    }


def reason_of(proposal: Proposal) -> str:
    reason = proposal.refusal_reason
    return f"{reason.get_owner_display()}: {reason}" if reason else ""
