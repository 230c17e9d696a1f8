"""Files that people send: stored under a name of ours, proven unchanged before they are read.

The name their sender gave is shown and never used as a path.
"""

import hashlib
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from django.conf import settings

FOLDER = "imports"
LEFT_BEHIND_AFTER = 3600  # seconds; longer than any request takes


class FileLost(Exception):
    """The file is not there any more, or is not what was sent."""


@dataclass(frozen=True)
class StoredFile:
    """``name`` is relative to ``MEDIA_ROOT``, ``size`` in bytes."""

    name: str
    sha256: str
    size: int


def path_of(name: str) -> Path:
    return Path(settings.MEDIA_ROOT) / name


def store(chunks: Iterable[bytes]) -> StoredFile:
    """Write an upload, so that after a power cut it is there whole or not at all."""
    name = f"{FOLDER}/{token_hex(16)}"
    path = path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    digest, size = hashlib.sha256(), 0
    try:
        with temporary.open("wb") as file:
            for chunk in chunks:
                digest.update(chunk)  # not the database
                size += len(chunk)
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return StoredFile(name=name, sha256=digest.hexdigest(), size=size)


def proven(name: str, sha256: str) -> Path:
    """The path of a stored file. Raises ``FileLost`` when it is gone or its checksum differs."""
    path = path_of(name)
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise FileLost(f"{name}: {error.strerror}") from error
    if found != sha256:
        raise FileLost(f"{name}: checksum differs")
    return path


def remove(name: str) -> None:
    """Remove a file; harmless when it is gone already."""
    if name:
        path_of(name).unlink(missing_ok=True)


def clear_left_behind(keep: set[str], *, older_than: float = LEFT_BEHIND_AFTER) -> list[str]:
    """Remove files that no import names: of a process that was killed before it made one.

    A file younger than ``older_than`` seconds may belong to an upload that is still at work.
    """
    removed = []
    for path in (Path(settings.MEDIA_ROOT) / FOLDER).glob("*"):
        name = f"{FOLDER}/{path.name}"
        if name not in keep and time.time() - path.stat().st_mtime > older_than:
            path.unlink(missing_ok=True)
            removed.append(name)
    return sorted(removed)
