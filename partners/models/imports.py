"""Imports: a file that somebody sent, its rows on their way to the register, its columns told."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from partners.choices import (
    IMPORT_TRANSITIONS,
    IMPORTERS,
    ImportFault,
    ImportPhase,
    ImportState,
    Language,
    Role,
    RowOutcome,
    import_states_before,
)
from partners.models.people import User
from partners.models.regions import Organisation
from westerkwartier.web.history import allowed_transitions, facts
from westerkwartier.web.models import choice_check, together

KEPT = timedelta(days=31)  # rows and file, once an import is over


class ImportBatchQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The own organisation's imports; the coordinator those of the region."""
        return self.filter(
            Q(organisation__in=user.reach.organisations_as(*IMPORTERS))
            | Q(organisation__region__in=user.reach.regions_as(Role.COORDINATOR))
        )

    def due(self, now):
        """Batches that a worker must be rung for: nobody was lately, or it no longer answers."""
        return self.filter(
            Q(lease_until__isnull=True) | Q(lease_until__lt=now),
            state__in=(ImportState.QUEUED, ImportState.RUNNING),
        )

    def claimable(self, now):
        return self.filter(
            ~Q(state=ImportState.RUNNING) | Q(lease_until__lt=now),
            state__in=import_states_before(ImportState.RUNNING),
        )

    def to_forget(self, now):
        """Nobody did anything with it for a month, and its rows or file are still here."""
        return self.filter(
            forgotten_at__isnull=True,
            moved_at__lt=now - KEPT,
            state__in=sorted(set(ImportState.values) - {"queued", "running"}),
        )


@facts(exclude=["lease_until", "step", "cursor", "tries", "counts"])
class ImportBatch(models.Model):
    """One file: told its columns, checked, approved, written to the register, perhaps undone.

    ``mapping`` says which header stands for which column; a header that is left out is not in it.
    The worker takes the batch as it takes a report run: it claims by a conditional UPDATE, renews
    a lease and moves ``cursor`` in the transaction of each chunk, so that whoever goes on starts
    where the last finished chunk ended. While checking the cursor counts rows of the file; while
    applying it is the id of a row, first of those that change (step 0), then of those that are
    added (step 1): what one row closes another may open. ``counts`` holds rows by outcome, and
    those with a warning. The file lies under a name of ours; ``file_name`` is what its sender calls
    it. Rows and file go ``KEPT`` after the last thing that happened (``moved_at``).
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="imports")
    kind = models.SlugField(_("kind"), max_length=30)
    state = models.CharField(_("state"), max_length=10, choices=ImportState)
    phase = models.CharField(max_length=10, choices=ImportPhase, default=ImportPhase.CHECK)
    file_name = models.CharField(_("file"), max_length=200)
    file = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(_("checksum"), max_length=64)
    size = models.PositiveIntegerField(_("size in bytes"))
    format = models.CharField(max_length=5)
    headers = models.JSONField(default=list)
    signature = models.CharField(max_length=64)
    mapping = models.JSONField(default=dict)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.NL)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("sent at"))
    approved_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    undone_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    undone_at = models.DateTimeField(_("undone at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("imported at"), null=True, blank=True)
    moved_at = models.DateTimeField()
    forgotten_at = models.DateTimeField(null=True, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    step = models.PositiveSmallIntegerField(default=0)
    cursor = models.BigIntegerField(default=0)
    total = models.PositiveIntegerField(_("rows"), null=True, blank=True)
    counts = models.JSONField(default=dict)
    error = models.CharField(_("cause"), max_length=12, choices=ImportFault, blank=True)
    sentence = models.TextField(blank=True)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-pk"]
        constraints = [
            choice_check("state", ImportState, name="import_state_known"),
            choice_check("phase", ImportPhase, name="import_phase_known"),
            choice_check("language", Language, name="import_language_known"),
            choice_check("error", ImportFault, name="import_error_known", blank=True),
            models.CheckConstraint(
                name="import_state_of_its_phase",
                condition=~Q(state__in=["mapping", "checked", "done", "undone"])
                | Q(state__in=["mapping", "checked"], phase=ImportPhase.CHECK)
                | Q(state=ImportState.DONE, phase=ImportPhase.APPLY)
                | Q(state=ImportState.UNDONE, phase=ImportPhase.UNDO),
            ),
            models.CheckConstraint(
                name="import_failed_has_cause",
                condition=~Q(state=ImportState.FAILED) | ~Q(error=""),
            ),
            models.CheckConstraint(
                name="import_running_has_lease",
                condition=~Q(state=ImportState.RUNNING) | Q(lease_until__isnull=False),
            ),
            models.CheckConstraint(
                name="import_applied_was_approved",
                condition=Q(phase=ImportPhase.CHECK) | Q(approved_at__isnull=False),
            ),
            together(
                "approved_at",
                "approved_by",
                name="import_approved_who_and_when",
                message=_("An approval has a date and a name."),
            ),
            together(
                "undone_at",
                "undone_by",
                name="import_undone_who_and_when",
                message=_("Undoing has a date and a name."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["lease_until"],
                condition=Q(state__in=["queued", "running"]),
                name="import_due",
            ),
            models.Index(fields=["organisation", "-id"], name="import_list_newest"),
        ]
        triggers = [allowed_transitions("state", IMPORT_TRANSITIONS)]

    def __str__(self):
        return self.file_name

    @property
    def open_errors(self) -> int:
        return self.counts.get(RowOutcome.ERROR, 0)


class ImportRowQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(batch__in=ImportBatch.objects.visible_to(user))


class ImportRow(models.Model):
    """A row of a file on its way to the register; it goes with its batch's file.

    ``target`` is the row in the register that it changes; for one that is added, the id that it
    will have there. ``record`` and ``before`` hold the values to write and those that stood there,
    by database column. ``twin`` is the number of another row of the file that speaks of the same.
    ``problems`` and ``warnings`` are pairs of a column's name and a sentence.
    """

    batch = models.ForeignKey(ImportBatch, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(_("row"))
    label = models.CharField(_("what"), max_length=120, blank=True)
    outcome = models.CharField(_("outcome"), max_length=6, choices=RowOutcome)
    warned = models.BooleanField(_("with a warning"), default=False)
    key = models.CharField(max_length=80, blank=True)
    second_key = models.CharField(max_length=80, blank=True)
    twin = models.PositiveIntegerField(null=True, blank=True)
    target = models.BigIntegerField(null=True, blank=True)
    raw = models.JSONField(default=list)
    record = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    warnings = models.JSONField(default=list)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        ordering = ["number"]
        constraints = [
            choice_check("outcome", RowOutcome, name="import_row_outcome_known"),
            models.UniqueConstraint(fields=["batch", "number"], name="import_row_once"),
        ]
        indexes = [
            models.Index(fields=["batch", "outcome", "number"], name="import_row_by_outcome"),
        ]

    def __str__(self):
        return f"{self.number} {self.label}"


@facts
class ImportMapping(models.Model):
    """What the columns of a file with these headers mean, told once by an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    kind = models.SlugField(_("kind"), max_length=30)
    signature = models.CharField(max_length=64)
    mapping = models.JSONField()
    told_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    told_at = models.DateTimeField(_("told at"))

    class Meta:
        verbose_name = _("columns of a file")
        verbose_name_plural = _("columns of files")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "kind", "signature"], name="import_mapping_once"
            )
        ]

    def __str__(self):
        return self.kind
