"""From a cell to a value. Each reader raises CellError with a sentence about the cell."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from westerkwartier.web.sheets.kinds import Reader


def text(max_length: int) -> Reader:
    """str, at most ``max_length`` characters."""
    raise NotImplementedError


def whole_number(low: int, high: int) -> Reader:
    """int from ``low`` up to and including ``high``."""
    raise NotImplementedError


def amount(high: Decimal | int) -> Reader:
    """Decimal in euros with two places, from 0 up to and including ``high``."""
    raise NotImplementedError


def day() -> Reader:
    """date."""
    raise NotImplementedError


def yes_no() -> Reader:
    """bool."""
    raise NotImplementedError


def one_of(spellings: Mapping[str, Any]) -> Reader:
    """The value that belongs to an accepted spelling, whatever its case."""
    raise NotImplementedError


def postcode() -> Reader:
    """str such as 9356XL."""
    raise NotImplementedError


def house_number() -> Reader:
    """int from 1 to 99999."""
    raise NotImplementedError


def bag_id() -> Reader:
    """str of 16 digits: an object of the BAG."""
    raise NotImplementedError


def optional(reader: Reader) -> Reader:
    """``reader``, and None for an empty cell."""
    raise NotImplementedError
