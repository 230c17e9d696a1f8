"""What helps to judge a vacated dwelling: whom it suits, what it costs, who lives around it.

Counts only. Nothing here is a ban: people decide, and no household can be told from a number.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import (
    Count,
    F,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from housing.arithmetic import (
    LARGE_HOUSEHOLD,
    TwoMoments,
    most_persons,
    passes_threshold,
    rent_verdict,
    rent_verdict_around_reunification,
)
from housing.choices import Accessibility, DispersalLevel, RentVerdict
from housing.models import (
    BedroomNorm,
    Case,
    DispersalThreshold,
    Dwelling,
    Person,
    RentLimit,
    Vacancy,
)
from partners.models import VillageFacility
from westerkwartier.web.together import read_together

FAMILY = 3  # from so many persons on the high cap holds
FOR_WHEELCHAIRS = (Accessibility.WHEELCHAIR, Accessibility.WIDE_WHEELCHAIR)


@dataclass(frozen=True)
class Norm:
    """The household sizes that the bedrooms suit: from one person to ``most``; None is no bound,
    0 nobody. ``certainty`` and ``source`` are those of the norm."""

    most: int | None
    certainty: str
    source: str


@dataclass(frozen=True)
class RentAdvice:
    """The rent against the limits of the year in which the dwelling comes free.

    ``young``: somebody alone below the age in the limits. ``advance``: somebody of that age or
    older who lives alone until a family of three or more is complete; ``advance_young`` the same
    below it. ``exempt``: the dwelling is adapted, so no highest rent holds for it. ``large``: it
    suits a household of eight or more, for whom no highest rent holds either.
    """

    year: int
    limits: RentLimit | None
    small: RentVerdict
    family: RentVerdict
    young: RentVerdict
    advance: TwoMoments
    advance_young: TwoMoments
    exempt: bool
    large: bool


@dataclass(frozen=True)
class Around:
    """Dwellings of the corporations around this one, and in how many of them a household of permit
    holders lives. ``warns``: the share passes the region's threshold."""

    level: DispersalLevel
    name: str
    households: int
    dwellings: int
    threshold: DispersalThreshold | None

    @property
    def share(self) -> Decimal | None:
        return Decimal(self.households) / self.dwellings if self.dwellings else None

    @property
    def warns(self) -> bool:
        return self.threshold is not None and passes_threshold(
            self.households,
            self.dwellings,
            share=self.threshold.share,
            at_least=self.threshold.at_least,
        )


@dataclass(frozen=True)
class Advice:
    """Everything beside one vacancy. ``waiting``: linked households of the region without a
    dwelling whose size, with the family members who are still expected, fits the bedrooms and the
    rent; None where norm or limits are not known."""

    norm: Norm | None
    rent: RentAdvice
    facilities: list[VillageFacility]
    around: list[Around]
    waiting: int | None

    @property
    def street(self) -> Around:
        return self.around[0]

    @property
    def warnings(self) -> list[Around]:
        return [around for around in self.around if around.warns]


def advise(vacancies: Iterable[Vacancy], *, on: date) -> dict[int, Advice]:
    """Advice by the vacancy's primary key, as things stand on ``on``.

    Two queries, however many vacancies; they come with ``select_related("dwelling__village")``.
    """
    vacancies = list(vacancies)
    if not vacancies:
        return {}
    dwellings = [vacancy.dwelling for vacancy in vacancies]
    years = {vacancy.available_from.year for vacancy in vacancies}
    regions = {dwelling.village.region_id for dwelling in dwellings}
    norms, limits, thresholds, waiting, near = read_together(
        BedroomNorm.objects.on(on),
        RentLimit.objects.filter(year__in=years),
        DispersalThreshold.objects.on(on).filter(region__in=regions),
        _waiting(regions, on=on),
        VillageFacility.objects.filter(
            village__in={dwelling.village_id for dwelling in dwellings}
        ).order_by("distance_km", "kind"),
    )
    limits = {limit.year: limit for limit in limits}
    sizes = _by_region(waiting)
    around = households_around(dwellings, thresholds, on=on)
    facilities: dict[int, list[VillageFacility]] = {}
    for facility in near:
        facilities.setdefault(facility.village_id, []).append(facility)
    advice = {}
    for vacancy in vacancies:
        dwelling = vacancy.dwelling
        norm = _norm(dwelling, norms)
        rent = _rent(vacancy, norm, limits.get(vacancy.available_from.year))
        advice[vacancy.pk] = Advice(
            norm=norm,
            rent=rent,
            facilities=facilities.get(dwelling.village_id, []),
            around=around[dwelling.pk],
            waiting=_fitting(vacancy, norm, rent, sizes.get(dwelling.village.region_id, {})),
        )
    return advice


def waiting_sizes(regions: Iterable[int], *, on: date) -> dict[int, Counter[int]]:
    """Per region (its id) how many waiting households there are of each size; one query.

    Size counts everybody in the household, family members who are still expected included; who
    left and who does not come any more takes no room.
    """
    return _by_region(_waiting(regions, on=on))


