"""Households that may have been entered twice."""

import re
from dataclasses import dataclass

from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Upper

from housing.models import Case, Person
from partners.models import User
from westerkwartier.web.blind import name_tokens, normalise_number


@dataclass(frozen=True)
class Duplicate:
    """A household that looks like another one; what they share, in any combination."""

    case: Case
    same_reference: bool
    same_number: bool
    same_person: bool  # name and date of birth


def reference_key(reference: str) -> str:
    """A reference without what people type differently: case, spaces, dots and dashes."""
    return re.sub(r"[^A-Z0-9]", "", reference.upper())


def possible_duplicates(case: Case, *, user: User) -> list[Duplicate]:
    """Other households that ``user`` sees with the same reference, a person with the same
    V-number, or one with the same name and date of birth. Three queries."""
    others = Case.objects.visible_to(user).exclude(pk=case.pk).filter(merged_into=None)
    by_reference = set(
        others.annotate(
            key=Func(
                Upper(F("reference")),
                Value("[^A-Z0-9]"),
                Value(""),
                Value("g"),
                function="regexp_replace",
                output_field=TextField(),
            )
        )
        .filter(key=reference_key(case.reference))
        .values_list("pk", flat=True)
    )
    by_number, by_person = _by_persons(case)
    found = by_reference | by_number | by_person
    return [
        Duplicate(
            case=other,
            same_reference=other.pk in by_reference,
            same_number=other.pk in by_number,
            same_person=other.pk in by_person,
        )
        for other in others.filter(pk__in=found).order_by("linked_on", "pk")
    ]


def _by_persons(case: Case) -> tuple[set[int], set[int]]:
    """Keys of the households that share a V-number, and of those that share a person."""
    own = list(case.persons.all())
    numbers = {normalise_number(person.v_number) for person in own} - {""}
    identities = {identity(person) for person in own} - {None}
    wanted = Q()
    for number in numbers:
        wanted |= Q(number_tokens__found_by=number)
    for name, _born in identities:
        wanted |= Q(name_tokens__found_by=" ".join(name))
    if not wanted:
        return set(), set()
    others = list(Person.objects.filter(wanted).exclude(case=case.pk))
    return (
        {one.case_id for one in others if normalise_number(one.v_number) in numbers},
        {one.case_id for one in others if identity(one) in identities},
    )


def identity(person: Person) -> tuple | None:
    """What tells a person apart besides the number: the parts of the name and the birth date."""
    parts = tuple(sorted(name_tokens(person.name)))
    return (parts, person.birth_date) if parts and person.birth_date else None
