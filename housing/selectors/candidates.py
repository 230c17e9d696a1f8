"""Which vacated dwellings suit a household, and which households a vacated dwelling.

The whole region at once, in a constant number of queries. Counts and codes only: nothing of it
tells who somebody is, but for the case itself, which the reader may see.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from housing.arithmetic import Asked, Fit, Offered, bedrooms_needed, birthday, fit
from housing.choices import (
    OPEN_STATES,
    STEPS,
    STILL_EXPECTED,
    PersonCategory,
    RentVerdict,
    StepCode,
    Verdict,
)
from housing.models import (
    BedroomNorm,
    Case,
    DispersalThreshold,
    Person,
    Proposal,
    RentLimit,
    Vacancy,
)
from housing.selectors.advice import Around, households_around
from housing.selectors.households import with_due_on

MAY_BE_PROPOSED = STEPS[StepCode.PROPOSE].before
JUDGED_SUITABLE = (Verdict.SUITABLE, Verdict.CONDITIONAL)


@dataclass(frozen=True)
class Candidate:
    """A household and a dwelling, and how they go together. ``days_empty``: since the dwelling
    stands empty, None as long as somebody lives there. ``around``: who lives near, by level."""

    case: Case
    vacancy: Vacancy
    asked: Asked
    fit: Fit
    days_empty: int | None
    around: list[Around]

    @property
    def warnings(self) -> list[Around]:
        return [around for around in self.around if around.warns]


def proposable_vacancies(vacancies: QuerySet, *, on: date) -> QuerySet:
    """Those that can be proposed: open, judged suitable, proposed to nobody.

    Adds ``municipality_name`` and comes with the dwelling and its village.
    """
    live = Proposal.objects.live().filter(vacancy=OuterRef("pk"))
    return (
        vacancies.open()
        .filter(~Exists(live), verdict__in=JUDGED_SUITABLE, state__in=OPEN_STATES)
        .with_municipality(on)
        .select_related("dwelling__village__region", "dwelling__corporation")
    )


def can_be_proposed(vacancy: Vacancy, *, on: date) -> bool:
    """Whether a vacancy is one of those. One query."""
    return proposable_vacancies(Vacancy.objects.filter(pk=vacancy.pk), on=on).exists()


def waiting_cases(cases: QuerySet, *, on: date) -> QuerySet:
    """Households to whom a dwelling can be proposed, the longest waiting first, with ``due_on``."""
    # Opening what is sealed costs more than the rest, and nobody is named here.
    without_names = Person.objects.defer("name", "v_number", "contact")
    return (
        with_due_on(cases.filter(status__in=MAY_BE_PROPOSED), on=on)
        .select_related("linked_municipality")
        .prefetch_related(Prefetch("persons", without_names), "needs__need")
        .order_by("linked_on", "pk")
    )


def candidates(
    case: Case, *, on: date, vacancies: QuerySet | None = None, with_age: bool = True
) -> list[Candidate]:
    """The dwellings of the region for one household: those that fit first, the best first.

    ``vacancies``: those that the reader may see. ``with_age``: whether the reader may know the age
    of somebody who lives alone (``person.birth_date`` in ``policies.FIELDS``).
    """
    if vacancies is None:
        vacancies = Vacancy.objects.filter(dwelling__village__region=case.region_id)
    return sorted(
        judge([case], proposable_vacancies(vacancies, on=on), on=on, with_age=with_age),
        key=lambda one: (
            not one.fit.fits,
            one.fit.rent.after != RentVerdict.FITS,
            one.vacancy.dwelling.bedrooms,
            one.fit.rent.above_cap or 0,
            -(one.days_empty or 0),
            one.vacancy.pk,
        ),
    )


def candidates_for(
    vacancy: Vacancy, *, on: date, cases: QuerySet | None = None, with_age: bool = True
) -> list[Candidate]:
    """The waiting households for one dwelling: those that fit first, the longest waiting first.

    ``vacancy`` comes with its dwelling and village. Seven queries, as ``candidates``.
    """
    if cases is None:
        cases = Case.objects.filter(region=vacancy.dwelling.village.region_id)
    return sorted(
        judge(waiting_cases(cases, on=on), [vacancy], on=on, with_age=with_age),
        key=lambda one: (not one.fit.fits, one.case.linked_on, one.case.pk),
    )


def judge(
    cases: Iterable[Case], vacancies: Iterable[Vacancy], *, on: date, with_age: bool = True
) -> list[Candidate]:
    """Every household with every dwelling, as things stand on ``on``."""
    cases, vacancies = list(cases), list(vacancies)
    norms = {norm.persons_from: norm.bedrooms for norm in BedroomNorm.objects.on(on)}
    begins = {vacancy.pk: max(on, vacancy.available_from) for vacancy in vacancies}
    years = {day.year for day in begins.values()}
    limits = {limit.year: limit.limits for limit in RentLimit.objects.filter(year__in=years)}
    dwellings = [vacancy.dwelling for vacancy in vacancies]
    regions = {dwelling.village.region_id for dwelling in dwellings}
    thresholds = DispersalThreshold.objects.on(on).filter(region__in=regions)
    around = households_around(dwellings, thresholds, on=on) if dwellings else {}
    found = []
    for case in cases:
        persons, needs = list(case.persons.all()), list(case.needs.all())
        for vacancy in vacancies:
            day = begins[vacancy.pk]
            limit = limits.get(day.year)
            young = with_age and limit is not None and lives_young(persons, limit.young_below, day)
            asked = asks(case, persons, needs, norms, young=young)
            found.append(
                Candidate(
                    case=case,
                    vacancy=vacancy,
                    asked=asked,
                    fit=fit(asked, offers(vacancy), limit),
                    days_empty=days_empty(vacancy, on),
                    around=around[vacancy.dwelling_id],
                )
            )
    return found


def is_here(person: Person) -> bool:
    """As ``Person.objects.here()``, of a row that was read already."""
    arrived = person.category != PersonCategory.REUNIFIER or person.arrived_on is not None
    return arrived and person.left_on is None


def is_expected(person: Person) -> bool:
    """As ``Person.objects.expected()``, of a row that was read already."""
    return (
        person.category == PersonCategory.REUNIFIER
        and person.arrived_on is None
        and person.left_on is None
        and person.reunion in STILL_EXPECTED
    )


def lives_young(persons: list[Person], below: int, on: date) -> bool:
    """Whether the only one here is younger than ``below`` on ``on``."""
    here = [person for person in persons if is_here(person)]
    born = here[0].birth_date if len(here) == 1 else None
    return born is not None and birthday(born, below) > on


def asks(case: Case, persons: list[Person], needs: list, norms: dict, *, young: bool) -> Asked:
    """What a household asks; by the norm for its size where its bedrooms were not reckoned."""
    here = sum(map(is_here, persons))
    later = here + sum(map(is_expected, persons))
    return Asked(
        persons_now=here,
        persons_later=later,
        bedrooms_now=case.bedrooms_now or bedrooms_needed(here, norms),
        bedrooms=case.bedrooms or bedrooms_needed(later, norms),
        needs=frozenset(need.need.code for need in needs),
        young=young,
    )


def offers(vacancy: Vacancy) -> Offered:
    dwelling = vacancy.dwelling
    return Offered(
        bedrooms=dwelling.bedrooms,
        net_rent=vacancy.net_rent,
        floor=dwelling.floor,
        lift=dwelling.lift,
        step_free=dwelling.step_free,
        accessibility=dwelling.accessibility,
        adaptations=dwelling.adaptations,
        label=vacancy.label,
        temporary_until=dwelling.temporary_until,
    )


def days_empty(vacancy: Vacancy, on: date) -> int | None:
    since = vacancy.empty_from or vacancy.available_from
    return (on - since).days if since <= on else None
