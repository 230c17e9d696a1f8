"""Writes a plan through the services of the apps: all of it or nothing.

Dwellings, and vacancies that no household was proposed, are put in batches. Households are not:
they go through every step by the service that people use (see ``acting``).
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from housing.models import Case, FunctionalNeed, RefusalReason, WithdrawalReason
from housing.services import loading as housing
from partners.choices import OrganisationKind
from partners.models import Municipality, Organisation, Region, Village
from partners.services import loading as partners
from westerkwartier.story.acting import Stage, act, proposed
from westerkwartier.story.anchors import STORY_ENDS
from westerkwartier.story.people import cast_of
from westerkwartier.story.values import Plan, PlannedDwelling, PlannedVacancy

OFFICE_HOUR = time(10, 30)

# What the measures of the covenant should give and gave, in dwellings; invented.
EXPECTED_OF_MEASURES = {"new_build": 24, "demolition_reuse": 18}
MEASURE_RESULTS = (
    ("demolition_reuse", date(2016, 9, 1), 7),
    ("demolition_reuse", date(2017, 2, 1), 6),
    ("new_build", date(2017, 6, 15), 14),
)


def has_story(region: Region) -> bool:
    """Whether the region already has households; then the story is not loaded again."""
    return Case.objects.filter(region=region).exists()


@transaction.atomic
def load_plan(
    plan: Plan, region: Region, *, by, say: Callable[[str], None] = lambda sentence: None
) -> bool:
    """Loads the plan; False, and nothing written, when the region already has households.

    The region's row is locked, so that two loaders at a time leave one story.
    """
    Region.objects.select_for_update().get(pk=region.pk)
    if has_story(region):
        return False
    corporation = Organisation.objects.get(region=region, kind=OrganisationKind.CORPORATION)
    villages = {village.name: village for village in Village.objects.filter(region=region)}
    municipalities = {
        one.cbs_code: one
        for one in Municipality.objects.filter(region=region).select_related(
            "region", "organisation"
        )
    }

    withdrawals = {reason.code: reason.pk for reason in WithdrawalReason.objects.all()}

    say(_("%(number)s dwellings") % {"number": len(plan.dwellings)})
    dwellings, _changes = housing.load_dwellings(
        by=by,
        corporation=corporation,
        rows=[_dwelling(item, villages) for item in plan.dwellings],
    )
    moved = proposed(plan)
    vacated = [
        _still_free(item) if number in moved else item for number, item in enumerate(plan.vacancies)
    ]
    say(_("%(number)s vacated dwellings") % {"number": len(plan.vacancies)})
    vacancies, _changes = housing.load_vacancies(
        by=by,
        region=region,
        rows=[
            _vacancy(item, plan.dwellings[item.dwelling], dwellings[item.dwelling].pk, withdrawals)
            for item in vacated
        ],
    )
    housing.load_assessments(
        by=by,
        region=region,
        rows=[
            _assessment(item, vacancy.pk)
            for item, vacancy in zip(plan.vacancies, vacancies, strict=True)
            if item.assessed_on
        ],
    )
    housing.load_waits(
        by=by,
        region=region,
        rows=[
            {"vacancy_id": vacancy.pk, "cause": cause, "starts_on": start, "ends_on": end}
            for item, vacancy in zip(plan.vacancies, vacancies, strict=True)
            for cause, start, end in item.waits
        ],
    )
    partners.load_measure_results(
        by=by,
        region=region,
        expected=EXPECTED_OF_MEASURES,
        rows=[{"code": code, "on": day, "dwellings": n} for code, day, n in MEASURE_RESULTS],
    )
    say(_("%(number)s households") % {"number": len(plan.cases)})
    act(
        plan,
        Stage(
            cast=cast_of(region, by=by),
            vacancies=vacancies,
            municipalities=municipalities,
            villages=villages,
            organisations=list(Organisation.objects.filter(region=region).order_by("pk")),
            reasons={reason.code: reason for reason in RefusalReason.objects.all()},
            needs={need.code: need for need in FunctionalNeed.objects.all()},
        ),
    )
    # The planner knows nothing yet of tables that were filled a moment ago, and the first pages
    # would be slow until PostgreSQL finds the time to look.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return True


def _dwelling(item: PlannedDwelling, villages: dict[str, Village]) -> dict:
    return {
        "village_id": villages[item.street.village].pk,
        "street": item.street.name,
        "number": item.number,
        "postcode": item.street.postcode,
        "kind": item.kind,
        "label": item.label,
        "rooms": item.bedrooms + 1,
        "bedrooms": item.bedrooms,
        "floor_area": item.area,
        "floor": item.floor,
        "lift": item.lift,
        "step_free": item.kind == "bungalow" or (item.kind == "flat" and item.lift),
        "build_year": item.built,
        "bag_id": item.bag_id,
        "vera_kind": item.vera_kind,
        "energy_label": item.energy_label,
        "accessibility": item.accessibility,
        "temporary_until": item.temporary_until,
        "temporary_reason": "demolition" if item.temporary_until else "",
        "illustrative": True,
    }


def _vacancy(
    item: PlannedVacancy, planned: PlannedDwelling, dwelling: int, withdrawals: dict[str, int]
) -> dict:
    return {
        "dwelling_id": dwelling,
        "notice_on": item.notice_on,
        "available_from": item.available_from,
        "net_rent": planned.net_rent,
        "label": planned.label,
        "empty_from": item.empty_from,
        "state": item.state,
        "withdrawn_because_id": withdrawals[item.reason] if item.state == "withdrawn" else None,
        "let_from": item.let_from,
        "closed_on": item.closed_on,
        "illustrative": True,
    }


def _still_free(item: PlannedVacancy) -> PlannedVacancy:
    """As the dwelling stood before it was proposed to anybody."""
    free = item.available_from <= STORY_ENDS
    state = "available" if free else "announced"
    return replace(item, state=state, closed_on=None, let_from=None)


def _assessment(item: PlannedVacancy, vacancy: int) -> dict:
    at = timezone.make_aware(datetime.combine(item.assessed_on, OFFICE_HOUR))
    return {"vacancy_id": vacancy, "verdict": item.verdict, "reason": item.reason, "at": at}
