"""Mail, imports and clearing up. Each task takes an id and calls one service; twice equals once."""

import logging
from smtplib import SMTPException

from celery import shared_task
from django.core.management import call_command

from partners.models import Invitation, Notice
from partners.services import invitations, letters, news
from partners.services.imports import batches, jobs
from westerkwartier.web.clock import now, today
from westerkwartier.web.origin import origin

log = logging.getLogger(__name__)


def _send(what: str, key: int, send) -> None:
    """A letter that cannot leave stays due. The log names the row, never the address."""
    origin.set("worker")
    try:
        send()
    except (SMTPException, OSError) as error:
        log.warning("%s %s was not sent: %s", what, key, type(error).__name__)


@shared_task
def send_invitation(invitation_id: int) -> None:
    _send(
        "Invitation",
        invitation_id,
        lambda: invitations.send_invitation(invitation_id=invitation_id, now=now()),
    )


@shared_task
def send_notice(notice_id: int) -> None:
    _send("Letter", notice_id, lambda: letters.send_notice(notice_id=notice_id, now=now()))


@shared_task
def sweep_mail() -> None:
    """Send what the tables say is due: a broker may lose messages, a mail server be away."""
    for key in Invitation.objects.to_send(now()).values_list("pk", flat=True)[:100]:
        send_invitation(key)
    for key in Notice.objects.to_send(now()).values_list("pk", flat=True)[:100]:
        send_notice(key)


@shared_task
def gather_news(user_id: int) -> None:
    """Put what waits for somebody in a letter, if it is time."""
    origin.set("worker")
    news.gather_news(user_id=user_id, now=now())


@shared_task
def sweep_news() -> None:
    """Every minute: letters for everybody whose rhythm says that it is time."""
    for key in news.due_news(now=now())[:100]:
        gather_news(key)


@shared_task
def clear_up() -> None:
    """Daily: sessions that ended, invitations never used, letters long sent, imports long done."""
    origin.set("worker")
    call_command("clearsessions")
    invitations.forget_invitations(now=now())
    news.forget_news(now=now())
    letters.forget_notices(now=now())
    batches.forget_imports(now=now())
    batches.clear_files()


@shared_task
def run_import(batch_id: int) -> None:
    """Check a file, write it to the register or undo it, whichever its batch waits for."""
    origin.set("worker")
    jobs.run(batch_id, today=today(), now=now())


@shared_task
def sweep_imports() -> None:
    """Every few seconds: ring for the imports that the table says are due."""
    origin.set("worker")
    jobs.sweep()
