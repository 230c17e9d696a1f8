"""Finding sealed values by exact part of a name or by number, through keyed hashes.

    name_tokens = BlindTokensField(label="person.name", of="name", kind="name")
    …
    indexes = [GinIndex(fields=["name_tokens"], name="person_by_name")]

    Person.objects.filter(name_tokens__found_by="van der Berg")

The column holds a hash of every part of what the fields ``of`` say, and nothing else; whoever has
the database without the keys cannot tell which name it is, only that two rows share a part. Saving
a row fills it. A write that goes past ``pre_save`` does not: name both columns in
``update_fields``, call ``fill_tokens`` before ``bulk_update``, and never ``update()`` a field
that tokens are made of.

The hashes change with the key, so a unique constraint on them holds as long as no key is being
changed; ``rotate_personal_data`` makes them anew.
"""

import re
import unicodedata
from collections.abc import Callable

from django.contrib.postgres.fields import ArrayField
from django.core import checks
from django.core.exceptions import EmptyResultSet, FieldDoesNotExist
from django.db import models

from westerkwartier.web.sealing import blind, blind_under_each

SIZE = 16  # bytes of a hash that are kept: no two names meet by chance
# Letters that Unicode takes for letters of their own and people leave out or write in two.
PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th"}
)


def _plain(text: str) -> str:
    """Without case and accents."""
    for _round in range(2):  # folding the case of some letters brings out an accent
        text = unicodedata.normalize("NFKD", text)
        text = "".join(c for c in text if unicodedata.category(c)[0] != "M").casefold()
    return text.translate(PLAIN)


def name_tokens(name: str) -> list[str]:
    """The parts of a name that it can be found by, in order.

    Without case and accents, split where anything but a letter or digit stands: spaces, hyphens,
    apostrophes of every kind. "van", "der" and "el" count; a part without a letter does not.
    """
    parts = re.split(r"[\W_ʰ-˿]+", _plain(name))
    return [part for part in parts if any(c.isalpha() for c in part)]


def normalise_number(number: str) -> str:
    """A number as it is compared: letters and digits only, without the V before a V-number."""
    kept = "".join(c for c in _plain(number) if c.isalnum())
    return re.sub(r"^v(?=\d+$)", "", kept)


def number_tokens(number: str) -> list[str]:
    """The one token of a number, or none."""
    return list(filter(None, [normalise_number(number)]))


KINDS: dict[str, Callable[[str], list[str]]] = {"name": name_tokens, "number": number_tokens}


class BlindTokensField(ArrayField):
    """Hashes of the tokens in the fields ``of`` of the same row, sorted; ``kind`` as in ``KINDS``.

    ``label`` is hashed too, so that columns cannot be compared with each other.
    """

    def __init__(self, *args, label: str, of: str | list[str], kind: str = "name", **kwargs):
        self.label = label
        self.of = [of] if isinstance(of, str) else list(of)
        self.kind = kind
        kwargs = {"default": list, "blank": True, "editable": False, **kwargs}
        super().__init__(*args, **{**kwargs, "base_field": models.CharField(max_length=2 * SIZE)})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["base_field"]
        own = {"label": self.label, "of": self.of, "kind": self.kind}
        return name, path, args, {**kwargs, **own}

    def tokens(self, text: str) -> list[str]:
        return KINDS[self.kind](text)

    def hashes(self, values) -> list[str]:
        """The hashes of these values of the fields ``of``, under the first key."""
        tokens = {token for value in values for token in self.tokens(str(value or ""))}
        return sorted(blind(token, label=self.label)[:SIZE].hex() for token in tokens)

    def pre_save(self, instance, add):
        hashes = self.hashes(getattr(instance, name) for name in self.of)
        setattr(instance, self.attname, hashes)
        return hashes

    def check(self, **kwargs):
        return [*super().check(**kwargs), *self._check_sources()]

    def _check_sources(self):
        for name in self.of:
            try:
                self.model._meta.get_field(name)
            except FieldDoesNotExist:
                yield checks.Error(
                    f"The tokens are made of '{name}', which is no field of this model.",
                    obj=self,
                    id="web.E002",
                )
        if self.kind not in KINDS:
            yield checks.Error(
                f"'{self.kind}' is none of {', '.join(KINDS)}.", obj=self, id="web.E003"
            )


@BlindTokensField.register_lookup
class FoundBy(models.Lookup):
    """Rows that have every token of a text, in any order; a text without tokens finds none.

    While keys are changed a hash may stand under any of them; else it is one look in the index.
    """

    lookup_name = "found_by"
    prepare_rhs = False

    def as_sql(self, compiler, connection):
        field = self.lhs.output_field
        words = [
            [token[:SIZE].hex() for token in blind_under_each(word, label=field.label)]
            for word in dict.fromkeys(field.tokens(self.rhs))
        ]
        if not words:
            raise EmptyResultSet
        column, parameters = self.process_lhs(compiler, connection)
        array = f"%s::{field.db_type(connection)}"
        if all(len(word) == 1 for word in words):
            return f"{column} @> {array}", [*parameters, [word[0] for word in words]]
        sql = " AND ".join(f"{column} && {array}" for _word in words)
        return f"({sql})", [part for word in words for part in (*parameters, word)]


def fill_tokens(*instances: models.Model) -> None:
    """Set the tokens of these rows from their fields, as saving does: before ``bulk_update``."""
    for instance in instances:
        for field in instance._meta.concrete_fields:
            if isinstance(field, BlindTokensField):
                field.pre_save(instance, add=False)
