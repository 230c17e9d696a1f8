"""What somebody sees when a request fails: a sentence, never a traceback."""

import logging
import sys

import redis.exceptions
from django.db import InterfaceError, OperationalError
from django.shortcuts import render
from django.views.decorators.csrf import requires_csrf_token
from kombu.exceptions import OperationalError as BrokerError
from psycopg_pool import PoolTimeout

OUTAGES = (
    OperationalError,
    InterfaceError,
    PoolTimeout,
    BrokerError,
    redis.exceptions.ConnectionError,
    redis.exceptions.TimeoutError,
)


logger = logging.getLogger(__name__)


@requires_csrf_token
def bad_request(request, exception):
    """``handler400``: the address or the form is damaged."""
    return page_of(request, 400)


@requires_csrf_token
def permission_denied(request, exception):
    """``handler403``: the reader may see the object, not act on it."""
    return page_of(request, 403)


@requires_csrf_token
def page_not_found(request, exception):
    """``handler404``: nothing there, or nothing for this reader; the page does not tell which."""
    return page_of(request, 404)


@requires_csrf_token
def csrf_failure(request, reason=""):
    """``CSRF_FAILURE_VIEW``: a form that was open for too long, or came from elsewhere."""
    return page_of(request, 403, "403_csrf.html")


def page_of(request, status: int, template: str = ""):
    """The page for ``status`` with the menu, banner and language of every page.

    That takes the session and the user; while those are out of reach the page does without.
    """
    template = template or f"{status}.html"
    try:
        return render(request, template, {"shell": "base.html"}, status=status)
    except OUTAGES as outage:
        logger.warning("Page %s without menu: %s", status, type(outage).__name__)
        return render(None, template, status=status)


@requires_csrf_token
def server_error(request):
    """``handler500``: 503 with "try again shortly" while the database or broker is away, else 500.

    Django calls this while it handles the exception, so the cause can still be asked for. The
    page is rendered without the request: what failed may be the session or the user.
    """
    if isinstance(sys.exc_info()[1], OUTAGES):
        if hasattr(request, "session"):
            del request.session  # else its middleware would wait for the database once more
        response = render(None, "503.html", status=503)
        response.headers["Retry-After"] = "10"
        return response
    return render(None, "500.html", status=500)
