"""Model fields whose values are sealed in the database: text and dates.

    name = SealedTextField(_("name"), label="person.name", max_length=200, blank=True)
    born_on = SealedDateField(_("date of birth"), label="person.born_on", null=True, blank=True)

In Python the value is a plain ``str`` or ``date``; the column is ``bytea``. ``label`` is part of
the seal, so it never changes, also when the model or the column gets another name. A table of row
history copies the bytes as they are and declares the same label (django-pghistory does both).

An empty text is stored as no bytes: that a value is empty, and how long it is, can be seen.
Sealed columns can be read and written in every way of the ORM, but not searched: only ``isnull``
works. ``BlindTokensField`` beside it finds rows. Ordering by a sealed column means nothing.

Two things follow from the random nonce. A value saved again looks changed to the database: name
the fields you write (``update_fields``), or the history gets a line in which nothing changed. And
``dumpdata`` leaves sealed fields out, because it would write them in the clear: ``pg_dump`` is the
back-up.
"""

from datetime import date

from django import forms
from django.core import checks, validators
from django.core.exceptions import FieldError
from django.db import models
from django.db.models.lookups import GreaterThan

from westerkwartier.web.sealing import Unsealable, seal, unseal

__all__ = ["SealedDateField", "SealedField", "SealedTextField", "Unsealable", "filled"]


# Beside isnull those that the triggers of row history are made with: did these bytes change?
LOOKUPS = {"isnull", "df", "ndf"}


class SealedField(models.Field):
    """What both kinds share; ``_to_text`` and ``_from_text`` differ."""

    def __init__(self, *args, label: str, **kwargs):
        self.label = label
        super().__init__(*args, **{**kwargs, "serialize": False})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("serialize", None)
        return name, path, args, {**kwargs, "label": self.label}

    def get_internal_type(self):
        return "BinaryField"

    def get_db_prep_value(self, value, connection, prepared=False):
        value = value if prepared else self.get_prep_value(value)
        return None if value is None else self.sealed(value)

    def from_db_value(self, value, _expression, _connection):
        return None if value is None else self.opened(bytes(value))

    def sealed(self, value) -> bytes:
        return seal(self._to_text(value).encode(), label=self.label)

    def opened(self, sealed: bytes):
        """The value in ``sealed``, bytes as they stand in the column; raises ``Unsealable``."""
        return self._from_text(unseal(sealed, label=self.label).decode())

    def get_lookup(self, lookup_name):
        if lookup_name in LOOKUPS:
            return super().get_lookup(lookup_name)
        raise FieldError(
            f"'{self.name}' is sealed: the database cannot search it by '{lookup_name}'. "
            "Only 'isnull' works; search by a BlindTokensField beside it."
        )

    def check(self, **kwargs):
        return [*super().check(**kwargs), *self._check_not_indexed()]

    def _check_not_indexed(self):
        if self.unique or self.db_index or self.primary_key:
            yield checks.Error(
                "A sealed field cannot be unique or indexed: equal values look different.",
                obj=self,
                id="web.E001",
            )


class SealedTextField(SealedField):
    """A sealed ``str``. ``max_length`` is for forms and ``full_clean``; without it, a text area."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(validators.MaxLengthValidator(self.max_length))

    def to_python(self, value):
        return value if value is None or isinstance(value, str) else str(value)

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        if value == b"":  # the default that Django gives to a new column of bytes
            return ""
        return self.to_python(value)

    def formfield(self, **kwargs):
        area = {} if self.max_length else {"widget": forms.Textarea}
        return super().formfield(**{"max_length": self.max_length, **area, **kwargs})

    def _to_text(self, value: str) -> str:
        return value

    def _from_text(self, text: str) -> str:
        return text


class SealedDateField(SealedField):
    """A sealed ``date``."""

    empty_strings_allowed = False
    default_error_messages = models.DateField.default_error_messages
    to_python = models.DateField.to_python  # reads what people and forms give

    def get_prep_value(self, value):
        return self.to_python(super().get_prep_value(value))

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": forms.DateField, **kwargs})

    def _to_text(self, value: date) -> str:
        return value.isoformat()

    def _from_text(self, text: str) -> date:
        return date.fromisoformat(text)


def filled(field: str) -> models.Q:
    """For a check constraint: the sealed text is not empty (an empty one is stored as no bytes)."""
    bytes_kept = models.Func(
        models.F(field), function="octet_length", output_field=models.IntegerField()
    )
    return models.Q(GreaterThan(bytes_kept, 0))
