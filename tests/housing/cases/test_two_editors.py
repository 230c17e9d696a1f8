"""Two people at one household at the same moment: who comes second sees what the first did."""

from collections.abc import Callable

import pytest

from housing.choices import CaseStatus, ReunionState, StepCode
from housing.models import Case, CaseNote, CaseStep, Counting, Mention, Occupancy, Person, Proposal
from housing.services.cases import case_version, change_case, move_case
from housing.services.households import merge_cases, split_case
from housing.services.joining import join_tenancy, sign_off_joined
from housing.services.notes import write_note
from housing.services.persons import add_person, change_person, household_version, person_version
from housing.services.placing import propose_dwelling, sign_contract, withdraw_proposal
from housing.services.steps import last_step
from housing.services.undoing import undo_step
from partners.models import JournalEntry
from tests.cast import build_cast
from tests.placing import DAY, at, counting_rules, household, placed, suitable_vacancy
from tests.racing import at_once, split
from tests.reunion import LATER, arrived, follower, followers_of, housed
from westerkwartier.web.refusals import Refused
from westerkwartier.web.versions import Changed

pytestmark = pytest.mark.django_db(transaction=True)

TIMES = 5


@pytest.fixture
def cast(transactional_db):
    return build_cast()


def one_saved(outcomes: list, kind: type) -> tuple:
    """What was saved, and the refusal that carries what is saved now."""
    (refused,) = [outcome for outcome in outcomes if isinstance(outcome, Changed)]
    (saved,) = [outcome for outcome in outcomes if isinstance(outcome, kind)]
    return saved, refused


# -- the second sees the difference ----------------------------------------------------------------


def test_of_two_who_change_one_person_the_second_sees_what_the_first_did(cast):
    for _round in range(TIMES):
        person = household(cast).persons.get()
        version = person_version(person)

        def change(who, name, person=person, version=version) -> Callable:
            how = {"person": person, "values": {"name": name}, "version": version, "now": at()}
            return lambda: change_person(by=who, **how)

        saved, refused = one_saved(
            at_once(change(cast.coordinator, "Eerste"), change(cast.officer_marum, "Tweede")),
            Person,
        )
        person.refresh_from_db()
        assert person.name == saved.name == refused.current.name
        # Once seen it can be saved over it, with the version that stands now.
        again = change(cast.officer_marum, "Derde", version=person_version(refused.current))
        assert again().name == "Derde"


def test_needs_wishes_and_facts_of_a_household_are_one_version(cast):
    """One sets the bedrooms by hand while another changes where the household wants to live."""
    for _round in range(TIMES):
        case = household(cast)
        version = case_version(case)

        def change(who, case=case, version=version, **how) -> Callable:
            how = {"case": case, "values": {}, "version": version, **how}
            return lambda: change_case(by=who, **how)

        one_saved(
            at_once(
                change(cast.coordinator, values={"bedrooms_by_hand": 3}),
                change(cast.officer_marum, preferences=[(cast.village_leek, "work")]),
            ),
            Case,
        )
        case.refresh_from_db()
        assert (case.bedrooms_by_hand == 3) != case.preferences.exists()


def test_the_page_shows_who_saves_second_the_difference(cast):
    """In two browsers: both open the form, both save."""
    case = household(cast)
    person = case.persons.get()
    url = f"/cases/persons/{person.pk}/edit/"
    browsers = {who: cast.client(who) for who in ("coordinator", "officer_marum")}
    forms = {who: client.get(url).context["form"] for who, client in browsers.items()}

    def save(who) -> Callable:
        fields = {name: forms[who][name].value() for name in forms[who].fields}
        sent = {name: value for name, value in fields.items() if value is not None}
        return lambda: browsers[who].post(url, {**sent, "name": f"Van {who}"})

    responses = at_once(*(save(who) for who in browsers))
    assert sorted(response.status_code for response in responses) == [302, 422]
    (second,) = [response for response in responses if response.status_code == 422]
    person.refresh_from_db()
    rows = second.context["differences"]
    assert [row[1] for row in rows] == [person.name]
    assert rows[0][2] != person.name


# -- one of two wins -------------------------------------------------------------------------------


def test_two_who_add_the_same_family_member_are_told_of_each_other(cast):
    for _round in range(TIMES):
        case = household(cast)
        version = household_version(case)
        values = {"name": "Voorbeeld", "relation": "other", "category": "family"}

        def add(who, case=case, version=version, values=values) -> Callable:
            how = {"case": case, "values": values, "version": version, "now": at()}
            return lambda: add_person(by=who, **how)

        done, _sentences = split(at_once(add(cast.coordinator), add(cast.officer_marum)))
        assert len({person.pk for person in done}) == 1
        assert case.persons.count() == 2


def test_family_joins_once_whoever_of_two_says_so(cast):
    counting_rules()
    for _round in range(TIMES):
        case = housed(cast)
        person = arrived(cast, follower(case))

        def join(who, case=case, person=person) -> Callable:
            how = {"case": case, "persons": [person], "on": LATER, "now": at(LATER)}
            return lambda: join_tenancy(by=who, **how)

        done, sentences = split(at_once(join(cast.coordinator), join(cast.officer_leek)))
        assert sentences == []
        assert done[0] == done[1]
        assert case.steps.filter(code=StepCode.JOIN).count() == 1
        assert Occupancy.objects.filter(person=person).count() == 1

        def off(who, case=case, person=person) -> Callable:
            how = {"case": case, "persons": [person], "on": LATER, "now": at(LATER)}
            return lambda: sign_off_joined(by=who, **how)

        done, sentences = split(at_once(off(cast.coordinator), off(cast.officer_leek)))
        assert sentences == []
        assert Counting.objects.filter(person=person).count() == 1


