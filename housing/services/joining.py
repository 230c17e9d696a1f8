"""Bijplaatsen: family who arrived joins the household's tenancy, and is signed off by COA.

No dwelling is taken: vacancy and covenant share stay as they are. Persons count by the same rules
as everybody in a dwelling.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.choices import CountEvent, PersonCategory, ReunionState, StepCode
from housing.models import Case, CaseStep, Occupancy, Person, Tenancy
from housing.selectors.placing import housed_in, snapshot
from housing.selectors.reunion import running_tenancy
from housing.services.counting import count_persons, regular_dwelling
from housing.services.reunion import add_joined, lives_in
from housing.services.steps import (
    add_step,
    allow_step,
    already_taken,
    check_step,
    locked_case,
    locked_dwelling,
    standing_steps,
)
from partners.models import User
from westerkwartier.web.refusals import Refused, refused_by_constraints

# What has to be in order before somebody may go straight to the household's dwelling.
CONDITIONS = {
    "approved_on": gettext_lazy("dwelling approved"),
    "registered": gettext_lazy("registered (BRP)"),
    "number_present": gettext_lazy("citizen service number (BSN)"),
    "mvv": gettext_lazy("entry permit (mvv)"),
}


@transaction.atomic
def join_tenancy(
    *,
    by: User,
    case: Case,
    persons: Iterable[Person],
    on: date,
    remark: str = "",
    now: datetime,
) -> CaseStep:
    """Add family who arrived to the tenancy of the household from ``on``.

    Each needs a complete dwelling check (mycoa.nl, "uitstromen naar de woning van mijn referent");
    ``Refused`` names what is missing. Whom the rules count on moving in, counts at once. The same
    persons on the same day twice is one step.
    """
    tenancy = _locked_tenancy(case, on)
    case = locked_case(case)
    allow_step(by=by, case=case, code=StepCode.JOIN)
    persons = _of_case(case, persons)
    joined = [person.reunion == ReunionState.JOINED for person in persons]
    if all(joined) and all(lives_in(person, tenancy, on) for person in persons):
        return standing_steps(case).filter(code=StepCode.JOIN, effective_on=on).last()
    check_step(by=by, case=case, code=StepCode.JOIN, on=on, now=now)
    if on < tenancy.starts_on:
        raise Refused(_("The tenancy has not begun on this day."), field="on")
    for person in persons:
        _check_arrived(person, on)
    _check_complete(persons, tenancy)
    with refused_by_constraints(Occupancy):
        for person in persons:
            Occupancy.objects.create(tenancy=tenancy, person=person, moved_in_on=on)
    kept = snapshot(case, tenancy.vacancy, on=on)
    step = add_step(by=by, case=case, code=StepCode.JOIN, on=on, remark=remark, kept=kept, now=now)
    add_joined(by=by, persons=persons, step=step, now=now)
    _count(by, step, persons, tenancy, CountEvent.MOVED_IN, now)
    return step


@transaction.atomic
def sign_off_joined(
    *,
    by: User,
    case: Case,
    persons: Iterable[Person],
    on: date,
    remark: str = "",
    now: datetime,
) -> CaseStep:
    """COA signs family off who joined: whom the rules count from then, counts for the quota.

    Twice the same is one step. ``Refused`` for who does not live with the household yet and when
    everybody of them counts already or nobody counts by the rules.
    """
    tenancy = _locked_tenancy(case, on)
    case = locked_case(case)
    allow_step(by=by, case=case, code=StepCode.SIGN_OFF_JOINED)
    persons = _of_case(case, persons)
    again = already_taken(case, StepCode.SIGN_OFF_JOINED, on=on)
    if again is not None and all(person.counted_on for person in persons):
        return again
    check_step(by=by, case=case, code=StepCode.SIGN_OFF_JOINED, on=on, now=now)
    for person in persons:
        if not person.occupancies.filter(tenancy=tenancy, moved_in_on__lte=on).exists():
            raise Refused(_("This person did not live in the dwelling on this day."), field="on")
    if all(person.counted_on for person in persons):
        raise Refused(_("These persons count already."))
    step = add_step(by=by, case=case, code=StepCode.SIGN_OFF_JOINED, on=on, remark=remark, now=now)
    if not _count(by, step, persons, tenancy, CountEvent.SIGNED_OFF, now):
        raise Refused(_("By the rules these persons do not count on signing off."))
    return step


def missing_conditions(person: Person, tenancy: Tenancy) -> list[str]:
    """What the dwelling check of somebody lacks for this tenancy, in words."""
    check = getattr(person, "dwelling_check", None)
    if check is None or check.tenancy_id != tenancy.pk:
        return [str(words) for words in CONDITIONS.values()]
    return [str(words) for name, words in CONDITIONS.items() if not getattr(check, name)]


def _check_arrived(person: Person, on: date) -> None:
    if person.category != PersonCategory.REUNIFIER:
        raise Refused(_("Only family who follow can join."))
    if person.left_on is not None or person.reunion == ReunionState.JOINED:
        raise Refused(_("One of these persons has joined or left already."))
    if person.arrived_on is None:
        raise Refused(_("One of these persons has not arrived yet."))
    if on < person.arrived_on:
        raise Refused(_("This day lies before the arrival."), field="on")


def _check_complete(persons: list[Person], tenancy: Tenancy) -> None:
    lacking = [
        f"{person.get_relation_display()}: {', '.join(missing)}"
        for person in persons
        if (missing := missing_conditions(person, tenancy))
    ]
    if lacking:
        raise Refused(
            _("The dwelling check is not complete. Missing: %(what)s.")
            % {"what": "; ".join(lacking)}
        )


def _locked_tenancy(case: Case, on: date) -> Tenancy:
    """The tenancy that runs, behind the lock on its dwelling."""
    tenancy = running_tenancy(case, on=on)
    if tenancy is None:
        raise Refused(_("This household does not rent a dwelling on this day."), field="on")
    tenancy.vacancy = locked_dwelling(tenancy.vacancy)
    return tenancy


def _of_case(case: Case, persons: Iterable[Person]) -> list[Person]:
    keys = {person.pk for person in persons}
    found = list(case.persons.filter(pk__in=keys).select_related("dwelling_check").order_by("pk"))
    if not found or len(found) != len(keys):
        raise Refused(_("Choose one or more persons."), field="persons")
    for person in found:
        person.case = case
    return found


def _count(by, step, persons, tenancy, event, now) -> list:
    return count_persons(
        by=by,
        persons=persons,
        event=event,
        on=step.effective_on,
        accommodation=regular_dwelling(step.effective_on),
        housed_in=housed_in(tenancy.vacancy, on=step.effective_on),
        step=step,
        now=now,
    )
