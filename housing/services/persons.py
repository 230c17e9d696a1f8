"""Persons of a household: who is in it, who is born, who leaves."""

from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from housing.choices import (
    ENDED,
    CaseStatus,
    Departure,
    PersonCategory,
    Relation,
    StepCode,
)
from housing.models import Case, CaseStep, Occupancy, Person, Tenancy
from housing.policies import can_change_case, can_reveal_number
from housing.selectors.bedrooms import current_tenancies, is_here
from housing.services.bedrooms import reckon_bedrooms
from housing.services.guidance import plan_tasks
from housing.services.steps import add_step, allow_step, check_step, locked_case
from partners.models import User
from partners.services.journal import record
from westerkwartier.web.refusals import Refused, refused_by_constraints
from westerkwartier.web.versions import Changed, version_of

# What people keep of a person; the rest follows from steps, facts and counts.
PERSON_FIELDS = (
    "name",
    "relation",
    "category",
    "birth_date",
    "sex",
    "v_number",
    "contact",
    "expected_on",
)
# The tokens are made of these when they are saved, so they are named with them.
TOKENS = {"name": "name_tokens", "v_number": "number_tokens"}

FIELD_OF_CONSTRAINT = {
    "person_sex_of_children_only": "sex",
    "person_only_reunifiers_follow": "category",
}
# Whoever lives there already gets nobody but a child or somebody who follows.
MOVED = (CaseStatus.MOVED_IN, CaseStatus.REGISTERED, CaseStatus.SIGNED_OFF)


def person_version(person: Person) -> str:
    """Carried by a form: another text once anybody changed the person."""
    return version_of(person, PERSON_FIELDS)


def household_version(case: Case) -> str:
    """Carried by a form that adds somebody: another text once somebody was added."""
    keys = list(case.persons.order_by("pk").values_list("pk", flat=True))
    return sha256(repr(keys).encode()).hexdigest()[:16]


@transaction.atomic
def add_person(
    *, by: User, case: Case, values: Mapping, version: str = "", now: datetime
) -> Person:
    """Add somebody who belongs to the household; ``values`` by ``PERSON_FIELDS``.

    The same person sent twice is added once: unless ``version`` says that the form was opened
    after the first was there. ``Refused`` when the household has moved in already, except for
    family who follow, and when it has ended.
    """
    case = locked_case(case)
    if not can_change_case(by, case):
        raise PermissionDenied
    if case.status in ENDED:
        raise Refused(_("This household has ended."))
    again = None if version == household_version(case) else _same_person(case, values)
    if again is not None:
        return again
    if case.status in MOVED and values.get("category") != PersonCategory.REUNIFIER:
        raise Refused(
            _(
                "This household has moved in already. Enter a birth, or somebody who follows as a "
                "family reunifier."
            ),
            field="category",
        )
    on = timezone.localtime(now).date()
    _check_birth_date(values.get("birth_date"), on)
    with refused_by_constraints(Person, FIELD_OF_CONSTRAINT):
        person = Person.objects.create(case=case, **values)
    reckon_bedrooms(case, on=on)
    plan_tasks(case=case)
    record(by=by, action="person.add", obj=person, region=case.region)
    return person


@transaction.atomic
def change_person(
    *, by: User, person: Person, values: Mapping, version: str, now: datetime
) -> Person:
    """Change what is kept of a person; ``version`` is the one that the form was opened with.

    ``Changed`` when somebody else changed the person in the meantime. Who counts already keeps
    their category: by it they were counted.
    """
    case = locked_case(person.case)
    person = case.persons.select_for_update(no_key=True).get(pk=person.pk)
    if not can_change_case(by, case):
        raise PermissionDenied
    differing = [name for name, value in values.items() if getattr(person, name) != value]
    if not differing:
        return person
    if version != person_version(person):
        raise Changed(_("Somebody else changed this person while you were at it."), current=person)
    if "category" in differing and person.counted_on is not None:
        raise Refused(
            _("This person counts for the quota already. Correct the count first."),
            field="category",
        )
    on = timezone.localtime(now).date()
    _check_birth_date(values.get("birth_date"), on)
    for name in differing:
        setattr(person, name, values[name])
    tokens = [TOKENS[name] for name in differing if name in TOKENS]
    with refused_by_constraints(Person, FIELD_OF_CONSTRAINT):
        person.save(update_fields=[*differing, *tokens])
    reckon_bedrooms(case, on=on)
    plan_tasks(case=case)
    record(by=by, action="person.change", obj=person, region=case.region)
    return person


