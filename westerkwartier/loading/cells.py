"""From the text in a cell to a value. Each reader raises ValueError with a sentence."""

import re
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

PERIOD = re.compile(r"(19|20)\d\d-(I|II)")


def text(longest: int):
    """A reader for text that is not empty and fits its column."""

    def read(raw: str) -> str:
        if not raw:
            raise ValueError(_("this may not be empty"))
        return free(longest)(raw)

    return read


def free(longest: int):
    """A reader for text, also none, that fits its column."""

    def read(raw: str) -> str:
        if len(raw) > longest:
            raise ValueError(_("this is longer than %(number)s characters") % {"number": longest})
        return raw

    return read


def integer(raw: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,9}", raw):
        raise ValueError(_("“%(raw)s” is not a whole number") % {"raw": raw})
    return int(raw)


def count(raw: str) -> int:
    """A whole number of zero or more."""
    value = integer(raw)
    if value < 0:
        raise ValueError(_("“%(raw)s” is below zero") % {"raw": raw})
    return value


def decimal(places: int):
    """A reader for a number with at most so many decimals: more would be lost on storing."""

    def read(raw: str) -> Decimal:
        if not re.fullmatch(r"[+-]?\d{1,5}(\.\d+)?", raw):
            raise ValueError(_("“%(raw)s” is not a number such as 12.50") % {"raw": raw})
        if len(raw.partition(".")[2]) > places:
            raise ValueError(
                _("“%(raw)s” has more than %(number)s decimals") % {"raw": raw, "number": places}
            )
        return Decimal(raw)

    return read


def day(raw: str) -> date:
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise ValueError(_("“%(raw)s” is not a date such as 2016-03-24") % {"raw": raw}) from None


def period(raw: str) -> str:
    if not PERIOD.fullmatch(raw):
        raise ValueError(_("“%(raw)s” is not a half-year such as 2017-I") % {"raw": raw})
    return raw


def code(raw: str) -> str:
    """CBS code of a municipality."""
    if not re.fullmatch(r"GM\d{4}", raw):
        raise ValueError(_("“%(raw)s” is not a CBS code such as GM0025") % {"raw": raw})
    return raw


def yes_no(raw: str) -> bool:
    if raw not in ("yes", "no"):
        raise ValueError(_("“%(raw)s” is not yes or no") % {"raw": raw})
    return raw == "yes"


def one_of(*values: str):
    """A reader that accepts only these words."""

    def read(raw: str) -> str:
        if raw not in values:
            raise ValueError(
                _("“%(raw)s” is none of %(values)s") % {"raw": raw, "values": ", ".join(values)}
            )
        return raw

    return read


def optional(reader):
    """A reader that gives None for an empty cell."""

    def read(raw: str):
        return reader(raw) if raw else None

    return read
