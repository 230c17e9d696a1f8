"""Taking back that a household was split, or that two were taken together.

Two households change, so both must still be as the step left them: nothing was done since, nobody
came or went. Nothing is wiped out here either. The household that was only made by the split ends
on the day it began, so that no figure of the past counts it, and its reference is free again.
"""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from housing.choices import StepCode, StepReason
from housing.models import Case, CaseStep, DwellingCheck, Occupancy, Person
from housing.selectors.steps import standing_steps
from housing.services.bedrooms import reckon_bedrooms
from housing.services.guidance import plan_tasks
from housing.services.households import move_persons
from housing.services.steps import add_step
from partners.models import User
from westerkwartier.web.refusals import Refused, refused_by_constraints


def keeps_who_moved(step: CaseStep) -> bool:
    """Whether the step tells who went where; those of before it was kept cannot be taken back."""
    return "persons" in step.kept


def undo_split(step: CaseStep, other: Case, *, by: User, reason: str, now: datetime) -> None:
    """Who went on as ``other`` comes back, and lives again where they lived."""
    case = step.case
    persons = _unchanged(step, other, expects=StepCode.LINK, lives_in=other)
    if other.notes.filter(withdrawn_at=None).exists():
        raise Refused(
            _("There is a note on household %(reference)s, so the step stays.")
            % {"reference": other.reference}
        )
    move_persons(persons, case)
    for occupancy in Occupancy.objects.filter(pk__in=step.kept["occupancies"]):
        occupancy.moved_out_on = None
        with refused_by_constraints(Occupancy):
            occupancy.save(update_fields=["moved_out_on"])
    add_step(
        by=by,
        case=other,
        code=StepCode.UNLINK,
        on=other.linked_on,
        reason=StepReason.MERGED,
        remark=reason,
        now=now,
    )
    other.unlinked_on, other.merged_into = other.linked_on, case
    other.reference = _freed(other)
    other.save(update_fields=["unlinked_on", "merged_into", "reference"])
    _reckon((case, other), now)


def undo_merge(step: CaseStep, other: Case, *, by: User, reason: str, now: datetime) -> None:
    """Who came from ``other`` goes back there, and ``other`` waits again as it did."""
    case = step.case
    persons = _unchanged(step, other, expects=StepCode.UNLINK, lives_in=case)
    if DwellingCheck.objects.filter(person__in=persons, tenancy__case=case).exists():
        raise Refused(
            _("A dwelling check was kept for somebody who came along, so the step stays.")
        )
    Occupancy.objects.filter(pk__in=step.kept.get("occupancies", [])).delete()
    Person.objects.filter(pk__in=step.kept.get("arrived", [])).update(arrived_on=None)
    for person in persons:
        person.refresh_from_db(fields=["arrived_on"])
    move_persons(persons, other)
    ended = standing_steps(other).last()
    other.unlinked_on, other.merged_into = None, None
    other.save(update_fields=["unlinked_on", "merged_into"])
    add_step(
        by=by, case=other, code=StepCode.UNDO, on=_day(now), remark=reason, undoes=ended, now=now
    )
    _reckon((case, other), now)


# The steps that change two households; the key of the other one is the first of ``kept["parts"]``.
UNDOING_HOUSEHOLDS = {StepCode.SPLIT: undo_split, StepCode.MERGE: undo_merge}


def _unchanged(step: CaseStep, other: Case, *, expects: str, lives_in: Case) -> list[Person]:
    """Who moved with the step, when both households are still as it left them.

    ``expects``: the last step of ``other``; ``lives_in``: the household where who moved is now.
    """
    newest = standing_steps(other).last()
    if newest is None or newest.code != expects:
        raise Refused(
            _("Something was done for household %(reference)s since, so the step stays.")
            % {"reference": other.reference}
        )
    moved = set(step.kept["persons"])
    there = {person.pk: person for person in lives_in.persons.select_for_update(no_key=True)}
    left_behind = lives_in is other and set(there) != moved
    came = lives_in is not other and other.persons.exists()
    if not moved <= set(there) or left_behind or came:
        raise Refused(
            _("Somebody came to household %(reference)s or left it since, so the step stays.")
            % {"reference": other.reference}
        )
    return [there[key] for key in sorted(moved)]


def _freed(case: Case) -> str:
    """Another reference, so that the one it had can be given anew; row history keeps it."""
    tail = f"~{case.pk}"
    longest = Case._meta.get_field("reference").max_length
    return f"{case.reference[: longest - len(tail)]}{tail}"


def _reckon(cases: tuple[Case, Case], now: datetime) -> None:
    for one in cases:
        reckon_bedrooms(one, on=_day(now))
        plan_tasks(case=one)


def _day(now: datetime):
    return timezone.localtime(now).date()
