"""People who take random steps, legal and illegal, with four households and three dwellings."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import translation
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
)

from housing.choices import (
    LIVE_PROPOSALS,
    Consequence,
    CorrectionReason,
    Judgement,
    ProposalState,
    RefusalOwner,
    ReunionState,
    StepCode,
    StepReason,
)
from housing.models import (
    CaseStep,
    Counting,
    Occupancy,
    Person,
    Proposal,
    ReunionFact,
    Stay,
    Tenancy,
)
from housing.services.cases import house_elsewhere, move_case, unlink_case
from housing.services.counting import correct_count
from housing.services.joining import join_tenancy, sign_off_joined
from housing.services.placing import (
    accept_offer,
    agree_to_proposal,
    decline_proposal,
    judge_refusal,
    move_in,
    offer_dwelling,
    propose_dwelling,
    refuse_offer,
    register_in_brp,
    sign_contract,
    sign_off,
    withdraw_proposal,
)
from housing.services.reunion import check_dwelling, record_reunion_fact, undo_reunion_fact
from housing.services.steps import last_step
from housing.services.undoing import undo_step
from housing.services.vacating import let_regularly, unreserve_vacancy
from partners.models import JournalEntry
from tests.cast import build_cast
from tests.placing import (
    AccommodationTypeFactory,
    CountingRuleFactory,
    RefusalReasonFactory,
    at,
    counting_rules,
    household,
    placed,
    suitable_vacancy,
)
from westerkwartier.web.refusals import Refused

FIRST_DAY = date(2017, 11, 2)
PLAIN = {
    StepCode.AGREE: agree_to_proposal,
    StepCode.OFFER: offer_dwelling,
    StepCode.ACCEPT: accept_offer,
    StepCode.MOVE_IN: move_in,
    StepCode.REGISTER: register_in_brp,
    StepCode.SIGN_OFF: sign_off,
}
NEXT = {
    ProposalState.PROPOSED: StepCode.AGREE,
    ProposalState.AGREED: StepCode.OFFER,
    ProposalState.OFFERED: StepCode.ACCEPT,
    ProposalState.SIGNED: StepCode.MOVE_IN,
    ProposalState.MOVED_IN: StepCode.REGISTER,
    ProposalState.REGISTERED: StepCode.SIGN_OFF,
}
# The coordinator more often than the others: else hardly anybody would ever be housed.
PEOPLE = st.sampled_from(
    ["coordinator"] * 5
    + ["officer_marum", "officer_leek", "corporation_staff", "guidance_worker", "stranger"]
)
WHICH = st.integers(min_value=0, max_value=9)
FAR = st.sampled_from(
    [StepCode.PROPOSE, StepCode.OFFER, StepCode.ACCEPT, StepCode.MOVE_IN, StepCode.SIGN_OFF]
)
# In one kind of other accommodation a holder counts on moving in, in the other nobody does.
ELSEWHERE = {"reception": "moved_in", "hotel": "none"}
# The household with family who follow has a dwelling more often, and some of them are further.
WITH_FAMILY = st.sampled_from([StepCode.SIGN_OFF, StepCode.OFFER, StepCode.MOVE_IN])
FAMILY = st.sampled_from([5, 3, 2, 0])
BACK = st.sampled_from([0, 0, 0, 0, 1, 3])  # days that somebody tells of afterwards


WRITTEN = (CaseStep, Counting, JournalEntry, ReunionFact, Occupancy, Stay, Tenancy)


def elsewhere(code: str, event: str):
    kind = AccommodationTypeFactory(code=code, regular=False)
    credited_to = "none" if event == "none" else "linked"
    for category in ("holder", "family", "reunifier"):
        CountingRuleFactory(
            accommodation=kind, category=category, from_event=event, credited_to=credited_to
        )
    return kind


class People(RuleBasedStateMachine):
    """Four households, three dwellings, one clock that goes on."""

    def __init__(self):
        super().__init__()
        self.point = transaction.atomic()
        self.point.__enter__()

    @initialize(first=FAR, second=WITH_FAMILY, family=FAMILY, away=st.sampled_from([1, 0, None]))
    def stage(self, first, second, family, away):
        translation.activate("nl")
        self.cast, self.day, self.refused = build_cast(), FIRST_DAY, 0
        counting_rules()
        self.elsewhere = [elsewhere(code, event) for code, event in ELSEWHERE.items()]
        self.no = {owner: RefusalReasonFactory(owner=owner) for owner in RefusalOwner}
        self.cases = [household(self.cast, persons=n, expected=n % 2) for n in (1, 2, 3, 1)]
        self.vacancies = [suitable_vacancy(self.cast) for _ in range(3)]
        for number, until in enumerate((first, second)):
            case, vacancy = self.cases[number + 1], self.vacancies[number]
            placed(self.cast, until=until, case=case, vacancy=vacancy, on=FIRST_DAY)
        self.family_hurries(2, family)
        if away is not None:
            self.stay_elsewhere("coordinator", 3, away, 0)

    def attempt(self, who: str, service, *, day: bool = True, **how) -> None:
        """Call a service; a no leaves everything as it was."""
        before = self.written()
        if day:
            how["now"] = at(self.day)
        try:
            with transaction.atomic():
                service(by=getattr(self.cast, who), **how)
        except (Refused, PermissionDenied):
            self.refused += 1
            assert self.written() == before

    @staticmethod
    def written() -> tuple:
        return tuple(model.objects.count() for model in WRITTEN)

    def proposal(self, which: int) -> Proposal | None:
        found = list(Proposal.objects.order_by("-pk")[:4])
        return found[which % len(found)] if found else None

    # -- what people do ------------------------------------------------------------------------

    @rule(days=st.integers(min_value=0, max_value=5))
    def time_goes_on(self, days):
        self.day += timedelta(days=days)

    @rule(who=PEOPLE, case=WHICH, vacancy=WHICH, back=BACK)
    def propose(self, who, case, vacancy, back):
        self.attempt(
            who,
            propose_dwelling,
            case=self.cases[case % 4],
            vacancy=self.vacancies[vacancy % 3],
            on=self.day - timedelta(days=back),
        )

    @rule(who=PEOPLE, which=WHICH, code=st.sampled_from(list(PLAIN)), back=BACK)
    def step(self, who, which, code, back):
        if proposal := self.proposal(which):
            on = self.day - timedelta(days=back)
            self.attempt(who, PLAIN[code], proposal=proposal, on=on)

    @rule(which=WHICH, steps=st.integers(min_value=1, max_value=7))
    def hurry(self, which, steps):
        """The steps that come next, so that households do get somewhere."""
        for _ in range(steps):
            self.next_step(which)

    def next_step(self, which):
        proposal = self.proposal(which)
        if proposal is None or proposal.state not in LIVE_PROPOSALS:
            return
        following = NEXT.get(proposal.state)
        if following is None:
            how = {"starts_on": self.day, "on": self.day}
            self.attempt("coordinator", sign_contract, proposal=proposal, **how)
        else:
            self.attempt("coordinator", PLAIN[following], proposal=proposal, on=self.day)

    @rule(who=PEOPLE, which=WHICH, ahead=st.integers(min_value=-2, max_value=20))
    def sign(self, who, which, ahead):
        if proposal := self.proposal(which):
            starts_on = self.day + timedelta(days=ahead)
            self.attempt(who, sign_contract, proposal=proposal, starts_on=starts_on, on=self.day)

    @rule(who=PEOPLE, which=WHICH, owner=st.sampled_from(list(RefusalOwner)))
    def refuse_or_decline(self, who, which, owner):
        if proposal := self.proposal(which):
            household_says_no = owner == RefusalOwner.HOUSEHOLD
            self.attempt(
                who,
                refuse_offer if household_says_no else decline_proposal,
                proposal=proposal,
                reason=self.no[owner],
                on=self.day,
            )

    @rule(who=PEOPLE, which=WHICH)
    def withdraw(self, who, which):
        if proposal := self.proposal(which):
            self.attempt(who, withdraw_proposal, proposal=proposal, remark="Toch niet", on=self.day)

    @rule(
        who=PEOPLE,
        which=WHICH,
        judgement=st.sampled_from(list(Judgement)),
        consequence=st.sampled_from(list(Consequence)),
    )
    def judge(self, who, which, judgement, consequence):
        if proposal := self.proposal(which):
            self.attempt(
                who,
                judge_refusal,
                proposal=proposal,
                judgement=judgement,
                consequence=consequence,
                on=self.day,
            )

    @rule(who=PEOPLE, case=WHICH)
    def undo(self, who, case):
        step = last_step(self.cases[case % 4])
        self.attempt(who, undo_step, step=step, reason="Vergissing")

    @rule(who=PEOPLE, case=WHICH, anew=st.booleans())
    def correct(self, who, case, anew):
        person = self.cases[case % 4].persons.order_by("pk").first()
        how = {"counts_on": self.day, "municipality": self.cast.leek} if anew else {}
        self.attempt(
            who,
            correct_count,
            person=person,
            reason=CorrectionReason.WRONG_DATE,
            on=self.day,
            **how,
        )

    @rule(
        who=PEOPLE,
        case=WHICH,
        what=st.sampled_from(
            [
                (StepCode.PREPARE, ""),
                (StepCode.HOLD, StepReason.AWAITS_CARE),
                (StepCode.RESUME, ""),
                (StepCode.NO_DWELLING, ""),
                (StepCode.CLOSE, ""),
            ]
        ),
    )
    def other_step(self, who, case, what):
        code, reason = what
        self.attempt(
            who, move_case, case=self.cases[case % 4], code=code, reason=reason, on=self.day
        )

    @precondition(lambda self: self.day > FIRST_DAY + timedelta(days=8))
    @rule(who=PEOPLE, case=WHICH)
    def unlink(self, who, case):
        self.attempt(
            who,
            unlink_case,
            case=self.cases[case % 4],
            reason=StepReason.SELF_HOUSED,
            on=self.day,
        )

    @rule(who=PEOPLE, case=WHICH, kind=st.sampled_from([0, 1, 1]), back=BACK)
    def stay_elsewhere(self, who, case, kind, back):
        self.attempt(
            who,
            house_elsewhere,
            case=self.cases[case % 4],
            accommodation=self.elsewhere[kind],
            municipality=self.cast.leek,
            on=self.day - timedelta(days=back),
        )

    @rule(who=PEOPLE, case=WHICH, state=st.sampled_from(list(ReunionState)), back=BACK)
    def hear_of_family(self, who, case, state, back):
        on = self.day - timedelta(days=back)
        expected_on = on if state == ReunionState.TRAVEL_PLANNED else None
        for person in self.followers(case):
            how = {"person": person, "state": state, "on": on, "expected_on": expected_on}
            self.attempt(who, record_reunion_fact, **how)

    @rule(who=PEOPLE, case=WHICH)
    def hear_it_was_not_so(self, who, case):
        for person in self.followers(case):
            if fact := person.reunion_facts.standing().order_by("pk").last():
                self.attempt(who, undo_reunion_fact, fact=fact)

    @rule(who=PEOPLE, case=WHICH, complete=st.sampled_from([True, True, False]))
    def check(self, who, case, complete):
        told = {"registered": True, "number_present": complete, "mvv": True}
        for person in self.followers(case):
            self.attempt(who, check_dwelling, person=person, approved_on=self.day, **told)

    @rule(who=PEOPLE, case=WHICH, off=st.booleans(), back=BACK)
    def family_joins(self, who, case, off, back):
        self.attempt(
            who,
            sign_off_joined if off else join_tenancy,
            case=self.cases[case % 4],
            persons=self.followers(case),
            on=self.day - timedelta(days=back),
        )

    @rule(case=WHICH, steps=FAMILY)
    def family_hurries(self, case, steps):
        """Arrives, is checked, joins, is signed off, in a household that may have a dwelling."""
        acts = (
            lambda: self.hear_of_family("coordinator", case, ReunionState.ARRIVED, 0),
            lambda: self.check("coordinator", case, True),
            lambda: self.family_joins("coordinator", case, False, 0),
            lambda: self.hurry(0, 4),
            lambda: self.family_joins("coordinator", case, True, 0),
        )
        for act in acts[:steps]:
            act()

    def followers(self, case: int) -> list[Person]:
        return list(
            Person.objects.filter(case=self.cases[case % 4], category="reunifier")
            .select_related("case__region", "case__linked_municipality")
            .order_by("pk")
        )

    @rule(who=PEOPLE, vacancy=WHICH, free=st.booleans())
    def by_hand(self, who, vacancy, free):
        vacancy = self.vacancies[vacancy % 3]
        if free:
            self.attempt(who, unreserve_vacancy, day=False, vacancy=vacancy)
        elif self.day > FIRST_DAY + timedelta(days=12):
            self.attempt(
                who,
                let_regularly,
                day=False,
                vacancy=vacancy,
                let_from=self.day,
                today=self.day,
            )

    def teardown(self):
        connection.check_constraints()  # the deferred ones too
        transaction.set_rollback(True)
        self.point.__exit__(None, None, None)
