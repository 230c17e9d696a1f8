"""Stops the PostgreSQL and Redis servers that work in ``var/``; run by 'make clean'."""

import fcntl
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.servers import FOLDER, Servers  # noqa: E402
from westerkwartier.embedded import Cluster, EmbeddedError, default_data  # noqa: E402


def main() -> None:
    lock = default_data().parent / "demo.lock"
    if lock.exists():
        with lock.open() as handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                sys.exit("The demonstration runs: stop it first with Ctrl-C.")
    Cluster(default_data()).stop()
    for folder in FOLDER.glob("[0-9]*"):
        if folder.is_dir():
            Servers(folder).stop()


if __name__ == "__main__":
    try:
        main()
    except (EmbeddedError, OSError) as error:
        sys.exit(str(error))
