"""The rows of a data file that is the same for every region."""

import csv

from tests.laws.walk import ROOT


def national_rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "data/national" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
