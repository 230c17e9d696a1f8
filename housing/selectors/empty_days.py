"""How long vacated dwellings stood empty, and for what: per vacancy and summed, in SQL.

The rule is that of ``arithmetic.empty_days_by_cause``; a test holds both to the same answers.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import (
    DateField,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce, Greatest, Least
from django.utils.translation import gettext as _

from housing.arithmetic import empty_days_by_cause, half_years
from housing.choices import RECORDED_CAUSES, VacancyState, WaitCause
from housing.models import Assessment, Vacancy, VacancyWait
from partners.models import Covenant, User

COVENANT = "covenant"  # the code of the span since the covenant was signed
HALF_YEARS_WITHOUT = 4  # how far one looks back in a region without a covenant


@dataclass(frozen=True)
class Period:
    """A span of days, both included, that one can choose: ``code`` stands in the address."""

    code: str
    label: str
    start: date
    end: date


def empty_periods(user: User, *, on: date) -> list[Period]:
    """Since the covenant and its half-years up to ``on``, the newest first; the last two years
    where there is no covenant. One query."""
    signed = (
        Covenant.objects.filter(region__in=user.reach.region_ids, signed_on__lte=on)
        .order_by("-signed_on")
        .values_list("signed_on", flat=True)
        .first()
    )
    halves = [
        Period(half.code, half.code, max(half.start, signed or half.start), min(half.end, on))
        for half in half_years(signed or on.replace(year=on.year - 1, day=1), on)
    ]
    if signed is None:
        return halves[:HALF_YEARS_WITHOUT]
    return [Period(COVENANT, _("Since the covenant"), signed, on), *halves]


class DaysBetween(Func):
    """SQL: days from the first date up to, not including, the second; 0 when it lies before."""

    template = "GREATEST(%(expressions)s, 0)"
    arg_joiner = " - "
    output_field = IntegerField()

    def __init__(self, start, end, **extra):
        super().__init__(end, start, **extra)


def first_verdict(vacancy: str = "pk") -> QuerySet:
    """The first verdict of a vacancy that was not taken back, for a subquery on its day."""
    return Assessment.objects.filter(
        vacancy=OuterRef(vacancy), undoes__isnull=True, undone_by__isnull=True
    ).order_by("pk")


def with_empty_span(vacancies: QuerySet, *, on: date) -> QuerySet:
    """Adds ``empty_since``, ``empty_until`` (the first day no longer) and ``days_total``.

    Empty from the day that is told, else from when it is available; until the new tenancy, until
    it was withdrawn, or until ``on`` as long as it is open.
    """
    return vacancies.annotate(
        empty_since=Coalesce("empty_from", "available_from"),
        empty_until=Coalesce("let_from", "closed_on", Value(on, DateField())),
    ).annotate(days_total=DaysBetween("empty_since", "empty_until"))


def with_empty_days(vacancies: QuerySet, *, on: date) -> QuerySet:
    """Adds to ``with_empty_span`` the days by cause: ``days_verdict``, ``days_match`` and so on."""
    waits = VacancyWait.objects.filter(vacancy=OuterRef("pk")).order_by()

    def overlap(until) -> DaysBetween:
        return DaysBetween(
            Greatest("starts_on", OuterRef("empty_since")),
            Least(Coalesce("ends_on", OuterRef("empty_until")), until),
        )

    def told(rows: QuerySet, until) -> Coalesce:
        summed = rows.values("vacancy").annotate(days=Sum(overlap(until))).values("days")
        return Coalesce(Subquery(summed, output_field=IntegerField()), 0)

    end = OuterRef("empty_until")
    vacancies = with_empty_span(vacancies, on=on).annotate(
        judged_on=Subquery(first_verdict().values("at__date")[:1]),
    )
    vacancies = vacancies.annotate(
        judged_until=Least(
            F("empty_until"), Greatest(F("empty_since"), Coalesce("judged_on", "empty_until"))
        ),
        **{f"days_{cause}": told(waits.filter(cause=cause), end) for cause in RECORDED_CAUSES},
    )
    vacancies = vacancies.annotate(
        days_verdict=DaysBetween("empty_since", "judged_until")
        - told(waits, OuterRef("judged_until"))
    )
    named = sum((F(f"days_{cause}") for cause in RECORDED_CAUSES), F("days_verdict"))
    return vacancies.annotate(days_match=F("days_total") - named)


def stood_empty(vacancies: QuerySet, *, start: date, end: date) -> QuerySet:
    """Of ``with_empty_span``: those whose first empty day lies in this span, both included.

    What was withdrawn before it stood empty never did, so it is left out.
    """
    never = Q(state=VacancyState.WITHDRAWN, closed_on__lte=F("empty_since"))
    return vacancies.filter(empty_since__gte=start, empty_since__lte=end).exclude(never)


@dataclass(frozen=True)
class EmptyDays:
    """Of a group of vacancies: how many, days on average and in the middle, and days by cause.

    ``average`` and ``median`` are days a vacancy; None without vacancies. ``by_cause`` are all
    days together.
    """

    vacancies: int
    average: float | None
    median: float | None
    by_cause: dict[WaitCause, int]

    @property
    def total(self) -> int:
        return sum(self.by_cause.values())


NO_DAYS = EmptyDays(0, None, None, dict.fromkeys(WaitCause, 0))

SUMMARY = """
    WITH vacancy AS ({rows})
    SELECT municipality_name, GROUPING(municipality_name) = 1, COUNT(*),
        AVG(days_total), PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY days_total), {sums}
    FROM vacancy
    GROUP BY ROLLUP (municipality_name)
