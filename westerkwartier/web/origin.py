"""Where an act comes from: a browser, the worker or a command; told in every journal line."""

from contextvars import ContextVar

origin: ContextVar[str] = ContextVar("origin", default="command")


def web_origin(get_response):
    """Middleware: acts within a request come from the web, at the address it was sent from."""

    def middleware(request):
        token = origin.set(f"web {request.META.get('REMOTE_ADDR', '')}".strip())
        try:
            return get_response(request)
        finally:
            origin.reset(token)

    return middleware
