"""A link that opens an account does not stand in the log."""

import pytest

from westerkwartier.accesslog import masked


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (f"GET /people/welcome/{'a1' * 32}/ HTTP/1.1", "GET /people/welcome/…/ HTTP/1.1"),
        (
            "GET /account/password/reset/key/3-cz1f-9a/ HTTP/1.1",
            "GET /account/password/reset/key/…/ HTTP/1.1",
        ),
        ("GET /vacancies/?q=kerk HTTP/1.1", "GET /vacancies/?q=kerk HTTP/1.1"),
    ],
)
def test_secrets_become_dots(line, shown):
    assert masked(line) == shown
