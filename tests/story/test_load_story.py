"""The loaded story hits the known figures, counted from the facts in the database."""

import re
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Count, Sum
from django.utils.timezone import localtime

from housing.choices import HOUSING, CaseStatus, PersonCategory, ReunionAlarm, StepCode
from housing.models import (
    Case,
    CaseStep,
    Dwelling,
    GuidanceTask,
    Occupancy,
    Person,
    Proposal,
    Tenancy,
    Vacancy,
)
from housing.selectors import (
    awaiting_verdict,
    covenant_in_force,
    covenant_share,
    expected_reunifiers,
    waiting_households,
)
from housing.selectors.reunion import alarm_counts, due_family
from housing.selectors.stock import SHARE_PARTS
from partners.choices import Role
from partners.models import JournalEntry, Membership, Organisation, Region, User
from partners.services.demonstration import put_demo_account
from quota.choices import Standing
from quota.models import Obligation, OpeningBalance
from quota.selectors import (
    half_years_of,
    months_of,
    region_overview,
    share_overview,
    term_of,
)
from tests.servers import running
from westerkwartier.management.commands.demo_accounts import PASSWORD
from westerkwartier.story.anchors import STORY_ENDS
from westerkwartier.story.load import load_plan
from westerkwartier.story.persons import FIRST_NAMES, SURNAMES

LAST_DAY = date(2017, 11, 23)


@pytest.fixture(scope="module")
def region(django_db_setup, django_db_blocker):
    """The region with its story, in a copy of the database in which it was loaded."""
    servers, own = running(), connection.settings_dict["NAME"]
    told = f"told_{own}"  # each process of the session has its own
    servers.new_database(told, template=servers.story())
    with django_db_blocker.unblock():
        connection.close()
        connection.settings_dict["NAME"] = told
        with transaction.atomic():
            yield Region.objects.get()
            transaction.set_rollback(True)
        connection.close()
        connection.settings_dict["NAME"] = own


def standings(region, on: date) -> dict:
    return {row.name: row for row in region_overview(region, on=on).rows}


def of_each(region, on: date, field: str) -> dict[str, int]:
    return {name: getattr(row, field) for name, row in standings(region, on).items()}


def counted_directly(start: date, end: date) -> dict[str, int]:
    rows = Person.objects.counted(start=start, end=end)
    return dict(rows.values_list("credited_municipality__name").annotate(Count("pk")))


def test_the_joint_quota_of_early_2016_is_the_published_73(region):
    overview = region_overview(region, on=date(2016, 3, 24))
    assert overview.total.net == 73
    assert of_each(region, date(2016, 3, 24), "net") == {
        "Grootegast": 15,
        "Leek": 23,
        "Marum": 12,
        "Zuidhorn": 23,
    }


def test_all_four_are_behind_at_the_start_of_2017(region):
    new_year = date(2017, 1, 1)
    behind = {"Grootegast": 8, "Leek": 11, "Marum": 9, "Zuidhorn": 7}
    assert of_each(region, new_year, "opening") == behind
    assert region_overview(region, on=new_year).total.opening == 35


def test_halfway_2017_most_of_the_backlog_is_cleared_and_marum_is_six_short(region):
    before = region_overview(region, on=date(2017, 1, 1)).total.opening
    halfway = region_overview(region, on=date(2017, 7, 1))
    assert of_each(region, halfway.on, "opening") == {
        "Grootegast": 4,
        "Leek": 5,
        "Marum": 6,
        "Zuidhorn": -1,
    }
    assert (before, halfway.total.opening) == (35, 14)
    assert 1 - halfway.total.opening / before == pytest.approx(0.60)


def test_the_joint_quota_is_met_on_the_last_day_and_not_before(region):
    before = region_overview(region, on=LAST_DAY - timedelta(days=1)).total
    last = region_overview(region, on=LAST_DAY).total
    assert (before.corrected, before.realised, before.to_do) == (50, 48, 2)
    assert (last.corrected, last.realised, last.to_do) == (50, 52, 0)
    assert before.standing != Standing.MET
    assert last.standing == Standing.MET
    family = Person.objects.filter(counted_on=LAST_DAY).values("case").annotate(Count("pk"))
    assert [row["pk__count"] for row in family] == [4]


def test_the_overview_counts_what_the_facts_say(region):
    realised = {"Grootegast": 12, "Leek": 18, "Marum": 9, "Zuidhorn": 13}
    assert of_each(region, LAST_DAY, "realised") == realised
    assert counted_directly(date(2017, 7, 1), LAST_DAY) == realised
    assert of_each(region, LAST_DAY, "corrected") == {
        "Grootegast": 11,
        "Leek": 17,
        "Marum": 12,
        "Zuidhorn": 10,
    }


