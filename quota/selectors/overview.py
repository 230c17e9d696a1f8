"""How far the region and each of its municipalities are with the quota of a half-year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import Count, F, FilteredRelation, Q, QuerySet

from housing.choices import PersonCategory
from housing.models import Person
from partners.models import Municipality, Region
from quota import arithmetic as sums
from quota.choices import Standing
from quota.models import QuotaPeriod, ScheduleThreshold
from quota.selectors.ledger import least_certain, opening_certainty, opening_of, with_opening
from westerkwartier.web.models import Certainty

# Used only while a region has no row of its own: behind is then never called far behind.
NO_THRESHOLD = Decimal(0)
MARKED = (Certainty.DERIVED, Certainty.ILLUSTRATIVE)


@dataclass(frozen=True)
class MonthCount:
    """Persons counted in a month of the period, and up to its end; ``until`` is included."""

    starts_on: date
    until: date
    complete: bool
    realised: int
    cumulative: int
    scheduled: Decimal

    @property
    def state_on(self) -> date:
        """The day on which this state is drawn: the next 1st for a month that is over."""
        return self.until + timedelta(days=1) if self.complete else self.until


@dataclass(frozen=True)
class Progress:
    """The figures of one municipality, or of the region together; persons unless said otherwise.

    ``opening`` above zero is a backlog, below zero a lead. ``share`` is a ratio, None when nothing
    is to be done. ``remaining`` below zero is a lead. ``by_category`` holds (category, persons) in
    the order of ``PersonCategory``. ``net`` is None without an obligation in the period.
    """

    name: str
    code: str
    municipality_id: int | None
    net: int | None
    net_certainty: str
    net_source: str
    opening: int
    opening_certainty: str
    opening_source: str
    corrected: int
    realised: int
    realised_this_month: int
    by_category: tuple[tuple[str, int], ...]
    illustrative: bool
    share: Decimal | None
    scheduled: Decimal
    remaining: int
    needed_per_month: Decimal | None
    standing: Standing
    months: tuple[MonthCount, ...]

    @property
    def reunifiers(self) -> int:
        return dict(self.by_category)[PersonCategory.REUNIFIER]

    @property
    def to_do(self) -> int:
        """Persons still to be housed; zero when there is a lead."""
        return max(0, self.remaining)

    @property
    def certainty(self) -> str:
        """How sure the corrected quota is: as sure as its least certain part."""
        return least_certain([self.net_certainty, self.opening_certainty])

    @property
    def source(self) -> str:
        """Where the least certain part of the corrected quota comes from."""
        parts = (
            (self.net_certainty, self.net_source),
            (self.opening_certainty, self.opening_source),
        )
        return _joined(source for certainty, source in parts if certainty == self.certainty)

    @property
    def realised_certainty(self) -> str:
        return Certainty.ILLUSTRATIVE if self.illustrative else Certainty.OFFICIAL

    @property
    def cleared(self) -> Decimal | None:
        """The part of the opening backlog that what remains no longer holds; see the sums."""
        return sums.cleared(self.opening, self.remaining)

    @property
    def marked(self) -> bool:
        """Whether the quota is calculated or invented, and must say so on screen and paper."""
        return self.certainty in MARKED

    def course(self) -> list[tuple[date, int]]:
        """Cumulative persons for a line: zero on the first day, then the end of each month."""
        if not self.months:
            return []
        first = (self.months[0].starts_on, 0)
        return [first, *((month.state_on, month.cumulative) for month in self.months)]


@dataclass(frozen=True)
class RegionOverview:
    """Region and municipalities side by side in a half-year, as it stood on a day.

    ``on`` is the day asked for; persons count up to and including ``counted_to``, which is the
    last day of the period once that is over. ``months_passed`` (0 to 6) are whole months.
    """

    region: Region
    period: QuotaPeriod
    on: date
    counted_to: date
    months_passed: int
    months_left: int
    schedule_share: Decimal
    rows: tuple[Progress, ...]
    total: Progress

    @property
    def over(self) -> bool:
        """Whether the half-year has ended; the figures are then its final state."""
        return self.on > self.period.ends_on

    @property
    def empty(self) -> bool:
        """Whether there is nothing to tell: no quota, no balance and nobody counted."""
        total = self.total
        return total.net is None and total.opening == 0 and total.realised == 0

    @property
    def leads_help(self) -> bool:
        """Whether the lead of one municipality makes up for what another still has to do."""
        return sum(row.to_do for row in self.rows) != self.total.to_do

    @property
    def marked(self) -> bool:
        return self.total.marked or any(row.marked for row in self.rows)

    @property
    def illustrative(self) -> bool:
        """Whether an invented figure or person is among what is shown."""
        return self.total.illustrative or self.total.certainty == Certainty.ILLUSTRATIVE

    def row(self, code: str) -> Progress | None:
        """The municipality with this CBS code."""
        return next((row for row in self.rows if row.code == code), None)

    def schedule(self, of: Progress | None = None) -> list[tuple[date, Decimal]]:
        """The straight line from zero to the corrected quota: seven points, on each 1st."""
        corrected = (of or self.total).corrected
        return [
            (month_start(self.period.starts_on, month), sums.scheduled(corrected, month))
            for month in range(sums.MONTHS + 1)
        ]


def month_start(first: date, months: int) -> date:
    """The 1st, ``months`` months after the month of ``first``."""
    years, month = divmod(first.month - 1 + months, 12)
    return date(first.year + years, month + 1, 1)


def region_overview(
    region: Region, *, on: date, period: QuotaPeriod | None = None
) -> RegionOverview | None:
    """The figures of ``period`` (by default the one of ``on``) as known at the end of day ``on``.

    None when no half-year was set up for that day. A period that is over shows its final state;
    one that has not begun shows nothing realised and an opening balance that may still move.
    Three queries, or four with the period's own, whatever the numbers.
    """
    period = period or QuotaPeriod.objects.on(on)
    if period is None:
        return None
    counted_to = min(on, period.ends_on)
    months = sums.months_passed(period.starts_on, on)
    threshold = (
        ScheduleThreshold.objects.on(counted_to)
        .filter(region=region)
        .values_list("slightly_behind_from", flat=True)
        .first()
    )
    counts = _counts(region, period, counted_to)
    make = _Maker(period, on, counted_to, months, NO_THRESHOLD if threshold is None else threshold)
    rows = tuple(
        make.row(municipality, [c for c in counts if c.municipality == municipality.pk])
        for municipality in _municipalities(region, period, on)
    )
    return RegionOverview(
        region=region,
        period=period,
        on=on,
        counted_to=counted_to,
        months_passed=months,
        months_left=sums.months_left(months),
        schedule_share=Decimal(months) / sums.MONTHS,
        rows=rows,
        total=make.total(region, rows, counts),
    )


def period_choice(region: Region, on: date) -> QuerySet:
    """The half-years of a region to choose from: with an obligation, begun by ``on``; newest first.

    The half-year of ``on`` itself is among them also while it has no quota.
    """
    return (
        QuotaPeriod.objects.filter(
            Q(obligations__municipality__region=region) | Q(ends_on__gte=on), starts_on__lte=on
        )
        .distinct()
        .order_by("-starts_on")
    )


@dataclass(frozen=True)
class _Count:
    """Persons of one category counted for one municipality on one day."""

    municipality: int
    day: date
    category: str
    persons: int
    illustrative: bool


def _counts(region: Region, period: QuotaPeriod, counted_to: date) -> list[_Count]:
    rows = (
        Person.objects.counted(start=period.starts_on, end=counted_to)
        .filter(credited_municipality__region=region)
        .values_list("credited_municipality", "counted_on", "category")
        .annotate(persons=Count("pk"), illustrative=BoolOr("case__illustrative"))
        .order_by("counted_on")
    )
    return [_Count(*row) for row in rows]


def _municipalities(region: Region, period: QuotaPeriod, on: date) -> QuerySet:
    """Municipalities that exist in the period, with its net quota and their opening balance."""
    existing = Municipality.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=period.starts_on),
        region=region,
        valid_from__lte=period.ends_on,
    ).annotate(
        due=FilteredRelation("obligations", condition=Q(obligations__period=period)),
        net=F("due__net_quota"),
        net_certainty=F("due__certainty"),
        net_source=F("due__source"),
    )
    return with_opening(existing, period.starts_on, on).order_by("name")


@dataclass(frozen=True)
class _Maker:
    """Turns figures into ``Progress``; holds what all rows of an overview share."""

    period: QuotaPeriod
    on: date
    counted_to: date
    months: int
    threshold: Decimal

    def row(self, municipality: Municipality, counts: Sequence[_Count]) -> Progress:
        day = self.period.starts_on
        return self._progress(
            counts,
            name=municipality.name,
            code=municipality.cbs_code,
            municipality_id=municipality.pk,
            net=municipality.net,
            net_certainty=municipality.net_certainty or Certainty.OFFICIAL,
            net_source=municipality.net_source or "",
            opening=opening_of(municipality, day),
            opening_certainty=opening_certainty(municipality, day),
            opening_source=municipality.first_source or "",
        )

    def total(self, region: Region, rows: Sequence[Progress], counts: Sequence[_Count]) -> Progress:
        """The region as one: what the municipalities carry out together (art. 29 lid 2)."""
        shown = {row.municipality_id for row in rows}
        nets = [row.net for row in rows if row.net is not None]
        return self._progress(
            [count for count in counts if count.municipality in shown],
            name=region.name,
            code="",
            municipality_id=None,
            net=sum(nets) if nets else None,
            net_certainty=least_certain(row.net_certainty for row in rows),
            net_source=_joined(row.net_source for row in rows),
            opening=sum(row.opening for row in rows),
            opening_certainty=least_certain(row.opening_certainty for row in rows),
            opening_source=_joined(row.opening_source for row in rows),
        )

    def _progress(self, counts: Sequence[_Count], **figures) -> Progress:
        corrected = sums.corrected_quota(figures["net"] or 0, figures["opening"])
        realised = sum(count.persons for count in counts)
        remaining = sums.remaining(corrected, realised)
        return Progress(
            **figures,
            corrected=corrected,
            realised=realised,
            realised_this_month=sum(
                c.persons for c in counts if c.day >= self.counted_to.replace(day=1)
            ),
            by_category=tuple(
                (category, sum(c.persons for c in counts if c.category == category))
                for category in PersonCategory.values
            ),
            illustrative=any(count.illustrative for count in counts),
            share=sums.share_realised(realised, corrected),
            scheduled=sums.scheduled(corrected, self.months),
            remaining=remaining,
            needed_per_month=sums.needed_per_month(remaining, sums.months_left(self.months)),
            standing=sums.standing(
                realised,
                corrected,
                self.months,
                self.threshold,
                has_quota=figures["net"] is not None,
            ),
            months=tuple(self._months(counts, corrected)),
        )

    def _months(self, counts: Sequence[_Count], corrected: int) -> Iterable[MonthCount]:
        cumulative = 0
        for number in range(sums.MONTHS):
            first = month_start(self.period.starts_on, number)
            if first > self.counted_to:
                return
            last = month_start(first, 1) - timedelta(days=1)
            until = min(last, self.counted_to)
            realised = sum(c.persons for c in counts if first <= c.day <= until)
            cumulative += realised
            yield MonthCount(
                starts_on=first,
                until=until,
                complete=self.on > last,
                realised=realised,
                cumulative=cumulative,
                scheduled=sums.scheduled(corrected, number + 1),
            )


def _joined(sources: Iterable[str]) -> str:
    """Different sources, each once, in order."""
    return "; ".join(dict.fromkeys(source for source in sources if source))
