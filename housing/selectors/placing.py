"""How household, dwelling and rules stand when a proposal is made or a step taken."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from housing.arithmetic import bedrooms_needed
from housing.choices import StepCode, VacancyState
from housing.models import BedroomNorm, Case, CaseStep, Dwelling, Proposal, RentLimit, Vacancy
from partners.models import Municipality, VillageBelonging


def housed_in(vacancy: Vacancy, *, on: date) -> Municipality | None:
    """The municipality in which the dwelling lies on ``on``."""
    belonging = (
        VillageBelonging.objects.on(on)
        .filter(village=vacancy.dwelling.village_id)
        .select_related("municipality")
        .first()
    )
    return belonging and belonging.municipality


def taken_ahead(case: Case, dwelling: Dwelling, *, on: date) -> bool:
    """Whether who is here would take a dwelling for the family who follow: larger than they need
    themselves. By the norms of ``on`` where their bedrooms were not reckoned."""
    if not case.persons.expected().exists():
        return False
    needed = case.bedrooms_now
    if needed is None:
        norms = {norm.persons_from: norm.bedrooms for norm in BedroomNorm.objects.on(on)}
        needed = bedrooms_needed(case.persons.here().count(), norms)
    return needed is not None and dwelling.bedrooms > needed


@dataclass(frozen=True)
class Difference:
    """Something that is not as it was kept. ``part``: household, dwelling or rules; ``name`` as in
    ``snapshot``; both values as they were kept there."""

    part: str
    name: str
    kept: object
    now: object


def differences(kept: dict, now: dict) -> list[Difference]:
    """Where two snapshots differ, in the order of the newer one."""
    return [
        Difference(part, name, kept[part].get(name), value)
        for part, values in now.items()
        for name, value in values.items()
        if part in kept and name in kept[part] and kept[part][name] != value
    ]


def differences_since(proposal: Proposal, *, on: date) -> list[Difference]:
    """What changed since the dwelling was proposed. As many queries as a snapshot."""
    return differences(proposal.kept, snapshot(proposal.case, proposal.vacancy, on=on))


def state_before(proposal: Proposal) -> VacancyState:
    """The state of the dwelling when it was proposed. Available where that was not kept."""
    return VacancyState(proposal.kept.get("vacancy", {}).get("state", VacancyState.AVAILABLE))


def state_once_free(proposal: Proposal) -> VacancyState:
    """The state to which a refusal or withdrawal brings the dwelling back.

    Announced stays announced: nobody can move in yet. Anything else is free at once, also what was
    kept aside for this household.
    """
    was = state_before(proposal)
    return was if was == VacancyState.ANNOUNCED else VacancyState.AVAILABLE


@dataclass(frozen=True)
class Later:
    """What changed after a step until the next one of the dwelling; ``until`` None: to now."""

    until: CaseStep | None
    found: list[Difference]


def changed_later(
    steps: Iterable[CaseStep], current: Proposal | None, now: dict | None
) -> dict[int, Later]:
    """What changed after each step at which it was kept, by the id of the step. No query.

    ``steps`` in order, without those that were taken back. The last one about ``current``, the
    proposal that holds, is held against ``now``, a snapshot of today. Family joins the dwelling of
    ``current``.
    """
    current_id = current and current.pk
    newest: dict[int | None, CaseStep] = {}
    pairs: list[tuple[CaseStep, CaseStep | None, dict]] = []
    for step in steps:
        if "household" not in step.kept:
            continue
        about = current_id if step.code == StepCode.JOIN else step.proposal_id
        if before := newest.get(about):
            pairs.append((before, step, step.kept))
        newest[about] = step
    if now is not None and (last := newest.get(current_id)):
        pairs.append((last, None, now))
    return {
        step.pk: Later(until, found)
        for step, until, kept in pairs
        if (found := differences(step.kept, kept))
    }


def snapshot(case: Case, vacancy: Vacancy, *, on: date) -> dict:
    """Household, dwelling and rules as they are now, for ``Proposal.kept`` and ``CaseStep.kept``.

    ``household``: persons here and expected, bedrooms needed, functional needs by code;
    ``dwelling``: size, access and rent in euro a month; ``rules``: the rent limits of the year and
    the bedroom norms of the day. Nothing of it can be traced to a person.
    """
    dwelling = vacancy.dwelling
    limits = RentLimit.objects.of(on)
    return {
        "household": {
            "persons": case.persons.here().count(),
            "expected": case.persons.expected().count(),
            "bedrooms": case.bedrooms,
            "needs": sorted(case.needs.values_list("need__code", flat=True)),
        },
        "dwelling": {
            "bedrooms": dwelling.bedrooms,
            "floor": dwelling.floor,
            "lift": dwelling.lift,
            "step_free": dwelling.step_free,
            "accessibility": dwelling.accessibility,
            "net_rent": str(vacancy.net_rent),
            "service_costs": str(vacancy.service_costs),
            "available_from": vacancy.available_from.isoformat(),
        },
        "rules": {
            "year": on.year,
            "limits": limits
            and {
                "quality_limit": str(limits.quality_limit),
                "low_cap": str(limits.low_cap),
                "high_cap": str(limits.high_cap),
                "max_rent": str(limits.max_rent),
            },
            "norms": {str(norm.persons_from): norm.bedrooms for norm in BedroomNorm.objects.on(on)},
        },
    }
