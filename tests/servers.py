"""The real servers that the tests run on: PostgreSQL from the wheel, and redis-server.

Each test session has its own pair in ``var/test/<process id>``, so that sessions side by side do
not meet, and removes it at the end. What a killed session left behind, the next one clears away.
A server that cannot start fails the session: no test is skipped for want of one.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil

from westerkwartier.embedded import Cluster, EmbeddedError

FOLDER = Path(__file__).resolve().parent.parent / "var" / "test"
REDIS_DATABASES = 64  # two a test process: broker and cache
MARK = "TEST_SERVERS"  # set in the environment by the session that started the servers


class Servers:
    """PostgreSQL and Redis for one test session, kept in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cluster = Cluster(folder / "postgres", lasting=False)
        self.redis_port = 0

    def start(self) -> None:
        self.folder.mkdir(parents=True)
        self.cluster.start()
        self._start_redis()

    def _start_redis(self) -> None:
        program = shutil.which("redis-server")
        if program is None:
            raise EmbeddedError("redis-server is not installed: 'make test' installs it.")
        for _attempt in range(5):  # another process may take the free port first
            self.redis_port = free_port()
            with (self.folder / "redis.log").open("wb") as log:
                process = subprocess.Popen(
                    [program, *redis_arguments(self.redis_port, self.folder)],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    start_new_session=True,  # Ctrl-C is for pytest, which then stops the server
                )
            (self.folder / "redis.pid").write_text(str(process.pid))
            if wait_for_port(self.redis_port, seconds=10, unless=process):
                return
        raise EmbeddedError(
            f"redis-server did not start: {(self.folder / 'redis.log').read_text()[-500:]}"
        )

    def stop(self) -> None:
        """Stop both servers and remove their data; harmless when they do not run."""
        mark = self.folder / "redis.pid"
        if mark.exists():
            end_process(int(mark.read_text()), name="redis-server")
        self.cluster.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
        (self.folder.parent / f"{self.folder.name}.lock").unlink(missing_ok=True)


def redis_arguments(port: int, folder: Path) -> list[str]:
    """A Redis that forgets everything at its end and does not outlive a killed test session."""
    return [
        *("--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder)),
        *("--save", "", "--appendonly", "no", "--databases", str(REDIS_DATABASES)),
    ]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port: int, *, seconds: float, unless: subprocess.Popen | None = None) -> bool:
    """Wait until something listens on the port; False when ``unless`` ended or time is up."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and (unless is None or unless.poll() is None):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.05)
    return False


def end_process(pid: int, *, name: str) -> None:
    """End a process of this name; a number that another program has by now is left alone."""
    try:
        process = psutil.Process(pid)
        if process.name() == name:
            process.terminate()
            process.wait(10)
    except psutil.NoSuchProcess:
        return


def clear_left_behind() -> None:
    """Stop and remove the servers of sessions whose process is gone."""
    for folder in FOLDER.glob("[0-9]*"):
        if folder.is_dir() and not psutil.pid_exists(int(folder.name)):
            Servers(folder).stop()


def environment(servers: Servers, *, worker: int = 0) -> dict[str, str]:
    """The settings under test, as the environment gives them; each xdist worker its own Redis."""
    redis = f"redis://127.0.0.1:{servers.redis_port}"
    return {
        "DATABASE_URL": servers.cluster.url(),
        "BROKER_URL": f"{redis}/{2 * worker}",
        "CACHE_URL": f"{redis}/{2 * worker + 1}",
        "VAR_DIR": str(servers.folder),
        "SECRET_KEY": "only-for-tests-" * 4,
        "SITE_URL": "http://localhost",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
        "DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "westerkwartier.settings",
    }


def start_for_session() -> Servers | None:
    """Start the servers and point the settings at them; None in the workers of pytest-xdist.

    The controlling process starts them, its workers find its address in the environment.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        folder, port = os.environ[MARK].rsplit(":", 1)
        servers = Servers(Path(folder))
        servers.redis_port = int(port)
        os.environ.update(environment(servers, worker=int(worker.removeprefix("gw")) + 1))
        return None
    clear_left_behind()
    servers = Servers(FOLDER / str(os.getpid()))
    try:
        servers.start()
    except EmbeddedError as error:
        servers.stop()
        sys.exit(f"The tests need their servers. {error}")
    os.environ.update(environment(servers))
    os.environ[MARK] = f"{servers.folder}:{servers.redis_port}"
    return servers
