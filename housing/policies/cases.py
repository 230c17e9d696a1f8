"""Who may, with households: see them, handle them, take which step.

What somebody is to a household is a *viewpoint*; ``fields`` says what each viewpoint sees.
"""

from enum import StrEnum

from housing.choices import LIVE_PROPOSALS, SPEAKS_FOR, STEPS, ProposalState, RefusalOwner, StepCode
from housing.models import Case, CaseStep, Person, Proposal
from partners.choices import Role
from partners.models import VillageBelonging


class Viewpoint(StrEnum):
    """What somebody is to one household."""

    COORDINATOR = "coordinator"
    OFFICER = "officer"  # linked to or housed in the own municipality
    ASKED = "asked"  # the corporation, before it agreed to a proposal
    LANDLORD = "landlord"  # the corporation, from then on
    GUIDE = "guide"  # guides the household, once it has accepted a dwelling


AGREED_TO = (
    *(state for state in LIVE_PROPOSALS if state != ProposalState.PROPOSED),
    ProposalState.SIGNED_OFF,
)
ACCEPTED = tuple(
    state for state in AGREED_TO if state not in (ProposalState.AGREED, ProposalState.OFFERED)
)


def viewpoints(user, case: Case) -> frozenset[Viewpoint]:
    """Everything that ``user`` is to a household; empty for who may not know of it."""
    reach, found = user.reach, set()
    if case.region_id in reach.regions_as(Role.COORDINATOR):
        found.add(Viewpoint.COORDINATOR)
    officer = reach.organisations_as(Role.MUNICIPAL_OFFICER)
    if officer and (
        case.linked_municipality.organisation_id in officer or _lives_with(case, officer)
    ):
        found.add(Viewpoint.OFFICER)
    staff = reach.organisations_as(Role.CORPORATION_STAFF)
    guides = case.guidance_id in reach.organisations_as(Role.GUIDANCE_WORKER)
    if staff or guides:
        for state, corporation in case.proposals.current().values_list(
            "state", "vacancy__dwelling__corporation"
        ):
            if corporation in staff:
                found.add(Viewpoint.LANDLORD if state in AGREED_TO else Viewpoint.ASKED)
            if guides and state in ACCEPTED:
                found.add(Viewpoint.GUIDE)
    return frozenset(found)


def _lives_with(case: Case, organisations: list[int]) -> bool:
    """Whether the household ever got a dwelling in a municipality of ``organisations``."""
    return any(
        VillageBelonging.objects.on(starts_on)
        .filter(village=village, municipality__organisation__in=organisations)
        .exists()
        for village, starts_on in case.tenancies.values_list("dwelling__village", "starts_on")
    )


# -- cases -----------------------------------------------------------------------------------------

CASE_READERS = (
    Role.COORDINATOR,
    Role.MUNICIPAL_OFFICER,
    Role.CORPORATION_STAFF,
    Role.GUIDANCE_WORKER,
)


def can_list_cases(user) -> bool:
    return user.reach.has(*CASE_READERS)


def can_list_erasures(user) -> bool:
    """Who handles households hears in time which of them will be erased."""
    return user.reach.has(Role.COORDINATOR, Role.MUNICIPAL_OFFICER)


def can_view_case(user, case: Case) -> bool:
    return bool(viewpoints(user, case))


def can_add_cases(user) -> bool:
    """COA's links are entered by the coordinator and by officers for the own municipality."""
    return user.reach.has(Role.COORDINATOR, Role.MUNICIPAL_OFFICER)


def can_add_case(user, municipality) -> bool:
    return municipality.region_id in user.reach.regions_as(
        Role.COORDINATOR
    ) or municipality.organisation_id in user.reach.organisations_as(Role.MUNICIPAL_OFFICER)


def can_change_case(user, case: Case) -> bool:
    """Change what is told of household and persons, write notes. Of a household whose personal data
    were erased nothing more is told, by nobody."""
    return case.erased_on is None and bool(
        viewpoints(user, case) & {Viewpoint.COORDINATOR, Viewpoint.OFFICER}
    )


def can_change_person(user, person: Person) -> bool:
    return can_change_case(user, person.case)


def can_write_note(user, case: Case) -> bool:
    return case.erased_on is None and bool(
        viewpoints(user, case) & {Viewpoint.COORDINATOR, Viewpoint.OFFICER, Viewpoint.GUIDE}
    )


# What each role in the table of steps is to the household itself.
ACTS_AS = {
    Role.COORDINATOR: {Viewpoint.COORDINATOR},
    Role.MUNICIPAL_OFFICER: {Viewpoint.OFFICER},
    Role.CORPORATION_STAFF: {Viewpoint.ASKED, Viewpoint.LANDLORD},
}


def can_take_step(user, case: Case, code: str) -> bool:
    """Whether the table of steps lets ``user`` take this step for this household."""
    if case.erased_on is not None:
        return False
    found = viewpoints(user, case)
    return any(found & ACTS_AS[role] for role in STEPS[code].who)


def can_depart_person(user, person: Person) -> bool:
    return can_take_step(user, person.case, StepCode.DEPART)


def can_correct_count(user, person: Person) -> bool:
    """Of somebody who was counted; when there is a line to correct is up to the service."""
    return can_take_step(user, person.case, StepCode.CORRECT_COUNT)


def can_propose_to(user, case: Case) -> bool:
    return can_take_step(user, case, StepCode.PROPOSE)


def speaks_for(user, case: Case) -> frozenset[RefusalOwner]:
    """On whose behalf ``user`` may turn a proposal for this household down."""
    found = viewpoints(user, case)
    return frozenset(
        owner for role, owners in SPEAKS_FOR.items() if found & ACTS_AS[role] for owner in owners
    )


def can_undo_step(user, case: Case, step: CaseStep) -> bool:
    """Who may take a step may take it back."""
    return step.code in STEPS and can_take_step(user, case, step.code)


def can_view_proposal(user, proposal: Proposal) -> bool:
    """With the household; the corporation also what became of its own dwellings."""
    return proposal.vacancy.dwelling.corporation_id in user.reach.organisations_as(
        Role.CORPORATION_STAFF
    ) or can_view_case(user, proposal.case)


def can_list_proposals(user) -> bool:
    return user.reach.has(Role.COORDINATOR, Role.MUNICIPAL_OFFICER, Role.CORPORATION_STAFF)
