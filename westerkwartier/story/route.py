"""Invents the way of each household: every step with its day, from COA's link to the sign-off.

The days that matter for the totals (linked, signed, moved in, counted) are the plan's already;
what lies between them is invented here, so that the totals stay what they are.
"""

from dataclasses import replace
from datetime import date, timedelta
from random import Random

from housing.choices import ReunionState, StepCode, StepReason
from westerkwartier.story import anchors
from westerkwartier.story.calendar import on_or_after, on_or_before, working_days_back
from westerkwartier.story.values import PlannedCase, PlannedEvent, PlannedPerson, PlannedVacancy

CLOSED_AFTER_DAYS = 120  # from signing off; the last talk of the guidance is after three months
ATTEMPTS = 0.3  # part of the households for whom the first search finds nothing
HELD = 0.03  # part of them that is on hold for a while
RELINKED_BECAUSE = (
    StepReason.SELF_HOUSED,
    StepReason.ELSEWHERE,
    StepReason.JOINED_FAMILY,
    StepReason.LEFT,
)


def by_day(events: list[PlannedEvent]) -> tuple[PlannedEvent, ...]:
    """In order of day; of one day in the order in which they were planned."""
    return tuple(sorted(events, key=lambda event: event.on))


def with_routes(
    rng: Random, cases: list[PlannedCase], vacancies: list[PlannedVacancy]
) -> list[PlannedCase]:
    """The same households with their events, as far as nothing went wrong on the way."""
    ended = 0
    routed = []
    for case in cases:
        events = _begun(rng, case)
        if case.state == "housed":
            events += _housed(rng, case, vacancies[case.vacancy])
        elif case.state == "minor":
            events.append(PlannedEvent(case.persons[0].counted_on, StepCode.STAY))
        elif case.state == "unlinked":
            reason = RELINKED_BECAUSE[ended % len(RELINKED_BECAUSE)]
            events.append(PlannedEvent(case.unlinked_on, StepCode.UNLINK, reason=reason))
            ended += 1
        events += _family(rng, case)
        routed.append(replace(case, events=by_day(events)))
    return routed


def _begun(rng: Random, case: PlannedCase) -> list[PlannedEvent]:
    events = [PlannedEvent(case.linked_on, StepCode.LINK)]
    taken = on_or_after(case.linked_on + timedelta(days=rng.randint(1, 5)))
    if case.state != "minor" and taken <= anchors.STORY_ENDS - timedelta(days=7):
        events.append(PlannedEvent(taken, StepCode.PREPARE))
    return events


def search_from(case: PlannedCase) -> date:
    """The day on which somebody took the household in hand."""
    return next(event.on for event in case.events if event.what == StepCode.PREPARE)


def steps_to(last: date, first: date, rng: Random, codes: tuple[str, ...]) -> list[PlannedEvent]:
    """These steps one after the other up to ``last``, a working day or so apart, none before
    ``first``."""
    events, day = [], last
    for code in reversed(codes):
        events.append(PlannedEvent(day, code))
        day = max(working_days_back(day, rng.randint(0, 2)), first)
    return events[::-1]


TO_CONTRACT = (StepCode.PROPOSE, StepCode.AGREE, StepCode.OFFER, StepCode.ACCEPT)


def _housed(rng: Random, case: PlannedCase, vacancy: PlannedVacancy) -> list[PlannedEvent]:
    signed = case.signed_on
    first = max(on_or_after(case.linked_on + timedelta(days=8)), vacancy.assessed_on)
    accepted = max(working_days_back(signed, rng.randint(1, 3)), first)
    events = steps_to(accepted, first, rng, TO_CONTRACT)
    events[0] = replace(events[0], vacancy=case.vacancy, ahead=case.reunifiers > 0)
    proposed = events[0].on
    events.append(PlannedEvent(signed, StepCode.SIGN))
    events += _searched(rng, case, proposed)
    here = case.persons[0]
    if here.moved_in_on is None:
        return events
    events.append(PlannedEvent(here.moved_in_on, StepCode.MOVE_IN))
    if here.counted_on is None:
        return events
    registered = on_or_after(here.moved_in_on + timedelta(days=rng.randint(1, 5)))
    events.append(PlannedEvent(min(registered, here.counted_on), StepCode.REGISTER))
    events.append(PlannedEvent(here.counted_on, StepCode.SIGN_OFF))
    last = max(person.counted_on for person in case.persons if person.counted_on)
    closed = on_or_after(last + timedelta(days=CLOSED_AFTER_DAYS + rng.randint(0, 20)))
    awaited = any(p.category == "reunifier" and not p.counted_on for p in case.persons)
    if closed <= anchors.STORY_ENDS and not awaited:
        events.append(PlannedEvent(closed, StepCode.CLOSE))
    return events


