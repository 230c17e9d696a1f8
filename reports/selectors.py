"""Reading for reports: from facts to the plain figures that a report freezes.

The state on a reference date is that at the beginning of the day: what happened on the day itself
is not in yet. Months are counted on the 1st, as COA does, so a report of 1 November tells of
October and holds four whole months of the half-year against the schedule.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Count, Q, QuerySet

from housing.choices import PersonCategory, TermCode
from housing.models import Case, Dwelling, Person, Tenancy
from housing.selectors import covenant_share, monthly_housing_figures, term_weeks
from partners.models import Region
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
from westerkwartier.web.models import Certainty

DAY = timedelta(days=1)


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
    share = covenant_share(region, on=last)
    find_within = term_weeks(TermCode.FIND_DWELLING, on=last)
    move_within = term_weeks(TermCode.MOVE, on=last)
    places = [(row.municipality_id, row.name) for row in overview.rows]
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
        waiting=tuple(_waiting(cases, places, reference_date, find_within)),
        find_within_weeks=find_within,
        move_within_weeks=move_within,
        moved_late=_moved_late(cases, reference_date, move_within),
        supply_month=_supply(region, start, last),
        supply_since=_supply(region, share.since, last) if share else None,
        share=CovenantShare(
            since=share.since,
            target=share.target,
            denominator=str(share.denominator),
            dwellings=share.dwellings,
            let_to_permit_holders=share.let,
            share=share.share,
            certainty=share.certainty,
            source=share.source,
        )
        if share
        else None,
        sources=tuple(_sources(overview)),
        illustrative=overview.total.illustrative
        or Dwelling.objects.filter(village__region=region, illustrative=True).exists()
        or cases.filter(illustrative=True).exists(),
    )


def _sources(overview: RegionOverview) -> Iterable[str]:
    """Where net quotas and opening balances come from, each source once.

    What was calculated or made up has a sign with a sentence of its own instead.
    """
    found = [
        source
        for row in overview.rows
        for source, certainty in (
            (row.net_source, row.net_certainty),
            (row.opening_source, row.opening_certainty),
        )
        if source and certainty not in (Certainty.DERIVED, Certainty.ILLUSTRATIVE)
    ]
    return dict.fromkeys(found)


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
    month = cases.filter(linked_on__gte=start, linked_on__lt=reference_date)
    for municipality, size in _sizes(month).values_list("linked_municipality", "size"):
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
    cases: QuerySet, places: list[tuple[int, str]], reference_date: date, weeks: int | None
) -> Iterable[Waiting]:
    """Per municipality, divided at half the term and at the term; undivided without a term."""
    term = timedelta(weeks=weeks) if weeks else timedelta.max
    half = timedelta(weeks=weeks // 2) if weeks else timedelta.max
    found: dict[int, list[tuple[timedelta, int]]] = {}
    rows = _sizes(cases.waiting(reference_date - DAY)).values_list(
        "linked_municipality", "linked_on", "size"
    )
    for municipality, linked_on, size in rows:
        found.setdefault(municipality, []).append((reference_date - linked_on, size))
    for municipality, name in places:
        households = found.get(municipality, [])
        yield Waiting(
            name=name,
            households=len(households),
            persons=sum(size for _waited, size in households),
            up_to_half=sum(waited <= half for waited, _size in households),
            up_to_term=sum(half < waited <= term for waited, _size in households),
            over_term=sum(waited > term for waited, _size in households),
        )


def _sizes(cases: QuerySet) -> QuerySet:
    """Adds ``size``: the persons to house now. Reunifiers join later and are told apart."""
    return cases.annotate(
        size=Count("persons", filter=~Q(persons__category=PersonCategory.REUNIFIER))
    )


def _moved_late(cases: QuerySet, reference_date: date, weeks: int | None) -> int:
    """Households that signed longer ago than the term and of whom nobody has moved in."""
    if weeks is None:
        return 0
    return (
        Tenancy.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=reference_date),
            case__in=cases,
            signed_on__lt=reference_date - timedelta(weeks=weeks),
        )
        .exclude(occupancies__moved_in_on__lt=reference_date)
        .values("case")
        .distinct()
        .count()
    )


def _supply(region: Region, start: date, last: date) -> Supply:
    """Dwellings from ``start`` up to and including ``last``."""
    month = monthly_housing_figures(region, start=start, end=last)
    return Supply(
        vacated=month.vacated,
        judged=month.judged,
        suitable=month.suitable,
        let_to_permit_holders=month.let_to_permit_holders,
    )
