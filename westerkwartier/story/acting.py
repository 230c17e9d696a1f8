"""Lets the households of a plan live through their events, each by the service that people use.

All events of the region happen in order of day, as they would have: a dwelling is proposed once it
was judged and before it is let. The moment that goes with a step is in office hours of that day;
the journal keeps when it was really written.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial

from django.utils import timezone

from housing.choices import PersonCategory, RefusalOwner, ReunionState, StepCode
from housing.models import (
    AccommodationType,
    Case,
    FunctionalNeed,
    Person,
    Proposal,
    RefusalReason,
    Vacancy,
)
from housing.services import cases, joining, placing, reunion, vacating
from partners.models import Municipality, Organisation, User, Village
from westerkwartier.story.checklists import rounds
from westerkwartier.story.people import Cast
from westerkwartier.story.values import Plan, PlannedCase, PlannedEvent, PlannedPerson

OPENING = time(9, 0)
APART = timedelta(minutes=20)  # between two steps of a household on one day
SMALL_SCALE = "small_scale"  # the kind of accommodation of a minor, by its code


@dataclass(frozen=True)
class Stage:
    """What the events refer to, read once."""

    cast: Cast
    vacancies: Sequence[Vacancy]
    municipalities: dict[str, Municipality]
    villages: dict[str, Village]
    organisations: list[Organisation]
    reasons: dict[str, RefusalReason]
    needs: dict[str, FunctionalNeed]


@dataclass
class Household:
    """A household on stage: its plan, and the rows that its events made so far."""

    plan: PlannedCase
    stage: Stage
    case: Case | None = None
    persons: list[Person] = field(default_factory=list)
    proposal: Proposal | None = None

    # -- who does it -------------------------------------------------------------------------------

    @property
    def coordinator(self) -> User:
        return self.stage.cast.coordinator

    @property
    def officer(self) -> User:
        return self.stage.cast.officer(self.municipality.organisation_id)

    @property
    def municipality(self) -> Municipality:
        return self.stage.municipalities[self.plan.municipality]

    # -- events ------------------------------------------------------------------------------------

    def do(self, event: PlannedEvent, now: datetime) -> None:
        """The event, by its service; each service refuses what is not allowed at that point."""
        act = ACTS.get(event.what)
        if act is not None:
            act(self, event, now)
        elif event.what in cases.PLAIN_STEPS:
            self._move(event, now)
        else:
            service, who = ON_PROPOSAL[event.what]
            service(by=who(self), proposal=self.proposal, on=event.on, now=now)

    def link(self, event: PlannedEvent, now: datetime) -> None:
        plan = self.plan
        self.case = cases.register_case(
            by=self.officer,
            municipality=self.municipality,
            reference=plan.reference,
            linked_on=event.on,
            permit_on=plan.permit_on,
            persons=[
                _person(one) for one in plan.persons if one.category != PersonCategory.REUNIFIER
            ],
            illustrative=True,
            now=now,
        )
        self.persons = list(self.case.persons.order_by("pk"))
        cases.change_case(
            by=self.officer,
            case=self.case,
            values={"handler": self.officer, "guidance": self.stage.cast.guidance},
            needs=[self.stage.needs[code] for code in plan.needs],
            preferences=[
                (self.stage.villages[village], reason) for reason, village in plan.preferences
            ],
            version=cases.case_version(self.case),
        )

    def _move(self, event: PlannedEvent, now: datetime) -> None:
        cases.move_case(
            by=self.officer,
            case=self.case,
            code=StepCode(event.what),
            on=event.on,
            reason=event.reason,
            remark=event.remark,
            now=now,
        )

    def unlink(self, event: PlannedEvent, now: datetime) -> None:
        cases.unlink_case(
            by=self.coordinator, case=self.case, reason=event.reason, on=event.on, now=now
        )

    def stay(self, event: PlannedEvent, now: datetime) -> None:
        cases.house_elsewhere(
            by=self.officer,
            case=self.case,
            accommodation=AccommodationType.objects.on(event.on).get(code=SMALL_SCALE),
            municipality=self.municipality,
            on=event.on,
            now=now,
        )

    def propose(self, event: PlannedEvent, now: datetime) -> None:
        self.proposal = placing.propose_dwelling(
            by=self.coordinator,
            case=self.case,
            vacancy=self.stage.vacancies[event.vacancy],
            on=event.on,
            ahead_of_family=event.ahead,
            now=now,
        )

    def refuse(self, event: PlannedEvent, now: datetime) -> None:
        self._turn_down(placing.refuse_offer, event, now)

    def decline(self, event: PlannedEvent, now: datetime) -> None:
        self._turn_down(placing.decline_proposal, event, now)

    def _turn_down(self, service: Callable, event: PlannedEvent, now: datetime) -> None:
        reason = self.stage.reasons[event.reason]
        by = {
            RefusalOwner.CORPORATION: self.stage.cast.corporation,
            RefusalOwner.COA: self.coordinator,
        }.get(reason.owner, self.officer)
        service(by=by, proposal=self.proposal, reason=reason, on=event.on, now=now)

    def withdraw(self, event: PlannedEvent, now: datetime) -> None:
        placing.withdraw_proposal(
            by=self.coordinator, proposal=self.proposal, remark=event.remark, on=event.on, now=now
        )

    def judge(self, event: PlannedEvent, now: datetime) -> None:
        placing.judge_refusal(
            by=self.coordinator,
            proposal=self.proposal,
            judgement=event.judgement,
            consequence=event.consequence,
            on=event.on,
            now=now,
        )

    def sign(self, event: PlannedEvent, now: datetime) -> None:
        placing.sign_contract(
            by=self.stage.cast.corporation,
            proposal=self.proposal,
            starts_on=self.plan.starts_on,
            on=event.on,
            now=now,
        )

    # -- family who follow -------------------------------------------------------------------------

    def expect(self, event: PlannedEvent, now: datetime) -> None:
        """Families are told of at the link. An expected day that no fact brings is told here."""
        for number, position in enumerate(event.persons, start=1):
            planned = self.plan.persons[position]
            estimated = planned.reunion == ReunionState.MVV_APPLIED
            self.persons.append(
                reunion.expect_person(
                    by=self.officer,
                    case=self.case,
                    relation=planned.relation,
                    number=number,
                    name=planned.name,
                    birth_date=planned.birth_date,
                    sex=planned.sex,
                    expected_on=planned.expected_on if estimated else None,
                    now=now,
                )
            )

    def tell(self, event: PlannedEvent, now: datetime) -> None:
        for position in event.persons:
            reunion.record_reunion_fact(
                by=self.officer,
                person=self.persons[position],
                state=event.state,
                on=event.on,
                expected_on=event.expected_on,
                now=now,
            )

    def check(self, event: PlannedEvent, now: datetime) -> None:
        for position in event.persons:
            reunion.check_dwelling(
                by=self.officer,
                person=self.persons[position],
                approved_on=event.on,
                registered=event.complete,
                number_present=event.complete,
                mvv=True,
                now=now,
            )

    def join(self, event: PlannedEvent, now: datetime) -> None:
        self._together(joining.join_tenancy, event, now)

    def sign_off_joined(self, event: PlannedEvent, now: datetime) -> None:
        self._together(joining.sign_off_joined, event, now)

    def _together(self, service: Callable, event: PlannedEvent, now: datetime) -> None:
        persons = [self.persons[position] for position in event.persons]
        service(by=self.officer, case=self.case, persons=persons, on=event.on, now=now)


ACTS: dict[str, Callable[[Household, PlannedEvent, datetime], None]] = {
    StepCode.LINK: Household.link,
    StepCode.UNLINK: Household.unlink,
    StepCode.STAY: Household.stay,
    StepCode.PROPOSE: Household.propose,
    StepCode.REFUSE: Household.refuse,
    StepCode.DECLINE: Household.decline,
    StepCode.WITHDRAW: Household.withdraw,
    StepCode.JUDGE: Household.judge,
    StepCode.SIGN: Household.sign,
    StepCode.JOIN: Household.join,
    StepCode.SIGN_OFF_JOINED: Household.sign_off_joined,
    "expect": Household.expect,
    "fact": Household.tell,
    "check": Household.check,
}
ON_PROPOSAL = {
    StepCode.AGREE: (placing.agree_to_proposal, lambda one: one.stage.cast.corporation),
    StepCode.OFFER: (placing.offer_dwelling, lambda one: one.officer),
    StepCode.ACCEPT: (placing.accept_offer, lambda one: one.officer),
    StepCode.MOVE_IN: (placing.move_in, lambda one: one.officer),
    StepCode.REGISTER: (placing.register_in_brp, lambda one: one.officer),
    StepCode.SIGN_OFF: (placing.sign_off, lambda one: one.officer),
}


def act(plan: Plan, stage: Stage) -> list[Case]:
    """Everything that happened in the region, day by day; the cases in order of the plan."""
    households = [Household(case, stage) for case in plan.cases]
    scenes = [*_of_households(households), *_lettings(plan, stage), *_checklists(plan, stage)]
    scenes.sort(key=lambda scene: scene[0])
    for _when, scene in scenes:
        scene()
    return [household.case for household in households]


Scene = tuple[tuple[date, int, int], Callable[[], object]]


def _of_households(households: list[Household]) -> Iterator[Scene]:
    for number, household in enumerate(households):
        of_day: Counter[date] = Counter()
        for position, event in enumerate(household.plan.events):
            now = at(event.on, of_day[event.on])
            of_day[event.on] += 1
            yield (
                (event.on, number, position),
                lambda one=household, event=event, now=now: one.do(event, now),
            )


def _lettings(plan: Plan, stage: Stage) -> Iterator[Scene]:
    """The dwellings that somebody else got after a household did not, at the end of their day."""
    for number in proposed(plan):
        planned = plan.vacancies[number]
        if planned.state == "let_regular":
            yield (
                (planned.closed_on, len(plan.cases), number),
                lambda number=number, planned=planned: vacating.let_regularly(
                    by=stage.cast.corporation,
                    vacancy=stage.vacancies[number],
                    let_from=planned.let_from,
                    today=planned.closed_on,
                ),
            )


def _checklists(plan: Plan, stage: Stage) -> Iterator[Scene]:
    """After everything else of the day."""
    for number, (day, act_of) in enumerate(rounds(stage.cast, stage.organisations)):
        yield (day, len(plan.cases) + 1, number), partial(act_of, at(day, 20))


def proposed(plan: Plan) -> set[int]:
    """The vacancies that were ever proposed to a household: services move them, nobody else."""
    return {
        event.vacancy
        for case in plan.cases
        for event in case.events
        if event.what == StepCode.PROPOSE
    }


def at(day: date, number: int = 0) -> datetime:
    """The moment of the ``number``-th step on a day, aware."""
    return timezone.make_aware(datetime.combine(day, OPENING)) + number * APART


def _person(planned: PlannedPerson) -> dict:
    """What is told of somebody who is here when COA links."""
    names = ("category", "relation", "name", "birth_date", "v_number", "contact", "sex")
    return {name: getattr(planned, name) for name in names}
