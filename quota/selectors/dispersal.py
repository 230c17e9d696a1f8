"""Dispersal: in which villages households of permit holders live, against the dwellings there.

Counts only. For readers from outside the partners that place households, a number below five says
too much about people; see docs/decisions/0010.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count

from housing.arithmetic import passes_threshold
from housing.choices import DispersalLevel
from housing.models import DispersalThreshold, Dwelling, Vacancy
from housing.models.stock import municipality_of
from housing.selectors.advice import with_permit_holders
from housing.selectors.stock import NUMERATOR, counts_in_share
from partners.choices import ShareDenominator
from partners.models import Region, Village

SMALLEST = 5  # a lower number is not told to readers of sums


@dataclass(frozen=True)
class VillageDispersal:
    """A village: ``dwellings`` in stock, ``households`` of permit holders living in them, and of
    the dwellings let in the last twelve months (``all_let``) those let to permit holders (``let``).
    ``households`` and ``let`` are None where the number is too small for this reader."""

    name: str
    municipality: str
    latitude: float
    longitude: float
    dwellings: int
    households: int | None
    let: int | None
    all_let: int
    warns: bool

    @property
    def share(self) -> Decimal | None:
        """A ratio; None where a number is not told, or nothing stands there."""
        if self.households is None or not self.dwellings:
            return None
        return Decimal(self.households) / self.dwellings


@dataclass(frozen=True)
class Dispersal:
    """The villages that have dwellings, by name, and the region together.

    ``since`` up to and including ``on`` are the twelve months. In ``total`` a number is None where
    it would give away the one village whose number is not told.
    """

    on: date
    since: date
    threshold: DispersalThreshold | None
    villages: tuple[VillageDispersal, ...]
    total: VillageDispersal
    small_hidden: bool


def twelve_months(on: date) -> date:
    """The first day of the twelve months that end with ``on``."""
    after = on + timedelta(days=1)
    if (after.month, after.day) == (2, 29):
        return date(after.year - 1, 3, 1)
    return after.replace(year=after.year - 1)


def dispersal(region: Region, *, on: date, small_hidden: bool) -> Dispersal:
    """How permit holders live over the villages on ``on``. Four queries.

    ``small_hidden``: numbers below five per village are not told.
    """
    since = twelve_months(on)
    threshold = (
        DispersalThreshold.objects.on(on)
        .filter(region=region, level=DispersalLevel.VILLAGE)
        .first()
    )
    stock = {
        village: (dwellings, households)
        for village, dwellings, households in with_permit_holders(
            Dwelling.objects.in_stock(on).filter(village__region=region), on
        )
        .order_by()
        .values_list("village")
        .annotate(dwellings=Count("pk"), households=Count("lived_in"))
    }
    days = {"start": since, "end": on}
    lettings = {
        village: (let, all_let)
        for village, let, all_let in Vacancy.objects.filter(
            dwelling__village__region=region, let_from__range=(since, on)
        )
        .order_by()
        .values_list("dwelling__village")
        .annotate(
            let=Count("pk", filter=counts_in_share(NUMERATOR, **days)),
            all_let=Count("pk", filter=counts_in_share(ShareDenominator.LET, **days)),
        )
    }
    rows = []
    for village in Village.objects.filter(region=region, pk__in=stock).annotate(
        municipality_name=municipality_of("pk", on, "name")
    ):
        dwellings, households = stock[village.pk]
        let, all_let = lettings.get(village.pk, (0, 0))
        rows.append(
            VillageDispersal(
                name=village.name,
                municipality=village.municipality_name or "",
                latitude=float(village.latitude),
                longitude=float(village.longitude),
                dwellings=dwellings,
                households=households,
                let=let,
                all_let=all_let,
                warns=_warns(threshold, households, dwellings),
            )
        )
    rows.sort(key=lambda row: row.name)
    total = _total(rows)
    if small_hidden:
        rows, total = _without_small(rows, total)
    return Dispersal(on, since, threshold, tuple(rows), total, small_hidden)


def _warns(threshold: DispersalThreshold | None, households: int, dwellings: int) -> bool:
    return threshold is not None and passes_threshold(
        households, dwellings, share=threshold.share, at_least=threshold.at_least
    )


def _total(rows: list[VillageDispersal]) -> VillageDispersal:
    return VillageDispersal(
        name="",
        municipality="",
        latitude=0,
        longitude=0,
        dwellings=sum(row.dwellings for row in rows),
        households=sum(row.households for row in rows),
        let=sum(row.let for row in rows),
        all_let=sum(row.all_let for row in rows),
        warns=False,
    )


def _without_small(
    rows: list[VillageDispersal], total: VillageDispersal
) -> tuple[list[VillageDispersal], VillageDispersal]:
    """Leaves out the small numbers, and a total from which the only one could be reckoned."""
    kept = [
        replace(
            row,
            households=_told(row.households),
            let=_told(row.let),
            warns=row.warns and row.households >= SMALLEST,
        )
        for row in rows
    ]
    for field in ("households", "let"):
        if sum(getattr(row, field) is None for row in kept) == 1:
            total = replace(total, **{field: None})
    return kept, total


def _told(count: int) -> int | None:
    return count if count >= SMALLEST else None
