"""Splitting a household and taking two together: persons go from one case to another."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from housing.choices import StepCode, StepReason
from housing.models import Case, Occupancy, Person
from housing.policies import can_take_step
from housing.selectors.bedrooms import is_here
from housing.services.bedrooms import reckon_bedrooms
from housing.services.guidance import plan_tasks
from housing.services.persons import lived_in
from housing.services.steps import (
    add_step,
    allow_step,
    check_step,
    locked_case,
    locked_cases,
)
from partners.models import User
from westerkwartier.web.refusals import Refused, refused_by_constraints


@transaction.atomic
def split_case(
    *,
    by: User,
    case: Case,
    persons: Iterable[Person],
    reference: str,
    on: date,
    remark: str = "",
    now: datetime,
) -> Case:
    """Some persons go on as a household of their own from ``on``, with their own reference.

    The new household is linked as the old one is and since the same day: it has waited as long.
    Who lives in the old one's dwelling leaves it on ``on``; who counts goes on counting. The same
    split sent twice is one. ``Refused`` when nobody goes or nobody stays.
    """
    case = locked_case(case)
    allow_step(by=by, case=case, code=StepCode.SPLIT)
    there = Case.objects.filter(region=case.region_id, reference=reference).first()
    if there is not None and there.split_from_id == case.pk:
        return there
    check_step(by=by, case=case, code=StepCode.SPLIT, on=on, now=now)
    if on < case.linked_on:
        raise Refused(_("This day lies before the link."), field="on")
    keys = {person.pk for person in persons}
    there_now = list(case.persons.select_for_update(no_key=True).filter(left_on=None))
    going = [person for person in there_now if person.pk in keys]
    if not going:
        raise Refused(_("Choose who goes on as another household."), field="persons")
    if len(going) == len(there_now):
        raise Refused(_("Somebody stays, else it is no split."), field="persons")
    with refused_by_constraints(Case, {"case_reference_once": "reference"}):
        part = Case.objects.create(
            region=case.region,
            reference=reference,
            linked_municipality=case.linked_municipality,
            linked_on=case.linked_on,
            permit_on=case.permit_on,
            handler=case.handler,
            guidance=case.guidance,
            split_from=case,
            illustrative=case.illustrative,
        )
    left = []
    for person in going:
        with refused_by_constraints(Occupancy, {"occupancy_dates_in_order": "on"}):
            for occupancy in person.occupancies.filter(moved_out_on=None):
                occupancy.moved_out_on = on
                occupancy.save(update_fields=["moved_out_on"])
                left.append(occupancy.pk)
    move_persons(going, part)
    kept = {
        "parts": [part.pk],
        "persons": [person.pk for person in going],
        "occupancies": left,
    }
    add_step(by=by, case=case, code=StepCode.SPLIT, on=on, remark=remark, kept=kept, now=now)
    add_step(by=by, case=part, code=StepCode.LINK, on=part.linked_on, now=now)
    for one in (case, part):
        reckon_bedrooms(one, on=timezone.localtime(now).date())
        plan_tasks(case=one)
    return part


@transaction.atomic
def merge_cases(
    *, by: User, case: Case, absorbed: Case, on: date, remark: str = "", now: datetime
) -> Case:
    """The persons of ``absorbed`` go on in ``case`` from ``on``; ``absorbed`` ends.

    Who comes to a household that lives somewhere lives there too. The same twice is one.
    ``Refused`` when ``absorbed`` has a dwelling or a proposal: then it cannot just end.
    """
    if case.pk == absorbed.pk:
        raise Refused(_("Choose another household."), field="absorbed")
    locked = locked_cases({case.pk, absorbed.pk})
    case, absorbed = locked[case.pk], locked[absorbed.pk]
    allow_step(by=by, case=case, code=StepCode.MERGE)
    if absorbed.merged_into_id == case.pk:
        return case
    if not can_take_step(by, absorbed, StepCode.UNLINK):
        raise PermissionDenied
    check_step(by=by, case=case, code=StepCode.MERGE, on=on, now=now)
    if absorbed.region_id != case.region_id:
        raise Refused(_("That household belongs to another region."), field="absorbed")
    check_step(by=by, case=absorbed, code=StepCode.UNLINK, on=on, now=now)
    moving = list(absorbed.persons.select_for_update(no_key=True))
    kept = {"parts": [absorbed.pk], "persons": [person.pk for person in moving]}
    move_persons(moving, case)
    home = lived_in(case, on=on)
    if home is not None:
        kept |= _let_live_in(home, [person for person in moving if is_here(person)], on)
    absorbed.unlinked_on, absorbed.merged_into = on, case
    absorbed.save(update_fields=["unlinked_on", "merged_into"])
    add_step(by=by, case=case, code=StepCode.MERGE, on=on, remark=remark, kept=kept, now=now)
    add_step(by=by, case=absorbed, code=StepCode.UNLINK, on=on, reason=StepReason.MERGED, now=now)
    for one in (case, absorbed):
        reckon_bedrooms(one, on=timezone.localtime(now).date())
        plan_tasks(case=one)
    return case


def move_persons(persons: Iterable[Person], case: Case) -> None:
    """They belong to ``case`` from now on, with what is told of them."""
    for person in persons:
        person.case = case
        person.save(update_fields=["case"])


def _let_live_in(home, persons: list[Person], on: date) -> dict:
    """Keys of the occupancies that came, and of the persons who arrived with it."""
    arrived, came = [], []
    with refused_by_constraints(Occupancy):
        for person in persons:
            if person.arrived_on is None:
                person.arrived_on = on
                person.save(update_fields=["arrived_on"])
                arrived.append(person.pk)
            came.append(Occupancy.objects.create(tenancy=home, person=person, moved_in_on=on).pk)
    return {"occupancies": came, "arrived": arrived}
