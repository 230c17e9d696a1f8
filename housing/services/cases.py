"""Cases: a household that COA links, from entry to the end, apart from its placing."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from housing.choices import CountEvent, StepCode, StepReason
from housing.models import AccommodationType, Case, CaseStep, Person, Stay
from housing.policies import can_add_case
from housing.services.counting import count_persons, persons_here
from housing.services.steps import (
    add_step,
    allow_step,
    already_taken,
    check_step,
    locked_case,
)
from partners.models import Municipality, User
from westerkwartier.web.refusals import Refused, refused_by_constraints

# Where in a form the sentence of a constraint belongs.
FIELD_OF_CONSTRAINT = {
    "case_reference_once": "reference",
    "case_permit_before_link": "permit_on",
    "case_link_in_order": "linked_on",
}


@transaction.atomic
def register_case(
    *,
    by: User,
    municipality: Municipality,
    reference: str,
    linked_on: date,
    persons: Iterable[Mapping],
    permit_on: date | None = None,
    illustrative: bool = False,
    now: datetime,
) -> Case:
    """Enter a household that COA linked to ``municipality``; ``persons`` are values by field.

    The same link entered twice is one case. ``Refused`` when the reference is already there with
    other facts, when the link lies in the future, and without any person.
    """
    if not can_add_case(by, municipality):
        raise PermissionDenied
    if linked_on > timezone.localtime(now).date():
        raise Refused(_("This day lies in the future."), field="linked_on")
    persons = list(persons)
    if not persons:
        raise Refused(_("A household has at least one person."))
    there = Case.objects.filter(region=municipality.region_id, reference=reference).first()
    if there is not None and (there.linked_municipality_id, there.linked_on) == (
        municipality.pk,
        linked_on,
    ):
        return there
    with refused_by_constraints(Case, FIELD_OF_CONSTRAINT):
        case = Case.objects.create(
            region=municipality.region,
            reference=reference,
            linked_municipality=municipality,
            linked_on=linked_on,
            permit_on=permit_on,
            illustrative=illustrative,
        )
    with refused_by_constraints(Person):
        for values in persons:
            Person.objects.create(case=case, **values)
    add_step(by=by, case=case, code=StepCode.LINK, on=linked_on, now=now)
    return case


@transaction.atomic
def move_case(
    *,
    by: User,
    case: Case,
    code: StepCode,
    on: date,
    reason: str = "",
    remark: str = "",
    now: datetime,
) -> CaseStep:
    """A step of which nothing else follows: taken in hand, on hold, taken up again, no dwelling
    found, closed. ``reason`` where the table of steps asks for one."""
    if code not in PLAIN_STEPS:
        raise ValueError(f"{code} has a service of its own")
    case = locked_case(case)
    allow_step(by=by, case=case, code=code)
    again = already_taken(case, code, on=on, reason=reason)
    if again is not None:
        return again
    check_step(by=by, case=case, code=code, on=on, now=now)
    with refused_by_constraints(CaseStep, {"step_reason_goes_with_it": "reason"}):
        return add_step(by=by, case=case, code=code, on=on, reason=reason, remark=remark, now=now)


PLAIN_STEPS = (
    StepCode.PREPARE,
    StepCode.HOLD,
    StepCode.RESUME,
    StepCode.NO_DWELLING,
    StepCode.CLOSE,
)


@transaction.atomic
def unlink_case(
    *, by: User, case: Case, reason: str, on: date, remark: str = "", now: datetime
) -> CaseStep:
    """COA ends the link, for one of the reasons of the table; linked elsewhere is one of them."""
    code = StepCode.RELINK if reason == StepReason.ELSEWHERE else StepCode.UNLINK
    case = locked_case(case)
    allow_step(by=by, case=case, code=code)
    again = already_taken(case, code, on=on, reason=reason)
    if again is not None:
        return again
    check_step(by=by, case=case, code=code, on=on, now=now)
    case.unlinked_on = on
    case.save(update_fields=["unlinked_on"])
    with refused_by_constraints(CaseStep, {"step_reason_goes_with_it": "reason"}):
        return add_step(by=by, case=case, code=code, on=on, reason=reason, remark=remark, now=now)


@transaction.atomic
def house_elsewhere(
    *,
    by: User,
    case: Case,
    accommodation: AccommodationType,
    municipality: Municipality,
    on: date,
    remark: str = "",
    now: datetime,
) -> CaseStep:
    """Accommodation that is no dwelling of its own, such as small-scale reception for a minor.

    Where the rules count somebody there the household is signed off; else it goes on looking.
    """
    rules = list(accommodation.rules.on(on))
    case = locked_case(case)
    persons = persons_here(case)
    categories = {person.category for person in persons}
    event = next((r.from_event for r in rules if r.category in categories), None)
    if event is None:
        raise Refused(_("No rule is known by which somebody counts there."), field="accommodation")
    counts = event != CountEvent.NONE
    code = StepCode.STAY if counts else StepCode.LODGE
    allow_step(by=by, case=case, code=code)
    again = already_taken(case, code, on=on)
    if again is not None:
        return again
    check_step(by=by, case=case, code=code, on=on, now=now)
    for person in persons:
        if counts and person.arrived_on is None:
            person.arrived_on = on
            person.save(update_fields=["arrived_on"])
    with refused_by_constraints(Stay):
        Stay.objects.create(
            case=case, accommodation=accommodation, municipality=municipality, starts_on=on
        )
    step = add_step(by=by, case=case, code=code, on=on, remark=remark, now=now)
    if counts:
        count_persons(
            by=by,
            persons=persons,
            event=event,
            on=on,
            accommodation=accommodation,
            housed_in=municipality,
            step=step,
            now=now,
        )
    return step
