"""Whom a text calls with "@"."""

import pytest

from housing.arithmetic.mentions import mentioned

NAMES = {1: "Anna de Vries", 2: "Bert Bos", 3: "Anna Smit", 4: "Jan", 5: "Jan Jansen", 6: ""}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@Bert kijk eens", {2}),
        ("Vraag aan @bert bos.", {2}),
        ("@Anna weet het", set()),
        ("@Anna Smit weet het", {3}),
        ("@anna de vries, @Bert", {1, 2}),
        ("@Jan Jansen", {5}),
        ("@Jan, graag", {4}),
        ("@Berta", set()),
        ("mail naar iemand@bert.example", set()),
        ("@", set()),
        ("@@bert", {2}),
        ("(@bert)", {2}),
        ("niets", set()),
    ],
)
def test_a_name_calls_when_it_fits_one_person(text, found):
    assert mentioned(text, NAMES) == found
