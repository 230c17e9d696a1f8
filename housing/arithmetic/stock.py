"""Addresses of dwellings, and how many households live close together."""

import re
from decimal import Decimal

POSTCODE_FORM = re.compile(r"[1-9][0-9]{3}[A-Z]{2}")  # as it is stored


def postcode_stored(text: str) -> str:
    """A postcode as people write it, the way it is kept: ``9356 xl`` → ``9356XL``."""
    return "".join(text.split()).upper()


def postcode_written(postcode: str) -> str:
    """``9356XL`` as people write it: ``9356 XL``."""
    return f"{postcode[:4]} {postcode[4:].strip()}".strip()


def passes_threshold(households: int, dwellings: int, *, share: Decimal, at_least: int) -> bool:
    """Whether so many households of permit holders in so many dwellings ask for a warning."""
    return households >= at_least and bool(dwellings) and Decimal(households) / dwellings >= share
