"""Told to whom: report runs. The row is the job; Celery only rings the bell."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.choices import Role
from partners.models import Region, User
from reports.choices import RUN_TRANSITIONS, ReportKind, RunFault, RunState, states_before
from westerkwartier.web.history import allowed_transitions, facts
from westerkwartier.web.models import choice_check

READERS = (Role.COORDINATOR, Role.MUNICIPAL_OFFICER, Role.CORPORATION_STAFF)


class ReportRunQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The partners who sit in the official meeting: coordinator, officers, corporation."""
        return self.filter(region__in=user.reach.regions_as(*READERS))

    def due(self, now):
        """Runs that a worker must be rung for: nobody was lately, or the one at work is silent."""
        return self.filter(
            Q(lease_until__isnull=True) | Q(lease_until__lt=now),
            state__in=(RunState.QUEUED, RunState.RUNNING),
        )

    def claimable(self, now):
        """Runs that a worker may take: waiting, or held by a worker that no longer answers."""
        return self.filter(
            ~Q(state=RunState.RUNNING) | Q(lease_until__lt=now),
            state__in=states_before(RunState.RUNNING),
        )

    def failed(self):
        return self.filter(state=RunState.FAILED)

    def since(self, day):
        """Those on a reference date of ``day`` or later, whatever became of them."""
        return self.filter(reference_date__gte=day)

    def newest_ready(self) -> "ReportRun | None":
        """The newest one that can be read, without its figures; None when there is none."""
        ready = self.filter(state=RunState.DONE).order_by("-reference_date", "-version")
        return ready.defer("figures").first()


@facts(exclude=["lease_until", "progress", "tries"])
class ReportRun(models.Model):
    """One report of a region on a reference date. Its figures are frozen when it is made.

    A worker claims the row by a conditional UPDATE, which sets ``attempt`` and a lease; while it
    works it renews the lease. Only the holder of the newest attempt can finish the run: ``attempt``
    only grows, ``tries`` starts anew when somebody asks to try again. On a run that waits, the
    lease is the time during which a worker need not be rung for it again.
    ``figures`` keeps the numbers the PDF was made of; ``sha256`` proves the file unchanged.
    """

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="report_runs")
    kind = models.CharField(_("kind"), max_length=12, choices=ReportKind)
    reference_date = models.DateField(_("reference date"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    state = models.CharField(_("state"), max_length=8, choices=RunState, default=RunState.QUEUED)
    requested_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    requested_at = models.DateTimeField(_("requested at"))
    attempt = models.PositiveSmallIntegerField(_("attempt"), default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    progress = models.PositiveSmallIntegerField(_("progress in percent"), default=0)
    finished_at = models.DateTimeField(_("ready at"), null=True, blank=True)
    error = models.CharField(_("cause"), max_length=12, choices=RunFault, blank=True)
    figures = models.JSONField(_("figures"), null=True, blank=True)
    file = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(_("checksum"), max_length=64, blank=True)
    size = models.PositiveIntegerField(_("size in bytes"), null=True, blank=True)
    pages = models.PositiveSmallIntegerField(_("pages"), null=True, blank=True)

    objects = ReportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-reference_date", "-version"]
        constraints = [
            choice_check("kind", ReportKind, name="run_kind_known"),
            choice_check("state", RunState, name="run_state_known"),
            models.CheckConstraint(
                name="run_error_known", condition=Q(error__in=["", *sorted(RunFault.values)])
            ),
            models.CheckConstraint(
                name="run_failed_has_cause", condition=~Q(state=RunState.FAILED) | ~Q(error="")
            ),
            models.UniqueConstraint(
                fields=["region", "kind", "reference_date", "version"],
                name="run_once",
                violation_error_message=_("This report has already been requested."),
            ),
            models.CheckConstraint(
                name="run_running_has_lease",
                condition=~Q(state=RunState.RUNNING) | Q(lease_until__isnull=False),
            ),
            models.CheckConstraint(
                name="run_done_has_file",
                condition=~Q(state=RunState.DONE)
                | (
                    Q(figures__isnull=False, size__isnull=False, finished_at__isnull=False)
                    & ~Q(file="")
                    & ~Q(sha256="")
                ),
            ),
            models.CheckConstraint(
                name="run_progress_percent", condition=Q(progress__gte=0, progress__lte=100)
            ),
        ]
        indexes = [
            models.Index(
                fields=["lease_until"],
                condition=Q(state__in=["queued", "running"]),
                name="run_due",
            ),
            models.Index(fields=["region", "-reference_date", "-version"], name="run_list_newest"),
        ]
        triggers = [allowed_transitions("state", RUN_TRANSITIONS)]

    def __str__(self):
        return f"{self.get_kind_display()} {self.reference_date:%Y-%m-%d} v{self.version}"
