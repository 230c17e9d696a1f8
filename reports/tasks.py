"""Celery's doors: each takes an id or nothing, reads the clock and calls one service."""

from celery import shared_task

from reports import services
from westerkwartier.web.clock import now, today
from westerkwartier.web.origin import origin


@shared_task(name="reports.tasks.build_report")
def build_report(run_id: int) -> None:
    """Make one report, when its run is still due."""
    origin.set("worker")
    services.build_run(run_id, now=now())


@shared_task(name="reports.tasks.sweep_runs")
def sweep_runs() -> None:
    """Every few seconds: ring for what the table says is due."""
    origin.set("worker")
    services.sweep()


@shared_task(name="reports.tasks.plan_runs")
def plan_runs() -> None:
    """Every few minutes: this month's reports, and files that nobody needs any more."""
    origin.set("worker")
    services.plan_runs(today=today(), now=now())
    services.clear_files()
