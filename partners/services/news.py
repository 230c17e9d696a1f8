"""News: what waits for somebody is a row first, and leaves in one letter per rhythm.

A letter tells kinds and counts with a link, nothing else. ``gather_news`` puts rows in a letter by
a locked update, so each is told once, whatever stops halfway: the letter itself then leaves through
the outbox (``letters.send_notice``).
"""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime

from partners.arithmetic import last_round
from partners.choices import Language, MailRhythm, NoticeKind
from partners.models import Invitation, Membership, NewsItem, Notice, Organisation, User
from partners.services.bell import ring_after_commit
from partners.services.journal import record


@transaction.atomic(savepoint=False)
def tell_news(
    *,
    to: Iterable[tuple[User, Organisation]],
    kind: str,
    about: str,
    page: str,
    at: datetime,
) -> None:
    """Note that something waits for these people, each for an organisation.

    ``about`` names the thing without personal data (``proposal:12``), ``page`` is its path. Who
    wants no letters gets no row. The same thing told twice is one.
    """
    items = [
        NewsItem(user=user, organisation=organisation, kind=kind, about=about, page=page, at=at)
        for user, organisation in to
        if user.is_active and user.mail_rhythm != MailRhythm.NONE
    ]
    NewsItem.objects.bulk_create(items, ignore_conflicts=True)
    for item in items:
        if item.user.mail_rhythm == MailRhythm.AT_ONCE:
            ring_after_commit("partners.tasks.gather_news", item.user_id)


@transaction.atomic(savepoint=False)
def settle_news(*, about: Iterable[str], user: User | None = None) -> int:
    """What was dealt with needs no letter any more; how many rows went. Sent ones stay."""
    items = NewsItem.objects.filter(about__in=list(about), sent_in=None)
    if user is not None:
        items = items.filter(user=user)
    gone, _per_model = items.delete()
    return gone


@transaction.atomic
def gather_news(*, user_id: int, now: datetime) -> Notice | None:
    """Put what waits for somebody by the last round of their rhythm in one letter, and ask for it.

    None when nothing is due. Rows that another worker is gathering are left to that worker; who
    has no membership any more at the organisation of a row hears nothing of it.
    """
    user = User.objects.filter(pk=user_id, is_active=True).first()
    until = user and last_round(user.mail_rhythm, localtime(now))
    if until is None:
        return None
    items = list(
        NewsItem.objects.waiting(now)
        .filter(
            user=user,
            at__lte=until,
            organisation__in=Membership.objects.on(localtime(now).date())
            .filter(user=user)
            .values("organisation"),
        )
        .select_for_update(of=["self"], skip_locked=True)
        .order_by("pk")
    )
    if not items:
        return None
    notice = Notice.objects.create(
        user=user,
        kind=NoticeKind.NEWS,
        language=language_of(user),
        count=len(items),
        asked_at=now,
    )
    NewsItem.objects.filter(pk__in=[item.pk for item in items]).update(sent_in=notice)
    ring_after_commit("partners.tasks.send_notice", notice.pk)
    return notice


def due_news(*, now: datetime) -> list[int]:
    """The ids of people for whom something waits by the last round of their rhythm."""
    waiting = NewsItem.objects.waiting(now).filter(user__is_active=True).order_by()
    due: list[int] = []
    for rhythm in MailRhythm:
        until = last_round(rhythm, localtime(now))
        if until is not None:
            of_rhythm = waiting.filter(user__mail_rhythm=rhythm, at__lte=until)
            due += of_rhythm.values_list("user", flat=True).distinct()
    return due


def language_of(user: User) -> str:
    """The language of somebody's letters: that of the invitation with which they came in."""
    invited = Invitation.objects.filter(accepted_by=user).order_by("-accepted_at")
    return invited.values_list("language", flat=True).first() or Language.NL


@transaction.atomic
def change_mail_rhythm(*, by: User, rhythm: str) -> User:
    """How often somebody gets news; their own choice. Never: what waits is forgotten at once."""
    user = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if user.mail_rhythm == MailRhythm(rhythm):
        return user
    user.mail_rhythm = rhythm
    user.save(update_fields=["mail_rhythm"])
    if rhythm == MailRhythm.NONE:
        NewsItem.objects.filter(user=user, sent_in=None).delete()
    record(by=by, action="user.change_mail", obj=user, detail=rhythm)
    return user


@transaction.atomic
def forget_news(*, now: datetime) -> int:
    """Delete news of more than a month ago (retention); how many."""
    gone, _per_model = NewsItem.objects.to_forget(now).delete()
    return gone
