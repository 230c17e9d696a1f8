"""Reading for reports: from facts to the plain figures that a report freezes.

The state on a reference date is the one that the pages show for that day: everything up to and
including it. What is counted is asked of the apps below, so that page and report cannot differ.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import Count, Q, QuerySet

from housing.choices import PersonCategory, TermCode
from housing.models import Case, Dwelling, Tenancy
from housing.selectors import (
    covenant_share,
    linked_longer_than,
    monthly_housing_figures,
    not_yet_joined,
    term_weeks,
)
from partners.models import Region
from quota.models import Obligation
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
# Reunifiers join later and are told apart.
TO_HOUSE = ~Q(persons__category=PersonCategory.REUNIFIER)


class NoQuota(Exception):
    """There is no quota to report on: no period or no obligation on this date."""


def first_reference_date(region: Region) -> date | None:
    """The first date on which a report has anything to tell; None for a region without quota."""
    return (
        Obligation.objects.filter(municipality__region=region)
        .order_by("period__starts_on")
        .values_list("period__starts_on", flat=True)
        .first()
    )


def monthly_figures(region: Region, reference_date: date) -> MonthlyFigures:
    """The figures of the monthly report, all read from one moment of the database.

    Raises ``NoQuota`` when the region has no quota in the half-year of that day.
    """
    with transaction.atomic():
        if len(connection.savepoint_ids) == 0:
            # One snapshot for all queries. Inside a larger transaction that one decides.
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return _monthly_figures(region, reference_date)


def _monthly_figures(region: Region, reference_date: date) -> MonthlyFigures:
    overview = region_overview(region, on=reference_date)
    if overview is None or overview.total.net is None:
        raise NoQuota(f"{region} has no quota on {reference_date}.")
    start, end = _month_told(reference_date)
    share = covenant_share(region, on=reference_date)
    find_within = term_weeks(TermCode.FIND_DWELLING, on=reference_date)
    move_within = term_weeks(TermCode.MOVE, on=reference_date)
    places = [(row.municipality_id, row.name) for row in overview.rows]
    cases = Case.objects.filter(region=region)
    return MonthlyFigures(
        region=region.name,
        reference_date=reference_date,
        month_start=start,
        month_end=end,
        counted_to=overview.counted_to,
        period=overview.period.code,
        period_start=overview.period.starts_on,
        period_end=overview.period.ends_on,
        months_passed=overview.months_passed,
        rows=tuple(_progress(row, start) for row in overview.rows),
        total=_progress(overview.total, start),
        course=tuple(_course(overview)),
        inflow=tuple(_inflow(region, places, start, end, reference_date)),
        waiting=tuple(_waiting(cases, places, reference_date, find_within)),
        find_within_weeks=find_within,
        move_within_weeks=move_within,
        moved_late=_moved_late(cases, reference_date, move_within),
        supply_month=_supply(region, start, end),
        supply_since=_supply(region, share.since, share.until) if share else None,
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


def _month_told(reference_date: date) -> tuple[date, date]:
    """The first and last day of the month up to the reference date; on a 1st the month before."""
    end = reference_date - DAY if reference_date.day == 1 else reference_date
    return end.replace(day=1), end


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


def _progress(row: QuotaProgress, month_start: date) -> Progress:
    in_month = [month.realised for month in row.months if month.starts_on == month_start]
    return Progress(
        name=row.name,
        net=row.net,
        opening=row.opening,
        corrected=row.corrected,
        realised=row.realised,
        realised_in_month=in_month[0] if in_month else None,
        scheduled=row.scheduled,
        share=row.share,
        remaining=row.remaining,
        needed_per_month=row.needed_per_month,
        standing=str(row.standing),
        net_certainty=str(row.net_certainty),
        opening_certainty=str(row.opening_certainty),
    )


def _course(overview: RegionOverview) -> Iterable[CoursePoint]:
    """Zero at the start, the end of each month of the half-year, and the reference date."""
    realised = {overview.period.starts_on: 0}
    realised |= {m.state_on: m.cumulative for m in overview.total.months if m.complete}
    points = [
        CoursePoint(until=day - DAY, day=day, realised=realised.get(day), scheduled=scheduled)
        for day, scheduled in overview.schedule()
    ]
    now = CoursePoint(
        until=overview.on,
        day=overview.on,
        realised=overview.total.realised,
        scheduled=overview.total.scheduled,
    )
    return sorted([*points, now], key=lambda point: (point.until, point.day))


def _inflow(
    region: Region, places: list[tuple[int, str]], start: date, end: date, reference_date: date
) -> Iterable[Inflow]:
    """What was linked and unlinked from ``start`` up to and including ``end``."""
    cases = Case.objects.filter(region=region)
    linked: dict[int, list[int]] = {}
    month = cases.filter(linked_on__gte=start, linked_on__lte=end)
    for municipality, size in _sizes(month).values_list("linked_municipality", "size"):
        linked.setdefault(municipality, []).append(size)
    unlinked = Counter(
        cases.filter(unlinked_on__gte=start, unlinked_on__lte=end).values_list(
            "linked_municipality", flat=True
        )
    )
    reunifiers = Counter(
        not_yet_joined(region, on=reference_date).values_list(
            "case__linked_municipality", flat=True
        )
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
    half = weeks // 2 if weeks is not None else None
    counts = (
        cases.waiting(reference_date)
        .order_by()
        .values("linked_municipality")
        .annotate(
            households=Count("pk", distinct=True),
            size=Count("persons", filter=TO_HOUSE, distinct=True),
            over_half=Count(
                "pk", filter=linked_longer_than(half, on=reference_date), distinct=True
            ),
            over_term=Count(
                "pk", filter=linked_longer_than(weeks, on=reference_date), distinct=True
            ),
        )
    )
    found = {row["linked_municipality"]: row for row in counts}
    nobody = {"households": 0, "size": 0, "over_half": 0, "over_term": 0}
    for municipality, name in places:
        row = found.get(municipality, nobody)
        yield Waiting(
            name=name,
            households=row["households"],
            persons=row["size"],
            up_to_half=row["households"] - row["over_half"],
            up_to_term=row["over_half"] - row["over_term"],
            over_term=row["over_term"],
        )


def _sizes(cases: QuerySet) -> QuerySet:
    """Adds ``size``: the persons to house now."""
    return cases.annotate(size=Count("persons", filter=TO_HOUSE))


def _moved_late(cases: QuerySet, reference_date: date, weeks: int | None) -> int:
    """Households that signed longer ago than the term and of whom nobody has moved in."""
    if weeks is None:
        return 0
    return (
        Tenancy.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gt=reference_date),
            case__in=cases,
            signed_on__lt=reference_date - timedelta(weeks=weeks),
        )
        .exclude(occupancies__moved_in_on__lte=reference_date)
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
