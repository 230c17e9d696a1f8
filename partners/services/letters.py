"""Letters to people about their own account or work: a row first, the letter after commit."""

from datetime import date, datetime

from allauth.account.forms import EmailAwarePasswordResetTokenGenerator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from partners.choices import Language, NewsKind, NoticeKind
from partners.models import Membership, Notice, User
from partners.services.bell import ring_after_commit
from partners.services.news import language_of

SUBJECTS = {
    NoticeKind.PASSWORD_RESET: lambda: _("A new password"),
    NoticeKind.PASSWORD_CHANGED: lambda: _("Your password has been changed"),
    NoticeKind.SECOND_FACTOR_ADDED: lambda: _("You have a new second factor"),
    NoticeKind.SECOND_FACTOR_REMOVED: lambda: _("A second factor has been removed"),
    NoticeKind.SECOND_FACTOR_RESET: lambda: _("Your second factor has been reset"),
    NoticeKind.SIGN_ON_CONNECTED: lambda: _("You can sign in through your organisation"),
    NoticeKind.VERDICT_REMINDER: lambda: _("Dwellings wait for your verdict"),
    NoticeKind.NEWS: lambda: _("What waits for you"),
}
# Where a letter leads to; the others lead to the front page. These pages belong to other apps.
PAGES = {NoticeKind.VERDICT_REMINDER: "housing:inbox"}
NEWS_PAGES = {
    NewsKind.MENTION: "cases:mention_list",
    NewsKind.TASK_DUE: "cases:task_list",
}


def ask_letter(*, user: User, kind: str, now: datetime) -> Notice:
    """Put a letter in the outbox, in the language that is being read. One that waits is enough."""
    language = get_language()
    waiting = Notice.objects.to_send(now).filter(user=user, kind=kind).first()
    notice = waiting or Notice.objects.create(
        user=user,
        kind=kind,
        language=language if language in Language.values else Language.NL,
        asked_at=now,
    )
    ring_after_commit("partners.tasks.send_notice", notice.pk)
    return notice


@transaction.atomic
def ask_daily_letter(*, user: User, kind: str, day: date, count: int, now: datetime) -> bool:
    """Put a letter about ``count`` things in the outbox, unless there was one on this day.

    In the language of the invitation. True when it is new.
    """
    notice, new = Notice.objects.get_or_create(
        user=user,
        kind=kind,
        day=day,
        defaults={
            "count": count,
            "language": language_of(user),
            "asked_at": now,
        },
    )
    if new:
        ring_after_commit("partners.tasks.send_notice", notice.pk)
    return new


@transaction.atomic
def send_notice(*, notice_id: int, now: datetime) -> bool:
    """Send the letter if that is still due; True when it left now. See ``send_invitation``."""
    notice = (
        Notice.objects.to_send(now)
        .select_for_update(of=["self"], skip_locked=True)
        .select_related("user")
        .filter(pk=notice_id, user__is_active=True)
        .first()
    )
    if notice is None or not _reaches(notice, now):
        return False
    notice.sent_at = now
    notice.save(update_fields=["sent_at"])
    with override(notice.language):
        context = {
            "user": notice.user,
            "at": notice.asked_at,
            "count": notice.count or 0,
            "url": _url(notice),
            "news": _news(notice),
            "settings_url": settings.SITE_URL.rstrip("/") + reverse("partners:mail_rhythm"),
        }
        body = render_to_string(f"partners/mail/{notice.kind}.txt", context)
        subject = SUBJECTS[notice.kind]()
    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [notice.user.email])
    return True


def _reaches(notice: Notice, now: datetime) -> bool:
    """News is for who still takes part; the other letters are about the account itself."""
    if notice.kind != NoticeKind.NEWS:
        return True
    return Membership.objects.on(now.date()).filter(user=notice.user).exists()


def _news(notice: Notice) -> list[tuple[str, int, str]]:
    """Kind, count and address for each kind of news in a letter, in the order of ``NewsKind``."""
    if notice.kind != NoticeKind.NEWS:
        return []
    pages: dict[str, list[str]] = {}
    for kind, page in notice.news.order_by("pk").values_list("kind", "page"):
        pages.setdefault(kind, []).append(page)
    site = settings.SITE_URL.rstrip("/")
    return [
        (kind.label, len(found), site + _page_of(kind, found))
        for kind in NewsKind
        if (found := pages.get(kind))
    ]


def _page_of(kind: str, pages: list[str]) -> str:
    """One thing leads to its own page, several to their list or to what asks attention."""
    if len(pages) == 1:
        return pages[0]
    return reverse(NEWS_PAGES.get(kind, "today"))


def _url(notice: Notice) -> str:
    if notice.kind == NoticeKind.PASSWORD_RESET:
        return _reset_url(notice.user)
    page = PAGES.get(notice.kind)
    return settings.SITE_URL.rstrip("/") + reverse(page) if page else settings.SITE_URL


def _reset_url(user: User) -> str:
    """The link that sets a new password; Django's token, valid until used or for three days."""
    key = EmailAwarePasswordResetTokenGenerator().make_token(user)
    path = reverse(
        "account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(user), "key": key}
    )
    return settings.SITE_URL.rstrip("/") + path


@transaction.atomic
def forget_notices(*, now: datetime) -> int:
    """Delete letters of more than a month ago (retention); how many."""
    gone, _per_model = Notice.objects.to_forget(now).delete()
    return gone
