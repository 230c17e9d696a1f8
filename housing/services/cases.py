"""Cases: a household that COA links, from entry to the end, apart from its placing."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from hashlib import sha256

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from housing.choices import CountEvent, StepCode, StepReason
from housing.models import (
    AccommodationType,
    Case,
    CaseNeed,
    CasePreference,
    CaseStep,
    Person,
)
from housing.policies import can_add_case, can_change_case
from housing.services.bedrooms import reckon_bedrooms
from housing.services.counting import count_persons, persons_here
from housing.services.guidance import plan_tasks
from housing.services.staying import begin_stay
from housing.services.steps import (
    add_step,
    allow_step,
    already_taken,
    check_step,
    locked_case,
    standing_steps,
)
from partners.models import Municipality, User
from partners.services.journal import record
from westerkwartier.web.refusals import Refused, refused_by_constraints
from westerkwartier.web.versions import Changed, version_of

# What people keep of a household itself; its needs and preferences are rows beside it.
CASE_FIELDS = ("permit_on", "handler", "guidance", "bedrooms_by_hand")

# Where in a form the sentence of a constraint belongs.
FIELD_OF_CONSTRAINT = {
    "case_reference_once": "reference",
    "case_permit_before_link": "permit_on",
    "case_link_in_order": "linked_on",
    "case_bedrooms_positive": "bedrooms_by_hand",
}


def case_version(case: Case) -> str:
    """Carried by a form: another text once anybody changed the household, its needs or wishes."""
    return version_of(case, CASE_FIELDS) + f"-{hash_of(needs_of(case))}{hash_of(wishes_of(case))}"


def needs_of(case: Case) -> list[int]:
    """The keys of the functional needs of a household, in order."""
    return sorted(case.needs.values_list("need", flat=True))


def wishes_of(case: Case) -> list[tuple[int, str]]:
    """Village and reason of each preference of a household, in order."""
    return sorted(case.preferences.values_list("village", "reason"))


def hash_of(values: list) -> str:
    """A short text that is another one as soon as the values are."""
    return sha256(repr(values).encode()).hexdigest()[:6]


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
    _check_permit(permit_on, linked_on)
    persons = list(persons)
    if not persons:
        raise Refused(_("A household has at least one person."))
    there = _linked_already(municipality, reference, linked_on)
    if there is not None:
        return there
    try:
        with refused_by_constraints(Case, FIELD_OF_CONSTRAINT):
            case = Case.objects.create(
                region=municipality.region,
                reference=reference,
                linked_municipality=municipality,
                linked_on=linked_on,
                permit_on=permit_on,
                illustrative=illustrative,
            )
    except Refused:
        # The other half of a double click was first, and only now shows.
        there = _linked_already(municipality, reference, linked_on)
        if there is None:
            raise
        return there
    with refused_by_constraints(Person):
        for values in persons:
            Person.objects.create(case=case, **values)
    reckon_bedrooms(case, on=timezone.localtime(now).date())
    add_step(by=by, case=case, code=StepCode.LINK, on=linked_on, now=now)
    return case


def _linked_already(municipality: Municipality, reference: str, linked_on: date) -> Case | None:
    """The household that is entered with just this link, if there is one."""
    return Case.objects.filter(
        region=municipality.region_id,
        reference=reference,
        linked_municipality=municipality,
        linked_on=linked_on,
    ).first()


@transaction.atomic
def change_case(
    *,
    by: User,
    case: Case,
    values: Mapping,
    needs: Iterable | None = None,
    preferences: Iterable[tuple] | None = None,
    still_holds: bool = False,
    version: str,
) -> Case:
    """Change what is kept of a household; ``version`` is the one that the form was opened with.

    ``values`` by ``CASE_FIELDS``; ``needs`` are functional needs, ``preferences`` pairs of village
    and reason: None leaves them. ``still_holds``: the bedrooms set by hand hold for the household
    as it is now. ``Changed`` when somebody else changed it in the meantime; what is there already
    changes nothing.
    """
    case = locked_case(case)
    if not can_change_case(by, case):
        raise PermissionDenied
    differing = [name for name, value in values.items() if getattr(case, name) != value]
    wanted_needs = None if needs is None else sorted({need.pk for need in needs})
    wishes = (
        None if preferences is None else sorted({(place.pk, why) for place, why in preferences})
    )
    other_needs = wanted_needs is not None and wanted_needs != needs_of(case)
    other_wishes = wishes is not None and wishes != wishes_of(case)
    confirmed = still_holds and case.by_hand_outdated
    if not (differing or other_needs or other_wishes or confirmed):
        return case
    if version != case_version(case):
        raise Changed(_("Somebody else changed this household while you were at it."), current=case)
    for name in differing:
        setattr(case, name, values[name])
    _check_permit(case.permit_on, case.linked_on)
    if confirmed or "bedrooms_by_hand" in differing:
        case.by_hand_for = case.bedrooms_later if case.bedrooms_by_hand else None
        differing.append("by_hand_for")
    if differing:
        with refused_by_constraints(Case, FIELD_OF_CONSTRAINT):
            case.save(update_fields=differing)
    if "guidance" in differing:
        plan_tasks(case=case)
    if other_needs:
        case.needs.exclude(need__in=wanted_needs).delete()
        for key in set(wanted_needs) - set(needs_of(case)):
            CaseNeed.objects.create(case=case, need_id=key)
    if other_wishes:
        for wish in case.preferences.all():
            if (wish.village_id, wish.reason) not in wishes:
                wish.delete()
        for village, why in set(wishes) - set(wishes_of(case)):
            CasePreference.objects.create(case=case, village_id=village, reason=why)
    record(by=by, action="case.change", obj=case, region=case.region)
    return case


def _check_permit(permit_on: date | None, linked_on: date) -> None:
    """COA links who has a permit; the database says so in fewer words."""
    if permit_on is not None and permit_on > linked_on:
        raise Refused(_("The permit comes before the link."), field="permit_on")


@transaction.atomic
def change_link(
    *, by: User, case: Case, municipality: Municipality, on: date, remark: str = "", now: datetime
) -> CaseStep:
    """COA links the household to another municipality of the region from ``on``.

    ``linked_on`` stays the day of COA's first link: the household has waited since then. Who counts
    already stays with the municipality they count for.
    """
    case = locked_case(case)
    allow_step(by=by, case=case, code=StepCode.CHANGE_LINK)
    if case.linked_municipality_id == municipality.pk:
        again = standing_steps(case).filter(code=StepCode.CHANGE_LINK).last()
        if again is not None and again.effective_on == on:
            return again
    check_step(by=by, case=case, code=StepCode.CHANGE_LINK, on=on, now=now)
    if case.linked_municipality_id == municipality.pk:
        raise Refused(
            _("This household is linked to this municipality already."), field="municipality"
        )
    if municipality.region_id != case.region_id:
        raise Refused(
            _("That municipality lies in another region. Unlink the household instead."),
            field="municipality",
        )
    if on < case.linked_on:
        raise Refused(_("This day lies before the link."), field="on")
    kept = {"from": case.linked_municipality.cbs_code, "to": municipality.cbs_code}
    case.linked_municipality = municipality
    case.save(update_fields=["linked_municipality"])
    return add_step(
        by=by, case=case, code=StepCode.CHANGE_LINK, on=on, remark=remark, kept=kept, now=now
    )


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
    if reason == StepReason.MERGED:
        raise Refused(_("Take the two households together instead."), field="reason")
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
    Where it stayed before ends on that day.
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
    there = {"accommodation": accommodation, "municipality": municipality, "ends_on": None}
    if again is not None and case.stays.filter(starts_on=on, **there).exists():
        return again
    check_step(by=by, case=case, code=code, on=on, now=now)
    for person in persons:
        if counts and person.arrived_on is None:
            person.arrived_on = on
            person.save(update_fields=["arrived_on"])
    begin_stay(case, accommodation=accommodation, municipality=municipality, on=on)
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
