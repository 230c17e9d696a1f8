"""Writing what a region folder says about region, organisations, villages and covenant.

Each service takes plain rows, may be called again with the same rows without effect, and adds one
journal line when it changed something. ``by`` is None for the machine itself.
"""

from django.db import transaction

from partners.choices import OrganisationKind, ShareDenominator
from partners.models import (
    ContactPerson,
    Covenant,
    CovenantMeasure,
    CovenantParty,
    Inhabitants,
    MeasureResult,
    Municipality,
    Organisation,
    Region,
    ShareDefinition,
    Succession,
    Village,
    VillageBelonging,
    VillageFacility,
)
from partners.services.journal import record
from partners.services.putting import Changes, put_rows
from westerkwartier.web.clock import now

DENOMINATORS = {
    "available": ShareDenominator.AVAILABLE,
    "unlabelled": ShareDenominator.UNLABELLED,
    "let": ShareDenominator.LET,
}


@transaction.atomic
def load_region(
    *, by, slug: str, name: str, rounding_mode: str, rounding_source: str
) -> tuple[Region, Changes]:
    """The region itself, by its short name."""
    row = {
        "slug": slug,
        "name": name,
        "rounding_mode": rounding_mode,
        "rounding_source": rounding_source,
    }
    (region,), changes = put_rows(Region.objects.filter(slug=slug), ("slug",), [row])
    _tell(by, "region.load", region, changes)
    return region, changes


@transaction.atomic
def load_organisations(
    *, by, region: Region, rows: list[dict]
) -> tuple[dict[str, Organisation], Changes]:
    """Partners of the region, found by name; gives them by the key the folder uses."""
    wanted = [
        {
            "region_id": region.pk,
            "name": row["name"],
            "kind": row["kind"],
            "website": row.get("website", ""),
        }
        for row in rows
    ]
    objects, changes = put_rows(
        Organisation.objects.filter(region=region), ("region_id", "name"), wanted
    )
    _tell(by, "organisation.load", region, changes)
    return {row["key"]: obj for row, obj in zip(rows, objects, strict=True)}, changes


@transaction.atomic
def load_contacts(
    *, by, region: Region, organisations: dict[str, Organisation], rows: list[dict]
) -> Changes:
    """Contact persons of the organisations."""
    wanted = [
        {
            "organisation_id": organisations[row["organisation"]].pk,
            "name": row["name"],
            "job": row["job"],
            "email": row["email"],
        }
        for row in rows
    ]
    _objects, changes = put_rows(
        ContactPerson.objects.filter(organisation__region=region),
        ("organisation_id", "name"),
        wanted,
    )
    _tell(by, "contact_person.load", region, changes)
    return changes


@transaction.atomic
def load_municipalities(
    *, by, region: Region, organisations: list[tuple[str, Organisation]], rows: list[dict]
) -> tuple[dict[str, Municipality], Changes]:
    """Municipalities by CBS code; ``organisations`` gives the organisation of a code.

    A neighbour outside the region gets no region, and keeps one that another folder gave it.
    """
    of_code = dict(organisations)
    wanted = []
    for row in rows:
        wanted.append(
            {
                "cbs_code": row["cbs_code"],
                "name": row["name"],
                "valid_from": row["valid_from"],
                "valid_to": row["valid_to"],
            }
        )
        if row["in_region"]:
            organisation = of_code.get(row["cbs_code"])
            wanted[-1]["region_id"] = region.pk
            wanted[-1]["organisation_id"] = organisation and organisation.pk
    existing = Municipality.objects.filter(cbs_code__in=[row["cbs_code"] for row in rows])
    objects, changes = put_rows(existing, ("cbs_code",), wanted)
    _tell(by, "municipality.load", region, changes)
    return {obj.cbs_code: obj for obj in objects}, changes


@transaction.atomic
def load_inhabitants(
    *, by, region: Region, municipalities: dict[str, Municipality], rows: list[dict]
) -> Changes:
    """Inhabitants on 1 January, per municipality."""
    wanted = [
        {
            "municipality_id": municipalities[row["cbs_code"]].pk,
            "on": row["reference_date"],
            "number": row["inhabitants"],
            "source": row["source"],
            "certainty": row["certainty"],
        }
        for row in rows
    ]
    existing = Inhabitants.objects.filter(municipality__in=municipalities.values())
    _objects, changes = put_rows(existing, ("municipality_id", "on"), wanted)
    _tell(by, "inhabitants.load", region, changes)
    return changes


@transaction.atomic
def load_successions(
    *, by, region: Region, municipalities: dict[str, Municipality], rows: list[dict]
) -> Changes:
    """Who became whom, with which share of the addresses."""
    wanted = [
        {
            "predecessor_id": municipalities[row["predecessor_code"]].pk,
            "successor_id": municipalities[row["successor_code"]].pk,
            "date": row["date"],
            "share": row["share"],
            "source": row["source"],
        }
        for row in rows
    ]
    existing = Succession.objects.filter(predecessor__in=municipalities.values())
    _objects, changes = put_rows(existing, ("predecessor_id", "successor_id", "date"), wanted)
    _tell(by, "succession.load", region, changes)
    return changes


