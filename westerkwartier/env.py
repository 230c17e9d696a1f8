"""Settings from the environment: typed, from a variable or from the file that NAME_FILE names.

Every reader either returns a sensible value or raises ``ImproperlyConfigured`` with a sentence
that says which variable is wrong and what it should look like.
"""

import base64
import contextlib
import os
import tempfile
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured


class Env(environ.FileAwareEnv):
    """django-environ's reader with sentences for what is missing or makes no sense."""

    def needed(self, name: str, example: str) -> str:
        """The text of a variable that has no default; ``example`` is shown when it is missing."""
        value = self._text(name)
        if not value:
            raise ImproperlyConfigured(
                f"{name} is missing. Set it in the environment, or set {name}_FILE to a file "
                f"that holds it. Example: {example}"
            )
        return value

    def _text(self, name: str) -> str:
        try:
            return self.str(name, default="").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error.strerror}.") from error

    def keys(self, name: str, *, kept_in: Path | None) -> tuple[bytes, ...]:
        """Keys of 32 bytes in base64, with commas between.

        ``kept_in`` is the folder in which a demonstration keeps a key of its own when none is
        given, so that its next start can read what this one wrote; None where a key is needed.
        """
        given = self._text(name)
        if not given and kept_in:
            given = _lasting_key(name, kept_in / name.lower())
        given = given or self.needed(name, "what 'openssl rand -base64 32' prints")
        keys = tuple(_key(name, text) for text in given.replace(",", " ").split())
        if not keys or len(set(keys)) < len(keys):
            raise ImproperlyConfigured(f"{name} must hold different keys, with commas between.")
        return keys

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.str(name, default="").strip().lower()
        if value in {"1", "true", "yes", "on"}:
            return True
        if value in {"0", "false", "no", "off"}:
            return False
        if value:
            raise ImproperlyConfigured(f"{name} must be 1 or 0, not '{value}'.")
        return default

    def number(self, name: str, *, default: int, least: int = 0) -> int:
        value = self.str(name, default="").strip() or str(default)
        if not value.isascii() or not value.isdigit() or int(value) < least:
            raise ImproperlyConfigured(
                f"{name} must be a whole number of at least {least}, not '{value}'."
            )
        return int(value)

    def day(self, name: str) -> date | None:
        value = self.str(name, default="").strip()
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise ImproperlyConfigured(
                f"{name} must be a date like 2017-11-23, not '{value}'."
            ) from error

    def one_of(self, name: str, allowed: tuple[str, ...], *, default: str) -> str:
        value = self.str(name, default="").strip() or default
        if value not in allowed:
            names = ", ".join(allowed)
            raise ImproperlyConfigured(f"{name} must be one of {names}, not '{value}'.")
        return value

    def folder(self, name: str, *, default: Path) -> Path:
        value = self.str(name, default="").strip()
        path = Path(value) if value else default
        if not path.is_absolute():
            raise ImproperlyConfigured(f"{name} must be an absolute path, not '{value}'.")
        return path

    def url(self, name: str, example: str, schemes: tuple[str, ...], *, default: str = "") -> str:
        """A URL whose scheme is one of ``schemes``; needed when there is no default."""
        value = self.str(name, default="").strip() or default or self.needed(name, example)
        if value.partition("://")[0] not in schemes:
            # The value itself may hold a password, so it is not repeated here.
            raise ImproperlyConfigured(
                f"{name} must start with {' or '.join(s + '://' for s in schemes)}. "
                f"Example: {example}"
            )
        try:
            parts = urlsplit(value)
            named = (parts.hostname or parts.path.strip("/")) and (parts.port or True)
        except ValueError:  # a port that is no number, a bracket that is not closed
            named = False
        if not named:
            raise ImproperlyConfigured(f"{name} is not a complete address. Example: {example}")
        return value


def _key(name: str, text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except ValueError:
        key = b""
    if len(key) != 32 or len(set(key)) < 8:  # eight: no key by chance has less, one by hand may
        # The text itself may be a key with a slip of the pen, so it is not repeated here.
        raise ImproperlyConfigured(
            f"{name} must hold keys of 32 random bytes in base64, with commas between. "
            "Example: what 'openssl rand -base64 32' prints"
        )
    return key


def _lasting_key(name: str, path: Path) -> str:
    """The key in this file, made once and readable by its owner only.

    Processes that start together agree on it: the first link wins, and it is whole from the start.
    """
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor, draft = tempfile.mkstemp(dir=path.parent)  # mkstemp gives mode 0600
            with os.fdopen(descriptor, "w") as file:
                file.write(base64.b64encode(os.urandom(32)).decode())
            with contextlib.suppress(FileExistsError):
                os.link(draft, path)
            os.unlink(draft)
        return path.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(
            f"{name} is not set, and {path} cannot be used instead: {error.strerror}."
        ) from error
