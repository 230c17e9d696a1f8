"""A thread that says every few seconds that this worker is still at work."""

import logging
import threading
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, connection

log = logging.getLogger(__name__)


class Heartbeat:
    """Context manager: calls ``beat()`` every ``seconds`` from a thread with its own connection.

    It stops when ``beat`` answers False (somebody else took over) or the block ends. A database
    that is away for a moment is no reason to stop: the next beat tries again.
    """

    def __init__(self, beat: Callable[[], bool], *, seconds: float) -> None:
        self._beat = beat
        self._seconds = seconds
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def __enter__(self) -> "Heartbeat":
        self._thread.start()
        return self

    def __exit__(self, *exception) -> None:
        self._end.set()
        self._thread.join()

    def _run(self) -> None:
        try:
            while not self._end.wait(self._seconds):
                try:
                    if not self._beat():
                        return
                except (DatabaseError, InterfaceError) as error:
                    log.warning("The lease could not be renewed: %s", error)
                    connection.close()
        finally:
            connection.close()