@transaction.atomic
def load_villages(
    *,
    by,
    region: Region,
    municipalities: dict[str, Municipality],
    rows: list[dict],
    belongings: list[dict],
) -> tuple[dict[str, Village], Changes]:
    """Villages by name, and the municipality each lies in over time."""
    wanted = [
        {
            "region_id": region.pk,
            "name": row["village"],
            "postcode4": row["postcode4"],
            "latitude": row["latitude"],
            "longitude": row["longitude"],
            "inhabitants": row["inhabitants"],
            "inhabitants_on": row["inhabitants_on"],
        }
        for row in rows
    ]
    existing = Village.objects.filter(region=region)
    objects, changes = put_rows(existing, ("region_id", "name"), wanted)
    villages = {village.name: village for village in objects}
    wanted = [
        {
            "village_id": villages[row["village"]].pk,
            "municipality_id": municipalities[row["cbs_code"]].pk,
            "valid_from": row["valid_from"],
            "valid_to": row["valid_to"],
        }
        for row in belongings
    ]
    _objects, lying = put_rows(
        VillageBelonging.objects.filter(village__region=region),
        ("village_id", "valid_from"),
        wanted,
    )
    _tell(by, "village.load", region, changes + lying)
    return villages, changes + lying


@transaction.atomic
def load_facilities(
    *, by, region: Region, villages: dict[str, Village], rows: list[dict]
) -> Changes:
    """How far each facility is from a village, in kilometres."""
    wanted = [
        {
            "village_id": villages[row["village"]].pk,
            "kind": row["facility"],
            "distance_km": row["distance_km"],
            "source": row["source"],
            "certainty": row["certainty"],
        }
        for row in rows
    ]
    existing = VillageFacility.objects.filter(village__region=region)
    _objects, changes = put_rows(existing, ("village_id", "kind"), wanted)
    _tell(by, "facility.load", region, changes)
    return changes


@transaction.atomic
def load_covenant(
    *, by, region: Region, organisations: dict[str, Organisation], words: dict
) -> Changes:
    """The covenant with its parties, its measures and the definitions of its share."""
    (covenant,), changes = put_rows(
        Covenant.objects.filter(region=region),
        ("region_id", "name"),
        [
            {
                "region_id": region.pk,
                "name": words["name"],
                "signed_on": words["signed_on"],
                "ends_on": words["ends_on"],
                "source": words["source"],
                "certainty": words["certainty"],
            }
        ],
    )
    known = set(covenant.measures.values_list("code", flat=True))
    _make_room(covenant, {item["code"] for item in words.get("measure", [])})
    parts = (
        (
            CovenantParty.objects.filter(covenant=covenant),
            ("covenant_id", "organisation_id"),
            [{"organisation_id": organisations[key].pk} for key in words["parties"]],
        ),
        (
            CovenantMeasure.objects.filter(covenant=covenant),
            ("covenant_id", "code"),
            [
                _measure(number, item, known=item["code"] in known)
                for number, item in enumerate(words.get("measure", []), start=1)
            ],
        ),
        (
            ShareDefinition.objects.filter(covenant=covenant),
            ("covenant_id", "valid_from"),
            [
                {
                    "target": item["target"],
                    "denominator": DENOMINATORS[item["denominator"]],
                    "valid_from": item["valid_from"],
                    "valid_to": item.get("valid_to"),
                    "source": item["source"],
                    "certainty": item["certainty"],
                }
                for item in words.get("share", [])
            ],
        ),
    )
    for existing, key, rows in parts:
        _objects, more = put_rows(existing, key, [{"covenant_id": covenant.pk, **r} for r in rows])
        changes += more
    _tell(by, "covenant.load", region, changes)
    return changes


@transaction.atomic
def load_measure_results(
    *, by, region: Region, expected: dict[str, int], rows: list[dict]
) -> Changes:
    """What measures should give and gave, in dwellings, by the code of the measure.

    Results are appended only as long as a measure has none.
    """
    measures = {
        measure.code: measure
        for measure in CovenantMeasure.objects.select_for_update().filter(covenant__region=region)
    }
    changed = [measures[code] for code in expected if measures[code].expected_dwellings is None]
    for measure in changed:
        measure.expected_dwellings = expected[measure.code]
    CovenantMeasure.objects.bulk_update(changed, ["expected_dwellings"])
    told = set(
        MeasureResult.objects.filter(measure__in=measures.values()).values_list(
            "measure_id", flat=True
        )
    )
    new = [
        MeasureResult(
            measure=measures[row["code"]],
            on=row["on"],
            dwellings=row["dwellings"],
            by=by,
            at=now(),
        )
        for row in rows
        if measures[row["code"]].pk not in told
    ]
    MeasureResult.objects.bulk_create(new)
    changes = Changes(added=len(new), changed=len(changed))
    _tell(by, "measure.load", region, changes)
    return changes


def _make_room(covenant: Covenant, codes: set[str]) -> None:
    """Put the measures that were added on a page behind those of the file (their ``codes``)."""
    others = list(covenant.measures.select_for_update().exclude(code__in=codes).order_by("number"))
    for number, measure in enumerate(others, start=len(codes) + 1):
        if measure.number < number:
            measure.number = number
            measure.save(update_fields=["number"])


def _measure(number: int, item: dict, *, known: bool) -> dict:
    """A measure as the file has it; what people may change on its page only while it is new."""
    row = {
        "number": number,
        "code": item["code"],
        "title": item["title"],
        "added_by_id": None,
        "added_at": None,
    }
    if known:
        return row
    return row | {
        "since": item.get("since"),
        "until": item.get("until"),
        "expected_dwellings": item.get("expected_dwellings"),
        "source": item.get("source", ""),
    }


def municipal_organisations(
    rows: list[dict], organisations: dict[str, Organisation]
) -> list[tuple[str, Organisation]]:
    """The organisation that stands for each municipality, by CBS code."""
    return [
        (row["cbs_code"], organisations[row["key"]])
        for row in rows
        if row["kind"] == OrganisationKind.MUNICIPALITY
    ]


def _tell(by, action: str, region: Region, changes: Changes) -> None:
    """One journal line, and none when nothing changed."""
    if changes:
        record(by=by, action=action, obj=region, region=region, detail=str(changes))
