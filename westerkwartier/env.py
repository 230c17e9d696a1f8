"""Settings from the environment: typed, from a variable or from the file that NAME_FILE names.

Every reader either returns a sensible value or raises ``ImproperlyConfigured`` with a sentence
that says which variable is wrong and what it should look like.
"""

from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured


class Env(environ.FileAwareEnv):
    """django-environ's reader with sentences for what is missing or makes no sense."""

    def needed(self, name: str, example: str) -> str:
        """The text of a variable that has no default; ``example`` is shown when it is missing."""
        try:
            value = self.str(name, default="").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE cannot be read: {error.strerror}.") from error
        if not value:
            raise ImproperlyConfigured(
                f"{name} is missing. Set it in the environment, or set {name}_FILE to a file "
                f"that holds it. Example: {example}"
            )
        return value

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
