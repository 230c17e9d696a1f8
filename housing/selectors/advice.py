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
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
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

    Eight queries, however many vacancies; they come with ``select_related("dwelling__village")``.
    """
    vacancies = list(vacancies)
    if not vacancies:
        return {}
    dwellings = [vacancy.dwelling for vacancy in vacancies]
    norms = list(BedroomNorm.objects.on(on))
    years = {vacancy.available_from.year for vacancy in vacancies}
    limits = {limit.year: limit for limit in RentLimit.objects.filter(year__in=years)}
    regions = {dwelling.village.region_id for dwelling in dwellings}
    sizes = waiting_sizes(regions, on=on)
    around = households_around(dwellings, on=on)
    facilities = _facilities(dwellings)
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
            waiting=_waiting(vacancy, norm, rent, sizes.get(dwelling.village.region_id, {})),
        )
    return advice


def waiting_sizes(regions: Iterable[int], *, on: date) -> dict[int, Counter[int]]:
    """Per region (its id) how many waiting households there are of each size; one query.

    Size counts everybody in the household, family members who are still expected included; who
    left and who does not come any more takes no room.
    """
    stays = Person.objects.here() | Person.objects.expected()
    persons = stays.filter(case=OuterRef("pk")).order_by().values("case")
    size = Subquery(persons.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    found = (
        Case.objects.filter(region__in=regions)
        .waiting(on)
        .annotate(size=Coalesce(size, 0))
        .order_by()
        .values_list("region", "size")
        .annotate(households=Count("pk"))
    )
    sizes: dict[int, Counter[int]] = {}
    for region, persons_in, households in found:
        if persons_in:
            sizes.setdefault(region, Counter())[persons_in] += households
    return sizes


def with_permit_holders(dwellings: QuerySet[Dwelling], on: date) -> QuerySet[Dwelling]:
    """Adds ``lived_in``, the tenancy of permit holders that runs on ``on``: at most one each."""
    runs = Q(tenancies__starts_on__lte=on) & (
        Q(tenancies__ends_on__isnull=True) | Q(tenancies__ends_on__gt=on)
    )
    return dwellings.alias(lived_in=FilteredRelation("tenancies", condition=runs))


def households_around(dwellings: Iterable[Dwelling], *, on: date) -> dict[int, list[Around]]:
    """By the dwelling's key: street, postcode and village, in that order. Four queries.

    All corporations of the region together: for the people who live there it is one street.
    """
    dwellings = list(dwellings)
    thresholds = {
        (threshold.region_id, threshold.level): threshold
        for threshold in DispersalThreshold.objects.on(on).filter(
            region__in={dwelling.village.region_id for dwelling in dwellings}
        )
    }
    stock = with_permit_holders(Dwelling.objects.in_stock(on), on).order_by()
    villages = {dwelling.village_id for dwelling in dwellings}
    streets = {dwelling.street for dwelling in dwellings}
    postcodes = {dwelling.postcode for dwelling in dwellings}
    rows = {
        DispersalLevel.STREET: (
            ("village", "street"),
            stock.filter(village__in=villages, street__in=streets),
        ),
        DispersalLevel.POSTCODE: (
            ("village__region", "postcode"),
            stock.filter(postcode__in=postcodes),
        ),
        DispersalLevel.VILLAGE: (("village",), stock.filter(village__in=villages)),
    }
    counts = {
        level: {
            tuple(row[name] for name in names): (row["households"], row["count"])
            for row in found.values(*names).annotate(
                count=Count("pk"), households=Count("lived_in")
            )
        }
        for level, (names, found) in rows.items()
    }

    def around(dwelling: Dwelling) -> list[Around]:
        region = dwelling.village.region_id
        places = (
            (DispersalLevel.STREET, (dwelling.village_id, dwelling.street), dwelling.street),
            (DispersalLevel.POSTCODE, (region, dwelling.postcode), dwelling.postcode),
            (DispersalLevel.VILLAGE, (dwelling.village_id,), dwelling.village.name),
        )
        return [
            Around(
                level,
                name,
                *counts[level].get(key, (0, 0)),
                threshold=thresholds.get((region, level)),
            )
            for level, key, name in places
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


def _waiting(
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


def _facilities(dwellings: Iterable[Dwelling]) -> dict[int, list[VillageFacility]]:
    found: dict[int, list[VillageFacility]] = {}
    villages = {dwelling.village_id for dwelling in dwellings}
    for facility in VillageFacility.objects.filter(village__in=villages).order_by(
        "distance_km", "kind"
    ):
        found.setdefault(facility.village_id, []).append(facility)
    return found
