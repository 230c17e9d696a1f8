"""The access log of the web process, without the links that are themselves a key."""

from gunicorn.glogging import Logger as GunicornLogger

from westerkwartier.web.logs import masked


class Logger(GunicornLogger):
    def atoms(self, resp, req, environ, request_time):
        atoms = super().atoms(resp, req, environ, request_time)
        return {
            name: masked(value) if isinstance(value, str) else value
            for name, value in atoms.items()
        }
