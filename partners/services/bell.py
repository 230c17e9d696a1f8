"""Ringing a worker after commit. The row is what counts: a bell that fails costs a minute."""

import logging
from functools import partial

import kombu.exceptions
import redis.exceptions
from celery import current_app
from django.db import transaction

log = logging.getLogger(__name__)


def ring_after_commit(task: str, key: int) -> None:
    """Call a task, by name because it stands above the services, once the row is there for it."""
    transaction.on_commit(partial(ring, task, key))


def ring(task: str, key: int) -> bool:
    """Call a task now. False when the broker is away: the sweep rings later."""
    try:
        current_app.send_task(task, args=[key], expires=60)
    except (kombu.exceptions.OperationalError, redis.exceptions.RedisError, OSError) as error:
        log.warning("The broker cannot be reached; %s %s waits for the sweep: %s", task, key, error)
        return False
    return True