@pytest.mark.parametrize(
    ("day", "persons"),
    [
        (date(2017, 8, 1), 9),
        (date(2017, 9, 1), 21),
        (date(2017, 10, 1), 33),
        (date(2017, 11, 1), 44),
    ],
)
def test_the_course_of_the_last_half_year(region, day, persons):
    eve = day - timedelta(days=1)
    assert region_overview(region, on=eve).total.realised == persons


def test_what_was_invented_says_so(region):
    for model in (Dwelling, Vacancy, Case):
        assert not model.objects.filter(illustrative=False).exists()
    assert set(OpeningBalance.objects.values_list("certainty", flat=True)) == {"illustrative"}
    assert set(Obligation.objects.values_list("certainty", flat=True)) == {"derived"}


def test_reunifiers_count_and_more_are_expected(region):
    year = Person.objects.counted(start=date(2017, 1, 1), end=LAST_DAY)
    joined = year.filter(category=PersonCategory.REUNIFIER).count()
    assert joined / year.count() == pytest.approx(0.40, abs=0.01)
    expected = expected_reunifiers(region, on=LAST_DAY)
    assert (expected.persons, expected.with_room, expected.soon_households) == (14, 9, 2)


def test_every_tenant_lives_in_a_let_dwelling(region):
    assert Tenancy.objects.filter(vacancy__state="let_permit").count() == 155
    assert Tenancy.objects.count() == 155
    counted = Person.objects.filter(counted_on__isnull=False)
    assert counted.exclude(category=PersonCategory.MINOR).count() == 246
    assert Occupancy.objects.filter(person__in=counted).count() == 246


def test_eleven_households_wait_three_of_them_too_long(region):
    waiting = waiting_households(region, on=LAST_DAY)
    assert (waiting.count, waiting.overdue) == (11, 3)
    assert (waiting.oldest_reference, waiting.oldest_weeks) == ("17-041", 14)


def test_five_dwellings_await_a_verdict_for_six_days_at_most(region):
    awaiting = awaiting_verdict(Vacancy.objects.all(), on=LAST_DAY)
    assert (awaiting.count, awaiting.oldest_days) == (5, 6)


def test_a_fifth_of_the_dwellings_went_to_permit_holders(region):
    share = covenant_share(region, on=LAST_DAY)
    assert (share.let, share.dwellings) == (155, 746)
    assert share.share == pytest.approx(Decimal("0.208"), abs=Decimal("0.001"))


BY_HAND = """
    SELECT v.name,
        count(*) FILTER (WHERE x.state = 'let_permit'
            AND x.let_from BETWEEN %(start)s AND %(end)s),
        count(*) FILTER (WHERE x.available_from BETWEEN %(start)s AND %(end)s
            AND (x.state <> 'withdrawn' OR x.closed_on > %(on)s)),
        count(*) FILTER (WHERE x.available_from BETWEEN %(start)s AND %(end)s
            AND (x.state <> 'withdrawn' OR x.closed_on > %(on)s)
            AND x.label = '' AND NOT x.internal_move AND d.regulated),
        count(*) FILTER (WHERE x.state IN ('let_permit', 'let_regular')
            AND x.let_from BETWEEN %(start)s AND %(end)s)
    FROM housing_vacancy x
    JOIN housing_dwelling d ON d.id = x.dwelling_id
    JOIN partners_village v ON v.id = d.village_id
    GROUP BY v.name
"""


@pytest.mark.parametrize(
    ("code", "start", "end"),
    [
        ("", date(2016, 3, 24), LAST_DAY),
        ("2016-II", date(2016, 7, 1), date(2016, 12, 31)),
        ("2017-10", date(2017, 10, 1), date(2017, 10, 31)),
    ],
)
def test_the_share_agrees_with_a_count_by_hand_in_sql(region, code, start, end):
    covenant = covenant_in_force(region, on=LAST_DAY)
    months = months_of(covenant, on=LAST_DAY)
    spans = [term_of(covenant, on=LAST_DAY), *half_years_of(months, covenant), *months]
    span = next(span for span in spans if span.code == code)
    overview = share_overview(region, covenant, span, on=LAST_DAY)
    with connection.cursor() as cursor:
        cursor.execute(BY_HAND, {"start": start, "end": end, "on": LAST_DAY})
        by_hand = {name: tuple(counts) for name, *counts in cursor.fetchall()}
    nothing = (0, 0, 0, 0)
    found = {
        village.name: tuple(village.count.of(part) for part in SHARE_PARTS)
        for village in overview.villages
    }
    assert found == {name: by_hand.get(name, nothing) for name in found}
    assert set(by_hand) <= set(found)
    sums = tuple(map(sum, zip(*by_hand.values(), strict=True)))
    assert tuple(overview.total.of(part) for part in SHARE_PARTS) == sums
    if not code:
        assert sums[:2] == (155, 746)


