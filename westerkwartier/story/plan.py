"""Makes the plan: one seed and one region folder give one story, on every machine."""

from random import Random

from westerkwartier.loading.folder import RegionFolder
from westerkwartier.story import anchors
from westerkwartier.story.households import plan_households
from westerkwartier.story.persons import with_persons, with_wishes
from westerkwartier.story.route import with_routes
from westerkwartier.story.stock import plan_stock, with_details
from westerkwartier.story.troubles import with_family_who_stay_away, with_troubles
from westerkwartier.story.vacancies import plan_vacancies, with_waits
from westerkwartier.story.values import Place, Plan, Street

SEED = 20171123


def places_of(folder: RegionFolder) -> list[Place]:
    """Villages that lay in one of the four municipalities during the story, in order of name."""
    municipality = {
        row["village"]: row["cbs_code"]
        for row in folder.rows("village_municipalities")
        if row["valid_from"] <= anchors.STORY_ENDS
        and (row["valid_to"] is None or row["valid_to"] > anchors.STORY_ENDS)
        and row["cbs_code"] in anchors.MUNICIPALITIES
    }
    places = []
    for row in sorted(folder.rows("villages"), key=lambda row: row["village"]):
        name = row["village"]
        if name not in municipality:
            continue
        streets = tuple(
            Street(name, municipality[name], item["street"], item["postcode"], item["profile"])
            for item in folder.rows("streets")
            if item["village"] == name
        )
        places.append(Place(name, municipality[name], row["inhabitants"], streets))
    return places


def make_plan(places: list[Place], seed: int = SEED) -> Plan:
    """The whole story as plain values."""
    rng = Random(seed)
    dwellings = plan_stock(rng, places, anchors.DWELLINGS)
    cases = plan_households(rng)
    vacancies, cases = plan_vacancies(rng, dwellings, cases)
    # Details come from a dice of their own, so that they leave the story itself as it is.
    details = Random(f"{seed} details")
    dwellings = with_details(details, dwellings)
    vacancies = with_waits(details, vacancies)
    # So does the way of each household, and who the persons are.
    route = Random(f"{seed} route")
    cases = with_family_who_stay_away(route, cases, vacancies, dwellings)
    cases = with_routes(route, cases, vacancies)
    cases = with_troubles(route, cases, vacancies, dwellings)
    people = Random(f"{seed} persons")
    cases = with_persons(people, cases, vacancies, dwellings)
    cases = with_wishes(people, cases, vacancies, dwellings, places)
    return Plan(seed, tuple(dwellings), tuple(vacancies), tuple(cases))
