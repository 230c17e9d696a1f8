"""What the database refuses about steps and counts, whoever writes: raw SQL, past every service."""

import pytest
from django.db import DatabaseError, connection, transaction

from housing.choices import STATE_AT, STEPS, CaseStatus, ProposalState, StepCode
from housing.models import Case, Proposal
from housing.services.placing import withdraw_proposal
from tests.placing import DAY, at, household, placed, suitable_vacancy

pytestmark = pytest.mark.usefixtures("rules")

# As far as a proposal is taken to bring its household to a status.
UNTIL = {
    CaseStatus.PROPOSED: StepCode.PROPOSE,
    CaseStatus.AGREED: StepCode.AGREE,
    CaseStatus.OFFERED: StepCode.OFFER,
    CaseStatus.ACCEPTED: StepCode.ACCEPT,
    CaseStatus.CONTRACT_SIGNED: StepCode.SIGN,
    CaseStatus.MOVED_IN: StepCode.MOVE_IN,
    CaseStatus.REGISTERED: StepCode.REGISTER,
    CaseStatus.SIGNED_OFF: StepCode.SIGN_OFF,
}


def step_by_hand(case, code, proposal=None, on=DAY, **more) -> None:
    values = {
        "case_id": case.pk,
        "proposal_id": proposal and proposal.pk,
        "code": code,
        "effective_on": on,
        "at": at(),
        "status_before": "linked",
        "status_after": "linked",
        "since_before": on,
        "proposal_before": "",
        "reason": "",
        "remark": "",
        "kept": "{}",
        **more,
    }
    names = ", ".join(f'"{name}"' for name in values)
    places = ", ".join(["%s"] * len(values))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO housing_casestep ({names}) VALUES ({places})", list(values.values())
        )


def refused(sql, *values) -> None:
    run = sql if callable(sql) else lambda: connection.cursor().execute(sql, values)
    with pytest.raises(DatabaseError), transaction.atomic():
        run()


@pytest.mark.parametrize("status", [CaseStatus.LINKED, *UNTIL])
def test_steps_that_the_table_does_not_allow_are_refused(cast, status):
    proposal = placed(cast, until=UNTIL[status]) if status in UNTIL else None
    case = proposal.case if proposal else household(cast)
    for code, rule in STEPS.items():
        if status in rule.before and code not in (StepCode.PROPOSE, StepCode.LINK):
            continue
        refused(lambda code=code: step_by_hand(case, code))
        if proposal:
            refused(lambda code=code: step_by_hand(case, code, proposal))


def test_a_step_on_a_proposal_names_it_and_another_names_none(cast):
    proposal = placed(cast)
    refused(lambda: step_by_hand(proposal.case, StepCode.AGREE))
    refused(lambda: step_by_hand(proposal.case, StepCode.CORRECT_COUNT, proposal))
    step_by_hand(proposal.case, StepCode.AGREE, proposal)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.AGREED


def test_a_proposal_that_ended_takes_no_step_and_does_not_come_back(cast):
    ended = placed(cast)
    withdraw_proposal(by=cast.coordinator, proposal=ended, remark="Nee", on=DAY, now=at())
    case = ended.case
    refused(lambda: step_by_hand(case, StepCode.PROPOSE, ended))
    live = placed(cast, case=case, vacancy=suitable_vacancy(cast))
    for code in (StepCode.AGREE, StepCode.DECLINE, StepCode.WITHDRAW):
        refused(lambda code=code: step_by_hand(case, code, ended))
    step_by_hand(case, StepCode.DECLINE, live)


def test_a_proposal_of_another_household_is_not_stepped_on(cast):
    proposal, other = placed(cast), placed(cast)
    refused(lambda: step_by_hand(proposal.case, StepCode.AGREE, other))


def test_a_step_does_not_lie_before_the_one_it_follows(cast):
    case = household(cast)
    refused(lambda: step_by_hand(case, StepCode.PREPARE, on="2017-10-01"))


def test_lines_are_neither_changed_nor_wiped_out(cast):
    placed(cast, until=StepCode.SIGN_OFF)
    for table in ("housing_casestep", "housing_counting"):
        refused(f"UPDATE {table} SET at = now()")
        refused(f"DELETE FROM {table}")
        refused(f"TRUNCATE {table} CASCADE")


def test_status_and_state_are_not_written_by_hand(cast):
    proposal = placed(cast)
    refused("UPDATE housing_case SET status = 'signed_off' WHERE id = %s", proposal.case_id)
    refused("UPDATE housing_case SET status_since = '2017-01-01' WHERE id = %s", proposal.case_id)
    refused("UPDATE housing_proposal SET state = 'accepted' WHERE id = %s", proposal.pk)
    refused("UPDATE housing_proposal SET ended_on = '2018-01-01' WHERE id = %s", proposal.pk)
    refused("UPDATE housing_person SET counted_on = arrived_on, credited_municipality_id = 1")
    assert Case.objects.get().status == CaseStatus.PROPOSED
    made = Proposal(
        case=household(cast), vacancy=suitable_vacancy(cast), proposed_on=DAY, state="signed_off"
    )
    made.save()
    made.refresh_from_db()
    assert made.state == ProposalState.PROPOSED


def count_by_hand(person, municipality, *, reverses=None, reason="") -> None:
    connection.cursor().execute(
        'INSERT INTO housing_counting (person_id, "on", municipality_id, reverses_id, reason,'
        " remark, at) VALUES (%s, %s, %s, %s, %s, '', %s)",
        [person.pk, DAY, municipality.pk, reverses, reason, at()],
    )


def test_a_person_does_not_count_twice(cast):
    person = placed(cast, until=StepCode.SIGN_OFF).case.persons.get()
    refused(lambda: count_by_hand(person, cast.marum))
    refused(lambda: count_by_hand(person, cast.leek))
    line = person.countings.get()
    count_by_hand(person, cast.marum, reverses=line.pk, reason="twice")
    refused(lambda: count_by_hand(person, cast.marum, reverses=line.pk, reason="twice"))
    count_by_hand(person, cast.leek)
    person.refresh_from_db()
    assert person.credited_municipality == cast.leek


def test_a_reversal_is_of_the_same_person_and_municipality(cast):
    one = placed(cast, until=StepCode.SIGN_OFF).case.persons.get()
    other = placed(cast, until=StepCode.SIGN_OFF).case.persons.get()
    line = one.countings.get().pk
    refused(lambda: count_by_hand(other, cast.marum, reverses=line, reason="twice"))
    refused(lambda: count_by_hand(one, cast.leek, reverses=line, reason="twice"))
    refused(lambda: count_by_hand(one, cast.marum, reverses=line))


def test_a_household_and_a_dwelling_have_one_live_proposal(cast):
    proposal = placed(cast)
    refused(
        "INSERT INTO housing_proposal (case_id, vacancy_id, state, proposed_on, ahead_of_family,"
        " kept, judgement, consequence) VALUES (%s, %s, '', %s, false, '{}', '', '')",
        household(cast).pk,
        proposal.vacancy_id,
        DAY,
    )


def test_every_status_with_a_proposal_says_in_which_state_that_is():
    for code, rule in STEPS.items():
        if rule.on_proposal and code != StepCode.PROPOSE:
            assert set(rule.before) <= set(STATE_AT), code
