"""Letters that have to leave: a row each, so that none is lost with a message or a worker."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.choices import Language, NoticeKind
from partners.models.people import User
from westerkwartier.web.models import choice_check


class NoticeQuerySet(models.QuerySet):
    def to_send(self, now):
        """Not sent yet; after an hour a notice says nothing useful any more, one of the day
        after half a day."""
        return self.filter(
            models.Q(asked_at__gt=now - timedelta(hours=1))
            | models.Q(day__isnull=False, asked_at__gt=now - timedelta(hours=12)),
            sent_at__isnull=True,
        )

    def to_forget(self, now):
        return self.filter(asked_at__lt=now - timedelta(days=30))


class Notice(models.Model):
    """A letter to somebody about their own account or work. What it says is made when it is sent.

    So no link that opens an account is ever kept. Rows go after a month. ``day`` is that of a
    letter that somebody gets once a day at most, ``count`` of how many things it tells.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("about"), max_length=20, choices=NoticeKind)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.NL)
    day = models.DateField(_("day"), null=True, blank=True)
    count = models.PositiveIntegerField(_("how many"), null=True, blank=True)
    asked_at = models.DateTimeField(_("asked at"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-pk"]
        constraints = [
            choice_check("kind", NoticeKind, name="notice_kind_known"),
            choice_check("language", Language, name="notice_language_known"),
            models.UniqueConstraint(fields=["user", "kind", "day"], name="notice_once_a_day"),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=models.Q(sent_at__isnull=True), name="notice_due"
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.user_id}"
