"""Two people at the same moment: real connections, real transactions, again and again."""

from collections.abc import Callable
from datetime import date

import pytest

from housing.choices import LIVE_PROPOSALS, CaseStatus, StepCode, VacancyState
from housing.models import Case, CaseNote, CaseStep, Proposal, Vacancy, WithdrawalReason
from housing.services.cases import case_version, change_case, change_link, register_case
from housing.services.guidance import finish_task, reopen_task
from housing.services.notes import write_note
from housing.services.placing import accept_offer, move_in, propose_dwelling, refuse_offer
from housing.services.vacating import withdraw_vacancy
from partners.models import JournalEntry
from tests.cast import build_cast
from tests.factories import SOURCE
from tests.guidance import checklist
from tests.placing import DAY, RefusalReasonFactory, at, household, placed, suitable_vacancy
from tests.racing import at_once, split
from westerkwartier.web.refusals import Refused
from westerkwartier.web.versions import Changed

pytestmark = pytest.mark.django_db(transaction=True)

TIMES = 20


@pytest.fixture
def cast(transactional_db):
    return build_cast()


def propose(cast, case: Case, vacancy: Vacancy) -> Callable:
    return lambda: propose_dwelling(
        by=cast.coordinator, case=case, vacancy=vacancy, on=DAY, now=at()
    )


def live() -> int:
    return Proposal.objects.filter(state__in=LIVE_PROPOSALS).count()


def test_one_dwelling_for_two_households_goes_to_one(cast):
    for round in range(TIMES):
        vacancy = suitable_vacancy(cast)
        done, sentences = split(
            at_once(
                propose(cast, household(cast), vacancy), propose(cast, household(cast), vacancy)
            )
        )
        assert len(done) == 1
        assert sentences == ["Deze woning is al aan iemand voorgedragen."]
        assert live() == round + 1


def test_two_dwellings_for_one_household_is_one_proposal(cast):
    for round in range(TIMES):
        case = household(cast)
        first, second = suitable_vacancy(cast), suitable_vacancy(cast)
        done, sentences = split(at_once(propose(cast, case, first), propose(cast, case, second)))
        assert len(done) == 1
        assert sentences == ["Voor dit huishouden loopt al een voordracht."]
        assert live() == round + 1


def test_each_others_dwelling_the_other_way_round_locks_nobody_out(cast):
    """Four wishes over two dwellings and two households: whoever wins, nobody waits for ever."""
    for _round in range(TIMES):
        cases = household(cast), household(cast)
        vacancies = suitable_vacancy(cast), suitable_vacancy(cast)
        before = live()
        done, _sentences = split(
            at_once(
                propose(cast, cases[0], vacancies[0]),
                propose(cast, cases[1], vacancies[0]),
                propose(cast, cases[0], vacancies[1]),
                propose(cast, cases[1], vacancies[1]),
            )
        )
        assert live() - before == len(done)
        assert len(done) in (1, 2)


def test_a_double_click_is_one_proposal(cast):
    for round in range(TIMES):
        case, vacancy = household(cast), suitable_vacancy(cast)
        done, sentences = split(at_once(propose(cast, case, vacancy), propose(cast, case, vacancy)))
        assert not sentences
        assert len({proposal.pk for proposal in done}) == 1
        assert case.steps.filter(code=StepCode.PROPOSE).count() == 1
        assert live() == round + 1


def test_proposing_while_the_corporation_withdraws_the_dwelling(cast):
    reason = WithdrawalReason.objects.create(
        code="sold", label_nl="Verkocht", label_en="Sold", source=SOURCE, valid_from=DAY
    )
    for _round in range(TIMES):
        case, vacancy = household(cast), suitable_vacancy(cast)
        done, sentences = split(
            at_once(
                propose(cast, case, vacancy),
                lambda vacancy=vacancy: withdraw_vacancy(
                    by=cast.corporation_staff, vacancy=vacancy, reason=reason, today=DAY
                ),
            )
        )
        assert len(done) == 1
        vacancy.refresh_from_db()
        if isinstance(done[0], Proposal):
            assert sentences == [
                "Deze woning is voorgedragen aan een huishouden. Beëindig eerst die voordracht."
            ]
            assert vacancy.state == VacancyState.RESERVED
        else:
            assert sentences == ["Deze woning staat niet meer leeg."]
            assert vacancy.state == VacancyState.WITHDRAWN


