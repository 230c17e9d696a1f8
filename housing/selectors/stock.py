"""Counts of dwellings: what waits for a verdict, and the covenant's share."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Min, Q, QuerySet

from housing.arithmetic import working_days
from housing.choices import LET_STATES, VacancyState
from housing.models import Vacancy
from partners.choices import ShareDenominator
from partners.models import Region, ShareDefinition


@dataclass(frozen=True)
class AwaitingVerdict:
    """Open vacancies without a verdict. ``oldest_days``: working days (Monday to Friday) since
    notice was given for the oldest; None when nothing waits."""

    count: int
    oldest_notice_on: date | None
    oldest_days: int | None


def awaiting_verdict(vacancies: QuerySet, *, on: date) -> AwaitingVerdict:
    """Of these vacancies (``Vacancy.objects.visible_to(user)``), what waits for a verdict.

    One query. Working days leave public holidays in: a holiday is no reason to wait longer.
    """
    found = vacancies.awaiting_verdict().aggregate(count=Count("pk"), oldest=Min("notice_on"))
    oldest = found["oldest"]
    return AwaitingVerdict(
        count=found["count"],
        oldest_notice_on=oldest,
        oldest_days=None if oldest is None else working_days(oldest, on),
    )


@dataclass(frozen=True)
class CovenantShare:
    """Dwellings let to permit holders as part of all dwellings, since the covenant was signed.

    Dwellings, not persons. ``share`` and ``target`` are ratios; ``share`` is None as long as no
    dwelling became available. ``let`` leaves out joining a household that already lives there.
    """

    since: date
    let: int
    dwellings: int
    share: Decimal | None
    target: Decimal
    denominator: ShareDenominator
    certainty: str
    source: str

    @property
    def reached(self) -> bool:
        return self.share is not None and self.share >= self.target


def covenant_share(region: Region, *, on: date) -> CovenantShare | None:
    """The share by the definition in force on ``on``, over the days from signing up to ``on``.

    None without a covenant or a definition on that day. Three queries.
    """
    definition = (
        ShareDefinition.objects.on(on)
        .filter(covenant__region=region, covenant__signed_on__lte=on)
        .select_related("covenant")
        .order_by("-covenant__signed_on")
        .first()
    )
    if definition is None:
        return None
    since = definition.covenant.signed_on
    dwellings = _denominator(region, definition.denominator, since, on).count()
    let = let_to_permit_holders(region, start=since, end=on).count()
    return CovenantShare(
        since=since,
        let=let,
        dwellings=dwellings,
        share=Decimal(let) / dwellings if dwellings else None,
        target=definition.target,
        denominator=ShareDenominator(definition.denominator),
        certainty=definition.certainty,
        source=definition.source,
    )


def let_to_permit_holders(region: Region, *, start: date, end: date) -> QuerySet:
    """Dwellings let to households of permit holders from a day in this span, both included.

    Joining a household that lives there takes no vacancy, so it does not count.
    """
    return Vacancy.objects.filter(
        dwelling__village__region=region,
        state=VacancyState.LET_PERMIT,
        let_from__gte=start,
        let_from__lte=end,
    )


def became_available(region: Region, *, start: date, end: date) -> QuerySet:
    """Vacancies of dwellings that came free in these days and were not withdrawn by ``end``."""
    return Vacancy.objects.filter(
        Q(closed_on__isnull=True) | Q(closed_on__gt=end) | ~Q(state=VacancyState.WITHDRAWN),
        dwelling__village__region=region,
        available_from__gte=start,
        available_from__lte=end,
    )


def _denominator(region: Region, kind: str, start: date, end: date) -> QuerySet:
    """A: all that became available; B: those that anybody could get; C: all that was let.

    B leaves out what is labelled, what is not in the regulated sector and what was kept for a
    tenant of the corporation's own.
    """
    if kind == ShareDenominator.LET:
        return Vacancy.objects.filter(
            dwelling__village__region=region,
            state__in=LET_STATES,
            let_from__gte=start,
            let_from__lte=end,
        )
    available = became_available(region, start=start, end=end)
    if kind == ShareDenominator.UNLABELLED:
        return available.filter(label="", internal_move=False, dwelling__regulated=True)
    return available
