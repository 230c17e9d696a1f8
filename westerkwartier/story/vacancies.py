"""Invents which dwellings fell vacant, how they were judged and who got them."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from westerkwartier.story import anchors
from westerkwartier.story.calendar import on_or_after, on_or_before, working_days_back
from westerkwartier.story.stock import choose
from westerkwartier.story.values import PlannedCase, PlannedDwelling, PlannedVacancy

LOW_CAP, HIGH_CAP = 586, 628  # EUR a month in 2016, the lower of the two years
PLACEMENTS_PER_STREET = 3
HOUSED_ELSEWHERE = 0.2  # part of the households housed in another municipality than the linked one
ANNOUNCED = 14  # dwellings that come free after the last day
WITHDRAWN = 9

# Why a dwelling was not suitable; code of the reason and its weight.
REASONS = (
    ("rent_too_high", 20),
    ("rehousing", 15),
    ("renovation", 12),
    ("sale", 5),
    ("dispersal", 18),
    ("facilities", 22),
    ("liveability", 8),
)
REASON_OF_LABEL = {"senior": "senior_label", "care": "care_label"}
SUITABLE_PART = 0.55  # of the dwellings without a label that others got


def plan_vacancies(
    rng: Random, dwellings: list[PlannedDwelling], cases: list[PlannedCase]
) -> tuple[list[PlannedVacancy], list[PlannedCase]]:
    """All vacancies, and the cases again with the vacancy in which each found its dwelling.

    Exactly ``anchors.VACANCIES`` dwellings became available from the covenant up to the last day;
    those announced for later and those withdrawn before come on top.
    """
    used: set[int] = set()
    vacancies: list[PlannedVacancy] = []
    cases = list(cases)
    streets: dict[object, int] = {}
    for index in sorted(
        (i for i, case in enumerate(cases) if case.signed_on),
        key=lambda i: (-cases[i].bedrooms_needed, cases[i].reference),
    ):
        dwelling = _dwelling_for(rng, cases[index], dwellings, used, streets)
        used.add(dwelling)
        street = dwellings[dwelling].street
        streets[street] = streets.get(street, 0) + 1
        cases[index] = replace(cases[index], vacancy=len(vacancies))
        vacancies.append(_let_to(rng, cases[index], dwelling))

    free = [i for i in range(len(dwellings)) if i not in used]
    others = anchors.VACANCIES - len(vacancies)
    picked = rng.sample(free, others + WITHDRAWN)
    vacancies += [_regular(rng, dwellings[i], i) for i in picked[:others]]
    vacancies += [_withdrawn(rng, i) for i in picked[others:]]
    everybody = [i for i in free if i not in set(picked) and not dwellings[i].label]
    vacancies += _announced(rng, dwellings, rng.sample(everybody, ANNOUNCED))
    return vacancies, cases


def _dwelling_for(rng, case, dwellings, used, streets) -> int:
    """A dwelling that is big enough, fits the rent and does not crowd a street."""
    cap = LOW_CAP if len(case.persons) < 3 else HIGH_CAP
    need = case.bedrooms_needed
    at_home = rng.random() >= HOUSED_ELSEWHERE
    fitting = [
        index
        for index, dwelling in enumerate(dwellings)
        if index not in used
        and not dwelling.label
        and need <= dwelling.bedrooms <= need + 2
        and dwelling.net_rent <= cap
        and streets.get(dwelling.street, 0) < PLACEMENTS_PER_STREET
        and (dwelling.street.municipality == case.municipality) == at_home
    ]
    return rng.choice(fitting)


def _let_to(rng: Random, case: PlannedCase, dwelling: int) -> PlannedVacancy:
    signed = case.signed_on
    available = max(signed - timedelta(days=rng.randint(0, 10)), anchors.COVENANT_FROM)
    notice = on_or_before(available - timedelta(days=rng.randint(26, 34)))
    return PlannedVacancy(
        dwelling=dwelling,
        notice_on=notice,
        available_from=available,
        state="let_permit",
        closed_on=signed,
        let_from=case.starts_on,
        verdict="suitable",
        reason="",
        assessed_on=on_or_after(notice + timedelta(days=rng.randint(1, 7))),
    )


def _judged(rng: Random, dwelling: PlannedDwelling) -> tuple[str, str]:
    if dwelling.label:
        return "unsuitable", REASON_OF_LABEL[dwelling.label]
    if dwelling.net_rent > HIGH_CAP:
        return "unsuitable", "rent_too_high"
    if rng.random() < SUITABLE_PART:
        return "suitable", ""
    return "unsuitable", choose(rng, REASONS)


def _regular(rng: Random, dwelling: PlannedDwelling, index: int) -> PlannedVacancy:
    """Became available in the term of the covenant and went, or is going, to somebody else."""
    days = (anchors.STORY_ENDS - anchors.COVENANT_FROM).days
    available = anchors.COVENANT_FROM + timedelta(days=rng.randint(0, days))
    notice = on_or_before(available - timedelta(days=rng.randint(26, 40)))
    closed = on_or_after(available + timedelta(days=rng.randint(2, 24)))
    verdict, reason = _judged(rng, dwelling)
    still_open = closed > anchors.STORY_ENDS
    return PlannedVacancy(
        dwelling=index,
        notice_on=notice,
        available_from=available,
        state="available" if still_open else "let_regular",
        closed_on=None if still_open else closed,
        let_from=None if still_open else closed,
        verdict=verdict,
        reason=reason,
        assessed_on=on_or_after(notice + timedelta(days=rng.randint(1, 9))),
    )


def _withdrawn(rng: Random, index: int) -> PlannedVacancy:
    """Notice was given and taken back, or the dwelling was sold or pulled down."""
    days = (date(2017, 10, 1) - anchors.COVENANT_FROM).days
    available = anchors.COVENANT_FROM + timedelta(days=rng.randint(40, days))
    notice = on_or_before(available - timedelta(days=rng.randint(28, 34)))
    return PlannedVacancy(
        dwelling=index,
        notice_on=notice,
        available_from=available,
        state="withdrawn",
        closed_on=on_or_before(available - timedelta(days=rng.randint(5, 12))),
        let_from=None,
        verdict="unsuitable",
        reason=rng.choice(("renovation", "sale")),
        assessed_on=on_or_after(notice + timedelta(days=rng.randint(1, 6))),
    )


def _announced(rng, dwellings, picked: list[int]) -> list[PlannedVacancy]:
    """Dwellings that come free after the last day; the first few still wait for a verdict."""
    vacancies = []
    for position, index in enumerate(picked):
        if position < len(anchors.AWAITING_VERDICT):
            waits = anchors.AWAITING_VERDICT[position]
            notice = working_days_back(anchors.STORY_ENDS, waits)
            verdict, reason, assessed = "", "", None
        else:
            notice = working_days_back(anchors.STORY_ENDS, rng.randint(8, 15))
            verdict, reason = _judged(rng, dwellings[index])
            assessed = working_days_back(anchors.STORY_ENDS, rng.randint(1, 6))
        vacancies.append(
            PlannedVacancy(
                dwelling=index,
                notice_on=notice,
                available_from=notice + timedelta(days=rng.randint(26, 34)),
                state="announced",
                closed_on=None,
                let_from=None,
                verdict=verdict,
                reason=reason,
                assessed_on=assessed,
            )
        )
    return vacancies


REPAIRED = 0.35  # part of the dwellings on which there was work before they came free


def with_waits(rng: Random, vacancies: list[PlannedVacancy]) -> list[PlannedVacancy]:
    """The same vacancies with the days on which they stood empty, and for what they waited."""
    return [_waiting(rng, vacancy) for vacancy in vacancies]


def _waiting(rng: Random, vacancy: PlannedVacancy) -> PlannedVacancy:
    free, waits, empty = vacancy.available_from, [], None
    if free > anchors.STORY_ENDS or vacancy.state == "withdrawn":
        return vacancy
    if rng.random() < REPAIRED:
        empty = free - timedelta(days=rng.randint(3, 12))
        waits.append(("repairs", empty, free))
    judged = vacancy.assessed_on or anchors.STORY_ENDS
    until = vacancy.let_from or anchors.STORY_ENDS
    shown = max(free, judged)
    if vacancy.verdict == "suitable" and (until - shown).days >= 6:
        viewing = shown + timedelta(days=rng.randint(1, 2))
        answer = viewing + timedelta(days=rng.randint(1, 2))
        waits.append(("viewing", viewing, answer))
        waits.append(("answer", answer, answer + timedelta(days=rng.randint(1, 2))))
    return replace(vacancy, empty_from=empty, waits=tuple(waits))
