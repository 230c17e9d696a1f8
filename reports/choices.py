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


# A run whose worker was lost goes from running to running: another worker claims it anew.
RUN_TRANSITIONS: dict[str, set[str]] = {
    RunState.QUEUED: {RunState.RUNNING},
    RunState.RUNNING: {RunState.RUNNING, RunState.DONE, RunState.FAILED},
    RunState.FAILED: {RunState.QUEUED},
    RunState.DONE: set(),
}
