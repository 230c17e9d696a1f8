"""What somebody sees when a request fails: a sentence, never a traceback."""

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


@requires_csrf_token
def server_error(request):
    """``handler500``: 503 with "try again shortly" while the database or broker is away, else 500.

    Django calls this while it handles the exception, so the cause can still be asked for. The
    page is rendered without the request: what failed may be the session or the user.
    """
    if isinstance(sys.exc_info()[1], OUTAGES):
        response = render(None, "503.html", status=503)
        response.headers["Retry-After"] = "10"
        return response
    return render(None, "500.html", status=500)
