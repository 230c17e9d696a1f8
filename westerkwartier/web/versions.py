"""Two people in one form: who saves second learns what the first one changed."""

from collections.abc import Iterable
from hashlib import sha256

from django.db.models import Model

from westerkwartier.web.refusals import Refused


class Changed(Refused):
    """Somebody else changed the row since the form was opened; ``current`` is how it stands."""

    def __init__(self, sentence: str, *, current: Model) -> None:
        super().__init__(sentence)
        self.current = current


def version_of(obj: Model, fields: Iterable[str]) -> str:
    """A short text that is another one as soon as one of these fields has another value."""
    values = [(name, obj._meta.get_field(name).value_to_string(obj)) for name in fields]
    return sha256(repr(values).encode()).hexdigest()[:16]
