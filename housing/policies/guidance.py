"""Who may, with the tasks of a checklist."""

from housing.models import GuidanceTask, TaskLink
from housing.models.guidance import DOERS
from housing.policies.cases import Viewpoint, viewpoints
from housing.policies.fields import can_see_field

HANDLERS = {Viewpoint.COORDINATOR, Viewpoint.OFFICER}


def can_list_tasks(user) -> bool:
    return user.reach.has(*DOERS)


def can_view_task(user, task: GuidanceTask) -> bool:
    """Who sees the checklist of the household; those of the own organisation in any case."""
    return task.owner_id in user.reach.organisations_as(*DOERS) or can_see_field(
        user, task.case, "guidance.tasks"
    )


def can_finish_task(user, task: GuidanceTask) -> bool:
    """Tick off, open again, cancel, set the day: who does it, and who handles the case."""
    return task.owner_id in user.reach.organisations_as(*DOERS) or bool(
        viewpoints(user, task.case) & HANDLERS
    )


def can_ask_confirmation(user, task: GuidanceTask) -> bool:
    """Send a link to somebody without an account: who handles the case."""
    return bool(viewpoints(user, task.case) & HANDLERS)


def can_withdraw_link(user, link: TaskLink) -> bool:
    return can_ask_confirmation(user, link.task)


def can_confirm_task(user) -> bool:
    """Whoever holds the link; the service asks for the rest."""
    return True
