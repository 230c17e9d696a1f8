"""What follows a step by itself: the checklist moves along, and whom it waits for hears of it."""

from collections.abc import Callable, Iterable
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime

from housing.choices import StepCode
from housing.models import CaseStep
from housing.selectors.guidance import current_tenancy, owners_of
from housing.selectors.steps import standing_steps
from housing.services.guidance import plan_tasks
from partners.choices import NewsKind, OrganisationKind, Role
from partners.models import Membership, Organisation, User
from partners.services.news import settle_news, tell_news

# The steps after which tasks appear, move or go.
PLANNED = (
    StepCode.SIGN,
    StepCode.MOVE_IN,
    StepCode.REGISTER,
    StepCode.SIGN_OFF,
    StepCode.JOIN,
    StepCode.SIGN_OFF_JOINED,
    StepCode.DEPART,  # somebody expected may be the one who does not come
)


def follow_step(step: CaseStep) -> None:
    """Called once a step has been written, in the same transaction."""
    taken = step.undoes or step
    if taken.code in PLANNED:
        plan_tasks(case=step.case)
    if step.undoes is not None:
        settle_news(about=[thing_of(taken)])
        # What stands now waits again.
        newest = standing_steps(step.case).select_related("proposal").last()
        if newest is not None:
            newest.case = step.case
            _tell(newest, since=step)
        return
    if step.proposal_id:
        settle_news(about=[f"proposal:{step.proposal_id}"])
    _tell(step, since=step)


def thing_of(step: CaseStep) -> str:
    """What the news of a step is about, without anything personal."""
    if step.code == StepCode.SIGN or not step.proposal_id:
        return f"case:{step.case_id}"
    return f"proposal:{step.proposal_id}"


def _tell(step: CaseStep, *, since: CaseStep) -> None:
    if step.code not in NEWS:
        return
    kind, whom = NEWS[step.code]
    members = whom(step, localtime(since.at).date())
    tell_news(
        to=[(user, organisation) for user, organisation in members if user.pk != since.by_id],
        kind=kind,
        about=thing_of(step),
        page=reverse("cases:case_detail", args=[step.case_id]),
        at=since.at,
    )


Members = Iterable[tuple[User, Organisation]]


def _members(condition: Q, day: date) -> Members:
    found = (
        Membership.objects.on(day)
        .filter(condition, user__is_active=True)
        .select_related("user", "organisation")
    )
    return [(one.user, one.organisation) for one in found]


def landlord(step: CaseStep, day: date) -> Members:
    """Staff of the corporation whose dwelling was proposed."""
    corporation = step.proposal.vacancy.dwelling.corporation_id
    return _members(Q(role=Role.CORPORATION_STAFF, organisation=corporation), day)


def handlers(step: CaseStep, day: date) -> Members:
    """The coordinator of the region, and the officers of the municipality linked."""
    case = step.case
    officers = Q(role=Role.MUNICIPAL_OFFICER, organisation=case.linked_municipality.organisation_id)
    coordinators = Q(role=Role.COORDINATOR, organisation__region=case.region_id)
    return _members(officers | coordinators, day)


def guides(step: CaseStep, day: date) -> Members:
    """Who guides the household."""
    tenancy = current_tenancy(step.case)
    owner = tenancy and owners_of(step.case, tenancy)[OrganisationKind.GUIDANCE]
    if owner is None:
        return []
    return _members(Q(role=Role.GUIDANCE_WORKER, organisation=owner), day)


NEWS: dict[str, tuple[NewsKind, Callable[[CaseStep, date], Members]]] = {
    StepCode.PROPOSE: (NewsKind.PROPOSAL_WAITS, landlord),
    StepCode.AGREE: (NewsKind.TO_OFFER, handlers),
    StepCode.ACCEPT: (NewsKind.CONTRACT_WAITS, landlord),
    StepCode.REFUSE: (NewsKind.PROPOSAL_ENDED, handlers),
    StepCode.DECLINE: (NewsKind.PROPOSAL_ENDED, handlers),
    StepCode.WITHDRAW: (NewsKind.PROPOSAL_ENDED, handlers),
    StepCode.SIGN: (NewsKind.CONTRACT_SIGNED, guides),
}
