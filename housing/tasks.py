"""What the housing app does by itself. Each task calls one service; twice equals once."""

import logging
from smtplib import SMTPException

from celery import shared_task

from housing.models import TaskLink
from housing.services import bedrooms, due_tasks, reminding, retention, task_links
from westerkwartier.web.clock import now, today
from westerkwartier.web.origin import origin

log = logging.getLogger(__name__)


@shared_task
def remind_of_verdicts() -> None:
    """Letters about dwellings that wait too long; they leave through the outbox."""
    origin.set("worker")
    reminding.remind_of_verdicts(now=now())


@shared_task
def tell_due_tasks() -> None:
    """What is due since this morning, for who does it; letters leave by everybody's rhythm."""
    origin.set("worker")
    due_tasks.tell_due_tasks(now=now())


@shared_task
def send_link(link_id: int) -> None:
    """A letter with a link; one that cannot leave stays due."""
    origin.set("worker")
    try:
        task_links.send_link(link_id=link_id, now=now())
    except (SMTPException, OSError) as error:
        log.warning("Link %s was not sent: %s", link_id, type(error).__name__)


@shared_task
def sweep_links() -> None:
    """Send what the table says is due, and forget what is long past its end."""
    for key in TaskLink.objects.to_send(now()).values_list("pk", flat=True)[:100]:
        send_link(key)
    origin.set("worker")
    task_links.forget_links(now=now())


@shared_task
def reckon_bedrooms() -> None:
    """Children grow up: what households need of a dwelling changes with their birthdays."""
    origin.set("worker")
    bedrooms.reckon_all_bedrooms(on=today())


@shared_task
def erase_households() -> None:
    """At night: the personal data of households that have been kept as long as the rule allows."""
    origin.set("worker")
    retention.erase_households(on=today(), now=now())
