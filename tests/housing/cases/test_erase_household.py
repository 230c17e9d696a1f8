"""Households that were kept as long as they may be: what tells of people goes, the figures stay."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from housing.choices import CaseStatus, StepCode
from housing.models import (
    Case,
    CaseNeed,
    CaseNote,
    CasePreference,
    CaseStep,
    CoaDifference,
    Counting,
    DwellingCheck,
    GuidanceTask,
    Mention,
    Occupancy,
    Person,
    Proposal,
    ReunionFact,
    TaskLink,
    Tenancy,
)
from housing.selectors.retention import announced, history, retention_months, to_erase
from housing.services import retention
from housing.services.cases import change_case, move_case, unlink_case
from housing.services.counting import correct_count
from housing.services.households import split_case
from housing.services.notes import write_note
from housing.services.placing import withdraw_proposal
from housing.services.retention import erase_household, erase_households
from housing.tasks import erase_households as job
from partners.models import JournalEntry
from quota.selectors.persons import counts_by_role
from tests.coa import CoaExplanationFactory, CoaStatementFactory
from tests.factories import QuotaPeriodFactory
from tests.laws.test_personal_data import dumped
from tests.placing import (
    DAY,
    FunctionalNeedFactory,
    GuidanceTemplateFactory,
    at,
    counting_rules,
    household,
    placed,
)
from westerkwartier.web.rotation import sealed_models, values_by_key

GONE_ON = date(2022, 11, 20)  # five years after the end


@pytest.fixture
def closed(cast) -> Case:
    """A household of two that was signed off and closed on ``DAY``, of whom everything is kept."""
    counting_rules()
    case = household(cast, persons=2, expected=1, reference="C-GEHEIM-77")
    for person in case.persons.all():
        person.name, person.v_number, person.contact = "Xerxes", "V9988776655", "0612345678"
        person.birth_date = date(1981, 2, 3)
        person.save()
    CaseNeed.objects.create(case=case, need=FunctionalNeedFactory())
    CasePreference.objects.create(case=case, reason="work", village=cast.village_leek)
    first = placed(cast, case=case)
    withdraw_proposal(by=cast.coordinator, proposal=first, remark="Te klein", on=DAY, now=at())
    proposal = placed(cast, case=case, until=StepCode.SIGN_OFF, remark="Xerxes belt")
    follows = case.persons.get(category="reunifier")
    ReunionFact.objects.create(person=follows, state="mvv_applied", on=DAY, at=at())
    DwellingCheck.objects.create(person=follows, tenancy=proposal.vacancy.tenancy)
    task = GuidanceTask.objects.create(
        case=case, template=GuidanceTemplateFactory(), owner=cast.guidance, due_on=DAY
    )
    TaskLink.objects.create(
        task=task,
        email="xerxes@voorbeeld.example",
        nonce="0" * 32,
        secret_hash="0" * 64,
        made_at=at(),
        made_by=cast.coordinator,
        expires_at=at() + timedelta(days=14),
    )
    note = CaseNote.objects.create(case=case, by=cast.coordinator, at=at(), text="Xerxes belt")
    Mention.objects.create(note=note, user=cast.officer_marum)
    CoaStatementFactory(municipality=cast.marum, reference=case.reference, persons=2)
    CoaExplanationFactory(municipality=cast.marum, reference=case.reference)
    holder = case.persons.get(relation="holder")
    for municipality in (cast.leek, cast.marum):
        correct_count(
            by=cast.coordinator,
            person=holder,
            reason="wrong_municipality",
            remark="Xerxes",
            on=DAY,
            counts_on=DAY,
            municipality=municipality,
            now=at(),
        )
    move_case(by=cast.coordinator, case=case, code=StepCode.CLOSE, on=DAY, remark="Klaar", now=at())
    case.refresh_from_db()
    return case


def erase(on=GONE_ON) -> int:
    return erase_households(on=on, now=at(on))


def erased(case: Case) -> Case:
    assert erase() == 1
    case.refresh_from_db()
    return case


def test_not_a_day_too_early(closed):
    assert retention_months() == 60
    assert erase(GONE_ON - timedelta(days=1)) == 0
    assert Person.objects.filter(name_tokens__found_by="Xerxes").count() == 3
    assert erase(GONE_ON) == 1


def test_nothing_that_tells_of_people_is_left_in_any_table(closed):
    erased(closed)
    assert {m.__name__: sum(values_by_key(m).values()) for m in sealed_models()} == {
        m.__name__: 0 for m in sealed_models()
    }
    assert not Person.objects.exclude(name_tokens=[], number_tokens=[]).exists()
    text = dumped()
    for word in ("C-GEHEIM-77", "xerxes@voorbeeld.example"):
        assert word not in text


def test_history_goes_with_the_rows(closed):
    erased(closed)
    for model in (Person, CaseNote, CaseNeed, CasePreference, Mention, Proposal, Case):
        assert not history(model).exists(), model
    for model in (CaseNote, CaseNeed, CasePreference, Mention, GuidanceTask, ReunionFact):
        assert not model.objects.exists(), model


def test_what_is_left_are_figures(cast, closed):
    period = QuotaPeriodFactory(code="2017-II")

    def figures():
        return (
            [counts_by_role(one, period=period, on=GONE_ON) for one in (cast.marum, cast.leek)],
            [Case.objects.waiting(day).count() for day in (DAY - timedelta(days=1), DAY, GONE_ON)],
            list(
                Person.objects.filter(counted_on__isnull=False)
                .order_by("pk")
                .values_list("category", "counted_on", "credited_municipality", "arrived_on")
            ),
            list(Tenancy.objects.values_list("dwelling", "case", "signed_on", "starts_on")),
            list(Occupancy.objects.order_by("pk").values_list("person", "moved_in_on")),
        )

    before = figures()
    case = erased(closed)
    assert figures() == before
    assert (case.status, case.linked_municipality, case.linked_on) == (
        CaseStatus.CLOSED,
        cast.marum,
        date(2017, 10, 2),
    )
    assert (case.erased_on, case.reference) == (GONE_ON, f"#{case.pk}")
    assert Counting.objects.count() == Person.objects.count() == 2
    assert set(case.steps.values_list("code", "remark")) == {
        ("sign_off", ""),
        ("correct_count", ""),
    }


def test_coa_has_no_difference_with_what_was_erased(cast, closed):
    CoaStatementFactory(municipality=cast.marum, about="sign_off", on=date(2017, 7, 5))
    erased(closed)
    assert not CoaDifference.objects.filter(case=closed).exists()


def test_the_journal_says_it_without_saying_of_whom(closed):
    erased(closed)
    line = JournalEntry.objects.get(action="case.erase")
    assert (line.actor, line.object_key, line.detail) == (None, str(closed.pk), "")


def test_what_was_done_after_the_end_counts_as_the_end(cast, closed):
    later = DAY + timedelta(days=100)
    correct_count(
        by=cast.coordinator,
        person=closed.persons.get(relation="partner"),
        reason="sign_off_withdrawn",
        on=later,
        now=at(later),
    )
    assert erase(GONE_ON) == 0
    assert erase(GONE_ON + timedelta(days=101)) == 1


def test_who_still_waits_or_lives_here_is_never_erased(cast):
    counting_rules()
    household(cast)
    placed(cast, until=StepCode.SIGN_OFF)
    assert erase(date(2040, 1, 1)) == 0


def test_an_unlinked_household_goes_whole(cast):
    case = household(cast, persons=2)
    unlink_case(by=cast.coordinator, case=case, reason="left", on=DAY, now=at())
    erased(case)
    assert not Person.objects.exists()
    assert not CaseStep.objects.exists()
    assert case.unlinked_on == DAY


def test_who_went_on_as_another_household_is_still_known_there(cast):
    counting_rules()
    case = placed(cast, until=StepCode.SIGN_OFF, case=household(cast, persons=2)).case
    partner = case.persons.get(relation="partner")
    split_case(by=cast.coordinator, case=case, persons=[partner], reference="C-2", on=DAY, now=at())
    partner.name = "Yolanthe"
    partner.save(update_fields=["name", "name_tokens"])
    move_case(by=cast.coordinator, case=case, code=StepCode.CLOSE, on=DAY, now=at())
    erased(case)
    partner.refresh_from_db()
    assert partner.name == "Yolanthe"
    assert partner.countings.get().step.case == case


def test_killed_half_way_no_household_is_half_erased(cast, closed, monkeypatch):
    other = household(cast)
    unlink_case(by=cast.coordinator, case=other, reason="left", on=DAY, now=at())
    record, calls = retention.record, []

    def killed(**entry):
        calls.append(entry)
        if len(calls) == 2:
            raise SystemExit
        return record(**entry)

    monkeypatch.setattr(retention, "record", killed)
    with pytest.raises(SystemExit):
        erase()
    assert [Case.objects.filter(erased_on=None).count(), closed.persons.count()] == [1, 2]
    assert other.persons.exists()
    assert erase() == 1
    assert erase() == 0


def test_so_many_at_a_time(cast):
    for _number in range(3):
        unlink_case(by=cast.coordinator, case=household(cast), reason="left", on=DAY, now=at())
    assert [erase_households(on=GONE_ON, now=at(GONE_ON), limit=2) for _turn in range(3)] == [
        2,
        1,
        0,
    ]


# -- the database itself ---------------------------------------------------------------------------


def refuses(sql: str) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE housing_casestep SET remark = ''",
        "DELETE FROM housing_casestep",
        "DELETE FROM housing_counting",
        "UPDATE housing_counting SET remark = ''",
        "DELETE FROM housing_reunionfact",
        "DELETE FROM housing_personevent",
        "DELETE FROM housing_casenoteevent",
        "DELETE FROM housing_caseevent",
        "UPDATE housing_person SET reunion = '' WHERE reunion <> ''",
        "UPDATE housing_case SET erased_on = '2022-11-20' WHERE status = 'linked'",
    ],
)
def test_nothing_goes_of_a_household_that_is_not_erased(cast, closed, sql):
    household(cast)
    refuses(sql)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE housing_casestep SET remark = 'Xerxes'::bytea",
        "UPDATE housing_casestep SET effective_on = '2017-01-01'",
        "DELETE FROM housing_counting",
        "UPDATE housing_counting SET \"on\" = '2018-01-01'",
        "UPDATE housing_person SET counted_on = NULL, credited_municipality_id = NULL",
        "UPDATE housing_case SET erased_on = NULL",
        "UPDATE housing_case SET status = 'linked'",
        "UPDATE housing_tenancyevent SET pgh_label = 'insert'",
        "DELETE FROM housing_tenancyevent",
    ],
)
def test_of_an_erased_one_nothing_else_changes(closed, sql):
    erased(closed)
    refuses(sql)


def test_nobody_tells_anything_more_of_it(cast, closed):
    case = erased(closed)
    with pytest.raises(PermissionDenied):
        write_note(by=cast.coordinator, case=case, text="Belt terug", now=at(GONE_ON))
    with pytest.raises(PermissionDenied):
        change_case(
            by=cast.coordinator,
            case=case,
            values={"permit_on": DAY},
            version="",
        )
    refuses(
        "INSERT INTO housing_casestep (case_id, code, effective_on, reason, remark, kept, at) "
        f"VALUES ({case.pk}, 'correct_count', '2022-11-20', '', ''::bytea, '{{}}', now())"
    )


def test_nobody_is_told_to_have_read_a_number_of_it(cast, closed):
    person = erased(closed).persons.first()
    url = reverse("cases:person_v_number", args=[person.pk])
    assert cast.client("coordinator").post(url).status_code == 403
    assert not JournalEntry.objects.filter(action="person.reveal").exists()


# -- telling it ------------------------------------------------------------------------------------


def test_it_is_told_a_month_ahead(cast, closed, settings):
    settings.CLOCK = GONE_ON - timedelta(days=32)
    client = cast.client("coordinator")
    page = client.get(reverse("cases:erasure_list"))
    assert "C-GEHEIM-77" not in page.text
    settings.CLOCK = GONE_ON - timedelta(days=31)
    page = client.get(reverse("cases:erasure_list"))
    assert "C-GEHEIM-77" in page.text
    assert "20 november 2022" in client.get(closed_url(closed)).text
    assert reverse("cases:erasure_list") in client.get(reverse("cases:case_list")).text
    assert announced(Case.objects.all(), on=settings.CLOCK).count() == 1
    assert not to_erase(Case.objects.all(), on=settings.CLOCK).exists()


@pytest.mark.parametrize(
    ("who", "linked_to", "sees"),
    [("officer_marum", "marum", True), ("officer_leek", "marum", False)],
)
def test_an_officer_hears_of_the_own_households(cast, settings, who, linked_to, sees):
    case = household(cast, reference="C-GEHEIM-77", linked_municipality=getattr(cast, linked_to))
    unlink_case(by=cast.coordinator, case=case, reason="left", on=DAY, now=at())
    settings.CLOCK = GONE_ON
    page = cast.client(who).get(reverse("cases:erasure_list"))
    assert ("C-GEHEIM-77" in page.text) is sees


@pytest.mark.parametrize("who", ["corporation_staff", "guidance_worker", "administrator"])
def test_others_do_not(cast, who):
    assert cast.client(who).get(reverse("cases:erasure_list")).status_code == 404


def test_its_page_says_that_nothing_is_left(cast, closed, settings):
    settings.CLOCK = GONE_ON
    case = erased(closed)
    page = cast.client("coordinator").get(closed_url(case))
    assert page.status_code == 200
    assert "20 november 2022" in page.text
    assert "verwijderd" in page.text
    assert "nog niet" not in page.text  # no road of steps that are no longer there
    for deed in ("cases:case_edit", "cases:case_add_person", "cases:case_birth"):
        assert reverse(deed, args=[case.pk]) not in page.text


def closed_url(case: Case) -> str:
    return reverse("cases:case_detail", args=[case.pk])


def test_a_dry_run_tells_what_would_go_and_changes_nothing(closed, settings):
    settings.CLOCK = GONE_ON
    before = dumped()
    said = StringIO()
    call_command("apply_retention", "--dry-run", stdout=said)
    lines = said.getvalue()
    assert "housing.CaseNote: 1" in lines
    assert "housing.Person: 1" in lines
    assert "housing.PersonEvent:" in lines
    assert dumped() == before
    call_command("apply_retention", stdout=StringIO())
    assert not CaseNote.objects.exists()


def test_the_job_does_it_once(closed, settings):
    settings.CLOCK = GONE_ON
    job()
    first = dumped()
    job()
    assert not erase_household(case=closed, on=GONE_ON, now=at(GONE_ON))
    assert dumped() == first
    assert JournalEntry.objects.filter(action="case.erase").count() == 1
