"""Whom a note calls: "@Anna" or "@Anna de Vries" in its text. Pure text, no Django."""

import re
from collections.abc import Mapping

WORD = re.compile(r"\w", re.UNICODE)


def mentioned(text: str, names: Mapping[int, str]) -> set[int]:
    """The keys of the people in ``names`` whom ``text`` calls with "@".

    The whole name goes before the first word of a name; what fits nobody, or two people, calls
    nobody. Capitals do not matter. An e-mail address is no call: there a letter stands before "@".
    """
    found = set()
    text = text.casefold()
    for call in re.finditer(r"(?<![\w.+-])@", text):
        rest = text[call.end() :]
        whole = {key for key, name in names.items() if _starts(rest, name.casefold().strip())}
        longest = max((len(names[key]) for key in whole), default=0)
        fitting = {key for key in whole if len(names[key]) == longest}
        if not whole:
            fitting = {
                key
                for key, name in names.items()
                if name.split() and _starts(rest, name.casefold().split()[0])
            }
        if len(fitting) == 1:
            found |= fitting
    return found


def _starts(text: str, name: str) -> bool:
    """Whether ``text`` begins with ``name`` and the name ends there."""
    return bool(name) and text.startswith(name) and not WORD.match(text[len(name) :])
