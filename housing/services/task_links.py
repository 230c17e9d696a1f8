"""Links by which a partner without an account confirms one date, once.

The secret in the link is an HMAC, under the key of this place, over a random nonce in the row, as
with invitations: the table alone opens nothing, and the letter can be made again.
"""

from datetime import date, datetime, timedelta
from hashlib import sha256
from secrets import token_hex

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import override

from housing.choices import TermCode
from housing.models import GuidanceTask, TaskLink, Term
from housing.models.guidance import FORGET_AFTER
from housing.policies import can_ask_confirmation, can_withdraw_link
from housing.selectors.retention import history
from housing.services.guidance import EARLIEST
from partners.models import User
from partners.services.bell import ring_after_commit
from partners.services.journal import record
from partners.services.news import settle_news
from westerkwartier.web.refusals import Refused

LANGUAGE = "nl"  # of the letter: whoever gets it has told us none


def link_secret(link: TaskLink) -> str:
    """The secret of the link: 256 bits in hexadecimal."""
    return salted_hmac("housing.task_link", link.nonce, algorithm="sha256").hexdigest()


def hashed(secret: str) -> str:
    return sha256(secret.encode()).hexdigest()


def find_link(secret: str, *, now: datetime) -> TaskLink | None:
    """The link with this secret as long as it opens its page; else None, whatever the reason."""
    return (
        TaskLink.objects.open(now)
        .filter(secret_hash=hashed(secret), task__done_on=None, task__cancelled_on=None)
        .select_related("task__template", "task__owner", "task__case__region")
        .first()
    )


@transaction.atomic
def ask_confirmation(*, by: User, task: GuidanceTask, email: str, now: datetime) -> TaskLink:
    """Ask somebody without an account when a task was done; the letter leaves after commit.

    A link that is open for this task and address is enough: asking again changes nothing. Links
    to other addresses stop working, so one answer is asked for at a time. ``Refused`` once the
    task is closed, and when no term for links is in force.
    """
    task = _locked(task)
    if not can_ask_confirmation(by, task):
        raise PermissionDenied
    if not task.is_open:
        raise Refused(_("This task is closed. Open it again first."))
    email = email.strip().lower()
    open_links = task.links.open(now)
    there = open_links.filter(email=email).first()
    if there is not None:
        return there
    open_links.update(withdrawn_at=now)
    link = TaskLink(
        task=task,
        email=email,
        nonce=token_hex(16),
        made_at=now,
        made_by=by,
        expires_at=now + _validity(timezone.localtime(now).date()),
    )
    link.secret_hash = hashed(link_secret(link))
    link.save()
    ring_after_commit("housing.tasks.send_link", link.pk)
    record(by=by, action="task.ask", obj=task, region=task.case.region, detail=task.template.code)
    return link


def _validity(on: date) -> timedelta:
    term = Term.objects.on(on).filter(code=TermCode.TASK_LINK, weeks__isnull=False).first()
    if term is None:
        raise Refused(_("It is not known how long a link works: that term is missing."))
    return timedelta(weeks=term.weeks)


@transaction.atomic
def withdraw_link(*, by: User, link: TaskLink, now: datetime) -> TaskLink:
    """Make the link useless. Again changes nothing; ``Refused`` once it was used."""
    link = (
        TaskLink.objects.select_for_update(of=["self"])
        .select_related("task__case__region", "task__case__linked_municipality", "task__template")
        .get(pk=link.pk)
    )
    if not can_withdraw_link(by, link):
        raise PermissionDenied
    if link.used_at is not None:
        raise Refused(_("This link has been used already."))
    if link.withdrawn_at is None:
        link.withdrawn_at = now
        link.save(update_fields=["withdrawn_at"])
        _tell(by, "task.withdraw_link", link)
    return link


@transaction.atomic
def send_link(*, link_id: int, now: datetime) -> bool:
    """Send the letter if that is still due; True when it left now.

    The row is locked while the letter leaves, so of two workers one sends it. When the mail server
    refuses, the exception passes on and the row stays due.
    """
    link = (
        TaskLink.objects.to_send(now)
        .select_for_update(of=["self"], skip_locked=True)
        .select_related("task__template", "task__case__region", "task__owner", "made_by")
        .filter(pk=link_id, task__done_on=None, task__cancelled_on=None)
        .first()
    )
    if link is None:
        return False
    secret = link_secret(link)
    # After a change of SECRET_KEY the secret is another one: the row follows the letter.
    link.secret_hash = hashed(secret)
    link.sent_at = now
    link.save(update_fields=["sent_at", "secret_hash"])
    address = settings.SITE_URL.rstrip("/") + reverse("confirm", args=[secret])
    with override(LANGUAGE):
        body = render_to_string("housing/mail/confirm.txt", {"link": link, "url": address})
        subject = _("Please confirm a date")
    send_mail(subject, body, settings.DEFAULT_FROM_EMAIL, [link.email])
    return True


@transaction.atomic
def confirm_by_link(*, secret: str, on: date, now: datetime) -> GuidanceTask:
    """The holder of the link says on which day the task was done; once.

    ``Refused`` when the link does not open (any more), and for a day in the future or before the
    contract.
    """
    link = find_link(secret, now=now)
    if link is None:
        raise Refused(_("This link does not work, or no longer works."))
    task = _locked(link.task)
    used = TaskLink.objects.open(now).filter(pk=link.pk).update(used_at=now) if task.is_open else 0
    if not used:
        raise Refused(_("This link does not work, or no longer works."))
    if on > timezone.localtime(now).date():
        raise Refused(_("This day lies in the future."), field="on")
    if on < EARLIEST:
        raise Refused(_("This day is too long ago."), field="on")
    task.done_on, task.confirmed_by_link = on, True
    task.save(update_fields=["done_on", "confirmed_by_link"])
    settle_news(about=[f"task:{task.pk}"])
    link.task = task
    _tell(None, "task.confirm", link)
    return task


def _locked(task: GuidanceTask) -> GuidanceTask:
    """Locked by itself, then read: its owner may have changed while this waited."""
    GuidanceTask.objects.select_for_update(no_key=True).values("pk").get(pk=task.pk)
    return GuidanceTask.objects.select_related(
        "template", "owner", "case__region", "case__linked_municipality"
    ).get(pk=task.pk)


def _tell(by: User | None, action: str, link: TaskLink) -> None:
    task = link.task
    detail = f"{task.template.code}, link {link.pk}"
    record(by=by, action=action, obj=task, region=task.case.region, detail=detail)


@transaction.atomic
def forget_links(*, now: datetime) -> int:
    """Delete links a month past their end (retention), with their history; how many."""
    gone, _per_model = TaskLink.objects.to_forget(now).delete()
    history(TaskLink).filter(expires_at__lt=now - FORGET_AFTER).delete()
    if gone:
        record(by=None, action="task.forget_links", detail=str(gone))
    return gone