def test_a_second_load_changes_nothing(region, plan):
    rows = {model: model.objects.count() for model in (Dwelling, Vacancy, Case, Person, Tenancy)}
    lines = JournalEntry.objects.count()
    assert not load_plan(plan, region, by=None)
    assert {model: model.objects.count() for model in rows} == rows
    assert JournalEntry.objects.count() == lines


def test_every_status_agrees_with_its_dates(region):
    statuses = Counter(Case.objects.values_list("status", flat=True))
    assert statuses == {
        CaseStatus.LINKED: 1,
        CaseStatus.IN_PREPARATION: 2,
        CaseStatus.ON_HOLD: 1,
        CaseStatus.PROPOSED: 2,
        CaseStatus.AGREED: 1,
        CaseStatus.OFFERED: 2,
        CaseStatus.ACCEPTED: 1,
        CaseStatus.REFUSAL_REVIEW: 1,
        CaseStatus.CONTRACT_SIGNED: 2,
        CaseStatus.MOVED_IN: 1,
        CaseStatus.SIGNED_OFF: statuses[CaseStatus.SIGNED_OFF],
        CaseStatus.CLOSED: statuses[CaseStatus.CLOSED],
        CaseStatus.UNLINKED: 4,
        CaseStatus.RELINKED: 1,
    }
    for case in Case.objects.prefetch_related("persons", "tenancies", "steps"):
        counts = any(person.counted_on for person in case.persons.all())
        assert counts == (case.status in (CaseStatus.SIGNED_OFF, CaseStatus.CLOSED)), case
        rents = bool(case.tenancies.all())
        alone = {person.category for person in case.persons.all()} == {PersonCategory.MINOR}
        assert rents == (not alone and (counts or case.status in HOUSING)), case
        gone = case.status in (CaseStatus.UNLINKED, CaseStatus.RELINKED)
        assert (case.unlinked_on is not None) == gone, case
        changing = [step for step in case.steps.all() if step.status_after != step.status_before]
        if changing:
            newest = max(changing, key=lambda step: step.pk)
            assert (newest.status_after, newest.effective_on) == (case.status, case.status_since)


def test_every_step_was_taken_by_somebody_on_its_day_and_in_order(region):
    steps = list(CaseStep.objects.order_by("case", "pk").select_related("by"))
    assert all(step.by.is_demo for step in steps)
    assert all(localtime(step.at).date() == step.effective_on for step in steps)
    for before, after in pairwise(steps):
        assert before.case_id != after.case_id or before.at <= after.at
    days = [step.effective_on for step in sorted(steps, key=lambda step: step.pk)]
    assert days == sorted(days)
    assert not CaseStep.objects.exclude(proposal=None).filter(kept={}).exists()
    kinds = set(CaseStep.objects.values_list("code", flat=True))
    never = {"lodge", "correct_count", "change_link", "birth", "depart", "split", "merge", "undo"}
    assert kinds == set(StepCode.values) - never


def test_no_dwelling_has_two_stories_at_a_time(region):
    for dwelling in Dwelling.objects.annotate(told=Count("vacancies")).filter(told__gt=1):
        ends = dwelling.vacancies.order_by("notice_on").values_list("notice_on", "closed_on")
        for (_start, end), (start, _end) in pairwise(ends):
            assert end is not None
            assert end <= start
    # A proposal comes after the verdict, and its end before the dwelling goes to somebody else.
    for proposal in Proposal.objects.select_related("vacancy"):
        vacancy = proposal.vacancy
        assert localtime(vacancy.judged_at).date() <= proposal.proposed_on
        assert vacancy.closed_on is None or proposal.proposed_on <= vacancy.closed_on
        if proposal.state in ("refused", "withdrawn"):
            assert vacancy.closed_on is None or proposal.ended_on < vacancy.closed_on
    lived = Occupancy.objects.values("person").annotate(told=Count("pk"))
    assert not lived.filter(told__gt=1).exists()


def test_a_dwelling_is_reserved_while_a_proposal_is_under_way(region):
    live = Proposal.objects.filter(state__in=["proposed", "agreed", "offered", "accepted"])
    assert set(Vacancy.objects.filter(state="reserved")) == {one.vacancy for one in live}
    refused = Vacancy.objects.get(
        proposals__state="refused",
        proposals__judgement="",
        proposals__case__status="refusal_review",
    )
    # Free again, as it was: nobody can move in yet.
    assert refused.available_from > STORY_ENDS
    assert refused.state == "announced"


