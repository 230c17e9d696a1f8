"""The cache of a place without Redis: files under VAR_DIR."""

import fcntl
import os

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache


class FileCache(FileBasedCache):
    """Django's, with an ``add`` of which only one of several threads and processes succeeds.

    Django looks and then writes; the lock that counts failed sign-ins is taken with ``add``.
    """

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None) -> bool:
        self._createdir()
        with open(os.path.join(self._dir, "add.lock"), "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return super().add(key, value, timeout, version)
