"""Invents the stock: dwellings in invented streets, spread over the villages by inhabitants."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

from quota.arithmetic import largest_remainder
from westerkwartier.story.values import Place, PlannedDwelling, Street

LOWEST_RENT, HIGHEST_RENT = Decimal("380.00"), Decimal("710.68")

# What stands in a street, with its weight: (kind, label).
PROFILES = {
    "family": ((("house", ""), 96), (("bungalow", ""), 4)),
    "senior": ((("bungalow", "senior"), 90), (("bungalow", "care"), 10)),
    "flat": ((("flat", ""), 70), (("upper", ""), 20), (("flat", "senior"), 10)),
    "mixed": ((("house", ""), 70), (("bungalow", "senior"), 30)),
}
# Bedrooms of a kind, with their weight.
BEDROOMS = {
    "house": ((2, 15), (3, 60), (4, 22), (5, 3)),
    "bungalow": ((1, 25), (2, 75)),
    "flat": ((1, 45), (2, 45), (3, 10)),
    "upper": ((1, 50), (2, 50)),
}
# Net rent in EUR a month: base and addition per bedroom.
RENT = {"house": (408, 45), "bungalow": (402, 48), "flat": (366, 54), "upper": (362, 50)}


def choose(rng: Random, weighted):
    """One of ``(value, weight)`` pairs."""
    values, weights = zip(*weighted, strict=True)
    return rng.choices(values, weights)[0]


# What VERA calls our kinds, with its weight.
VERA_KINDS = {
    "house": (("TUS", 52), ("HOE", 24), ("TWE", 18), ("VRI", 6)),
    "bungalow": (("TWE", 60), ("VRI", 40)),
    "flat": (("GAL", 55), ("POF", 45)),
    "upper": (("BOV", 100),),
}
# Energy labels by the last year in which a dwelling was built so.
ENERGY = (
    (1965, (("G", 5), ("F", 15), ("E", 30), ("D", 30), ("C", 20))),
    (1985, (("E", 15), ("D", 30), ("C", 40), ("B", 15))),
    (2000, (("C", 45), ("B", 40), ("A", 15))),
    (2100, (("B", 20), ("A", 60), ("AP", 20))),
)
TO_BE_DEMOLISHED = 18  # dwellings of the oldest street, used until they go
DEMOLISHED_ON = date(2019, 4, 1)
NO_SUCH_MUNICIPALITY = "9999"  # the code with which an invented BAG number begins


def with_details(rng: Random, dwellings: list[PlannedDwelling]) -> list[PlannedDwelling]:
    """The same dwellings with what a corporation also keeps of them, all invented."""
    houses = [d for d in dwellings if d.kind == "house" and not d.label]
    oldest = min(houses, key=lambda d: (d.built, d.street.name)).street
    detailed = []
    for number, dwelling in enumerate(dwellings, start=1):
        energy = next(labels for year, labels in ENERGY if dwelling.built <= year)
        goes = dwelling.street == oldest and dwelling.number <= TO_BE_DEMOLISHED
        flat_floor = dwelling.kind == "bungalow" or (dwelling.kind == "flat" and dwelling.lift)
        detailed.append(
            replace(
                dwelling,
                bag_id=f"{NO_SUCH_MUNICIPALITY}01{number:010d}",
                vera_kind=choose(rng, VERA_KINDS[dwelling.kind]),
                energy_label=choose(rng, energy),
                accessibility="NUL" if flat_floor and dwelling.label else "",
                temporary_until=DEMOLISHED_ON if goes and not dwelling.label else None,
            )
        )
    return detailed


def plan_stock(rng: Random, places: list[Place], total: int) -> list[PlannedDwelling]:
    """``total`` dwellings; each street gets consecutive house numbers."""
    dwellings = []
    shares = largest_remainder(total, [place.inhabitants for place in places])
    for place, share in zip(places, shares, strict=True):
        per_street = largest_remainder(share, [1] * len(place.streets))
        for street, number_of in zip(place.streets, per_street, strict=True):
            built = rng.randint(1952, 2009)
            dwellings += [
                _dwelling(rng, street, number, built) for number in range(1, number_of + 1)
            ]
    return dwellings


def _dwelling(rng: Random, street: Street, number: int, built: int) -> PlannedDwelling:
    kind, label = choose(rng, PROFILES[street.profile])
    bedrooms = choose(rng, BEDROOMS[kind])
    base, per_bedroom = RENT[kind]
    rent = base + per_bedroom * bedrooms + rng.gauss(0, 22) + (18 if built >= 1990 else 0)
    floor = {"flat": (number - 1) // 8 % 4, "upper": 1}.get(kind, 0)
    return PlannedDwelling(
        street=street,
        number=number,
        kind=kind,
        label=label,
        bedrooms=bedrooms,
        area=32 + 16 * bedrooms + rng.randint(-4, 9),
        floor=floor,
        lift=kind == "flat" and built >= 1985,
        built=built,
        net_rent=min(max(Decimal(f"{rent:.2f}"), LOWEST_RENT), HIGHEST_RENT),
    )
