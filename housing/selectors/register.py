"""What the register of dwellings asks: whose stock, which vacancies, who changed what."""

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery

from housing.models import Dwelling, Vacancy
from partners.choices import OrganisationKind, Result, Role
from partners.models import JournalEntry, Organisation, User, Village

POSTCODE_DIGITS = 4
HOUSE_NUMBER = re.compile(r"([0-9]{1,6})([A-Za-z]{0,4})")


def corporations_kept_by(user: User) -> QuerySet:
    """The corporations whose stock ``user`` may keep: see ``can_keep_stock``."""
    reach = user.reach
    return Organisation.objects.filter(
        Q(region__in=reach.regions_as(Role.COORDINATOR))
        | Q(pk__in=reach.organisations_as(Role.CORPORATION_STAFF)),
        kind=OrganisationKind.CORPORATION,
    ).order_by("name")


def having_dwellings(villages: QuerySet[Village]) -> QuerySet[Village]:
    """Those in which a dwelling of the register stands: the others lead nowhere in a filter."""
    return villages.filter(Exists(Dwelling.objects.filter(village=OuterRef("pk"))))


def with_open_vacancy(dwellings: QuerySet) -> QuerySet:
    """Adds ``open_vacancy``: the key of the vacancy that is open now, or None."""
    there = Vacancy.objects.filter(dwelling=OuterRef("pk"), closed_on__isnull=True)
    return dwellings.annotate(open_vacancy=Subquery(there.values("pk")[:1]))


def last_changed_by(obj: Model) -> User | None:
    """Who did the newest act on a row, by the journal; None when nobody did by hand."""
    line = (
        JournalEntry.objects.filter(
            object_kind=obj._meta.label_lower, object_key=str(obj.pk), result=Result.DONE
        )
        .select_related("actor")
        .order_by("-pk")
        .first()
    )
    return line.actor if line else None


def matching(queryset: QuerySet, words: list[str], prefix: str = "") -> QuerySet:
    """Dwellings, or rows about one at ``prefix`` (``dwelling__``), that hold every word.

    A word is found in the street, at the start of the postcode (from its four digits on: 9 is a
    house number) or in the village; a number is a house number, with its addition or without.
    """
    # Villages are few: as plain keys they let the database see how little a word finds.
    names = Village.objects.values_list("pk", "name") if words else ()
    villages = [(key, name.casefold()) for key, name in names]
    for word in words:
        found = Q(**{f"{prefix}street__icontains": word})
        if len(word) >= POSTCODE_DIGITS:
            found |= Q(**{f"{prefix}postcode__istartswith": word})
        if named := [key for key, name in villages if word.casefold() in name]:
            found |= Q(**{f"{prefix}village__in": named})
        if house := HOUSE_NUMBER.fullmatch(word):
            here = Q(**{f"{prefix}number": int(house[1])})
            if house[2]:
                here &= Q(**{f"{prefix}addition__iexact": house[2]})
            found |= here
        queryset = queryset.filter(found)
    return queryset


@dataclass(frozen=True)
class Version:
    """What a row became: when, by whom (None for the machine), and which fields changed.

    ``before`` and ``after`` are rows of the history; ``before`` is None for the first.
    """

    at: datetime
    by: User | None
    fields: tuple[str, ...]
    before: Dwelling | None
    after: Dwelling


def history_of(dwelling: Dwelling) -> list[Version]:
    """What the dwelling was in the course of time, the newest first. Two queries."""
    events = Dwelling.pgh_event_models["insert"].objects.filter(pgh_obj=dwelling.pk)
    rows = list(events.select_related("pgh_context", "village").order_by("pgh_id"))
    users = User.objects.in_bulk({user_key(row) for row in rows} - {None})
    names = [field.name for field in Dwelling._meta.fields if field.name != "id"]
    versions = [
        Version(first.pgh_created_at, users.get(user_key(first)), (), None, first)
        for first in rows[:1]
    ]
    for before, after in pairwise(rows):
        changed = tuple(
            name for name in names if field_value(before, name) != field_value(after, name)
        )
        if changed:
            by = users.get(user_key(after))
            versions.append(Version(after.pgh_created_at, by, changed, before, after))
    return versions[::-1]


def field_value(row, name: str):
    return getattr(row, row._meta.get_field(name).attname)


def user_key(event) -> int | None:
    """Who was signed in when the row was written, by the history's own context."""
    context = event.pgh_context
    return context.metadata.get("user") if context is not None else None
