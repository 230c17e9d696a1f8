"""A running site for the journeys: the story loaded, web, worker and beat as in a demonstration.

The processes run on the test session's own PostgreSQL and Redis, in a database of their own, and
are the very programs that run in production; a browser is all that comes in between.
"""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from shutil import which

import pytest
from celery import current_app
from kombu import Connection
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.servers import free_port, running
from westerkwartier.management.commands.demo_accounts import PASSWORD
from westerkwartier.story.people import DOMAIN

ROOT = Path(__file__).resolve().parents[2]
READY_SECONDS = 60
WIDTHS = {"phone": (360, 740), "tablet": (768, 1024), "desk": (1440, 900)}
# The same browser without windows starts and draws quicker, where the distribution has it.
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Site:
    """Where the site runs, and the environment of its processes."""

    url: str
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """Run a management command; its output."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout


def start(stack: ExitStack, environment: dict[str, str], *command: str) -> None:
    """Start a process that ends with the journeys, children included."""
    process = subprocess.Popen(
        [sys.executable, "-m", *command], cwd=ROOT, env=environment, start_new_session=True
    )
    stack.callback(process.wait, 20)
    stack.callback(os.killpg, process.pid, signal.SIGTERM)


def wait_until_ready(url: str) -> None:
    end = time.monotonic() + READY_SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:  # not there yet, or too busy to answer in time
            time.sleep(0.3)
    raise AssertionError(f"The site at {url} did not get ready in {READY_SECONDS} seconds.")


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[Site]:
    """Each process of the test session has a site of its own."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    folder = tmp_path_factory.mktemp("site")
    port = free_port()
    redis = os.environ["BROKER_URL"].rpartition("/")[0]
    environment = {
        **os.environ,
        "DATABASE_URL": running().new_database(f"journeys_{worker}", template=running().story()),
        "DATABASE_POOL_MAX": "8",
        "BROKER_URL": f"{redis}/{40 + 2 * worker}",
        "CACHE_URL": f"{redis}/{41 + 2 * worker}",
        "VAR_DIR": str(folder),
        "STATIC_ROOT": str(running().folder / "static_of_sites"),
        "SITE_URL": f"http://localhost:{port}",
        "ALLOWED_HOSTS": "localhost",
        "DEMO": "1",
        "LOG_LEVEL": "WARNING",
    }
    site = Site(f"http://localhost:{port}", environment)
    with running().once("static") as first:
        if first:
            site.manage("collectstatic", "--noinput", "--verbosity", "0")
    celery = ("celery", "-A", "westerkwartier")
    with ExitStack() as stack:
        start(
            stack,
            environment,
            *("gunicorn", "westerkwartier.wsgi", "--bind", f"127.0.0.1:{port}"),
            *("--threads", "4", "--log-level", "warning"),
        )
        start(
            stack,
            {**environment, "DATABASE_POOL_MAX": "0"},
            *(*celery, "worker", "--concurrency", "1", "--queues", "report,mail,default"),
            *("--loglevel", "WARNING", "--without-gossip", "--without-mingle"),
        )
        start(
            stack,
            {**environment, "DATABASE_POOL_MAX": "0"},
            *(*celery, "beat", "--schedule", str(folder / "beat"), "--loglevel", "WARNING"),
        )
        wait_until_ready(site.url)
        # Beat plans the monthly report once a minute; the journeys do not wait for that.
        with Connection(environment["BROKER_URL"]) as broker:
            current_app.send_task("reports.tasks.plan_runs", connection=broker)
        yield site


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(which, CHROMIUMS)), None)
    assert program, "Chromium is not installed: 'make test' installs it."
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


def new_context(browser: Browser, site: Site, width: str = "desk", **options) -> BrowserContext:
    wide, high = WIDTHS[width]
    context = browser.new_context(
        base_url=site.url, viewport={"width": wide, "height": high}, locale="nl-NL", **options
    )
    context.set_default_timeout(15_000)
    return context


@pytest.fixture
def visit(browser, site):
    """``visit("coordinator", "phone")``: a page of somebody who has just signed in.

    An error in the browser's console, such as something the security policy blocked, fails the
    journey.
    """
    errors: list[str] = []
    with ExitStack() as stack:

        def visit(who: str | None = None, width: str = "desk", **options) -> Page:
            context = new_context(browser, site, width, **options)
            stack.callback(context.close)
            page = context.new_page()
            page.on("console", lambda m: errors.append(m.text) if is_fault(m) else None)
            page.on("pageerror", lambda error: errors.append(str(error)))
            if who:
                sign_in(page, who)
            return page

        visit.errors = errors
        yield visit
    assert errors == []


def is_fault(message) -> bool:
    """Errors in the console, without the browser's remark on a form that was not filled in."""
    return message.type == "error" and "status of 422" not in message.text


def sign_in(page: Page, who: str) -> None:
    """Sign in with the demo account ``who``, the part of its address before the @."""
    page.goto("/account/login/")
    page.get_by_label("E-mail").fill(f"{who}@{DOMAIN}")
    page.get_by_label("Wachtwoord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.wait_for_url("**/")
