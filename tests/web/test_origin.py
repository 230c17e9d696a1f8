"""The address of a client behind proxies; it is counted on to lock out who guesses passwords."""

import pytest

from westerkwartier.web.origin import client_address


@pytest.mark.parametrize(
    ("forwarded", "proxies", "expected"),
    [
        ("", 0, "10.0.0.1"),
        ("198.51.100.7", 0, "10.0.0.1"),  # nobody of ours said so
        ("198.51.100.7", 1, "198.51.100.7"),
        ("1.2.3.4, 198.51.100.7", 1, "198.51.100.7"),  # the first part is made up
        ("1.2.3.4, 198.51.100.7, 10.0.0.9", 2, "198.51.100.7"),
        ("198.51.100.7", 2, "10.0.0.1"),
        ("", 1, "10.0.0.1"),
    ],
)
def test_only_our_own_proxies_are_believed(forwarded, proxies, expected):
    meta = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": forwarded}
    assert client_address(meta, proxies) == expected
