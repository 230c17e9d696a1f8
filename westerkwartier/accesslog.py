"""The access log of the web process, without the links that are themselves a key."""

import re

from gunicorn.glogging import Logger as GunicornLogger

# An invitation and a new password are opened by whoever has the link.
SECRET = re.compile(r"(/people/welcome/|/account/password/reset/key/)[^/?\s]+")


def masked(text: str) -> str:
    """The address with its secret replaced by dots."""
    return SECRET.sub(r"\1…", text)


class Logger(GunicornLogger):
    def atoms(self, resp, req, environ, request_time):
        atoms = super().atoms(resp, req, environ, request_time)
        return {
            name: masked(value) if isinstance(value, str) else value
            for name, value in atoms.items()
        }
