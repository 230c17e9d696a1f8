"""Where an act comes from: a browser, the worker or a command; told in every journal line."""

from contextvars import ContextVar

from django.conf import settings

origin: ContextVar[str] = ContextVar("origin", default="command")


def client_address(meta: dict, proxies: int) -> str:
    """Where a request came from, behind ``proxies`` of our own that each add to X-Forwarded-For.

    What stands further to the left was sent along by the client and may be made up.
    """
    chain = [part.strip() for part in meta.get("HTTP_X_FORWARDED_FOR", "").split(",") if part]
    if proxies and len(chain) >= proxies:
        return chain[-proxies]
    return meta.get("REMOTE_ADDR", "")


def web_origin(get_response):
    """Middleware: acts within a request come from the web, at the address it was sent from.

    The journal and the count of failed sign-ins both read it as ``REMOTE_ADDR``.
    """

    def middleware(request):
        request.META["REMOTE_ADDR"] = client_address(request.META, settings.PROXIES)
        token = origin.set(f"web {request.META.get('REMOTE_ADDR', '')}".strip())
        try:
            return get_response(request)
        finally:
            origin.reset(token)

    return middleware
