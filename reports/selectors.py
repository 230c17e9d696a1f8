"""Reading for reports: from facts to the plain figures that a report freezes.

The state on a reference date is that at the beginning of the day: what happened on the day itself
is not in yet. Months are counted on the 1st (DOMAIN §5), so a report of 1 November tells of
October and holds four whole months of the half-year against the schedule.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from housing.choices import PersonCategory, VacancyState, Verdict
from housing.models import Assessment, Case, Dwelling, Person, Tenancy, Vacancy
from partners.choices import ShareDenominator
from partners.models import Covenant, Region, ShareDefinition
from quota import arithmetic as sums
from quota.models import Obligation, ScheduleThreshold
from quota.selectors import Progress as QuotaProgress
from quota.selectors import RegionOverview, region_overview
from reports.figures import (
    CoursePoint,
    CovenantShare,
    Inflow,
    MonthlyFigures,
    Progress,
    Supply,
    Waiting,
)

DAY = timedelta(days=1)
WEEK = timedelta(weeks=1)
MOVE_WITHIN = timedelta(weeks=2)  # after signing; COA's agreement with municipalities


class NoQuota(Exception):
    """There is no quota to report on: no period or no obligation on this date."""


def first_reference_date(region: Region) -> date | None:
    """The first date on which a report has anything to tell; None for a region without quota."""
    start = (
        Obligation.objects.filter(municipality__region=region)
        .order_by("period__starts_on")
        .values_list("period__starts_on", flat=True)
        .first()
    )
    return start + DAY if start else None


def monthly_figures(region: Region, reference_date: date) -> MonthlyFigures:
    """The figures of the monthly report, all read from one moment of the database.

    Raises ``NoQuota`` when the region has no quota in the half-year of the day before.
    """
    with transaction.atomic():
        if len(connection.savepoint_ids) == 0:
            # One snapshot for all queries. Inside a larger transaction that one decides.
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return _monthly_figures(region, reference_date)


def _monthly_figures(region: Region, reference_date: date) -> MonthlyFigures:
    last = reference_date - DAY
    overview = region_overview(region, on=last)
    if overview is None or overview.total.net is None:
        raise NoQuota(f"{region} has no quota on {last}.")
    months = sums.months_passed(overview.period.starts_on, reference_date)
    threshold = ScheduleThreshold.objects.on(last).filter(region=region).first()
    border = threshold.slightly_behind_from if threshold else 0
    start = last.replace(day=1)
    covenant = (
        Covenant.objects.filter(region=region, signed_on__lte=last).order_by("-signed_on").first()
    )
    places = [(row.municipality_id, row.name) for row in overview.rows]
    stock = Dwelling.objects.filter(village__region=region)
    cases = Case.objects.filter(region=region)
    return MonthlyFigures(
        region=region.name,
        reference_date=reference_date,
        month_start=start,
        month_end=last,
        period=overview.period.code,
        period_start=overview.period.starts_on,
        period_end=overview.period.ends_on,
        months_passed=months,
        rows=tuple(_progress(row, months, border) for row in overview.rows),
        total=_progress(overview.total, months, border),
        course=tuple(_course(overview, reference_date)),
        inflow=tuple(_inflow(cases, places, start, reference_date)),
        waiting=tuple(_waiting(cases, places, reference_date)),
        supply_month=_supply(stock, start, last),
        supply_since=_supply(stock, covenant.signed_on, last) if covenant else None,
        share=_share(covenant, stock, last) if covenant else None,
        moved_late=_moved_late(cases, reference_date),
        sources=tuple(
            dict.fromkeys(
                source
                for joined in (overview.total.net_source, overview.total.opening_source)
                for source in joined.split("; ")
                if source
            )
        ),
        illustrative=overview.total.illustrative
        or stock.filter(illustrative=True).exists()
        or cases.filter(illustrative=True).exists(),
    )


def _progress(row: QuotaProgress, months: int, border) -> Progress:
    """A row of the overview, with the whole months as they stand on the reference date.

    The overview is asked for the day before, on which the month it closes is not whole yet.
    """
    return Progress(
        name=row.name,
        net=row.net,
        opening=row.opening,
        corrected=row.corrected,
        realised=row.realised,
        realised_in_month=row.realised_this_month,
        scheduled=sums.scheduled(row.corrected, months),
        share=row.share,
        remaining=row.remaining,
        needed_per_month=sums.needed_per_month(row.remaining, sums.months_left(months)),
        standing=str(
            sums.standing(
                row.realised, row.corrected, months, border, has_quota=row.net is not None
            )
        ),
        net_certainty=str(row.net_certainty),
        opening_certainty=str(row.opening_certainty),
    )


def _course(overview: RegionOverview, reference_date: date) -> Iterable[CoursePoint]:
    """The seven 1sts of the half-year, and the reference date when it is another day."""
    realised = {overview.period.starts_on: 0}
    realised |= {month.until + DAY: month.cumulative for month in overview.total.months}
    scheduled = dict(overview.schedule())
    for day in sorted({*realised, *scheduled}):
        months = sums.months_passed(overview.period.starts_on, day)
        yield CoursePoint(
            day=day,
            realised=realised.get(day),
            scheduled=scheduled.get(day, sums.scheduled(overview.total.corrected, months)),
        )


def _inflow(
    cases: QuerySet, places: list[tuple[int, str]], start: date, reference_date: date
) -> Iterable[Inflow]:
    linked: dict[int, list[int]] = {}
    sizes = (
        cases.filter(linked_on__gte=start, linked_on__lt=reference_date)
        .annotate(size=Count("persons", filter=~Q(persons__category=PersonCategory.REUNIFIER)))
        .values_list("linked_municipality", "size")
    )
    for municipality, size in sizes:
        linked.setdefault(municipality, []).append(size)
    unlinked = Counter(
        cases.filter(unlinked_on__gte=start, unlinked_on__lt=reference_date).values_list(
            "linked_municipality", flat=True
        )
    )
    reunifiers = Counter(
        Person.objects.filter(
            Q(arrived_on__isnull=True) | Q(arrived_on__gte=reference_date),
            Q(case__unlinked_on__isnull=True) | Q(case__unlinked_on__gte=reference_date),
            case__in=cases.filter(linked_on__lt=reference_date),
            category=PersonCategory.REUNIFIER,
        ).values_list("case__linked_municipality", flat=True)
    )
    for municipality, name in places:
        households = linked.get(municipality, [])
        yield Inflow(
            name=name,
            linked=len(households),
            persons=sum(households),
            single=households.count(1),
            unlinked=unlinked[municipality],
            reunifiers_expected=reunifiers[municipality],
        )


def _waiting(
    cases: QuerySet, places: list[tuple[int, str]], reference_date: date
) -> Iterable[Waiting]:
    found: dict[int, list[tuple[timedelta, int]]] = {}
    rows = (
        cases.waiting(reference_date - DAY)
        .annotate(size=Count("persons", filter=~Q(persons__category=PersonCategory.REUNIFIER)))
        .values_list("linked_municipality", "linked_on", "size")
    )
    for municipality, linked_on, size in rows:
        found.setdefault(municipality, []).append((reference_date - linked_on, size))
    for municipality, name in places:
        households = found.get(municipality, [])
        yield Waiting(
            name=name,
            households=len(households),
            persons=sum(size for _waited, size in households),
            up_to_5_weeks=sum(waited <= 5 * WEEK for waited, _size in households),
            up_to_10_weeks=sum(5 * WEEK < waited <= 10 * WEEK for waited, _size in households),
            over_10_weeks=sum(waited > 10 * WEEK for waited, _size in households),
        )


def _moved_late(cases: QuerySet, reference_date: date) -> int:
    """Households that signed more than two weeks ago and of whom nobody has moved in."""
    return (
        Tenancy.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=reference_date),
            case__in=cases,
            signed_on__lt=reference_date - MOVE_WITHIN,
        )
        .exclude(occupancies__moved_in_on__lt=reference_date)
        .values("case")
        .distinct()
        .count()
    )


def _became_available(stock: QuerySet, start: date, last: date) -> QuerySet:
    """Vacancies whose dwelling came free in the span; one withdrawn by then was not to be let."""
    return Vacancy.objects.filter(
        dwelling__in=stock, available_from__gte=start, available_from__lte=last
    ).exclude(state=VacancyState.WITHDRAWN, closed_on__lte=last)


def _let_to_permit_holders(stock: QuerySet, start: date, last: date) -> QuerySet:
    """Tenancies of households of permit holders that began in the span."""
    return Tenancy.objects.filter(dwelling__in=stock, starts_on__gte=start, starts_on__lte=last)


def _supply(stock: QuerySet, start: date, last: date) -> Supply:
    """Dwellings from ``start`` up to and including ``last``.

    A dwelling is judged on the day of its newest verdict up to ``last``, so it is counted once.
    """
    newest = Assessment.objects.filter(vacancy=OuterRef("pk"), at__date__lte=last).order_by("-pk")
    judged = (
        Vacancy.objects.filter(dwelling__in=stock)
        .annotate(
            newest_verdict=Subquery(newest.values("verdict")[:1]),
            judged_on=Subquery(newest.values("at__date")[:1]),
        )
        .filter(judged_on__gte=start)
    )
    return Supply(
        vacated=_became_available(stock, start, last).count(),
        judged=judged.count(),
        suitable=judged.exclude(newest_verdict=Verdict.UNSUITABLE).count(),
        let_to_permit_holders=_let_to_permit_holders(stock, start, last).count(),
    )


def _share(covenant: Covenant, stock: QuerySet, last: date) -> CovenantShare | None:
    """The covenant's share as its definition of ``last`` counts it, from signing on.

    Numerator: dwellings let to permit holders, by the start of the tenancy (DOMAIN §4.2).
    """
    definition = ShareDefinition.objects.filter(covenant=covenant).on(last).first()
    if definition is None:
        return None
    start = covenant.signed_on
    available = _became_available(stock, start, last)
    if definition.denominator == ShareDenominator.LET:
        dwellings = (
            Vacancy.objects.filter(
                dwelling__in=stock,
                state__in=(VacancyState.LET_PERMIT, VacancyState.LET_REGULAR),
                closed_on__gte=start,
                closed_on__lte=last,
            )
        ).count()
    elif definition.denominator == ShareDenominator.UNLABELLED:
        dwellings = available.filter(dwelling__label="").count()
    else:
        dwellings = available.count()
    let = _let_to_permit_holders(stock, start, last).count()
    return CovenantShare(
        since=start,
        target=definition.target,
        denominator=definition.denominator,
        dwellings=dwellings,
        let_to_permit_holders=let,
        share=sums.share_realised(let, dwellings),
        certainty=definition.certainty,
    )
