"""Real worker and beat processes on the test database, and ways to end them."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psutil
from django.conf import settings
from django.db import connection


def environment(folder: Path, broker: str) -> dict[str, str]:
    """The settings of the test session, with this test's database, folder and broker."""
    url = urlsplit(settings.DATABASE_URL)._replace(path=f"/{connection.settings_dict['NAME']}")
    return {
        **os.environ,
        "DATABASE_URL": urlunsplit(url),
        "BROKER_URL": broker,
        "VAR_DIR": str(folder),
        "LOG_LEVEL": "WARNING",
    }


@contextmanager
def celery(*arguments: str, env: dict[str, str], log: Path) -> Iterator[subprocess.Popen]:
    """A Celery process in a session of its own; at the end nothing of it is left."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "westerkwartier", *arguments],
            env=env,
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            kill_all(process)


def worker(env: dict[str, str], log: Path, queues: str = "report,default"):
    """One child process, as all queues in production have."""
    return celery(
        *("worker", f"--queues={queues}", "--concurrency=1"),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        env=env,
        log=log,
    )


def beat(env: dict[str, str], log: Path):
    return celery("beat", f"--schedule={env['VAR_DIR']}/beat", "--pidfile=", env=env, log=log)


def kill_child(process: subprocess.Popen) -> None:
    """SIGKILL to the child that does the work; its parent stays."""
    for child in psutil.Process(process.pid).children():
        child.kill()


def kill_all(process: subprocess.Popen) -> None:
    """SIGKILL to the worker with all its children, as a machine that stops."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return  # ended by itself
    process.wait(10)


@contextmanager
def frozen(process: subprocess.Popen) -> Iterator[None]:
    """The process and its children stand still, so that a test strikes where it means to."""
    os.killpg(process.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        try:
            os.killpg(process.pid, signal.SIGCONT)
        except ProcessLookupError:
            return  # killed while it stood still


def wait_until(true: Callable[[], bool], *, seconds: float, what: str, log: Path) -> float:
    """Wait for something to become true; gives the seconds it took."""
    start = time.monotonic()
    while not true():
        took = time.monotonic() - start
        assert took < seconds, f"{what} not within {seconds} s\n{log.read_text()[-3000:]}"
        time.sleep(0.01)
    return time.monotonic() - start
