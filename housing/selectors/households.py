"""What the list of households asks: facts reckoned in the database, row by row in one query."""

from datetime import date, timedelta

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    Func,
    IntegerField,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.db.models.functions import Coalesce, Least
from django.utils.translation import get_language

from housing.arithmetic import Deadline, deadlines, link_reference_date, linked_by_reference_date
from housing.choices import (
    OPEN_CASES,
    PLACING,
    SEARCHING,
    CaseStatus,
    DeadlineState,
    StepCode,
    TermCode,
)
from housing.models import Case as Household
from housing.models import CaseNeed, CaseStep, Person, Tenancy, Term
from housing.policies import seen_where, with_viewpoints
from housing.selectors.bedrooms import current_tenancies, too_large, too_small, with_needs
from housing.selectors.cases import WITHIN_DAYS, linked_longer_than, not_yet_joined, term_weeks
from partners.choices import Role
from partners.models import Municipality, User

OF_A_CASE = (TermCode.FIND_DWELLING, TermCode.MOVE, TermCode.PERMIT_TO_MOVE)
SOON_DAYS = 14  # "within two weeks", as the filter says
# Whoever has not moved in by then has a term for it.
NOT_MOVED = (*SEARCHING, *PLACING, CaseStatus.CONTRACT_SIGNED)


def terms_of_cases(*, on: date) -> dict[str, int | None]:
    """Weeks per term of a household, in force on ``on``. One query."""
    return dict(Term.objects.on(on).filter(code__in=OF_A_CASE).values_list("code", "weeks"))


def with_list_facts(cases: QuerySet, *, on: date) -> QuerySet:
    """Adds ``here`` and ``expected`` (persons), ``bedrooms_asked``, ``need_labels`` and ``due_on``:
    the last day of the term that runs out first, None where none runs."""
    label = "need__label_en" if get_language() == "en" else "need__label_nl"
    needs = CaseNeed.objects.filter(case=OuterRef("pk")).order_by(label).values(label)
    return with_due_on(cases, on=on).annotate(
        here=_persons(Person.objects.here()),
        expected=_persons(Person.objects.expected()),
        bedrooms_asked=Coalesce("bedrooms_by_hand", "bedrooms_later", "bedrooms_now"),
        need_labels=ArraySubquery(needs),
    )


def with_due_on(cases: QuerySet, *, on: date) -> QuerySet:
    """Adds ``due_on``: the last day of the term that runs out first, None where none runs."""
    return cases.annotate(due_on=_due_on(on))


def with_deadline(rows: QuerySet, user: User, *, on: date, case: str = "case") -> QuerySet:
    """Adds ``deadline_on`` to rows about households: their ``due_on``, as far as ``user`` may know
    of it. ``case``: the way from a row to its household."""
    own = with_viewpoints(Household.objects.filter(pk=OuterRef(case)), user)
    known = with_due_on(own.filter(seen_where("case.deadlines")), on=on)
    return rows.annotate(deadline_on=Subquery(known.values("due_on"), output_field=DateField()))


def deadline_of(case: Household, user: User, *, on: date) -> date | None:
    """``deadline_on`` of one household. One query."""
    rows = with_deadline(Household.objects.filter(pk=case.pk), user, on=on, case="pk")
    return rows.values_list("deadline_on", flat=True).first()


def _persons(persons: QuerySet) -> Coalesce:
    counted = persons.filter(case=OuterRef("pk")).order_by().values("case")
    return Coalesce(
        Subquery(counted.annotate(number=Count("pk")).values("number")),
        0,
        output_field=IntegerField(),
    )


def _due_on(on: date) -> Least:
    """The last day of the running term that ends first, by the terms in force on ``on``."""
    tenancy = Tenancy.objects.filter(case=OuterRef("pk"), ends_on__isnull=True)
    starts_on = Subquery(tenancy.order_by("-starts_on").values("starts_on")[:1])
    spans = (
        (TermCode.FIND_DWELLING, F("linked_on"), (*SEARCHING, *PLACING)),
        (TermCode.MOVE, starts_on, (CaseStatus.CONTRACT_SIGNED,)),
        (TermCode.PERMIT_TO_MOVE, F("permit_on"), NOT_MOVED),
    )
    return Least(  # PostgreSQL leaves out what is NULL: a term that does not run or is not known
        *(
            Case(When(status__in=statuses, then=WeeksLater(began, _weeks(code, on))), default=None)
            for code, began, statuses in spans
        ),
        output_field=DateField(),
    )


