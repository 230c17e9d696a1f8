"""The share of the covenant: dwellings let to permit holders, by period and by place.

Everything is counted in SQL, in as many queries for forty villages and twenty months as for one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncMonth

from housing.models import Vacancy
from housing.models.stock import municipality_of
from housing.selectors.stock import NUMERATOR, PART_DAYS, SHARE_PARTS, counts_in_share
from partners.choices import ShareDenominator
from partners.models import Covenant, Region, ShareDefinition, Village
from quota.arithmetic import Needed, needed_of_the_next

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """Days that are counted together: the whole term so far (no code), a half-year or a month.

    ``until`` is the last day that counts, ``complete`` says whether no day of the span is still to
    come. Both ends lie within the covenant's term.
    """

    code: str
    starts_on: date
    until: date
    complete: bool

    @property
    def is_term(self) -> bool:
        return not self.code

    @property
    def is_month(self) -> bool:
        return self.code[5:6].isdigit()

    @property
    def half_year(self) -> str:
        """The code of the half-year in which the span begins: "2017-II"."""
        return f"{self.starts_on.year}-{'I' if self.starts_on.month <= 6 else 'II'}"


@dataclass(frozen=True)
class ShareCount:
    """Dwellings: let to permit holders, and by A, B and C. Adding two gives their sum."""

    let: int = 0
    available: int = 0
    unlabelled: int = 0
    all_let: int = 0

    def __add__(self, other: "ShareCount") -> "ShareCount":
        return ShareCount(*(self.of(part) + other.of(part) for part in SHARE_PARTS))

    def of(self, part: str) -> int:
        """The number of dwellings of a part: ``let``, A, B or C."""
        return {
            NUMERATOR: self.let,
            ShareDenominator.AVAILABLE: self.available,
            ShareDenominator.UNLABELLED: self.unlabelled,
            ShareDenominator.LET: self.all_let,
        }[part]

    def share(self, denominator: str) -> Decimal | None:
        """A ratio; None without dwellings. Over 1 where more was let than came free in the span."""
        dwellings = self.of(denominator)
        return Decimal(self.let) / dwellings if dwellings else None

    @property
    def empty(self) -> bool:
        return not any(self.of(part) for part in SHARE_PARTS)


@dataclass(frozen=True)
class PlaceShare:
    """A municipality (``code`` is its CBS code) or a village (``village_id``) in a span.

    ``of_region``: whether it belongs to the region's own municipalities.
    """

    name: str
    count: ShareCount
    code: str = ""
    village_id: int | None = None
    municipality: str = ""
    of_region: bool = True


@dataclass(frozen=True)
class SpanShare:
    """A month or half-year of the region; ``definition`` is that of its last day, if there is one.

    ``so_far`` counts from the beginning of the covenant.
    """

    span: Span
    count: ShareCount
    so_far: ShareCount
    definition: ShareDefinition | None

    def share_so_far(self) -> Decimal | None:
        return self.definition and self.so_far.share(self.definition.denominator)


@dataclass(frozen=True)
class ShareOverview:
    """The share in ``span`` by place, and its course since the covenant began.

    ``definition`` holds on the last day of ``span``, ``now`` on the last day that counts at all;
    None where nobody chose one.
    """

    covenant: Covenant
    until: date
    span: Span
    definition: ShareDefinition | None
    now: ShareDefinition | None
    definitions: tuple[ShareDefinition, ...]
    total: ShareCount
    municipalities: tuple[PlaceShare, ...]
    villages: tuple[PlaceShare, ...]
    months: tuple[SpanShare, ...]
    half_years: tuple[SpanShare, ...]

    @property
    def term(self) -> ShareCount:
        """Since the covenant began."""
        return self.months[-1].so_far

    @property
    def share(self) -> Decimal | None:
        return self.definition and self.total.share(self.definition.denominator)

    def needed(self) -> Needed | None:
        """What is still needed on the covenant's last day; None without a definition."""
        if self.now is None:
            return None
        return needed_of_the_next(
            self.term.let,
            self.term.of(self.now.denominator),
            self.now.target,
            since=self.covenant.signed_on,
            on=self.until,
            last_day=self.covenant.ends_on,
        )


def term_of(covenant: Covenant, *, on: date) -> Span:
    """From the signing up to and including ``on``, or to the covenant's last day."""
    until = min(on, covenant.ends_on)
    return Span("", covenant.signed_on, until, until == covenant.ends_on)


def months_of(covenant: Covenant, *, on: date) -> list[Span]:
    """The calendar months of the term so far, oldest first; the first and last may be partial."""
    term = term_of(covenant, on=on)
    months, first = [], term.starts_on
    while first <= term.until:
        last = (first.replace(day=1) + 31 * DAY).replace(day=1) - DAY
        last = min(last, covenant.ends_on)
        months.append(Span(f"{first:%Y-%m}", first, min(last, term.until), last <= term.until))
        first = last + DAY
    return months


def half_years_of(months: Iterable[Span], covenant: Covenant) -> list[Span]:
    """The half-years of these months, oldest first."""
    grouped: dict[str, list[Span]] = {}
    for month in months:
        grouped.setdefault(month.half_year, []).append(month)
    spans = []
    for code, members in grouped.items():
        year = members[0].starts_on.year
        last = date(year, 6, 30) if code.endswith("-I") else date(year, 12, 31)
        until = members[-1].until
        spans.append(Span(code, members[0].starts_on, until, until >= min(last, covenant.ends_on)))
    return spans


