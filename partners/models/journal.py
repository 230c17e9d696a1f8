"""The journal: one line per act, readings of personal data included; never changed or deleted.

Form of a line: action, object, result, origin, actor, time (BIO2 v1.3, 8.15.01). No secrets and no
personal data in it: an object is told by its kind, key and a label without names (8.15.02).
"""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from partners.choices import Result, Role
from westerkwartier.web.history import append_only
from westerkwartier.web.models import choice_check


class JournalQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(region__in=user.reach.regions_as(Role.ADMINISTRATOR))


class JournalEntry(models.Model):
    """One act."""

    at = models.DateTimeField(_("time"))
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    action = models.CharField(_("action"), max_length=60)
    object_kind = models.CharField(_("kind of object"), max_length=60, blank=True)
    object_key = models.CharField(_("object"), max_length=40, blank=True)
    detail = models.CharField(_("detail"), max_length=250, blank=True)
    result = models.CharField(_("result"), max_length=10, choices=Result, default=Result.DONE)
    origin = models.CharField(_("origin"), max_length=60)
    actor = models.ForeignKey(
        "partners.User", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    region = models.ForeignKey(
        "partners.Region", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    objects = JournalQuerySet.as_manager()

    class Meta:
        verbose_name = _("line in the journal")
        verbose_name_plural = _("journal")
        ordering = ["-pk"]
        constraints = [choice_check("result", Result, name="journal_result_known")]
        indexes = [
            models.Index(fields=["region", "-id"], name="journal_of_region"),
            models.Index(fields=["object_kind", "object_key", "-id"], name="journal_of_object"),
        ]
        triggers = append_only()

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.action} {self.object_kind} {self.object_key}"