def test_few_refuse_and_one_rightly(region):
    offered = CaseStep.objects.filter(code=StepCode.OFFER).count()
    refused = Proposal.objects.filter(steps__code=StepCode.REFUSE)
    assert 0.01 <= refused.count() / offered <= 0.02
    assert sorted(refused.values_list("judgement", flat=True)) == ["", "justified", "unjustified"]
    assert CaseStep.objects.filter(code=StepCode.DECLINE).count() == 4
    assert CaseStep.objects.filter(code=StepCode.WITHDRAW).count() == 2


def test_some_were_placed_ahead_of_their_family(region):
    ahead = Case.objects.filter(proposals__ahead_of_family=True).distinct()
    following = Case.objects.filter(persons__category=PersonCategory.REUNIFIER).distinct()
    assert set(ahead) == set(following.exclude(proposals=None))
    states = Counter(
        Person.objects.filter(category=PersonCategory.REUNIFIER).values_list("reunion", flat=True)
    )
    assert states == {
        "joined": 54,
        "travel_planned": 5,
        "mvv_granted": 5,
        "mvv_applied": 4,
        "mvv_refused": 2,
        "lapsed": 1,
    }
    found = alarm_counts(due_family(coordinator(), region, on=LAST_DAY))
    assert {one.alarm: one.persons for one in found} == {
        ReunionAlarm.UNCHECKED: 2,
        ReunionAlarm.TOO_LARGE: 3,
    }


def test_nobody_is_real(region):
    persons = list(Person.objects.select_related("case"))
    here = [person for person in persons if person.category != PersonCategory.REUNIFIER]
    numbers = [person.v_number for person in here]
    assert all(re.fullmatch(r"V-000\.\d{3}\.\d{3}", number) for number in numbers)
    assert len(set(numbers)) == len(here)
    for person in persons:
        first, surname = person.name.split()
        assert first in FIRST_NAMES
        assert surname in SURNAMES
        assert person.contact == "" or person.contact.endswith("@post.example")
        assert person.birth_date < LAST_DAY
        assert person.sex == "" or person.relation == "child"
    assert not User.objects.exclude(email__endswith=".example").exists()


def test_households_sleep_in_the_bedrooms_they_have(region):
    for tenancy in Tenancy.objects.select_related("dwelling", "case"):
        assert tenancy.case.bedrooms <= tenancy.dwelling.bedrooms, tenancy


def test_the_checklists_are_gone_through_but_for_the_last_days(region):
    tasks = GuidanceTask.objects.all()
    assert tasks.filter(done_on=None).exists()
    late = tasks.late(LAST_DAY)
    assert 0 < late.count() < 60
    # A family that has just joined finds tasks that were due before it came.
    assert not late.filter(due_on__lt=LAST_DAY - timedelta(days=45)).exists()


def test_nobody_of_the_story_can_sign_in_outside_demo_mode(region):
    for user in User.objects.all():
        assert user.is_demo
        assert not user.has_usable_password() or user.check_password(PASSWORD)


def coordinator() -> User:
    return User.objects.get(email="coordinator@westerkwartier.example")


def test_one_journal_line_per_batch(region):
    lines = JournalEntry.objects.filter(action="dwelling.load")
    assert [line.detail for line in lines] == ["5500 added, 0 changed"]
    assert lines[0].actor is None


def test_the_command_leaves_a_loaded_story_alone(region, capsys):
    call_command("load_story", skip_checks=True)
    assert Dwelling.objects.aggregate(all=Count("pk"), rooms=Sum("rooms"))["all"] == 5500


def test_one_sign_in_per_role_in_demo_mode(region, settings, capsys):
    settings.DEMO = True
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick
    for _time in range(2):
        call_command("demo_accounts", skip_checks=True)
    roles = Membership.objects.values_list("role", flat=True)
    assert sorted(roles) == sorted([*Role.values, Role.MUNICIPAL_OFFICER])
    assert User.objects.count() == 8
    assert "coordinator@westerkwartier.example" in capsys.readouterr().out


def test_no_known_password_outside_demo_mode(region, settings):
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("demo_accounts", skip_checks=True)
    with pytest.raises(PermissionDenied):
        put_demo_account(
            by=None,
            email="iemand@voorbeeld.example",
            name="Voorbeeld",
            password="een-thuis-voor-iedereen",
            organisation=Organisation.objects.filter(region=region).first(),
            role=Role.COORDINATOR,
            since=date(2016, 3, 24),
        )


@pytest.mark.django_db
def test_without_a_region_there_is_no_story():
    Region.objects.filter(slug="westerkwartier").update(slug="elders")
    with pytest.raises(CommandError, match="load_region"):
        call_command("load_story", skip_checks=True)