def definition_on(definitions: Iterable[ShareDefinition], day: date) -> ShareDefinition | None:
    """The definition in force on ``day``."""
    for one in definitions:
        if one.valid_from <= day and (one.valid_to is None or one.valid_to > day):
            return one
    return None


def share_overview(region: Region, covenant: Covenant, span: Span, *, on: date) -> ShareOverview:
    """The share in ``span`` as it stands on ``on``. Five queries."""
    term = term_of(covenant, on=on)
    definitions = tuple(covenant.share_definitions.order_by("valid_from"))
    villages = _villages(region, span, on=term.until)
    months = _months(region, covenant, definitions, on=term.until)
    return ShareOverview(
        covenant=covenant,
        until=term.until,
        span=span,
        definition=definition_on(definitions, span.until),
        now=definition_on(definitions, term.until),
        definitions=definitions,
        total=sum((village.count for village in villages), ShareCount()),
        municipalities=tuple(_municipalities(villages)),
        villages=tuple(villages),
        months=tuple(months),
        half_years=tuple(_half_years(months, covenant, definitions)),
    )


def counted_dwellings(user, region: Region, part: str, span: Span, *, on: date) -> QuerySet:
    """The vacancies that a figure counts, as far as ``user`` may see them.

    Adds ``municipality_name``: where the village lies on the last day of the span.
    """
    return (
        Vacancy.objects.visible_to(user)
        .filter(
            counts_in_share(part, start=span.starts_on, end=span.until, on=on),
            dwelling__village__region=region,
        )
        .with_municipality(span.until)
    )


def _counts(span: Span, on: date) -> dict[str, Count]:
    """Aggregates for the fields of ``ShareCount``."""
    return {
        field: Count(
            "pk", filter=counts_in_share(part, start=span.starts_on, end=span.until, on=on)
        )
        for field, part in zip(ShareCount.__dataclass_fields__, SHARE_PARTS, strict=True)
    }


def _villages(region: Region, span: Span, *, on: date) -> list[PlaceShare]:
    days = (span.starts_on, span.until)
    counted = (
        Vacancy.objects.filter(
            Q(available_from__range=days) | Q(let_from__range=days),
            dwelling__village__region=region,
        )
        .values("dwelling__village")
        .annotate(**_counts(span, on))
        .order_by()
    )
    counts = {row.pop("dwelling__village"): ShareCount(**row) for row in counted}
    villages = Village.objects.filter(region=region).annotate(
        municipality_name=municipality_of("pk", span.until, "name"),
        municipality_code=municipality_of("pk", span.until, "cbs_code"),
        municipality_region=municipality_of("pk", span.until, "region"),
    )
    return [
        PlaceShare(
            name=village.name,
            count=counts.get(village.pk, ShareCount()),
            code=village.municipality_code or "",
            village_id=village.pk,
            municipality=village.municipality_name or "",
            of_region=village.municipality_region == region.pk,
        )
        for village in villages.order_by("name")
    ]


def _municipalities(villages: Iterable[PlaceShare]) -> list[PlaceShare]:
    """The sums of the villages by municipality, by name.

    Where a village lies in a neighbour's municipality, or in none that is known, that is a line of
    its own as soon as it counts anything.
    """
    sums: dict[tuple[bool, str, str], ShareCount] = {}
    for village in villages:
        key = (not village.of_region, village.municipality, village.code)
        sums[key] = sums.get(key, ShareCount()) + village.count
    return [
        PlaceShare(name=name, code=code, count=sums[outside, name, code], of_region=not outside)
        for outside, name, code in sorted(sums)
        if not outside or not sums[outside, name, code].empty
    ]


def _months(
    region: Region, covenant: Covenant, definitions: tuple[ShareDefinition, ...], *, on: date
) -> list[SpanShare]:
    """The months of the term, oldest first. Two queries: one per kind of day."""
    term = term_of(covenant, on=on)
    aggregates = dict(zip(SHARE_PARTS, _counts(term, on).items(), strict=True))
    found: dict[str, dict[str, int]] = {}
    for day in sorted(set(PART_DAYS.values())):
        parts = [part for part in SHARE_PARTS if PART_DAYS[part] == day]
        rows = (
            Vacancy.objects.filter(
                dwelling__village__region=region,
                **{f"{day}__range": (term.starts_on, term.until)},
            )
            .annotate(month=TruncMonth(F(day)))
            .values("month")
            .annotate(**dict(aggregates[part] for part in parts))
            .order_by()
        )
        for row in rows:
            code = f"{row.pop('month'):%Y-%m}"
            found[code] = found.get(code, {}) | row
    months, so_far = [], ShareCount()
    for span in months_of(covenant, on=on):
        count = ShareCount(**found.get(span.code, {}))
        so_far += count
        months.append(SpanShare(span, count, so_far, definition_on(definitions, span.until)))
    return months


def _half_years(
    months: list[SpanShare], covenant: Covenant, definitions: tuple[ShareDefinition, ...]
) -> list[SpanShare]:
    spans = half_years_of((month.span for month in months), covenant)
    counts = {span.code: ShareCount() for span in spans}
    so_far = dict(counts)
    for month in months:
        counts[month.span.half_year] += month.count
        so_far[month.span.half_year] = month.so_far
    return [
        SpanShare(
            span, counts[span.code], so_far[span.code], definition_on(definitions, span.until)
        )
        for span in spans
    ]
