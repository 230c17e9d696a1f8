"""How a service says no."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.db.models import Model


class Refused(Exception):
    """A service refuses for a reason the user can understand: ``str(error)`` is a sentence.

    The pages show it beside the form, at ``field`` where that is one of its fields, or on the
    confirmation; nothing has been written.
    """

    def __init__(self, sentence: str = "", *, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


@contextmanager
def refused_by_constraints(
    model: type[Model], fields: Mapping[str, str] | None = None
) -> Iterator[None]:
    """Within it a constraint of ``model`` that says no becomes ``Refused`` with its own sentence.

    ``fields`` names the field of the form that goes with a constraint, by the constraint's name.
    What was written within is taken back; any other fault of integrity goes on.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        diagnosis = getattr(error.__cause__, "diag", None)
        name = getattr(diagnosis, "constraint_name", None)
        for constraint in model._meta.constraints:
            if constraint.name == name:
                sentence = str(constraint.get_violation_error_message())
                raise Refused(sentence, field=(fields or {}).get(name, "")) from error
        raise
