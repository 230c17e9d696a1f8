"""The real servers that the tests run on: PostgreSQL from the wheel, and redis-server.

Each test session has its own pair in ``var/test/<process id>``, so that sessions side by side do
not meet, and removes it at the end. What a killed session left behind, the next one clears away.
A server that cannot start fails the session: no test is skipped for want of one.

Migrating takes long, so it is done once for each state of the migrations: a migrated cluster is
kept in ``var/test/template-<hash>``. A session begins with a copy of it, and each process of the
session with a copy of the database in there.

Loading the demonstration's story takes longer still: the first process of a session that needs it
loads it, and all that need it work on copies of that database.
"""

import base64
import contextlib
import fcntl
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from westerkwartier.embedded import DATABASE, Cluster, EmbeddedError

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "var" / "test"
EMPTY = "template0"
STORY = "story"
REDIS_DATABASES = 64  # two a test process: broker and cache
MARK = "TEST_SERVERS"  # set in the environment by the session that started the servers


class Servers:
    """PostgreSQL and Redis for one test session, kept in ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.cluster = Cluster(folder / "postgres", lasting=False)
        self.redis_port = 0

    def start(self) -> None:
        (self.folder / "static").mkdir(parents=True)
        copy_template(self.cluster.data)
        self.cluster.start()
        self._start_redis()

    def new_database(self, name: str, *, template: str = DATABASE) -> str:
        """Make a database of this name, anew if it is there, as a copy of ``template``: the
        migrated one, ``EMPTY`` or ``story()``; its address."""
        for statement in (
            f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)',
            f'CREATE DATABASE "{name}" TEMPLATE "{template}"',
        ):
            done, output = self.cluster.ask(statement)
            if not done:
                raise EmbeddedError(output)
        return self.cluster.url(name)

    def story(self) -> str:
        """The name of the database in which the story and its demo accounts are loaded."""
        with self.once("story") as first:
            if first:
                url = self.new_database(STORY)
                for command in (
                    ["load_region", "westerkwartier"],
                    ["load_story"],
                    ["demo_accounts"],
                ):
                    subprocess.run(
                        [sys.executable, "manage.py", *command],
                        cwd=ROOT,
                        env=os.environ | environment(self, url),
                        stdout=subprocess.DEVNULL,
                        check=True,
                    )
        return STORY

    @contextlib.contextmanager
    def once(self, what: str) -> Iterator[bool]:
        """Whether this is the first process of the session to come here for ``what``; any other
        waits until that one is through."""
        with (self.folder / f"{what}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            done = self.folder / f"{what}.done"
            yield not done.exists()
            done.touch()

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


# -- the migrated cluster that sessions begin with ---------------------------------------------


def copy_template(target: Path) -> None:
    """Put a copy of the migrated cluster in ``target``; make that cluster first if need be."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        template = FOLDER / f"template-{migrations_digest()}"
        if not template.exists():
            for old in FOLDER.glob("template-*"):
                shutil.rmtree(old)
            make_template(template)
        subprocess.run(["cp", "-a", str(template / "postgres"), str(target)], check=True)


def make_template(template: Path) -> None:
    work = template.with_name("template-new")
    servers = Servers(work)
    servers.cluster.start()
    try:
        done = subprocess.run(
            [sys.executable, "manage.py", "migrate", "--no-input", "--verbosity=0"],
            cwd=ROOT,
            env=os.environ | environment(servers, servers.cluster.url()),
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        servers.cluster.stop()
    if done.returncode:
        raise EmbeddedError(f"The migrations do not run:\n{done.stderr}")
    work.rename(template)


def migrations_digest() -> str:
    """A hash of all that decides what a migrated database looks like."""
    sources = [ROOT / "requirements.txt", Path(__file__), ROOT / "westerkwartier" / "embedded.py"]
    sources += sorted(ROOT.glob("*/migrations/*.py")) + sorted(ROOT.glob("data/national/*"))
    sources += sorted(ROOT.glob("westerkwartier/web/*.py"))  # what migrations import
    total = hashlib.sha256()
    for path in sources:
        total.update(f"{path.name}:{hashlib.sha256(path.read_bytes()).hexdigest()};".encode())
    return total.hexdigest()[:16]


# -- small matters -----------------------------------------------------------------------------


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


def environment(servers: Servers, database: str, *, worker: int = 0) -> dict[str, str]:
    """The settings under test, as the environment gives them; each xdist worker its own Redis."""
    redis = f"redis://127.0.0.1:{servers.redis_port}"
    return {
        "DATABASE_URL": database,
        "BROKER_URL": f"{redis}/{2 * worker}",
        "CACHE_URL": f"{redis}/{2 * worker + 1}",
        "VAR_DIR": str(servers.folder),
        "SECRET_KEY": "only-for-tests-" * 4,
        "PERSONAL_DATA_KEYS": base64.b64encode(b"the key of the tests, 32 bytes..").decode(),
        "SITE_URL": "http://localhost",
        "ALLOWED_HOSTS": "localhost,127.0.0.1,testserver",
        "DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "westerkwartier.settings",
    }


def running() -> Servers:
    """The servers of this session, in any of its processes."""
    folder, port = os.environ[MARK].rsplit(":", 1)
    servers = Servers(Path(folder))
    servers.redis_port = int(port)
    return servers


def start_for_session() -> Servers | None:
    """Start the servers and point the settings at them; None in the workers of pytest-xdist.

    The controlling process starts them, its workers find its address in the environment.
    """
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        number = int(worker.removeprefix("gw")) + 1
        database = running().new_database(f"test_{worker}")
        os.environ.update(environment(running(), database, worker=number))
        return None
    clear_left_behind()
    servers = Servers(FOLDER / str(os.getpid()))
    try:
        servers.start()
        database = servers.new_database("test_main")
    except EmbeddedError as error:
        with contextlib.suppress(EmbeddedError):
            servers.stop()
        sys.exit(f"The tests need their servers. {error}")
    os.environ.update(environment(servers, database))
    os.environ[MARK] = f"{servers.folder}:{servers.redis_port}"
    return servers
