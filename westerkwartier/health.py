"""Whether the site lives (``/healthz``) and whether it can serve (``/readyz``).

Both answer JSON to anybody and therefore say which part is wrong, never why: the reason stands in
the log. ``/healthz`` asks nothing of other parts, so that a watcher restarts a process that hangs
and not one whose database is away. ``/readyz`` is 503 until every part answers.
"""

import functools
import logging
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import psycopg
import redis
from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from westerkwartier.web.public import public

log = logging.getLogger(__name__)

SECONDS = 2  # each part answers within this, or counts as away
FREE_BYTES = 200_000_000  # room for reports and for PostgreSQL to end in order


class NotReady(Exception):
    """A part that cannot serve; the text is the one word that the answer shows."""


@public
@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """200 as long as this process answers."""
    return JsonResponse({"status": "ok"})


def alive(get_response):
    """Middleware: ``/healthz`` before sessions and users, so that it asks nothing of others."""

    def middleware(request: HttpRequest):
        return healthz(request) if request.path == "/healthz" else get_response(request)

    return middleware


@public
@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 when every part serves, else 503; each part with ``ok`` or one word."""
    parts = {name: state(name, check) for name, check in CHECKS.items()}
    ready = all(word == "ok" for word in parts.values())
    body = {"status": "ok" if ready else "not ready", **parts}
    return JsonResponse(body, status=200 if ready else 503)


def state(name: str, check: Callable[[], None]) -> str:
    try:
        check()
    except NotReady as reason:
        log.warning("Not ready: %s is %s", name, reason)
        return str(reason)
    except (psycopg.Error, redis.RedisError, OSError) as error:
        log.warning("Not ready: %s (%s)", name, type(error).__name__)
        return "away"
    return "ok"


def connect() -> psycopg.Connection:
    """A connection of its own: the pool of a busy process would make this check wait in line."""
    parameters = connection.get_connection_params()
    for name in ("pool", "cursor_factory", "context", "prepare_threshold"):
        parameters.pop(name, None)
    limit = f"-c statement_timeout={SECONDS * 1000}"
    return psycopg.connect(**parameters | {"connect_timeout": SECONDS, "options": limit})


def check_database() -> None:
    with connect() as database:
        database.execute("SELECT 1")


def check_migrations() -> None:
    """Every migration of this release is applied; a newer database (a rollback) is accepted."""
    with connect() as database:
        try:
            applied = set(database.execute("SELECT app, name FROM django_migrations").fetchall())
        except psycopg.errors.UndefinedTable:
            applied = set()
    if migrations_on_disk() - applied:
        raise NotReady("pending")


@functools.cache
def migrations_on_disk() -> frozenset[tuple[str, str]]:
    """(app, name) of each migration in this release; read once, files do not change meanwhile."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).graph.nodes)


def check_broker() -> None:
    if settings.CELERY_BROKER_URL.startswith("filesystem://"):
        folder = settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"]
        if not os.access(folder, os.W_OK):
            raise NotReady("away")
        return
    limits = {"socket_timeout": SECONDS, "socket_connect_timeout": SECONDS}
    with redis.Redis.from_url(settings.CELERY_BROKER_URL, **limits) as broker:
        broker.ping()


def check_disk() -> None:
    """Enough room where reports are kept."""
    folder = Path(settings.MEDIA_ROOT)
    while not folder.exists():  # made with the first report
        folder = folder.parent
    if shutil.disk_usage(folder).free < FREE_BYTES:
        raise NotReady("full")


CHECKS: dict[str, Callable[[], None]] = {
    "database": check_database,
    "migrations": check_migrations,
    "broker": check_broker,
    "disk": check_disk,
}
