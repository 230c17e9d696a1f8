"""Worker and beat: ``celery -A westerkwartier worker`` and ``celery -A westerkwartier beat``.

Celery only rings the bell. What is due stands in PostgreSQL, so a lost message costs a few
seconds until the next sweep and a doubled one finds nothing left to do.
"""

import os
import sys

from celery import Celery
from celery.schedules import crontab
from celery.signals import celeryd_init
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "westerkwartier.settings")

try:
    # Read now and not at first use, so that a wrong setting stops the start with its sentence.
    app = Celery("westerkwartier", broker=settings.CELERY_BROKER_URL)
except ImproperlyConfigured as error:
    sys.exit(f"Configuration: {error}")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# "The current app" belongs to a thread; the other threads of a web process fall back on this one.
app.set_default()

STATEMENT_MARGIN = 10  # seconds that a statement may outlive the task it belongs to


@celeryd_init.connect
def end_statements(**_kwargs) -> None:
    """The connections of a worker end a statement once its task must have been killed.

    PostgreSQL does not notice that a client was killed while it waits for an answer: the statement
    would run to its end, and hold its locks, beside that of the worker that goes on. What
    DATABASE_URL says itself goes before. A database shows these sessions as "worker".
    """
    options = connections.settings["default"]["OPTIONS"]
    limit = (settings.CELERY_TASK_TIME_LIMIT + STATEMENT_MARGIN) * 1000
    own = f"-c statement_timeout={limit} -c application_name=worker"
    options["options"] = f"{own} {options.get('options', '')}".strip()


app.conf.beat_schedule = {
    "sweep-reports": {
        "task": "reports.tasks.sweep_runs",
        "schedule": 5.0,
        "options": {"expires": 5},
    },
    "plan-reports": {
        "task": "reports.tasks.plan_runs",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "sweep-imports": {
        "task": "partners.tasks.sweep_imports",
        "schedule": 5.0,
        "options": {"expires": 5},
    },
    "sweep-mail": {
        "task": "partners.tasks.sweep_mail",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "sweep-news": {
        "task": "partners.tasks.sweep_news",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    # Every working hour: what is due since this morning is told once, by the rhythm of each person.
    "tell-due-tasks": {
        "task": "housing.tasks.tell_due_tasks",
        "schedule": crontab(minute="20", hour="5-17", day_of_week="mon-fri"),
        "options": {"expires": 3600},
    },
    "sweep-links": {
        "task": "housing.tasks.sweep_links",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "clear-up": {
        "task": "partners.tasks.clear_up",
        "schedule": 86_400.0,
        "options": {"expires": 3600},
    },
    # Every working hour: a bell that was lost is rung again, and a letter leaves once a day.
    "remind-of-verdicts": {
        "task": "housing.tasks.remind_of_verdicts",
        "schedule": crontab(minute="5", hour="7-17", day_of_week="mon-fri"),
        "options": {"expires": 3600},
    },
    # Several times a night, so many households at a time: what was not reached waits for the next.
    "erase-households": {
        "task": "housing.tasks.erase_households",
        "schedule": crontab(minute="40", hour="0-5"),
        "options": {"expires": 3600},
    },
    # A birthday may change how many bedrooms a household needs.
    "reckon-bedrooms": {
        "task": "housing.tasks.reckon_bedrooms",
        "schedule": crontab(minute="10", hour="4"),
        "options": {"expires": 3600},
    },
}
