"""Family who follow: who is expected, what becomes of it, and joining the household's tenancy.

Facts are added, never changed; a trigger tells the person. Whoever joins a tenancy takes no
dwelling: the vacancy and the share of the covenant stay as they are.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from housing.choices import (
    PLACING,
    REUNION_TRANSITIONS,
    SAYS_WHEN,
    SEARCHING,
    CaseStatus,
    PersonCategory,
    Relation,
    ReunionState,
)
from housing.models import Case, CaseStep, DwellingCheck, Occupancy, Person, ReunionFact
from housing.policies import can_expect_person, can_follow_person, can_undo_reunion_fact
from housing.selectors.reunion import running_tenancy
from housing.services.bedrooms import reckon_bedrooms
from housing.services.guidance import plan_tasks
from housing.services.steps import locked_case
from partners.models import User
from partners.services.journal import record
from westerkwartier.web.refusals import Refused, refused_by_constraints

NO_LONGER_OURS = (CaseStatus.UNLINKED, CaseStatus.RELINKED)


@transaction.atomic
def expect_person(
    *,
    by: User,
    case: Case,
    relation: Relation,
    number: int,
    name: str = "",
    birth_date: date | None = None,
    sex: str = "",
    expected_on: date | None = None,
    now: datetime,
) -> Person:
    """Add somebody who follows to a household; name and birth date as far as they are known.

    ``number``: the how-manieth it is, counting from 1 everybody of the household who ever
    followed. Sent twice it is one person; ``Refused`` when somebody else added another in the
    meantime, for the holder (who is here) and when the household is no longer linked.
    """
    if not can_expect_person(by, case):
        raise PermissionDenied
    case = locked_case(case)
    if relation == Relation.HOLDER:
        raise Refused(_("The holder is here already."), field="relation")
    _check_linked(case)
    if birth_date is not None and birth_date > timezone.localtime(now).date():
        raise Refused(_("This day lies in the future."), field="birth_date")
    told = {
        "relation": relation,
        "name": name,
        "birth_date": birth_date,
        "sex": sex,
        "expected_on": expected_on,
    }
    followers = list(case.persons.filter(category=PersonCategory.REUNIFIER).order_by("pk"))
    if number <= len(followers):
        there = followers[number - 1]
        if all(getattr(there, field) == value for field, value in told.items()):
            return there
    if number != len(followers) + 1:
        raise Refused(
            _("Somebody else has just added a family member. Look who there is, then add again.")
        )
    with refused_by_constraints(Person, {"person_sex_of_children_only": "sex"}):
        person = Person.objects.create(case=case, category=PersonCategory.REUNIFIER, **told)
    _reckon(case, now)
    _tell(by, "reunion.expect", case)
    return person


@transaction.atomic
def record_reunion_fact(
    *,
    by: User,
    person: Person,
    state: ReunionState,
    on: date,
    expected_on: date | None = None,
    now: datetime,
) -> ReunionFact:
    """Tell a dated fact about somebody who follows; the person then says where they stand.

    ``expected_on`` goes with a grant and with planned travel, which needs it. Told twice it is one
    fact. ``Refused`` when the table of transitions does not allow it, for joining (see
    ``join_tenancy``), and for a day in the future or before the fact it follows.
    """
    if not can_follow_person(by, person):
        raise PermissionDenied
    case, person = _locked(person)
    newest = newest_fact(person)
    if newest and (newest.state, newest.on, newest.expected_on) == (state, on, expected_on):
        return newest
    _check_linked(case)
    if person.left_on is not None:
        raise Refused(_("This person has left the household."))
    if state == ReunionState.JOINED:
        raise Refused(_("Family joins when they are added to the tenancy."))
    if state not in REUNION_TRANSITIONS[person.reunion]:
        raise Refused(
            _("That cannot follow on “%(state)s”.")
            % {"state": person.get_reunion_display() or _("Nothing known yet")}
        )
    if state == ReunionState.LAPSED:
        _check_stays_away(person, on)
    _check_days(newest, state, on, expected_on, timezone.localtime(now).date())
    fact = _add(by, person, state, on=on, expected_on=expected_on, now=now)
    _reckon(case, now)
    _tell(by, "reunion.record", case)
    return fact


def _check_days(newest, state, on: date, expected_on: date | None, today: date) -> None:
    if on > today:
        raise Refused(_("This day lies in the future."), field="on")
    if newest is not None and on < newest.on:
        raise Refused(
            _("This day lies before the fact it follows, of %(day)s.")
            % {"day": f"{newest.on:%d-%m-%Y}"},
            field="on",
        )
    if expected_on is not None and state not in SAYS_WHEN:
        raise Refused(_("An expected day does not go with this fact."), field="expected_on")
    if expected_on is None and state == ReunionState.TRAVEL_PLANNED:
        raise Refused(_("Say on which day the person is expected."), field="expected_on")
    if expected_on is not None and expected_on < on:
        raise Refused(_("Somebody is expected on the day itself or later."), field="expected_on")


def _check_stays_away(person: Person, on: date) -> None:
    """Who lives with the household came; they can only leave again."""
    if person.counted_on is not None or person.occupancies.exists():
        raise Refused(_("This person lives with the household. Enter that they left."))


@transaction.atomic
def undo_reunion_fact(*, by: User, fact: ReunionFact, now: datetime) -> ReunionFact:
    """Take the newest fact about somebody back, by a line; the person stands as before it.

    Again: the line that took it back already. ``Refused`` for an older fact, for having joined
    (the step is taken back then) and for the arrival of somebody who lives there.
    """
    if not can_undo_reunion_fact(by, fact):
        raise PermissionDenied
    case, person = _locked(fact.person)
    taken_back = ReunionFact.objects.filter(undoes=fact).first()
    if taken_back is not None:
        return taken_back
    if newest_fact(person) != fact:
        raise Refused(_("Only the newest fact can be taken back."))
    if fact.state == ReunionState.JOINED:
        raise Refused(_("Take back the step with which family joined."))
    if fact.state == ReunionState.ARRIVED:
        _check_stays_away(person, fact.on)
    line = _take_back(by, fact, now)
    _reckon(case, now)
    _tell(by, "reunion.undo", case)
    return line


@transaction.atomic
def check_dwelling(
    *,
    by: User,
    person: Person,
    approved_on: date | None,
    registered: bool,
    number_present: bool,
    mvv: bool,
    now: datetime,
) -> DwellingCheck:
    """Keep the dwelling check of somebody who follows, for the dwelling the household rents.

    An approval has its day and whoever entered it. After a move the check starts anew. The same
    twice writes once. ``Refused`` without a dwelling and for an approval in the future.
    """
    if not can_follow_person(by, person):
        raise PermissionDenied
    case, person = _locked(person)
    today = timezone.localtime(now).date()
    tenancy = running_tenancy(case, on=today)
    if tenancy is None:
        raise Refused(_("This household does not rent a dwelling yet."))
    if approved_on is not None and approved_on > today:
        raise Refused(_("This day lies in the future."), field="approved_on")
    check = DwellingCheck.objects.filter(person=person).first() or DwellingCheck(person=person)
    told = {
        "tenancy_id": tenancy.pk,
        "approved_on": approved_on,
        "registered": registered,
        "number_present": number_present,
        "mvv": mvv,
    }
    before = {name: getattr(check, name) for name in told}
    if check.pk is not None and before == told:
        return check
    newly = (before["tenancy_id"], before["approved_on"]) != (tenancy.pk, approved_on)
    for name, value in told.items():
        setattr(check, name, value)
    if newly:
        check.approved_by = by if approved_on else None
    check.save()
    _tell(by, "reunion.check", case)
    return check


# -- what they share -------------------------------------------------------------------------------


def newest_fact(person: Person) -> ReunionFact | None:
    """The newest fact about somebody that was not taken back."""
    return person.reunion_facts.standing().order_by("pk").last()


def take_facts_back(*, by: User, step: CaseStep, now: datetime) -> None:
    """Take back what was told of family together with a step."""
    for fact in step.reunion_facts.standing().select_related("person"):
        if newest_fact(fact.person) != fact:
            raise Refused(_("Something was told about this family since. Take that back first."))
        _take_back(by, fact, now)


def add_joined(*, by: User, persons: Sequence[Person], step: CaseStep, now: datetime) -> None:
    """These persons joined with this step. An arrival that is only a date becomes a fact first."""
    for person in persons:
        if person.reunion != ReunionState.ARRIVED:
            _add(by, person, ReunionState.ARRIVED, on=person.arrived_on, now=now)
        _add(by, person, ReunionState.JOINED, on=step.effective_on, step=step, now=now)


def lives_in(person: Person, tenancy, on: date) -> bool:
    """Whether somebody lives in the dwelling of this tenancy since ``on``."""
    return Occupancy.objects.filter(person=person, tenancy=tenancy, moved_in_on=on).exists()


def _locked(person: Person) -> tuple[Case, Person]:
    case = locked_case(person.case)
    person = Person.objects.select_for_update(of=["self"], no_key=True).get(pk=person.pk)
    person.case = case
    return case, person


def _check_linked(case: Case) -> None:
    if case.status in NO_LONGER_OURS:
        raise Refused(_("This household is no longer linked here."))


def _add(by, person, state, *, on, now, expected_on=None, step=None) -> ReunionFact:
    with refused_by_constraints(ReunionFact, {"reunion_fact_says_when": "expected_on"}):
        fact = ReunionFact.objects.create(
            person=person, state=state, on=on, expected_on=expected_on, step=step, by=by, at=now
        )
    person.refresh_from_db(fields=["reunion", "expected_on", "arrived_on"])
    return fact


def _take_back(by, fact: ReunionFact, now: datetime) -> ReunionFact:
    line = ReunionFact.objects.create(
        person=fact.person, on=timezone.localtime(now).date(), undoes=fact, by=by, at=now
    )
    line.refresh_from_db()
    fact.person.refresh_from_db(fields=["reunion", "expected_on", "arrived_on"])
    return line


def _reckon(case: Case, now: datetime) -> None:
    """Who is here and who is expected decides over bedrooms, and over the tasks for the family."""
    reckon_bedrooms(case, on=timezone.localtime(now).date())
    if case.status not in (*SEARCHING, *PLACING):
        plan_tasks(case=case)


def _tell(by: User, action: str, case: Case) -> None:
    """What became of whom stays out of the journal: it is kept five years, and is read by many."""
    record(by=by, action=action, obj=case, region=case.region)
