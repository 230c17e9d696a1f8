"""Random steps, legal and illegal, by random people: what must hold holds after each of them."""

from itertools import pairwise

from hypothesis import HealthCheck, settings
from hypothesis.extra.django import TestCase
from hypothesis.stateful import (
    invariant,
    run_state_machine_as_test,
)

from housing.choices import (
    LIVE_PROPOSALS,
    STATE_AT,
    CaseStatus,
    CorrectionReason,
    ReunionState,
    StepCode,
    VacancyState,
)
from housing.models import (
    Case,
    CaseStep,
    Counting,
    Occupancy,
    Person,
    Proposal,
    Stay,
    Tenancy,
    Vacancy,
)
from partners.models import JournalEntry
from tests.housing.placing.random_people import People

# Steps by which somebody comes to count.
COUNTED_BY = (StepCode.SIGN_OFF, StepCode.SIGN_OFF_JOINED, StepCode.STAY)


def overlapping(rows) -> list:
    """Of rows (whose, from, until), in order, those that begin before the one before it ends."""
    return [
        (one, two)
        for one, two in pairwise(rows)
        if one[0] == two[0] and (one[2] is None or one[2] > two[1])
    ]


class Placing(People):
    """What must hold after each step."""

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
    def as_many_count_as_standing_steps_signed_off_less_corrections(self):
        lines = Counting.objects.filter(reverses=None)
        by_step = lines.filter(step__code__in=COUNTED_BY, step__undone_by=None).count()
        corrections = Counting.objects.exclude(reverses=None).exclude(
            reason=CorrectionReason.STEP_UNDONE
        )
        anew = lines.exclude(step__code__in=COUNTED_BY).count()
        taken_back = corrections.filter(reverses__step__undone_by=None).count()
        assert Person.objects.exclude(counted_on=None).count() == by_step - taken_back + anew

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
            assert not overlapping(rows)

    @invariant()
    def nobody_lives_in_two_places(self):
        rows = Occupancy.objects.order_by("person", "moved_in_on", "pk")
        periods = rows.values_list("person", "moved_in_on", "moved_out_on")
        assert not overlapping(periods)
        stays = Stay.objects.order_by("case", "starts_on", "pk")
        assert not overlapping(stays.values_list("case", "starts_on", "ends_on"))
        # Who moved into a dwelling has left where the household stayed.
        moved = Occupancy.objects.filter(moved_out_on=None).values("person__case")
        assert not Stay.objects.filter(case__in=moved, ends_on=None).exists()

    @invariant()
    def who_joined_lives_in_the_dwelling_of_the_household(self):
        living = Occupancy.objects.filter(moved_out_on=None)
        for person in Person.objects.filter(category="reunifier"):
            homes = [one.tenancy.case_id for one in living.filter(person=person)]
            joined = person.reunion == ReunionState.JOINED
            moved_along = person.reunion == ReunionState.ARRIVED and homes
            assert homes == ([person.case_id] if joined or moved_along else [])

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


class RandomSteps(TestCase):
    """Each run of the machine stands in a transaction of its own, which is rolled back."""

    def test_whatever_people_do_the_books_are_right(self):
        run_state_machine_as_test(
            Placing,
            settings=settings(
                max_examples=9,
                stateful_step_count=45,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
