"""The bedrooms that a household needs, reckoned anew when it changes and at each birthday."""

from datetime import date

from django.db import transaction

from housing.models import Case
from housing.selectors.bedrooms import RoomRules, bedrooms_of, room_rules


def reckon_bedrooms(case: Case, *, on: date, rules: RoomRules | None = None) -> bool:
    """Reckon what a household needs by the ages on ``on``; whether that is another number.

    What was set by hand stays; the page says when the household changed since. The case is locked,
    or nobody else writes it.
    """
    rules = rules or room_rules(on=on)
    reckoned = bedrooms_of(case.persons.all(), rules, on=on)
    if reckoned == (case.bedrooms_now, case.bedrooms_later):
        return False
    case.bedrooms_now, case.bedrooms_later = reckoned
    case.save(update_fields=["bedrooms_now", "bedrooms_later"])
    return True


def reckon_all_bedrooms(*, on: date) -> int:
    """Every household that lives or waits here: a child may have had a birthday. How many changed.

    Each in a transaction of its own, so that nobody waits long; again the same day changes nothing.
    """
    rules = room_rules(on=on)
    changed = 0
    for key in Case.objects.housed_or_open().values_list("pk", flat=True):
        with transaction.atomic():
            case = Case.objects.select_for_update(of=["self"], no_key=True).get(pk=key)
            changed += reckon_bedrooms(case, on=on, rules=rules)
    return changed
