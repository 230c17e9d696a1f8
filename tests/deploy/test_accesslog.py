"""A link that opens an account does not stand in the log."""

import logging

import pytest

from westerkwartier.web.logs import WithoutSecrets, masked


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (f"GET /people/welcome/{'a1' * 32}/ HTTP/1.1", "GET /people/welcome/…/ HTTP/1.1"),
        (
            "GET /account/password/reset/key/3-cz1f-9a/ HTTP/1.1",
            "GET /account/password/reset/key/…/ HTTP/1.1",
        ),
        (f"POST /confirm/{'b2' * 32}/ HTTP/1.1", "POST /confirm/…/ HTTP/1.1"),
        ("GET /vacancies/?q=kerk HTTP/1.1", "GET /vacancies/?q=kerk HTTP/1.1"),
    ],
)
def test_secrets_become_dots(line, shown):
    assert masked(line) == shown


def test_a_line_about_a_faulty_request_has_dots_too():
    told = "%s: %s"
    args = ("Unprocessable Entity", f"/confirm/{'b2' * 32}/")
    record = logging.LogRecord("django.request", logging.WARNING, "", 0, told, args, None)
    assert WithoutSecrets().filter(record)
    assert record.getMessage() == "Unprocessable Entity: /confirm/…/"
