"""What the housing app does by itself. Each task calls one service; twice equals once."""

from celery import shared_task

from housing.services import bedrooms, reminding
from westerkwartier.web.clock import now, today
from westerkwartier.web.origin import origin


@shared_task
def remind_of_verdicts() -> None:
    """Letters about dwellings that wait too long; they leave through the outbox."""
    origin.set("worker")
    reminding.remind_of_verdicts(now=now())


@shared_task
def reckon_bedrooms() -> None:
    """Children grow up: what households need of a dwelling changes with their birthdays."""
    origin.set("worker")
    bedrooms.reckon_all_bedrooms(on=today())
