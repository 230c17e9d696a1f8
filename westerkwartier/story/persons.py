"""Invents who the persons of a household are: names that nobody has, ages, family ties, numbers.

A letter of the Greek alphabet with a word for "invented" is nobody's name; V-numbers begin with
three zeros and addresses end in ``.example``, which is never given out (RFC 2606).
"""

from dataclasses import replace
from datetime import date, timedelta
from itertools import count
from random import Random

from housing.arithmetic import Occupant, SharingRule, bedrooms_needed_for
from housing.choices import PersonCategory, PreferenceReason, Relation
from westerkwartier.story import anchors
from westerkwartier.story.values import (
    Place,
    PlannedCase,
    PlannedDwelling,
    PlannedPerson,
    PlannedVacancy,
)

FIRST_NAMES = (
    *("Alfa", "Bèta", "Gamma", "Delta", "Epsilon", "Zèta", "Èta", "Thèta", "Jota", "Kappa"),
    *("Lambda", "Omikron", "Sigma", "Ypsilon", "Omega"),
)
SURNAMES = (
    *("Voorbeeld", "Testhuis", "Fictief", "Denkbeeld", "Verzinsel", "Sjabloon", "Modelgeval"),
    *("Proefgeval", "Niemand", "Bedenksel", "Zogenaamd", "Oefening"),
)
# As in data/national/sharing_rules.csv: households are invented so that they fit their dwelling.
SHARING = SharingRule(couple_shares=True, same_sex_below=18, any_sex_below=12, max_per_room=2)
SEX_MATTERS_FROM = 11  # years: the rule asks it soon
WITH_PARTNER = 0.7  # part of the families in which the second one is the partner
TRIES = 12


def with_persons(
    rng: Random,
    cases: list[PlannedCase],
    vacancies: list[PlannedVacancy],
    dwellings: list[PlannedDwelling],
) -> list[PlannedCase]:
    """The same households with their persons known; V-numbers run through them all."""
    numbers = count(1)
    known = []
    for case in cases:
        room = case.bedrooms_needed
        if case.vacancy is not None:
            room = dwellings[vacancies[case.vacancy].dwelling].bedrooms
        persons = _family(rng, case, room)
        surname = rng.choice(SURNAMES)
        named = [_named(rng, case, person, surname, next(numbers)) for person in persons]
        known.append(replace(case, persons=tuple(named)))
    return known


def _family(rng: Random, case: PlannedCase, room: int) -> list[PlannedPerson]:
    """A family that sleeps in ``room`` bedrooms; when chance finds none, a couple with children
    who are all young."""
    for _try in range(TRIES):
        family = _relations(rng, case, oldest=17, partner=rng.random() < WITH_PARTNER)
        if _bedrooms(family) <= room:
            return family
    return _relations(rng, case, oldest=8, partner=True)


def _bedrooms(family: list[PlannedPerson]) -> int:
    occupants = [Occupant(one.relation, one.birth_date, one.sex or None) for one in family]
    return bedrooms_needed_for(occupants, SHARING, on=anchors.STORY_ENDS).bedrooms


def _relations(rng, case: PlannedCase, *, oldest: int, partner: bool) -> list[PlannedPerson]:
    family = []
    born = case.linked_on - timedelta(days=rng.randint(21 * 365, 46 * 365))
    for position, person in enumerate(case.persons):
        if person.category == PersonCategory.MINOR:
            age = rng.randint(15 * 365 + 10, 17 * 365 + 200)
            told = {"birth_date": case.linked_on - timedelta(days=age)}
        elif position == 0:
            told = {"birth_date": born}
        elif position == 1 and partner:
            years = timedelta(days=rng.randint(-6 * 365, 6 * 365))
            told = {
                "relation": Relation.PARTNER,
                "birth_date": min(born + years, case.linked_on - timedelta(days=20 * 365)),
            }
        else:
            told = _child(rng, case.linked_on, oldest)
        family.append(replace(person, **told))
    return family


def _child(rng: Random, linked_on: date, oldest: int) -> dict:
    born = linked_on - timedelta(days=rng.randint(90, oldest * 365))
    told = {"relation": Relation.CHILD, "birth_date": born}
    if anchors.STORY_ENDS - born >= timedelta(days=SEX_MATTERS_FROM * 365):
        told["sex"] = rng.choice(("f", "m"))
    return told


def _named(rng, case: PlannedCase, person: PlannedPerson, surname: str, number: int):
    contact = ""
    if person.relation == Relation.HOLDER and person.category == PersonCategory.HOLDER:
        contact = f"huishouden-{case.reference}@post.example"
    follows = person.category == PersonCategory.REUNIFIER  # and has no number before it arrives
    return replace(
        person,
        name=f"{rng.choice(FIRST_NAMES)} {surname}",
        v_number="" if follows else f"V-000.{number // 1000:03}.{number % 1000:03}",
        contact=contact,
    )


NEEDING = 0.08  # part of the households that need something particular
WISHING = 0.15  # part that asks for a place
NEEDS_ANYWHERE = ("near_hospital",)
WISHES = (
    PreferenceReason.WORK,
    PreferenceReason.SCHOOL,
    PreferenceReason.FAMILY,
    PreferenceReason.TREATMENT,
)


def with_wishes(
    rng: Random,
    cases: list[PlannedCase],
    vacancies: list[PlannedVacancy],
    dwellings: list[PlannedDwelling],
    places: list[Place],
) -> list[PlannedCase]:
    """The same households with what some need, as their dwelling has it, and where some would
    like to live."""
    villages = [place.name for place in places]
    wished = []
    for case in cases:
        dwelling = None
        if case.vacancy is not None:
            dwelling = dwellings[vacancies[case.vacancy].dwelling]
        if rng.random() < NEEDING:
            case = replace(case, needs=(rng.choice(_possible_needs(dwelling)),))
        if rng.random() < WISHING:
            there = dwelling is not None and rng.random() < 0.5
            village = dwelling.street.village if there else rng.choice(villages)
            case = replace(case, preferences=((rng.choice(WISHES), village),))
        wished.append(case)
    return wished


def _possible_needs(dwelling: PlannedDwelling | None) -> tuple[str, ...]:
    if dwelling is None:
        return (*NEEDS_ANYWHERE, "ground_floor", "entrance_floor")
    if dwelling.kind == "bungalow":
        return (*NEEDS_ANYWHERE, "ground_floor", "step_free")
    if dwelling.kind == "flat" and dwelling.lift:
        return (*NEEDS_ANYWHERE, "lift", "ground_floor")
    return NEEDS_ANYWHERE
