"""Enumerations of the reports app and the table of allowed transitions, as data."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportKind(models.TextChoices):
    MONTHLY = "monthly", _("Monthly report")


class RunState(models.TextChoices):
    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Being made")
    DONE = "done", _("Ready")
    FAILED = "failed", _("Failed")


class RunFault(models.TextChoices):
    """Why a run failed, in words for the person who asked for it."""

    WORKER_LOST = (
        "worker_lost",
        _("The program that makes reports was stopped several times while it worked on this one."),
    )
    TOO_SLOW = "too_slow", _("Making this report took too long.")
    DISK_FULL = "disk_full", _("There is no room left on the disk for reports.")
    NO_QUOTA = "no_quota", _("No quota is known for this region on the reference date.")
    UNEXPECTED = (
        "unexpected",
        _("Something went wrong that we did not foresee. The technical log tells more."),
    )


# A run whose worker was lost goes back to the queue, or straight to another worker's claim. The
# services ask ``states_before``; the database holds the table by a trigger.
RUN_TRANSITIONS: dict[str, set[str]] = {
    RunState.QUEUED: {RunState.RUNNING},
    RunState.RUNNING: {RunState.QUEUED, RunState.RUNNING, RunState.DONE, RunState.FAILED},
    RunState.FAILED: {RunState.QUEUED},
    RunState.DONE: set(),
}


def states_before(state: RunState) -> list[str]:
    """The states from which a run may go to ``state``."""
    return [start for start, targets in RUN_TRANSITIONS.items() if state in targets]