def test_refusing_and_accepting_at_once_is_one_answer_or_a_yes_and_then_a_no(cast):
    no = RefusalReasonFactory()
    for _round in range(TIMES):
        proposal = placed(cast, until=StepCode.OFFER)
        by = {"by": cast.coordinator, "proposal": proposal, "on": DAY, "now": at()}
        accepted, refused = at_once(
            lambda by=by: accept_offer(**by), lambda by=by: refuse_offer(**by, reason=no)
        )
        split([accepted, refused])
        codes = list(proposal.steps.order_by("pk").values_list("code", flat=True))[3:]
        case = Case.objects.get(pk=proposal.case_id)
        # Who accepted may still refuse; who refused cannot accept any more.
        assert codes in ([StepCode.REFUSE], [StepCode.ACCEPT, StepCode.REFUSE])
        assert case.status == CaseStatus.REFUSAL_REVIEW
        assert isinstance(accepted, Refused) == (codes == [StepCode.REFUSE])


def test_of_two_who_change_one_household_the_second_sees_what_the_first_did(cast):
    for round in range(TIMES):
        case = household(cast)
        version = case_version(case)
        days = {cast.coordinator: date(2017, 9, 1), cast.officer_marum: date(2017, 9, 2)}

        def change(who, case=case, version=version, days=days):
            values = {"permit_on": days[who]}
            return lambda: change_case(by=who, case=case, values=values, version=version)

        outcomes = at_once(*(change(who) for who in days))
        (refused,) = [outcome for outcome in outcomes if isinstance(outcome, Changed)]
        (saved,) = [outcome for outcome in outcomes if isinstance(outcome, Case)]
        case.refresh_from_db()
        assert refused.current.permit_on == saved.permit_on == case.permit_on
        assert JournalEntry.objects.filter(action="case.change").count() == round + 1


def test_a_task_opened_again_during_a_step_locks_nobody_out(cast):
    checklist()
    for _round in range(TIMES):
        proposal = placed(cast, until=StepCode.SIGN)
        task = proposal.case.guidance_tasks.filter(due_on__isnull=False).first()
        finish_task(by=cast.coordinator, task=task, on=DAY, now=at())
        outcomes = at_once(
            lambda task=task: reopen_task(by=cast.coordinator, task=task, now=at()),
            lambda proposal=proposal: move_in(
                by=cast.coordinator, proposal=proposal, on=DAY, now=at()
            ),
        )
        assert split(outcomes)[1] == []
        task.refresh_from_db()
        assert task.is_open


def test_a_household_sent_twice_is_entered_once(cast):
    for round in range(TIMES):

        def register(reference: str = f"TWICE-{round}") -> Case:
            return register_case(
                by=cast.coordinator,
                municipality=cast.marum,
                reference=reference,
                linked_on=DAY,
                persons=[{"relation": "holder", "category": "holder"}],
                now=at(),
            )

        first, second = at_once(register, register)
        assert first == second == Case.objects.get(reference=f"TWICE-{round}")
        assert first.persons.count() == first.steps.count() == 1


def test_whoever_waits_for_a_household_that_is_linked_elsewhere_still_finds_it(cast):
    """Two halves of a double click on the link, with a note in between."""
    for _round in range(TIMES):
        case = household(cast)

        def link(case: Case = case) -> CaseStep:
            return change_link(
                by=cast.coordinator, case=case, municipality=cast.leek, on=DAY, now=at()
            )

        def note(case: Case = case) -> CaseNote:
            return write_note(by=cast.coordinator, case=case, text="Gebeld.", now=at())

        first, second, written = at_once(link, link, note)
        assert isinstance(first, CaseStep)
        assert first == second
        assert isinstance(written, CaseNote)
        assert case.steps.filter(code=StepCode.CHANGE_LINK).count() == 1
