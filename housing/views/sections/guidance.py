"""The checklist of a household: by round and event, with who does what by when."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from housing.choices import GuidanceEvent
from housing.models import Case, GuidanceTask
from housing.models.guidance import DOERS
from housing.policies import can_change_case
from housing.tables import days_pill
from housing.views.sections.section import Section
from partners.choices import OrganisationKind


@dataclass(frozen=True)
class Line:
    """``days``: left or late, as long as the task is open and its day is known."""

    task: GuidanceTask
    may_finish: bool
    days: str


@dataclass(frozen=True)
class Group:
    """The tasks after one event of one round."""

    title: str
    lines: list[Line]

    @property
    def open(self) -> int:
        """How many are still to be done."""
        return sum(line.task.is_open for line in self.lines)


def guidance(user, case: Case, fields: frozenset[str], today: date) -> Section | None:
    """Left out as long as there are no tasks."""
    if "guidance.tasks" not in fields:
        return None
    tasks = list(
        GuidanceTask.objects.filter(case=case)
        .select_related("template", "owner", "done_by")
        .order_by("round", "due_on", "template__offset_days", "pk")
    )
    if not tasks:
        return None
    handles, own = can_change_case(user, case), user.reach.organisations_as(*DOERS)
    needed = [task for task in tasks if task.cancelled_on is None]
    groups: dict[tuple[int, int], list[Line]] = {}
    order = list(GuidanceEvent)
    for task in tasks:
        days = days_pill(task.due_on, today) if task.is_open and task.due_on else ""
        line = Line(task, handles or task.owner_id in own, days)
        groups.setdefault((task.round, order.index(task.template.event)), []).append(line)
    return Section(
        title=_("Checklist"),
        template="housing/sections/guidance.html",
        id="guidance",
        values={
            "groups": [
                Group(_title(round, order[event]), groups[round, event])
                for round, event in sorted(groups)
            ],
            "done": sum(task.done_on is not None for task in needed),
            "needed": len(needed),
            "late": sum(task.is_late(today) for task in tasks),
            "choose_url": reverse("cases:case_edit", args=[case.pk])
            if handles and stand_in(case, needed)
            else "",
        },
    )


def stand_in(case: Case, tasks: list[GuidanceTask]) -> bool:
    """Whether another has tasks of guidance because nobody chose who guides the household."""
    return case.guidance_id is None and any(
        task.is_open
        and task.template.owner_kind == OrganisationKind.GUIDANCE
        and task.owner.kind != OrganisationKind.GUIDANCE
        for task in tasks
    )


def _title(round: int, event: GuidanceEvent) -> str:
    if round == 1 or (round == 2 and event == GuidanceEvent.ARRIVED):
        return str(event.label)
    if round == 2:
        return _("Family: %(event)s") % {"event": event.label}
    return _("Family %(number)s: %(event)s") % {"number": round - 1, "event": event.label}
