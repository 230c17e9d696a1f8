"""Counting persons for the quota, and correcting a count. Lines are added, never changed."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from housing.choices import CorrectionReason, CountEvent, CreditedTo, StepCode
from housing.models import (
    AccommodationType,
    Case,
    CaseStep,
    Counting,
    CountingRule,
    Person,
)
from housing.policies import can_take_step
from housing.services.steps import add_step, check_step, locked_case
from partners.models import Municipality, User
from partners.services.journal import record
from westerkwartier.web.refusals import Refused, refused_by_constraints


def regular_dwelling(on: date) -> AccommodationType:
    """The kind of accommodation that a dwelling with a tenancy is."""
    found = AccommodationType.objects.on(on).filter(regular=True).first()
    if found is None:
        raise Refused(_("No rule is known by which somebody in a dwelling counts."))
    return found


def count_persons(
    *,
    by: User,
    persons: Iterable[Person],
    event: CountEvent,
    on: date,
    accommodation: AccommodationType,
    housed_in: Municipality | None,
    step: CaseStep,
    now: datetime,
) -> list[Counting]:
    """Count those for whom the rules of ``on`` say that this event makes them count.

    Who counts already is left alone. ``Refused`` where no rule is known for a category: a person
    who is silently not counted would be missed by nobody.
    """
    rules = {
        rule.category: rule
        for rule in CountingRule.objects.on(on).filter(accommodation=accommodation)
    }
    counted = []
    for person in persons:
        rule = rules.get(person.category)
        if rule is None:
            raise Refused(
                _("No rule is known by which a %(category)s counts here.")
                % {"category": person.get_category_display().lower()}
            )
        if person.counted_on is not None or rule.from_event != event:
            continue
        linked = step.case.linked_municipality
        counts_for = linked if rule.credited_to == CreditedTo.LINKED else housed_in
        if counts_for is None:
            raise Refused(_("It is not known in which municipality this dwelling lies."))
        counted.append(
            _count(
                person=person,
                on=on,
                municipality=counts_for,
                rule=rule,
                step=step,
                by=by,
                at=now,
            )
        )
    if counted:
        record(
            by=by,
            action="case.count",
            obj=step.case,
            region=step.case.region,
            detail=str(len(counted)),
        )
    return counted


def _count(**values) -> Counting:
    """A line that counts; nobody counts before they arrived."""
    with refused_by_constraints(Person, {"person_counts_after_arrival": "counts_on"}):
        return Counting.objects.create(**values)


def reverse_countings(
    *,
    by: User | None,
    countings: Iterable[Counting],
    on: date,
    reason: str,
    remark: str = "",
    now: datetime,
) -> list[Counting]:
    """Take countings back, each by a line of its own; those taken back already are left alone."""
    return [
        Counting.objects.create(
            person=counting.person,
            on=on,
            municipality=counting.municipality,
            rule=counting.rule,
            step=counting.step,
            reverses=counting,
            reason=reason,
            remark=remark,
            by=by,
            at=now,
        )
        for counting in countings
        if not Counting.objects.filter(reverses=counting).exists()
    ]


@transaction.atomic
def correct_count(
    *,
    by: User,
    person: Person,
    reason: str,
    remark: str = "",
    on: date,
    now: datetime,
    counts_on: date | None = None,
    municipality: Municipality | None = None,
) -> Counting:
    """Correct the count of a person: a reversal, and a new line where the person does count.

    ``reason`` is a ``CorrectionReason``. ``counts_on`` and ``municipality`` (both or none) tell
    how it should have been; for somebody whose count was taken back they count anew. The same
    correction twice is one. ``Refused`` when the person never counted: counting follows from a
    step.
    """
    case = locked_case(person.case)
    if not can_take_step(by, case, StepCode.CORRECT_COUNT):
        raise PermissionDenied
    if (counts_on is None) != (municipality is None):
        raise Refused(_("Give both the day and the municipality, or neither."), field="counts_on")
    person = case.persons.get(pk=person.pk)
    newest = person.countings.last()
    if newest is None:
        raise Refused(_("This person does not count, so there is nothing to correct."))
    wanted = (counts_on, municipality and municipality.pk)
    if (person.counted_on, person.credited_municipality_id) == wanted:
        return newest
    if reason not in CorrectionReason or reason == CorrectionReason.STEP_UNDONE:
        raise Refused(_("Choose a reason."), field="reason")
    if counts_on is not None and counts_on > timezone.localtime(now).date():
        raise Refused(_("This day lies in the future."), field="counts_on")
    if municipality is not None and municipality.region_id != case.region_id:
        raise Refused(_("This municipality lies in another region."), field="municipality")
    check_step(by=by, case=case, code=StepCode.CORRECT_COUNT, on=on, now=now)
    step = add_step(by=by, case=case, code=StepCode.CORRECT_COUNT, on=on, remark=remark, now=now)
    line = newest
    if person.counted_on is not None:
        (line,) = reverse_countings(
            by=by, countings=[newest], on=on, reason=reason, remark=remark, now=now
        )
    if counts_on is not None:
        line = _count(
            person=person,
            on=counts_on,
            municipality=municipality,
            rule=newest.rule,
            step=step,
            by=by,
            at=now,
        )
    return line


def persons_here(case: Case) -> list[Person]:
    """Who is part of the household and in the country, in order of entry."""
    return list(case.persons.here().order_by("pk"))
