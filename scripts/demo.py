"""'make demo': the whole site on this machine, until Ctrl-C.

Starts PostgreSQL from the wheel, has prepare.py bring the data up to date, runs the processes of
the Procfile under honcho, and stops everything again. All it keeps is in ``var/``.
PORT= and HOST= say where the site listens; DATABASE_URL= and BROKER_URL= replace the embedded ones.
"""

import contextlib
import fcntl
import multiprocessing
import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from pathlib import Path

import honcho.manager
from honcho.environ import parse_procfile
from honcho.manager import Manager

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from westerkwartier.embedded import Cluster, EmbeddedError  # noqa: E402

READY_SECONDS = 60


def main() -> int:
    os.chdir(ROOT)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda number, _frame: sys.exit(128 + number))
    host, port = os.environ.get("HOST") or "127.0.0.1", read_port()
    var = Path(os.environ.get("VAR_DIR") or ROOT / "var").resolve()
    var.mkdir(exist_ok=True)
    site = f"http://localhost:{port}"
    with only_one(var / "demo.lock", site):
        check_port(host, port)
        environment = os.environ | {
            "PYTHON": sys.executable,
            "KEEP_WITH": str(os.getpid()),  # honcho's own processes would outlive this one
            "PYTHONUNBUFFERED": "1",
            # Celery warns of root; here root chose to be.
            "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
            "HOST": host,
            "PORT": str(port),
            "VAR_DIR": str(var),
            "DEMO": "1",
            "SITE_URL": site,
            "ALLOWED_HOSTS": ",".join({"localhost", "127.0.0.1", host} - {"0.0.0.0"}),
            "SECRET_KEY": secret_key(var / "secret_key"),
        }
        cluster = None if os.environ.get("DATABASE_URL") else Cluster(var / "postgres")
        try:
            if cluster:
                cluster.start()
                environment["DATABASE_URL"] = cluster.url()
            prepare = [sys.executable, "scripts/prepare.py"]
            done = subprocess.run(prepare, env=environment, check=False)
            if done.returncode:
                return done.returncode
            return serve(environment, cluster, site, port)
        finally:
            if cluster:
                cluster.stop()


def serve(environment: dict[str, str], cluster: Cluster | None, site: str, port: int) -> int:
    """Run web, worker and beat until a signal ends them."""
    multiprocessing.set_start_method("fork")  # what honcho expects, also where it is not default
    honcho.manager.KILL_WAIT = 8  # seconds: longer than keep.py needs to end its command
    manager = Manager()
    for name, command in parse_procfile((ROOT / "Procfile").read_text()).processes.items():
        manager.add_process(name, command, env=environment, cwd=str(ROOT))
    ended = threading.Event()
    sign_in = Path(environment["VAR_DIR"]) / "sign-in.txt"
    threading.Thread(target=announce, args=(site, port, sign_in, ended), daemon=True).start()
    if cluster:
        threading.Thread(target=watch, args=(cluster, ended), daemon=True).start()
    signal.signal(signal.SIGHUP, hang_up)
    try:
        manager.loop()
    finally:
        ended.set()
    return 0 if manager.returncode in {130, 143} else manager.returncode or 0


def hang_up(_signal: int, _frame: object) -> None:
    """The terminal is gone: nothing can be printed any more, everything still ends in order."""
    with open(os.devnull, "w") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
        os.dup2(nowhere.fileno(), sys.stderr.fileno())
    os.kill(os.getpid(), signal.SIGTERM)


def watch(cluster: Cluster, ended: threading.Event) -> None:
    """Start PostgreSQL again when it was killed; the site answers with a sentence meanwhile."""
    while not ended.wait(2):
        if cluster.pid() is None:
            print("PostgreSQL is gone; starting it again", flush=True)
            try:
                cluster.start()
            except EmbeddedError as error:
                print(error, flush=True)


def announce(site: str, port: int, sign_in: Path, ended: threading.Event) -> None:
    """Say where the site is and who can sign in, once every part answers."""
    said = "no answer yet"
    for _second in range(READY_SECONDS * 2):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                print(f"\n{sign_in.read_text()}\n  {site}\n\n  Ctrl-C stops it.\n", flush=True)
                return
        except urllib.error.HTTPError as answer:
            said = answer.read(500).decode(errors="replace")
        except OSError as error:
            said = str(error)
        if ended.wait(0.5):
            return
    print(f"The site at {site} is not ready after {READY_SECONDS} s: {said}", flush=True)


# -- before the start --------------------------------------------------------------------------


def read_port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        sys.exit(f"PORT must be a number from 1 to 65535, not '{text}'.")
    return int(text)


def check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            sys.exit(
                f"Port {port} cannot be used ({error.strerror}). "
                f"Another one: PORT={port + 1 if port < 65535 else 8000} make demo"
            )


@contextlib.contextmanager
def only_one(path: Path, site: str):
    """Hold the lock of this folder; a second 'make demo' hears where the first one is."""
    try:
        handle = path.open("a+")
    except PermissionError:
        sys.exit(
            f"{path} belongs to another user: work as that user, or 'make clean' as that user."
        )
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            handle.seek(0)
            sys.exit(f"The demonstration already runs, at {handle.read().strip()}.")
        handle.truncate(0)
        handle.write(site)
        handle.flush()
        yield


def secret_key(path: Path) -> str:
    """The signing key of this folder, made once and readable by its owner only."""
    if not path.exists():
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
    return path.read_text()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except EmbeddedError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit("Stopped.")
