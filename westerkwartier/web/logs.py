"""What the log leaves out."""

import logging
import re

# An invitation, a new password and a question to confirm are opened by whoever has the link.
SECRET = re.compile(r"(/people/welcome/|/account/password/reset/key/|/confirm/)[^/?\s]+")


def masked(text: str) -> str:
    """The address with its secret replaced by dots."""
    return SECRET.sub(r"\1…", text)


class RefusalInOneLine(logging.Filter):
    """A refused act (403) is no fault of the program: one line, without the traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", None) == 403:
            record.exc_info = record.exc_text = None
        return True


class WithoutSecrets(logging.Filter):
    """A line about a request names its address, so the secret in it becomes dots here too."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(
                masked(part) if isinstance(part, str) else part for part in record.args
            )
        return True
