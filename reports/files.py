"""Report files on disk: whole or not at all, and proven unchanged before they leave.

A file is written under a temporary name, synced and renamed, so that a name without ``.tmp`` always
holds a complete report. The name carries run and attempt: two workers never write the same file.
"""

import hashlib
import os
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

FOLDER = "reports"
TEMPORARY = ".tmp"
LEFT_BEHIND_AFTER = 600  # seconds; longer than the hard time limit of a task


class FileLost(Exception):
    """The file of a finished report is not there, or is not what was made."""


@dataclass(frozen=True)
class StoredFile:
    """``name`` is relative to ``MEDIA_ROOT``, ``size`` in bytes."""

    name: str
    sha256: str
    size: int


def store(run_id: int, attempt: int, content: bytes) -> StoredFile:
    """Write the file of an attempt, so that after a power cut it is there whole or not at all."""
    name = f"{FOLDER}/{run_id:06d}-{attempt}.pdf"
    path = Path(settings.MEDIA_ROOT) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}{TEMPORARY}")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)
    return StoredFile(name=name, sha256=hashlib.sha256(content).hexdigest(), size=len(content))


def read(name: str, sha256: str) -> bytes:
    """The bytes of a stored file. Raises ``FileLost`` when it is gone or its checksum differs."""
    try:
        content = (Path(settings.MEDIA_ROOT) / name).read_bytes()
    except OSError as error:
        raise FileLost(f"{name}: {error.strerror}") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise FileLost(f"{name}: checksum differs")
    return content


def remove(name: str) -> None:
    """Remove a file that lost; harmless when it is gone already."""
    (Path(settings.MEDIA_ROOT) / name).unlink(missing_ok=True)


def clear_left_behind(keep: Collection[str], *, older_than: float = LEFT_BEHIND_AFTER) -> list[str]:
    """Remove files of attempts that never finished; ``keep`` names the ones that reports point at.

    A file younger than ``older_than`` seconds may belong to an attempt that is still at work.
    """
    removed = []
    for path in (Path(settings.MEDIA_ROOT) / FOLDER).glob("*"):
        name = f"{FOLDER}/{path.name}"
        if name in keep or not path.is_file():
            continue
        if time.time() - path.stat().st_mtime > older_than:
            path.unlink(missing_ok=True)
            removed.append(name)
    return sorted(removed)


def _sync_folder(folder: Path) -> None:
    """A rename survives a power cut once its folder is synced too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