def test_two_of_a_family_join_beside_each_other(cast):
    counting_rules()
    for _round in range(TIMES):
        case = housed(cast, expected=2)
        persons = [arrived(cast, person) for person in followers_of(case)]

        def join(person, case=case) -> Callable:
            how = {"case": case, "persons": [person], "on": LATER, "now": at(LATER)}
            return lambda: join_tenancy(by=cast.coordinator, **how)

        done, sentences = split(at_once(*(join(person) for person in persons)))
        assert sentences == []
        assert len({step.pk for step in done}) == 2
        states = {person.reunion for person in followers_of(case)}
        assert states == {ReunionState.JOINED}


def test_one_person_goes_to_one_of_two_new_households(cast):
    for _round in range(TIMES):
        case = household(cast, persons=2)
        partner = case.persons.get(relation="partner")

        def go(number, case=case, partner=partner) -> Callable:
            how = {"case": case, "persons": [partner], "reference": f"{case.reference}-{number}"}
            return lambda: split_case(by=cast.coordinator, on=DAY, now=at(), **how)

        done, sentences = split(at_once(go(1), go(2)))
        assert (len(done), len(sentences)) == (1, 1)
        partner.refresh_from_db()
        assert partner.case == done[0]
        assert case.parts.get() == done[0]
        assert case.persons.get().relation == "holder"


def test_two_households_are_not_both_taken_into_the_other(cast):
    for _round in range(TIMES):
        one, two = household(cast), household(cast)

        def merge(case, absorbed) -> Callable:
            how = {"case": case, "absorbed": absorbed, "on": DAY, "now": at()}
            return lambda: merge_cases(by=cast.coordinator, **how)

        done, sentences = split(at_once(merge(one, two), merge(two, one)))
        assert (len(done), len(sentences)) == (1, 1)
        ended = Case.objects.filter(pk__in=[one.pk, two.pk], status=CaseStatus.UNLINKED)
        assert ended.get().merged_into == done[0]
        assert done[0].persons.count() == 2


def test_taken_together_while_a_dwelling_is_proposed_to_the_one_that_ends(cast):
    for _round in range(TIMES):
        case, absorbed, vacancy = household(cast), household(cast), suitable_vacancy(cast)
        how = {"by": cast.coordinator, "on": DAY, "now": at()}
        done, sentences = split(
            at_once(
                lambda how=how, a=case, b=absorbed: merge_cases(case=a, absorbed=b, **how),
                lambda how=how, b=absorbed, v=vacancy: propose_dwelling(case=b, vacancy=v, **how),
            )
        )
        assert (len(done), len(sentences)) == (1, 1)
        absorbed.refresh_from_db()
        proposed = Proposal.objects.live().filter(case=absorbed).exists()
        assert proposed != (absorbed.status == CaseStatus.UNLINKED)
        assert absorbed.persons.exists() == proposed


def test_two_notes_beside_each_other_both_stand_and_each_call_is_one(cast):
    for round in range(TIMES):
        case = household(cast)
        text = "Wie belt er? @Test coordinator @Test officer_marum"

        def note(who, case=case, text=text) -> Callable:
            return lambda: write_note(by=who, case=case, text=text, now=at())

        outcomes = at_once(note(cast.coordinator), note(cast.officer_marum), note(cast.coordinator))
        done, sentences = split(outcomes)
        assert sentences == []
        assert len({one.pk for one in done}) == 2
        notes = CaseNote.objects.filter(case=case)
        assert sorted(notes.values_list("by__name", flat=True)) == [
            "Test coordinator",
            "Test officer_marum",
        ]
        assert Mention.objects.filter(note__case=case).count() == 2  # each calls the other
        assert JournalEntry.objects.filter(action="note.write").count() == 2 * (round + 1)


def test_taken_back_and_gone_on_at_once_is_one_of_the_two(cast):
    """One takes the last step back, the other takes the next."""
    for _round in range(TIMES):
        case = household(cast)
        move_case(by=cast.coordinator, case=case, code=StepCode.PREPARE, on=DAY, now=at())
        step = last_step(case)
        hold = {"case": case, "code": StepCode.HOLD, "reason": "awaits_coa", "on": DAY}
        outcomes = at_once(
            lambda step=step: undo_step(
                by=cast.coordinator, step=step, reason="Vergissing", now=at()
            ),
            lambda hold=hold: move_case(by=cast.officer_marum, now=at(), **hold),
        )
        undone, held = outcomes
        split(outcomes)
        for row in (case, held):
            row.refresh_from_db()
        assert isinstance(held, CaseStep)  # also possible from where it stood before
        assert case.status == CaseStatus.ON_HOLD
        assert isinstance(undone, Refused) == (held.status_before == CaseStatus.IN_PREPARATION)


def test_a_contract_and_a_withdrawal_at_once(cast):
    counting_rules()
    for _round in range(TIMES):
        proposal = placed(cast, until=StepCode.ACCEPT)
        how = {"by": cast.coordinator, "proposal": proposal, "on": DAY, "now": at()}
        done, sentences = split(
            at_once(
                lambda how=how: sign_contract(starts_on=DAY, **how),
                lambda how=how: withdraw_proposal(remark="Toch niet", **how),
            )
        )
        assert (len(done), len(sentences)) == (1, 1)
        proposal.vacancy.refresh_from_db()
        signed = done[0].code == StepCode.SIGN
        assert (proposal.vacancy.state == "let_permit") == signed