@transaction.atomic
def register_birth(
    *,
    by: User,
    case: Case,
    on: date,
    name: str = "",
    sex: str = "",
    remark: str = "",
    version: str = "",
    now: datetime,
) -> CaseStep:
    """A child is born on ``on``; it lives where the household lives.

    Whether it counts is up to the rules: it does when the household is signed off after the birth.
    The same birth sent twice is one; see ``add_person`` for ``version``.
    """
    case = locked_case(case)
    allow_step(by=by, case=case, code=StepCode.BIRTH)
    values = {
        "name": name,
        "relation": Relation.CHILD,
        "category": PersonCategory.FAMILY,
        "birth_date": on,
        "sex": sex,
    }
    again = None if version == household_version(case) else _same_person(case, values)
    if again is not None:
        step = case.steps.filter(code=StepCode.BIRTH, kept__person=again.pk).last()
        if step is not None:
            return step
    check_step(by=by, case=case, code=StepCode.BIRTH, on=on, now=now)
    home = lived_in(case, on=on)
    with refused_by_constraints(Person, FIELD_OF_CONSTRAINT):
        child = Person.objects.create(case=case, arrived_on=on if home else None, **values)
    if home:
        with refused_by_constraints(Occupancy):
            Occupancy.objects.create(tenancy=home, person=child, moved_in_on=on)
    reckon_bedrooms(case, on=timezone.localtime(now).date())
    kept = {"person": child.pk}
    return add_step(by=by, case=case, code=StepCode.BIRTH, on=on, remark=remark, kept=kept, now=now)


@transaction.atomic
def register_departure(
    *,
    by: User,
    person: Person,
    because: Departure,
    on: date,
    remark: str = "",
    now: datetime,
) -> CaseStep:
    """Somebody died, moved out or left without telling where to: from ``on`` they are no longer
    part of the household nor of the dwelling. A person who counted goes on counting."""
    case = locked_case(person.case)
    allow_step(by=by, case=case, code=StepCode.DEPART)
    person = case.persons.select_for_update(no_key=True).get(pk=person.pk)
    if (person.left_on, person.left_because) == (on, because):
        step = case.steps.filter(
            code=StepCode.DEPART, kept__person=person.pk, undone_by=None
        ).last()
        if step is not None:
            return step
    check_step(by=by, case=case, code=StepCode.DEPART, on=on, now=now)
    if person.left_on is not None:
        raise Refused(_("This person has left the household already."))
    if not is_here(person):
        raise Refused(_("This person has not arrived yet, so cannot leave."))
    lived = list(person.occupancies.filter(moved_out_on=None))
    with refused_by_constraints(Occupancy, {"occupancy_dates_in_order": "on"}):
        for occupancy in lived:
            occupancy.moved_out_on = on
            occupancy.save(update_fields=["moved_out_on"])
    person.left_on, person.left_because = on, because
    with refused_by_constraints(Person):
        person.save(update_fields=["left_on", "left_because"])
    reckon_bedrooms(case, on=timezone.localtime(now).date())
    kept = {"person": person.pk, "occupancies": [occupancy.pk for occupancy in lived]}
    return add_step(
        by=by, case=case, code=StepCode.DEPART, on=on, remark=remark, kept=kept, now=now
    )


@transaction.atomic
def reveal_v_number(*, by: User, person: Person) -> str:
    """The V-number of a person, for who clicks on it; the journal tells who did."""
    if not can_reveal_number(by, person):
        raise PermissionDenied
    record(by=by, action="person.reveal", obj=person, region=person.case.region)
    return person.v_number


# -- what they share -------------------------------------------------------------------------------


def lived_in(case: Case, *, on: date) -> Tenancy | None:
    """The tenancy in which somebody of the household lives on ``on``."""
    lived = case.tenancies.filter(current_tenancies(on), occupancies__moved_in_on__lte=on)
    return lived.order_by("-starts_on").first()


def _same_person(case: Case, values: Mapping) -> Person | None:
    """Somebody of the household of whom just this is kept: the first half of a double click."""
    for person in case.persons.order_by("-pk"):
        if all(getattr(person, name) == value for name, value in values.items()):
            return person
    return None


def _check_birth_date(birth_date: date | None, today: date) -> None:
    if birth_date is not None and birth_date > today:
        raise Refused(_("This day lies in the future."), field="birth_date")
