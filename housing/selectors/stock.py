"""Counts of dwellings: what waits for a verdict, and the covenant's share."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Min, Q, QuerySet

from housing.arithmetic import working_days, working_days_ago
from housing.choices import LET_STATES, TermCode, VacancyState
from housing.models import AssessmentReason, Term, Vacancy
from partners.choices import ShareDenominator
from partners.models import Covenant, Region, ShareDefinition
from westerkwartier.web.together import read_together


@dataclass(frozen=True)
class AwaitingVerdict:
    """Open vacancies without a verdict. ``oldest_days``: working days since notice was given for
    the oldest; None when nothing waits. ``overdue`` wait longer than ``term_days`` working days;
    where no term is known nothing is overdue."""

    count: int
    oldest_notice_on: date | None
    oldest_days: int | None
    term_days: int | None
    overdue: int


def verdict_term(*, on: date) -> int | None:
    """Working days within which a dwelling is judged, in force on ``on``. One query."""
    terms = Term.objects.on(on).filter(code=TermCode.VERDICT)
    return terms.values_list("working_days", flat=True).first()


def noticed_longer_than(days: int | None, *, on: date) -> Q:
    """Vacancies whose notice was more than ``days`` working days before ``on``."""
    if days is None:
        return Q(pk__in=[])
    return Q(notice_on__lte=working_days_ago(on, days + 1))


def verdict_rules(*, on: date) -> tuple[int | None, list[AssessmentReason]]:
    """The term for a verdict and the reasons in force on ``on``, by name. One query."""
    terms, reasons = read_together(
        Term.objects.on(on).filter(code=TermCode.VERDICT),
        AssessmentReason.objects.on(on).order_by("label_nl"),
    )
    return (terms[0].working_days if terms else None), reasons


def awaiting_verdict(vacancies: QuerySet, *, on: date) -> AwaitingVerdict:
    """``awaiting_within`` the term in force on ``on``. Two queries."""
    return awaiting_within(verdict_term(on=on), vacancies, on=on)


def awaiting_within(term: int | None, vacancies: QuerySet, *, on: date) -> AwaitingVerdict:
    """Of these vacancies (``Vacancy.objects.visible_to(user)``), what waits for a verdict.

    ``term`` is a number of working days. One query.
    """
    found = vacancies.awaiting_verdict().aggregate(
        count=Count("pk"),
        oldest=Min("notice_on"),
        overdue=Count("pk", filter=noticed_longer_than(term, on=on)),
    )
    oldest = found["oldest"]
    return AwaitingVerdict(
        count=found["count"],
        oldest_notice_on=oldest,
        oldest_days=None if oldest is None else working_days(oldest, on),
        term_days=term,
        overdue=found["overdue"],
    )


@dataclass(frozen=True)
class CovenantShare:
    """Dwellings let to permit holders as part of all dwellings, in the term of the covenant.

    Dwellings, not persons, from ``since`` up to and including ``until``: the day asked for, or the
    covenant's last day when that is over. ``share`` and ``target`` are ratios; ``share`` is None
    as long as no dwelling became available. ``let`` leaves out joining a household that already
    lives there.
    """

    since: date
    until: date
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


def covenant_in_force(region: Region, *, on: date) -> Covenant | None:
    """The covenant signed last by ``on``, also when its term is over; None before the first."""
    return (
        Covenant.objects.filter(region=region, signed_on__lte=on)
        .order_by("-signed_on", "-pk")
        .first()
    )


def covenant_share(region: Region, *, on: date) -> CovenantShare | None:
    """The share by the definition in force on the last day that counts.

    None without a covenant or a definition on that day. Four queries.
    """
    covenant = covenant_in_force(region, on=on)
    if covenant is None:
        return None
    since, until = covenant.signed_on, min(on, covenant.ends_on)
    definition = ShareDefinition.objects.on(until).filter(covenant=covenant).first()
    if definition is None:
        return None
    dwellings = part_of_share(region, definition.denominator, start=since, end=until).count()
    let = let_to_permit_holders(region, start=since, end=until).count()
    return CovenantShare(
        since=since,
        until=until,
        let=let,
        dwellings=dwellings,
        share=Decimal(let) / dwellings if dwellings else None,
        target=definition.target,
        denominator=ShareDenominator(definition.denominator),
        certainty=definition.certainty,
        source=definition.source,
    )


# What a share is made of: the numerator, and the denominators by their letter.
NUMERATOR = "let"
SHARE_PARTS = (NUMERATOR, *ShareDenominator.values)
# The day by which a part counts a dwelling.
PART_DAYS = {
    NUMERATOR: "let_from",
    ShareDenominator.AVAILABLE: "available_from",
    ShareDenominator.UNLABELLED: "available_from",
    ShareDenominator.LET: "let_from",
}


def counts_in_share(part: str, *, start: date, end: date, on: date | None = None) -> Q:
    """The vacancies that ``part`` of the share counts in these days, both included.

    ``let``: let to a household of permit holders from a day in the span. Joining a household that
    lives there takes no vacancy, so it does not count. A: all that became available; B: those that
    anybody could get; C: all that was let. B leaves out what is labelled, what is not in the
    regulated sector and what was kept for a tenant of the corporation's own.

    A and B leave out what was withdrawn by ``on``, the day of looking; ``end`` without one. So the
    months of a year, looked at on one day, together are the year.
    """
    days = {f"{PART_DAYS[part]}__gte": start, f"{PART_DAYS[part]}__lte": end}
    if part == NUMERATOR:
        return Q(state=VacancyState.LET_PERMIT, **days)
    if part == ShareDenominator.LET:
        return Q(state__in=LET_STATES, **days)
    stayed = (
        Q(closed_on__isnull=True) | Q(closed_on__gt=on or end) | ~Q(state=VacancyState.WITHDRAWN)
    )
    available = stayed & Q(**days)
    if part == ShareDenominator.UNLABELLED:
        return available & Q(label="", internal_move=False, dwelling__regulated=True)
    return available


def part_of_share(
    region: Region, part: str, *, start: date, end: date, on: date | None = None
) -> QuerySet:
    """The vacancies in the region that ``part`` of the share counts."""
    return Vacancy.objects.filter(
        counts_in_share(part, start=start, end=end, on=on), dwelling__village__region=region
    )


def let_to_permit_holders(region: Region, *, start: date, end: date) -> QuerySet:
    """Dwellings let to households of permit holders from a day in this span, both included."""
    return part_of_share(region, NUMERATOR, start=start, end=end)


def became_available(region: Region, *, start: date, end: date) -> QuerySet:
    """Vacancies of dwellings that came free in these days and were not withdrawn by ``end``."""
    return part_of_share(region, ShareDenominator.AVAILABLE, start=start, end=end)
