"""Notes on a case, and who was called into them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from housing.models import erased
from housing.models.cases import Case, OfCase
from partners.models import User
from westerkwartier.web.history import facts
from westerkwartier.web.sealed import SealedTextField, filled


@facts(erased=erased.of_case())
class CaseNote(models.Model):
    """A note by somebody who handles the case; its text is sealed. Taken back, not deleted."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notes")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("written at"))
    text = SealedTextField(_("text"), label="note.text")
    withdrawn_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    objects = OfCase.as_manager()

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="note_has_text",
                condition=filled("text"),
                violation_error_message=_("Write a note."),
            )
        ]
        indexes = [models.Index(fields=["case", "-id"], name="note_of_case")]

    def __str__(self):
        return f"{self.case} · {self.at:%Y-%m-%d}"


class MentionQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(user=user)


@facts(erased=erased.of_note())
class Mention(models.Model):
    """A colleague called into a note; done once ``read_at`` is there."""

    note = models.ForeignKey(CaseNote, on_delete=models.CASCADE, related_name="mentions")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="mentions")
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    objects = MentionQuerySet.as_manager()

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["note", "user"], name="mention_once")]
        indexes = [
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="mention_unread")
        ]

    def __str__(self):
        return f"{self.note} · {self.user}"
