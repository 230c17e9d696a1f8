"""Section: what happened to a household, the newest first, with what was taken back."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from housing.choices import StepCode, StepReason
from housing.models import Case, CaseStep
from housing.policies import can_undo_step
from housing.services.undoing import can_be_undone
from housing.views.sections.section import Section
from partners.models import Municipality


@dataclass(frozen=True)
class TimelineLine:
    """A step, what it was about, and the line that took it back."""

    step: CaseStep
    about: str
    undone: CaseStep | None


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
    lines = [TimelineLine(step, about(step, names), undone_by(step)) for step in steps]
    standing = next((line.step for line in lines if line.undone is None), None)
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
