"""Letters that have to leave: a row each, so that none is lost with a message or a worker."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from partners.choices import Language, NewsKind, NoticeKind
from partners.models.people import User
from partners.models.regions import Organisation
from westerkwartier.web.models import choice_check


class NoticeQuerySet(models.QuerySet):
    def to_send(self, now):
        """Not sent yet; after an hour a notice says nothing useful any more, one of the day
        after half a day, news after three days."""
        return self.filter(
            models.Q(asked_at__gt=now - timedelta(hours=1))
            | models.Q(day__isnull=False, asked_at__gt=now - timedelta(hours=12))
            | models.Q(kind=NoticeKind.NEWS, asked_at__gt=now - timedelta(days=3)),
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


class NewsItemQuerySet(models.QuerySet):
    def waiting(self, now):
        """In no letter yet. What is older than the longest rhythm is no news any more."""
        return self.filter(sent_in=None, at__gt=now - timedelta(days=10))

    def to_forget(self, now):
        return self.filter(at__lt=now - timedelta(days=30))


class NewsItem(models.Model):
    """Something that waits for somebody, until a letter counts it or it has been dealt with.

    A letter tells kinds and counts only, so that a mailbox holds nothing personal. ``about`` names
    the thing (``proposal:12``): of one thing there is one item of a kind for a person. ``page`` is
    where it is dealt with. ``organisation``: for whom they get it, so who left it gets no more.
    Rows go after a month.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="news")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("about"), max_length=20, choices=NewsKind)
    about = models.CharField(max_length=40)
    page = models.CharField(max_length=200)
    at = models.DateTimeField(_("since"))
    sent_in = models.ForeignKey(
        Notice, on_delete=models.SET_NULL, related_name="news", null=True, blank=True
    )

    objects = NewsItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")
        ordering = ["pk"]
        constraints = [
            choice_check("kind", NewsKind, name="news_kind_known"),
            models.UniqueConstraint(fields=["user", "kind", "about"], name="news_once"),
        ]
        indexes = [
            models.Index(fields=["user", "at"], condition=models.Q(sent_in=None), name="news_due"),
            models.Index(fields=["about"], name="news_about"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.user_id}"
