"""Invents what does not go straight: refusals, proposals turned down or withdrawn, and the
proposals that are under way on the last day.

Each takes a vacancy of its own that was judged suitable and goes to somebody else later, so that
nobody's dwelling and none of the totals changes.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from housing.choices import Consequence, Judgement, StepCode, StepReason
from westerkwartier.story import anchors
from westerkwartier.story.calendar import on_or_after, working_days_back, working_days_on
from westerkwartier.story.route import TO_CONTRACT, by_day, search_from, steps_to
from westerkwartier.story.values import (
    PlannedCase,
    PlannedDwelling,
    PlannedEvent,
    PlannedPerson,
    PlannedVacancy,
)

# Three refusals on some 160 offers: a justified one, one with which a household lost its place in
# the reception of COA, and one that COA still judges on the last day.
JUSTIFIED = PlannedEvent(
    anchors.STORY_ENDS,
    StepCode.REFUSE,
    reason="need_not_met",
    judgement=Judgement.JUSTIFIED,
    consequence=Consequence.NEW_DWELLING,
)
ENDS_RECEPTION = replace(
    JUSTIFIED,
    reason="no_interest",
    judgement=Judgement.UNJUSTIFIED,
    consequence=Consequence.RECEPTION_ENDS,
)
TURNED_DOWN = ("offered_by_mistake", "other_candidate", "dispersal", "wrong_data")
WITHDRAWN_BECAUSE = (
    "Er komt een grotere woning vrij in hetzelfde dorp.",
    "De school van de kinderen blijkt te ver weg.",
)
FAR_ENOUGH = 18  # days of searching in which a proposal that comes to nothing fits

# How far those who wait on the last day have come, in the order of ``anchors.WAITING``.
ON_HOLD, IN_VAIN, REVIEWED = "on_hold", "in_vain", "reviewed"
STANDING = (
    StepCode.OFFER,
    IN_VAIN,
    ON_HOLD,
    StepCode.ACCEPT,
    REVIEWED,
    StepCode.AGREE,
    StepCode.OFFER,
    StepCode.PROPOSE,
    StepCode.PROPOSE,
    "",
    "",
)
# Family that was expected and does not come: (how it ended, persons).
NOT_COMING = (("mvv_refused", 2), ("lapsed", 1))


@dataclass
class Market:
    """The vacancies that can be proposed without changing who got them in the end."""

    vacancies: list[PlannedVacancy]
    dwellings: list[PlannedDwelling]
    taken: set[int]

    def take(self, rng: Random, case: PlannedCase, first: date, last: date | None) -> int | None:
        """A vacancy judged by ``first`` and open until after ``last`` (None: on the last day),
        large enough for the household; None when there is none."""
        fitting = [
            number
            for number, one in enumerate(self.vacancies)
            if number not in self.taken
            and one.verdict == "suitable"
            and one.assessed_on <= first
            and (one.closed_on is None if last is None else _closes_after(one, last))
            and self.dwellings[one.dwelling].bedrooms >= case.bedrooms_needed
        ]
        if not fitting:
            return None
        number = rng.choice(fitting)
        self.taken.add(number)
        return number


def _closes_after(vacancy: PlannedVacancy, day: date) -> bool:
    return vacancy.state == "let_regular" and vacancy.closed_on > day


def with_troubles(
    rng: Random,
    cases: list[PlannedCase],
    vacancies: list[PlannedVacancy],
    dwellings: list[PlannedDwelling],
) -> list[PlannedCase]:
    """The same households with what went wrong, and with what is under way on the last day."""
    market = Market(vacancies, dwellings, taken=set())
    cases = list(cases)
    waiting = [index for index, case in enumerate(cases) if case.state == "waiting"]
    for index, standing in zip(waiting, STANDING, strict=True):
        cases[index] = _added(cases[index], _standing(rng, cases[index], standing, market))
    _reception_ended(rng, cases, market)
    slow = [
        index
        for index, case in enumerate(cases)
        if case.state == "housed" and _searching(case).days >= FAR_ENOUGH and _is_plain(case)
    ]
    rng.shuffle(slow)
    endings = [JUSTIFIED]
    endings += [PlannedEvent(anchors.STORY_ENDS, StepCode.DECLINE, reason=r) for r in TURNED_DOWN]
    endings += [
        PlannedEvent(anchors.STORY_ENDS, StepCode.WITHDRAW, remark=remark)
        for remark in WITHDRAWN_BECAUSE
    ]
    for index in slow:
        if not endings:
            break
        first = on_or_after(search_from(cases[index]) + timedelta(days=1))
        vacancy = market.take(rng, cases[index], first, _proposed_on(cases[index]))
        if vacancy is not None:
            events = _earlier(rng, cases[index], endings.pop(0), vacancy, first)
            cases[index] = _added(cases[index], events)
    return cases


def with_family_who_stay_away(
    rng: Random,
    cases: list[PlannedCase],
    vacancies: list[PlannedVacancy],
    dwellings: list[PlannedDwelling],
) -> list[PlannedCase]:
    """Gives some who live alone, with a bedroom to spare, family that was expected in vain."""
    cases = list(cases)
    for state, persons in NOT_COMING:
        index = rng.choice(
            [
                i
                for i, case in enumerate(cases)
                if case.state == "housed"
                and len(case.persons) == 1
                and date(2017, 1, 1) <= case.linked_on <= date(2017, 7, 1)
                and dwellings[vacancies[case.vacancy].dwelling].bedrooms >= 2
            ]
        )
        group = (PlannedPerson("reunifier", reunion=state),) * persons
        cases[index] = replace(cases[index], persons=cases[index].persons + group)
    return cases


def _added(case: PlannedCase, events: list[PlannedEvent]) -> PlannedCase:
    return replace(case, events=by_day([*case.events, *events])) if events else case


def _proposed_on(case: PlannedCase) -> date:
    return next(event.on for event in case.events if event.what == StepCode.PROPOSE)


def _searching(case: PlannedCase) -> timedelta:
    return _proposed_on(case) - search_from(case)


def _is_plain(case: PlannedCase) -> bool:
    """Nothing out of the ordinary happened to this household yet."""
    unusual = (StepCode.HOLD, StepCode.NO_DWELLING, StepCode.REFUSE)
    return not any(event.what in unusual for event in case.events)


def _earlier(
    rng: Random, case: PlannedCase, ending: PlannedEvent, vacancy: int, first: date
) -> list[PlannedEvent]:
    """A proposal that ended a week before the one that led to a dwelling."""
    return _ended(rng, vacancy, ending, first, working_days_back(_proposed_on(case), 5))


def _ended(
    rng: Random, vacancy: int, ending: PlannedEvent, first: date, end: date
) -> list[PlannedEvent]:
    """Proposed, offered where the household itself refuses, and ended on ``end``."""
    before = TO_CONTRACT[:3] if ending.what == StepCode.REFUSE else TO_CONTRACT[:1]
    steps = steps_to(working_days_back(end, 2), first, rng, before)
    steps[0] = replace(steps[0], vacancy=vacancy)
    steps.append(replace(ending, on=end, judgement="", consequence=""))
    if ending.judgement:
        judged = working_days_on(end, rng.randint(2, 4))
        steps.append(replace(ending, on=judged, what=StepCode.JUDGE, reason=""))
    return steps


def _reception_ended(rng: Random, cases: list[PlannedCase], market: Market) -> None:
    """The household whose link lasted longest of those unlinked refused, and lost its place."""
    unlinked = [i for i, case in enumerate(cases) if case.state == "unlinked"]
    index = max(unlinked, key=lambda i: (cases[i].unlinked_on - cases[i].linked_on).days)
    case = cases[index]
    first = on_or_after(search_from(case) + timedelta(days=1))
    end = working_days_back(case.unlinked_on, 6)
    vacancy = market.take(rng, case, first, case.unlinked_on)
    if vacancy is None:
        return
    events = [event for event in case.events if event.what != StepCode.UNLINK]
    events += _ended(rng, vacancy, ENDS_RECEPTION, first, end)
    reason = StepReason.RECEPTION_ENDED
    events.append(PlannedEvent(case.unlinked_on, StepCode.UNLINK, reason=reason))
    cases[index] = replace(case, events=by_day(events))


def _standing(rng: Random, case: PlannedCase, standing: str, market: Market) -> list[PlannedEvent]:
    """What brought a household that waits to where it is on the last day."""
    last, first = anchors.STORY_ENDS, on_or_after(case.linked_on + timedelta(days=9))
    if standing == IN_VAIN:
        remark = "Geen woning met genoeg slaapkamers."
        days = (on_or_after(first + timedelta(days=weeks * 7)) for weeks in (1, 4, 8))
        return [PlannedEvent(day, StepCode.NO_DWELLING, remark=remark) for day in days]
    if standing == ON_HOLD:
        reason = StepReason.AWAITS_FAMILY
        return [PlannedEvent(on_or_after(first), StepCode.HOLD, reason=reason)]
    if not standing:
        return []
    codes = TO_CONTRACT[:3]
    if standing in TO_CONTRACT:
        codes = TO_CONTRACT[: TO_CONTRACT.index(standing) + 1]
    recent = working_days_back(last, 8)
    judged = working_days_back(last, 1 if standing == StepCode.PROPOSE else 3)
    vacancy = market.take(rng, case, judged, None)
    if vacancy is None:
        return []
    first = max(first, recent, market.vacancies[vacancy].assessed_on)
    end = working_days_back(last, 2) if standing == REVIEWED else working_days_back(last, 1)
    steps = steps_to(end, first, rng, codes)
    steps[0] = replace(steps[0], vacancy=vacancy, ahead=case.reunifiers > 0)
    if standing == REVIEWED:
        on = working_days_back(last, 1)
        steps.append(PlannedEvent(on, StepCode.REFUSE, reason="too_far"))
    return steps
