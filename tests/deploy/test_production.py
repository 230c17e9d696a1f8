"""The very commands of the compose file, run here against a real PostgreSQL and Redis.

Two workers run beside each other, as ``--scale worker=2`` would start them.
"""

import base64
import os
import secrets
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import psycopg
import pytest
import yaml

from scripts.check_django import example_environment
from tests.servers import EMPTY, free_port, running

ROOT = Path(__file__).resolve().parents[2]
SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
HOST = "huisvesting.example.nl"  # of .env.example
QUEUE_A_RUN = """
from django.utils import timezone
from partners.models import Region
from reports.models import ReportRun
ReportRun.objects.create(
    region=Region.objects.get(), kind="monthly", reference_date="2017-11-01",
    requested_at=timezone.now(),
)
"""


class Site:
    """The processes of one production site, with folders and a database of their own."""

    def __init__(self, folder: Path, database_url: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.database_url = database_url
        self.processes: list[subprocess.Popen] = []
        given = {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "PERSONAL_DATA_KEYS": base64.b64encode(secrets.token_bytes(32)).decode(),
            "DATABASE_URL": database_url,
        }
        self.environment = {
            **{name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ},
            **example_environment(),
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "BROKER_URL": os.environ["BROKER_URL"],
            "CACHE_URL": os.environ["CACHE_URL"],
            "VAR_DIR": str(folder),
            "STATIC_ROOT": str(folder / "static"),
        }
        for name, value in given.items():  # as files, the way compose gives secrets
            (folder / name).write_text(value + "\n")
            del self.environment[name]
            self.environment[f"{name}_FILE"] = str(folder / name)

    def run(self, *command: str) -> str:
        """Run a command to its end; its output."""
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, service: str) -> None:
        """Start the command of a service, listening on a port of ours where it listens at all."""
        own = SERVICES[service]["environment"]
        more = {name: own[name] for name in ("DATABASE_POOL_MAX",) if name in own}
        arguments = own.get("GUNICORN_CMD_ARGS", "").replace(
            "0.0.0.0:8000", f"127.0.0.1:{self.port}"
        )
        log = (self.folder / f"{service}-{len(self.processes)}.log").open("wb")
        self.processes.append(
            subprocess.Popen(
                SERVICES[service]["command"],
                cwd=ROOT,
                env={**self.environment, **more, "GUNICORN_CMD_ARGS": arguments},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        )

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        connection.request("GET", path, headers={"Host": HOST, **headers})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()

    def ask(self, statement: str):
        with psycopg.connect(self.database_url) as database:
            return database.execute(statement).fetchone()

    def logs(self) -> str:
        return "\n".join(path.read_text() for path in sorted(self.folder.glob("*.log")))

    def stop(self) -> list[int]:
        """End all processes as 'docker compose stop' does; their return codes."""
        for process in self.processes:
            process.terminate()
        return [process.wait(30) for process in self.processes]


def wait_until(question, *, seconds: float):
    """Ask until the answer is true; the last answer."""
    end = time.monotonic() + seconds
    while True:
        try:
            answer = question()
        except OSError:
            answer = None
        if answer or time.monotonic() > end:
            return answer
        time.sleep(0.2)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    name = f"production_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    url = running().new_database(name, template=EMPTY)
    site = Site(tmp_path_factory.mktemp("site"), url)
    yield site
    site.stop()


def test_commands_of_compose_make_a_working_site(site):
    # What the image does when it is built, then what compose does in its order.
    site.run("python", "manage.py", "collectstatic", "--no-input", "--verbosity", "0")
    site.start("web")
    not_ready = wait_until(lambda: site.get("/readyz"), seconds=20)
    assert not_ready, site.logs()
    assert not_ready[0] == 503
    assert '"migrations": "pending"' in not_ready[2]

    site.run(*SERVICES["migrate"]["command"])
    site.run("python", "manage.py", "load_region", "westerkwartier")
    assert site.get("/healthz")[0] == 200
    assert site.get("/readyz")[0] == 200
    site.environment["PORT"] = str(site.port)
    site.run("python", "scripts/ask_health.py")  # the image's HEALTHCHECK; fails unless well

    status, headers, _body = site.get("/account/login/")
    assert (status, headers["Location"]) == (301, f"https://{HOST}/account/login/")
    status, headers, body = site.get("/account/login/", **{"X-Forwarded-Proto": "https"})
    assert status == 200, site.logs()
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "/static/" in body

    # A run that waits, of which nobody told a worker: beat has to ring, a worker to make it.
    site.run("python", "manage.py", "shell", "--command", QUEUE_A_RUN)
    for service in ("worker", "worker", "beat"):
        site.start(service)
    state = "SELECT state, attempt, file FROM reports_reportrun"
    wait_until(lambda: site.ask(state)[0] == "done", seconds=60)
    made, attempt, file = site.ask(state)
    assert (made, attempt) == ("done", 1), site.logs()
    assert (site.folder / "media" / file).read_bytes().startswith(b"%PDF")
    assert "Traceback" not in site.logs()

    assert all(process.poll() is None for process in site.processes)
    assert site.stop() == [0] * 4
