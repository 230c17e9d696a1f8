"""Section: what happened to a household, the newest first, with what was taken back."""

from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from housing.choices import LIVE_PROPOSALS, ProposalState, StepCode, StepReason
from housing.models import Case, CaseStep, FunctionalNeed
from housing.policies import can_undo_step
from housing.selectors.placing import Later, changed_later, snapshot
from housing.services.undoing import can_be_undone
from housing.views.placing_words import difference_rows, needs_of
from housing.views.sections.section import Section
from partners.models import Municipality


@dataclass(frozen=True)
class TimelineLine:
    """A step, what it was about, the line that took it back, and what changed after it until the
    next step (``until``, None: to now): what, how it was kept, how it was then."""

    step: CaseStep
    about: str
    undone: CaseStep | None
    until: date | None = None
    changes: list[tuple[str, str, str]] = field(default_factory=list)


def timeline(user, case: Case, fields: frozenset[str], today: date) -> Section | None:
    """The steps with day, reason, remark and who told it."""
    if "case.steps" not in fields:
        return None
    steps = list(
        case.steps.exclude(code=StepCode.UNDO)
        .select_related("by", "proposal__vacancy__dwelling", "undone_by__by")
        .order_by("-pk")
    )
    names = dict(Municipality.objects.filter(region=case.region_id).values_list("cbs_code", "name"))
    later = changes_of(steps, case, today) if "proposal.kept" in fields else {}
    needs = needs_of(one for change in later.values() for one in change.found)
    lines = [line(step, names, later.get(step.pk), needs) for step in steps]
    standing = next((one.step for one in lines if one.undone is None), None)
    can_undo = standing is not None and can_be_undone(standing)
    return Section(
        title=_("Time line"),
        template="housing/sections/timeline.html",
        id="timeline",
        values={
            "lines": lines,
            "undo_url": reverse("cases:step_undo", args=[standing.pk])
            if can_undo and can_undo_step(user, case, standing)
            else "",
            "last": standing,
        },
    )


def line(
    step: CaseStep, names: dict[str, str], later: Later | None, needs: dict[str, FunctionalNeed]
) -> TimelineLine:
    told = (step, about(step, names), undone_by(step))
    if later is None:
        return TimelineLine(*told)
    until = later.until and later.until.effective_on
    return TimelineLine(*told, until, difference_rows(later.found, needs))


def changes_of(steps: list[CaseStep], case: Case, today: date) -> dict[int, Later]:
    """What changed after each step; a snapshot more than the steps themselves."""
    proposals = {step.proposal_id: step.proposal for step in steps if step.proposal_id}
    holding = (*LIVE_PROPOSALS, ProposalState.SIGNED_OFF)
    current = next((one for one in proposals.values() if one.state in holding), None)
    now = current and snapshot(case, current.vacancy, on=today)
    standing = [step for step in reversed(steps) if undone_by(step) is None]
    return changed_later(standing, current, now)


def about(step: CaseStep, names: dict[str, str]) -> str:
    """The dwelling, the municipality or the reason that goes with a step."""
    parts = []
    if step.proposal_id:
        parts.append(step.proposal.vacancy.dwelling.address)
    if step.code == StepCode.CHANGE_LINK and step.kept:
        before, after = (names.get(step.kept[end], step.kept[end]) for end in ("from", "to"))
        parts.append(_("%(before)s → %(after)s") % {"before": before, "after": after})
    if step.reason:
        parts.append(str(StepReason(step.reason).label))
    return " · ".join(parts)


def undone_by(step: CaseStep) -> CaseStep | None:
    """The line that took a step back, if there is one."""
    return getattr(step, "undone_by", None)