def _searched(rng: Random, case: PlannedCase, proposed: date) -> list[PlannedEvent]:
    """Searches in vain and a time on hold, where the search took long enough."""
    weeks = (proposed - case.linked_on).days // 7
    if weeks < 4:
        return []
    if rng.random() < HELD * 2:
        held = on_or_after(case.linked_on + timedelta(days=9))
        reason = rng.choice((StepReason.AWAITS_CARE, StepReason.AWAITS_COA))
        back = on_or_before(held + timedelta(days=rng.randint(4, 9)))
        return [
            PlannedEvent(held, StepCode.HOLD, reason=reason),
            PlannedEvent(back, StepCode.RESUME),
        ]
    if rng.random() < ATTEMPTS:
        tried = on_or_after(case.linked_on + timedelta(days=rng.randint(9, 16)))
        return [PlannedEvent(tried, StepCode.NO_DWELLING, remark=rng.choice(IN_VAIN))]
    return []


IN_VAIN = (
    "Geen woning met genoeg slaapkamers onder de huurgrens.",
    "Alle passende woningen zijn al aan een ander huishouden voorgesteld.",
    "Deze week zijn er alleen seniorenwoningen vrijgekomen.",
)


# -- family who follow -----------------------------------------------------------------------------

S = ReunionState


def _family(rng: Random, case: PlannedCase) -> list[PlannedEvent]:
    """What was told of those who follow. They come together, so each fact is told of them all."""
    group = [(n, p) for n, p in enumerate(case.persons) if p.category == "reunifier"]
    states: dict[PlannedPerson, tuple[int, ...]] = {}
    for number, person in group:
        one = replace(person, relation="", name="", birth_date=None, sex="", v_number="")
        states[one] = (*states.get(one, ()), number)
    events = []
    for person, numbers in states.items():
        told = _joined(rng, case, person) if person.counted_on else _awaited(rng, case, person)
        told = [PlannedEvent(case.linked_on, "expect"), *told]
        events += [replace(event, persons=numbers) for event in told]
    return events


def _fact(on: date, state: str, expected_on: date | None = None) -> PlannedEvent:
    return PlannedEvent(on, "fact", state=state, expected_on=expected_on)


def _joined(rng: Random, case: PlannedCase, person: PlannedPerson) -> list[PlannedEvent]:
    applied = on_or_after(case.linked_on + timedelta(days=rng.randint(6, 20)))
    granted = max(working_days_back(person.arrived_on, rng.randint(26, 40)), applied)
    planned = max(working_days_back(person.expected_on, rng.randint(6, 15)), granted)
    looked_at = max(working_days_back(planned, 3), granted, case.persons[0].counted_on)
    return [
        _fact(applied, S.MVV_APPLIED),
        _fact(granted, S.MVV_GRANTED),
        PlannedEvent(looked_at, "check"),
        _fact(planned, S.TRAVEL_PLANNED, person.expected_on),
        _fact(person.arrived_on, S.ARRIVED),
        PlannedEvent(person.moved_in_on, "check", complete=True),
        PlannedEvent(person.moved_in_on, StepCode.JOIN),
        PlannedEvent(person.counted_on, StepCode.SIGN_OFF_JOINED),
    ]


def _awaited(rng: Random, case: PlannedCase, person: PlannedPerson) -> list[PlannedEvent]:
    """Up to the state in which they are on the last day."""
    last = anchors.STORY_ENDS
    applied = on_or_after(case.linked_on + timedelta(days=rng.randint(6, 20)))
    events = [_fact(applied, S.MVV_APPLIED)]
    days = max((last - applied).days, 12)
    later = on_or_before(applied + timedelta(days=days * 2 // 3))
    if person.reunion in (S.MVV_REFUSED, S.LAPSED):
        events.append(_fact(later, person.reunion))
    elif person.reunion != S.MVV_APPLIED:
        events.append(_fact(later, S.MVV_GRANTED, person.expected_on))
    if person.reunion == S.TRAVEL_PLANNED:
        events.append(_fact(working_days_back(last, 3), S.TRAVEL_PLANNED, person.expected_on))
    if person.checked:
        events.append(PlannedEvent(working_days_back(last, 5), "check", complete=True))
    return events
