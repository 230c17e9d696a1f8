"""What the housing app does by itself. Each task calls one service; twice equals once."""

from celery import shared_task

from housing.services import reminding
from westerkwartier.web.clock import now
from westerkwartier.web.origin import origin


@shared_task
def remind_of_verdicts() -> None:
    """Letters about dwellings that wait too long; they leave through the outbox."""
    origin.set("worker")
    reminding.remind_of_verdicts(now=now())