def _waiting(regions: Iterable[int], *, on: date) -> QuerySet:
    """Rows of ``region``, ``size`` and the number of waiting ``households`` of that size."""
    stays = Person.objects.here() | Person.objects.expected()
    persons = stays.filter(case=OuterRef("pk")).order_by().values("case")
    size = Subquery(persons.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    return (
        Case.objects.filter(region__in=regions)
        .waiting(on)
        .annotate(size=Coalesce(size, 0))
        .order_by()
        .values("region", "size")
        .annotate(households=Count("pk"))
    )


def _by_region(rows: Iterable[dict]) -> dict[int, Counter[int]]:
    sizes: dict[int, Counter[int]] = {}
    for row in rows:
        if row["size"]:
            sizes.setdefault(row["region"], Counter())[row["size"]] += row["households"]
    return sizes


def with_permit_holders(dwellings: QuerySet[Dwelling], on: date) -> QuerySet[Dwelling]:
    """Adds ``lived_in``, the tenancy of permit holders that runs on ``on``: at most one each."""
    runs = Q(tenancies__starts_on__lte=on) & (
        Q(tenancies__ends_on__isnull=True) | Q(tenancies__ends_on__gt=on)
    )
    return dwellings.alias(lived_in=FilteredRelation("tenancies", condition=runs))


def households_around(
    dwellings: Iterable[Dwelling], thresholds: Iterable[DispersalThreshold], *, on: date
) -> dict[int, list[Around]]:
    """By the dwelling's key: street, postcode and village, in that order. One query.

    All corporations of the region together: for the people who live there it is one street.
    """
    dwellings = list(dwellings)
    found_thresholds = {(one.region_id, one.level): one for one in thresholds}
    stock = with_permit_holders(Dwelling.objects.in_stock(on), on).order_by()
    villages = {dwelling.village_id for dwelling in dwellings}
    streets = {dwelling.street for dwelling in dwellings}
    postcodes = {dwelling.postcode for dwelling in dwellings}

    def counted(found: QuerySet, level: str, area: str, name: str | None = None) -> QuerySet:
        return found.values_list(Value(level), F(area), F(name) if name else Value("")).annotate(
            households=Count("lived_in"), count=Count("pk")
        )

    rows = counted(
        stock.filter(village__in=villages, street__in=streets),
        DispersalLevel.STREET,
        "village",
        "street",
    ).union(
        counted(
            stock.filter(postcode__in=postcodes),
            DispersalLevel.POSTCODE,
            "village__region",
            "postcode",
        ),
        counted(stock.filter(village__in=villages), DispersalLevel.VILLAGE, "village"),
        all=True,
    )
    counts = {
        (level, area, name): (households, count) for level, area, name, households, count in rows
    }

    def around(dwelling: Dwelling) -> list[Around]:
        region = dwelling.village.region_id
        places = (
            (DispersalLevel.STREET, dwelling.village_id, dwelling.street, dwelling.street),
            (DispersalLevel.POSTCODE, region, dwelling.postcode, dwelling.postcode),
            (DispersalLevel.VILLAGE, dwelling.village_id, "", dwelling.village.name),
        )
        return [
            Around(
                level,
                name,
                *counts.get((level, area, key), (0, 0)),
                threshold=found_thresholds.get((region, level)),
            )
            for level, area, key, name in places
        ]

    return {dwelling.pk: around(dwelling) for dwelling in dwellings}


def _norm(dwelling: Dwelling, norms: list[BedroomNorm]) -> Norm | None:
    if not norms:
        return None
    table = {norm.persons_from: norm.bedrooms for norm in norms}
    return Norm(most_persons(dwelling.bedrooms, table), norms[0].certainty, norms[0].source)


def _rent(vacancy: Vacancy, norm: Norm | None, limit: RentLimit | None) -> RentAdvice:
    dwelling, rent = vacancy.dwelling, vacancy.net_rent
    limits = limit.limits if limit else None
    large = norm is not None and (norm.most is None or norm.most >= LARGE_HOUSEHOLD)
    exempt = bool(dwelling.adaptations) or dwelling.accessibility in FOR_WHEELCHAIRS

    def moments(young: bool) -> TwoMoments:
        return rent_verdict_around_reunification(
            rent, 1, FAMILY, limits, young=young, exempt=exempt
        )

    return RentAdvice(
        year=vacancy.available_from.year,
        limits=limit,
        small=rent_verdict(rent, 2, limits, exempt=exempt),
        family=rent_verdict(rent, FAMILY, limits, exempt=exempt),
        young=rent_verdict(rent, 1, limits, young=True, exempt=exempt),
        advance=moments(young=False),
        advance_young=moments(young=True),
        exempt=exempt,
        large=large,
    )


def _fitting(
    vacancy: Vacancy, norm: Norm | None, rent: RentAdvice, sizes: dict[int, int]
) -> int | None:
    if norm is None or rent.limits is None:
        return None
    limits = rent.limits.limits
    return sum(
        households
        for persons, households in sizes.items()
        if (norm.most is None or persons <= norm.most)
        and rent_verdict(vacancy.net_rent, persons, limits, exempt=rent.exempt) == RentVerdict.FITS
    )
