"""What a household needs and wishes, who handles it and who guides it."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction

from housing.models import Case, CaseNeed, CasePreference, FunctionalNeed
from housing.policies import can_change_case
from housing.services.steps import locked_case
from partners.models import Organisation, User, Village
from partners.services.journal import record
from westerkwartier.web.refusals import refused_by_constraints


@transaction.atomic
def describe_household(
    *,
    by: User,
    case: Case,
    needs: Iterable[FunctionalNeed],
    preferences: Iterable[tuple[str, Village]],
    handler: User | None,
    guidance: Organisation | None,
) -> Case:
    """Keep these and no other needs, preferences (reason, village), handler and guidance.

    The same twice writes once.
    """
    if not can_change_case(by, case):
        raise PermissionDenied
    case = locked_case(case)
    changed = _put_needs(case, needs) + _put_preferences(case, preferences)
    people = {"handler": handler, "guidance": guidance}
    moved = [name for name, value in people.items() if getattr(case, name) != value]
    if moved:
        for name in moved:
            setattr(case, name, people[name])
        case.save(update_fields=moved)
    if changed or moved:
        record(by=by, action="case.describe", obj=case, region=case.region)
    return case


def _put_needs(case: Case, needs: Iterable[FunctionalNeed]) -> int:
    wanted = {need.pk: need for need in needs}
    there = {row.need_id: row for row in case.needs.all()}
    gone = [row.pk for key, row in there.items() if key not in wanted]
    new = [CaseNeed(case=case, need=need) for key, need in wanted.items() if key not in there]
    if gone:
        case.needs.filter(pk__in=gone).delete()
    if new:
        CaseNeed.objects.bulk_create(new)
    return len(gone) + len(new)


def _put_preferences(case: Case, preferences: Iterable[tuple[str, Village]]) -> int:
    wanted = {(reason, village.pk) for reason, village in preferences}
    there = {(row.reason, row.village_id): row.pk for row in case.preferences.all()}
    gone = [pk for key, pk in there.items() if key not in wanted]
    new = sorted(wanted - there.keys())
    if gone:
        case.preferences.filter(pk__in=gone).delete()
    if new:
        with refused_by_constraints(CasePreference):
            CasePreference.objects.bulk_create(
                CasePreference(case=case, reason=reason, village_id=village)
                for reason, village in new
            )
    return len(gone) + len(new)
