"""From the text in a cell to a value. Each reader raises ValueError with a sentence."""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

PERIOD = re.compile(r"(19|20)\d\d-(I|II)")


def text(raw: str) -> str:
    """Any text that is not empty."""
    if not raw:
        raise ValueError(_("this may not be empty"))
    return raw


def free(raw: str) -> str:
    """Any text, also none."""
    return raw


def integer(raw: str) -> int:
    if not re.fullmatch(r"[+-]?\d+", raw):
        raise ValueError(_("“%(raw)s” is not a whole number") % {"raw": raw})
    return int(raw)


def decimal(raw: str) -> Decimal:
    try:
        value = Decimal(raw)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise ValueError(_("“%(raw)s” is not a number such as 12.50") % {"raw": raw})
    return value


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
