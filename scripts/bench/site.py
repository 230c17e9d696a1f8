"""The product in this process, asked as its web server asks it, on the database of a size."""

import base64
import json
from collections.abc import Callable
from http.cookies import SimpleCookie

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.serializers.json import DjangoJSONEncoder
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.http import QueryDict
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partners.models import User
from scripts.bench.fill import EMAIL
from westerkwartier.web.sessions import SessionStore


class Site:
    """One size. ``use()`` makes its connection, which stays open, the one of the product."""

    def __init__(self, application, name: str, rows: int) -> None:
        self.application, self.rows, self.alias = application, rows, name
        connections.settings[name] = {**connections.settings["default"], "NAME": name}
        self.use()
        user = User.objects.get(email=EMAIL)
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        self.user = user
        self.cookie = SimpleCookie({settings.SESSION_COOKIE_NAME: session.session_key})

    def use(self) -> None:
        connections["default"] = connections[self.alias]

    def ask(self, path: str) -> Callable[[], str]:
        """A function that asks for the page, through everything that a request passes."""
        factory = RequestFactory(
            SERVER_NAME="localhost", HTTP_COOKIE=self.cookie.output(header="", sep=";").strip()
        )
        statuses: list[str] = []

        def answer(status, _headers, _error=None):
            statuses.append(status)

        def act() -> str:
            self.use()
            environ = factory.get(path).environ
            response = self.application(environ, answer)
            body = b"".join(response)
            response.close()
            if (status := statuses.pop()) != "200 OK":
                raise RuntimeError(f"{path} answered {status}")
            return body.decode()

        return act

    def queries(self, path: str) -> int:
        """How many statements a page takes; the end of a transaction is no statement."""
        act = self.ask(path)
        act()
        with CaptureQueriesContext(connections["default"]) as caught:
            act()
        return sum(query["sql"] not in ("BEGIN", "COMMIT") for query in caught.captured_queries)

    def pages(self, view, name: str, params: str) -> dict[str, str]:
        """Addresses of the first page of a list, the middle one and the last one."""
        self.use()
        request = RequestFactory().get("/", QueryDict(params))
        request.user = self.user
        page = view(request=request)
        page.setup(request)
        queryset, _filterset = page.filtered()
        _aliases, order = view.table_class.sort_fields("")
        fields = [part.lstrip("-") for part in order] + ["pk"]
        sign = "-" if order[-1].startswith("-") else ""
        rows = queryset.order_by(*order, f"{sign}pk").values_list(*fields)
        count = rows.count()
        url = f"{reverse(name)}?{params}"
        if count < 3:
            raise RuntimeError(f"{url} has too few rows to measure")
        return {
            "first": url,
            "middle": f"{url}&after={cursor(rows[count // 2])}",
            "last": f"{url}&after={cursor(rows[max(0, count - 51)])}",
        }


def cursor(values: tuple) -> str:
    """Where to go on after a row, as the pages write it."""
    text = json.dumps(list(values), cls=DjangoJSONEncoder)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def application():
    return get_wsgi_application()
