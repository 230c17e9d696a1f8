"""What happened to households and dwellings in a span of days, usually a month."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, Subquery

from housing.choices import Verdict
from housing.models import Assessment, Case, Vacancy
from housing.selectors.stock import became_available, let_to_permit_holders
from partners.models import Region


@dataclass(frozen=True)
class MonthlyHousing:
    """From ``start`` up to and including ``end``. Linked and unlinked are households; the rest
    dwellings. A dwelling is judged on the day of its newest verdict, so it counts once."""

    start: date
    end: date
    linked: int
    unlinked: int
    vacated: int
    judged: int
    suitable: int
    unsuitable: int
    let_to_permit_holders: int


def monthly_housing_figures(region: Region, *, start: date, end: date) -> MonthlyHousing:
    """The region's figures of these days, both included. Four queries."""
    cases = Case.objects.filter(region=region).aggregate(
        linked=Count("pk", filter=Q(linked_on__gte=start, linked_on__lte=end)),
        unlinked=Count("pk", filter=Q(unlinked_on__gte=start, unlinked_on__lte=end)),
    )
    newest = Assessment.objects.filter(vacancy=OuterRef("pk"), at__date__lte=end).order_by("-pk")
    judged = (
        Vacancy.objects.filter(dwelling__village__region=region)
        .annotate(
            newest_verdict=Subquery(newest.values("verdict")[:1]),
            judged_on=Subquery(newest.values("at__date")[:1]),
        )
        .filter(judged_on__gte=start)
        .exclude(newest_verdict="")
        .aggregate(
            judged=Count("pk"),
            unsuitable=Count("pk", filter=Q(newest_verdict=Verdict.UNSUITABLE)),
        )
    )
    return MonthlyHousing(
        start=start,
        end=end,
        **cases,
        vacated=became_available(region, start=start, end=end).count(),
        judged=judged["judged"],
        suitable=judged["judged"] - judged["unsuitable"],
        unsuitable=judged["unsuitable"],
        let_to_permit_holders=let_to_permit_holders(region, start=start, end=end).count(),
    )