def _weeks(code: TermCode, on: date) -> Subquery:
    return Subquery(Term.objects.on(on).filter(code=code).values("weeks")[:1])


class WeeksLater(Func):
    """SQL ``day + weeks * 7``: a date."""

    template = "(%(expressions)s * 7)"
    arg_joiner = " + "
    output_field = DateField()


def late(cases: QuerySet, *, on: date) -> QuerySet:
    """Households with a term that ran out before ``on``; rows need ``with_list_facts``."""
    return cases.filter(due_on__lt=on)


def due_soon(cases: QuerySet, *, on: date) -> QuerySet:
    """Households with a term that runs out within two weeks; rows need ``with_list_facts``."""
    return cases.filter(due_on__gte=on, due_on__lte=on + timedelta(days=SOON_DAYS))


def without_dwelling_in_time(cases: QuerySet, *, on: date) -> QuerySet:
    """Households that wait longer than the term for finding a dwelling: those of "Today"."""
    weeks = term_weeks(TermCode.FIND_DWELLING, on=on)
    return cases.waiting(on).filter(linked_longer_than(weeks, on=on))


def family_arrives(cases: QuerySet, *, on: date) -> QuerySet:
    """Households of which a family member is expected within three months: those of "Today"."""
    soon = not_yet_joined(OuterRef("region"), on=on).filter(
        case=OuterRef("pk"), expected_on__lte=on + timedelta(days=WITHIN_DAYS)
    )
    return cases.filter(Exists(soon))


def room(cases: QuerySet, kind: str, *, on: date) -> QuerySet:
    """Households whose dwelling is too small (``over``) or too large (``under``) for them."""
    tenancies = with_needs(Tenancy.objects.filter(current_tenancies(on), case=OuterRef("pk")))
    return cases.filter(Exists((too_small if kind == "over" else too_large)(tenancies)))


# -- one household ---------------------------------------------------------------------------------


def deadlines_of(case: Household, *, on: date) -> tuple[Deadline, ...]:
    """The terms of one household as they stand on ``on``, the first that runs out in front.

    A dwelling is found when the contract is signed. A household that ended before it got there has
    no running term any more. Four queries at most.
    """
    tenancy = case.tenancies.order_by("-starts_on", "-pk").first()
    moved_on = _moved_on(case)
    found = deadlines(
        on=on,
        terms=terms_of_cases(on=on),
        linked_on=case.linked_on,
        permit_on=case.permit_on,
        tenancy_starts_on=tenancy and tenancy.starts_on,
        found_on=tenancy.signed_on if tenancy else moved_on,
        moved_on=moved_on,
    )
    if case.status in OPEN_CASES:
        return found
    return tuple(one for one in found if one.state in (DeadlineState.MET, DeadlineState.LATE))


def _moved_on(case: Household) -> date | None:
    """The day of moving into the dwelling or other accommodation; None before that."""
    steps = CaseStep.objects.filter(
        case=case, code__in=(StepCode.MOVE_IN, StepCode.STAY), undone_by=None
    )
    # Who was housed before steps were kept has only the day on which they moved in.
    lived = case.tenancies.aggregate(since=Min("occupancies__moved_in_on"))["since"]
    return steps.aggregate(since=Min("effective_on"))["since"] or lived


def reference_date(case: Household, *, on: date) -> tuple[date, bool]:
    """The day on which the links of this half-year are counted, and whether this one counts."""
    return link_reference_date(on), linked_by_reference_date(
        case.linked_on, on, unlinked_on=case.unlinked_on
    )


def household_size(size: str) -> Q:
    """Households of so many persons, those expected included; ``size`` as in the filter."""
    if size == "3-4":
        return Q(persons_all__gte=3, persons_all__lte=4)
    return Q(persons_all__gte=5) if size == "5+" else Q(persons_all=int(size))


def with_size(cases: QuerySet) -> QuerySet:
    """Adds ``persons_all``; rows need ``with_list_facts``."""
    return cases.annotate(persons_all=F("here") + F("expected"))


def addable_municipalities(user: User, *, on: date) -> QuerySet:
    """The municipalities for which ``user`` may enter a link: see ``can_add_case``."""
    reach = user.reach
    return Municipality.objects.on(on).filter(
        Q(region__in=reach.regions_as(Role.COORDINATOR))
        | Q(organisation__in=reach.organisations_as(Role.MUNICIPAL_OFFICER))
    )
