"""Random steps, legal and illegal, by random people: what must hold holds after each of them."""

from datetime import date, timedelta
from itertools import pairwise

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import translation
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from housing.choices import (
    LIVE_PROPOSALS,
    STATE_AT,
    CaseStatus,
    Consequence,
    CorrectionReason,
    Judgement,
    ProposalState,
    RefusalOwner,
    StepCode,
    StepReason,
    VacancyState,
)
from housing.models import Case, CaseStep, Counting, Person, Proposal, Tenancy, Vacancy
from housing.services.cases import move_case, unlink_case
from housing.services.counting import correct_count
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
from housing.services.steps import last_step
from housing.services.undoing import undo_step
from housing.services.vacating import let_regularly, unreserve_vacancy
from partners.models import JournalEntry
from tests.cast import build_cast
from tests.placing import (
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
BACK = st.sampled_from([0, 0, 0, 0, 1, 3])  # days that somebody tells of afterwards


class Placing(RuleBasedStateMachine):
    """Four households, three dwellings, one clock that goes on."""

    def __init__(self):
        super().__init__()
        self.point = transaction.atomic()
        self.point.__enter__()

    @initialize(first=FAR, second=FAR)
    def stage(self, first, second):
        translation.activate("nl")
        self.cast, self.day, self.refused = build_cast(), FIRST_DAY, 0
        counting_rules()
        self.no = {owner: RefusalReasonFactory(owner=owner) for owner in RefusalOwner}
        self.cases = [household(self.cast, persons=n, expected=n % 2) for n in (1, 2, 3, 1)]
        self.vacancies = [suitable_vacancy(self.cast) for _ in range(3)]
        for number, until in enumerate((first, second)):
            case, vacancy = self.cases[number + 1], self.vacancies[number]
            placed(self.cast, until=until, case=case, vacancy=vacancy, on=FIRST_DAY)

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
        return (CaseStep.objects.count(), Counting.objects.count(), JournalEntry.objects.count())

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

    # -- what must hold ------------------------------------------------------------------------

    @invariant()
    def counted_is_signed_off_less_corrected(self):
        lines = Counting.objects.all()
        gone = lines.exclude(reverses=None).count()
        assert Person.objects.exclude(counted_on=None).count() == lines.count() - 2 * gone
        for person in Person.objects.prefetch_related("countings"):
            standing = [
                line
                for line in person.countings.all()
                if line.reverses_id is None
                and all(other.reverses_id != line.pk for other in person.countings.all())
            ]
            told = [(line.on, line.municipality_id) for line in standing]
            kept = (person.counted_on, person.credited_municipality_id)
            assert told == ([] if kept == (None, None) else [kept])

    @invariant()
    def who_counts_was_signed_off_in_a_step_that_stands(self):
        corrected = CaseStep.objects.filter(code=StepCode.CORRECT_COUNT).values("case")
        counted = Person.objects.exclude(counted_on=None).exclude(case__in=corrected)
        signed_off = (CaseStatus.SIGNED_OFF, CaseStatus.CLOSED)
        assert not counted.exclude(case__status__in=signed_off).exists()

    @invariant()
    def nobody_is_booked_twice(self):
        live = Proposal.objects.filter(state__in=LIVE_PROPOSALS)
        for name in ("vacancy", "case"):
            keys = list(live.values_list(name, flat=True))
            assert len(keys) == len(set(keys))

    @invariant()
    def the_time_line_of_every_dwelling_is_without_overlap(self):
        for name in ("dwelling", "case"):
            rows = Tenancy.objects.order_by(name, "starts_on").values_list(
                name, "starts_on", "ends_on"
            )
            for (one, _start, end), (other, start, _end) in pairwise(rows):
                assert one != other or (end is not None and end <= start)

    @invariant()
    def every_step_is_a_line_in_the_journal(self):
        steps = CaseStep.objects.exclude(code=StepCode.LINK)
        codes = sorted(f"case.{code}" for code in steps.values_list("code", flat=True))
        told = JournalEntry.objects.filter(action__startswith="case.").exclude(action="case.count")
        assert sorted(told.values_list("action", flat=True)) == codes

    @invariant()
    def status_and_state_follow_from_the_steps_that_stand(self):
        for case in Case.objects.all():
            standing = case.steps.exclude(code=StepCode.UNDO).filter(undone_by=None)
            status, since = CaseStatus.LINKED, case.linked_on
            for step in standing.order_by("pk"):
                if step.status_after != status:
                    status, since = step.status_after, step.effective_on
            assert (case.status, case.status_since) == (status, since)
            live = [p for p in case.proposals.all() if p.state in LIVE_PROPOSALS]
            assert [p.state for p in live] == (
                [STATE_AT[status]] if STATE_AT.get(status) in LIVE_PROPOSALS else []
            )
            for proposal in case.proposals.all():
                assert (proposal.ended_on is None) == (
                    proposal.state not in ("refused", "withdrawn")
                )

    @invariant()
    def a_dwelling_is_kept_as_long_as_it_is_proposed(self):
        for proposal in Proposal.objects.select_related("vacancy"):
            signed = proposal.state in ("signed", "moved_in", "registered", "signed_off")
            if signed:
                assert proposal.vacancy.state == VacancyState.LET_PERMIT
                assert Tenancy.objects.filter(vacancy=proposal.vacancy, case=proposal.case)
            elif proposal.state in LIVE_PROPOSALS:
                assert proposal.vacancy.state == VacancyState.RESERVED
        taken = Proposal.objects.current().values("vacancy")
        kept = Vacancy.objects.filter(state=VacancyState.LET_PERMIT)
        assert not kept.exclude(pk__in=taken).exists()

    def teardown(self):
        connection.check_constraints()  # the deferred ones too
        transaction.set_rollback(True)
        self.point.__exit__(None, None, None)


class RandomSteps(TestCase):
    """Each run of the machine stands in a transaction of its own, which is rolled back."""

    def test_whatever_people_do_the_books_are_right(self):
        run_state_machine_as_test(
            Placing,
            settings=settings(
                max_examples=12,
                stateful_step_count=40,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