"""


def empty_days_summary(vacancies: QuerySet, *, on: date) -> tuple[EmptyDays, dict[str, EmptyDays]]:
    """All these vacancies together, and by the name of the municipality. One query.

    ``vacancies`` come from ``with_municipality`` and ``stood_empty``.
    """
    fields = [f"days_{cause.value}" for cause in WaitCause]
    rows = with_empty_days(vacancies, on=on).order_by()
    rows = rows.values("municipality_name", "days_total", *fields)
    sql, parameters = rows.query.sql_with_params()
    sums = ", ".join(f"SUM({field})" for field in fields)
    together, places = NO_DAYS, {}
    with connection.cursor() as cursor:
        cursor.execute(SUMMARY.format(rows=sql, sums=sums), parameters)
        for name, is_all, count, average, median, *days in cursor.fetchall():
            if count == 0:
                continue
            found = EmptyDays(
                count, float(average), float(median), dict(zip(WaitCause, days, strict=True))
            )
            if is_all:
                together = found
            else:
                places[name or ""] = found
    return together, dict(sorted(places.items()))


@dataclass(frozen=True)
class EmptySpan:
    """One vacancy: when it stood empty, the days by cause, and the waits that were told.

    ``until`` is the first day no longer empty; ``still`` when that is today because it is open.
    """

    since: date
    until: date
    still: bool
    by_cause: dict[WaitCause, int]
    waits: list[VacancyWait]

    @property
    def total(self) -> int:
        return sum(self.by_cause.values())


def empty_span(vacancy: Vacancy, *, on: date) -> EmptySpan:
    """The empty days of one vacancy, by the pure sum. Two queries."""
    waits = list(vacancy.waits.order_by("starts_on", "pk"))
    judged = (
        vacancy.assessments.filter(undoes__isnull=True, undone_by__isnull=True)
        .order_by("pk")
        .values_list("at__date", flat=True)
        .first()
    )
    since = vacancy.empty_from or vacancy.available_from
    until = vacancy.let_from or vacancy.closed_on or on
    told: Iterable = [(wait.cause, wait.starts_on, wait.ends_on) for wait in waits]
    days = empty_days_by_cause(since, until, judged, told)
    return EmptySpan(since, until, vacancy.is_open, days, waits)
