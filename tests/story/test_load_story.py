"""The loaded story hits the known figures, counted from the facts in the database."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count, Sum

from housing.choices import PersonCategory
from housing.models import Case, Dwelling, Occupancy, Person, Tenancy, Vacancy
from partners.choices import Role
from partners.models import JournalEntry, Membership, Organisation, Region, User
from partners.services.demonstration import put_demo_account
from quota.models import Obligation, OpeningBalance, QuotaPeriod
from westerkwartier.loading.folder import find_folder, read_folder
from westerkwartier.loading.load import load_folder
from westerkwartier.story.load import load_plan

LAST_DAY = date(2017, 11, 23)


@pytest.fixture(scope="module")
def region(plan, django_db_setup, django_db_blocker):
    """The region with its story, loaded once for this module and rolled back after it."""
    with django_db_blocker.unblock(), transaction.atomic():
        region, _changes = load_folder(read_folder(find_folder("westerkwartier")), by=None)
        assert load_plan(plan, region, by=None)
        yield region
        transaction.set_rollback(True)


def net(code: str) -> dict[str, int]:
    rows = Obligation.objects.filter(period__code=code)
    return dict(rows.values_list("municipality__name", "net_quota"))


def realised(code: str, on: date = LAST_DAY) -> dict[str, int]:
    period = QuotaPeriod.objects.get(code=code)
    counted = Person.objects.counted(start=period.starts_on, end=min(period.ends_on, on))
    rows = counted.values_list("credited_municipality__name").annotate(Count("pk"))
    return dict(rows)


def opening(code: str) -> dict[str, int]:
    """Backlog or lead at the start of a half-year: all that came before, added up."""
    period = QuotaPeriod.objects.get(code=code)
    balance = dict(OpeningBalance.objects.values_list("municipality__name", "backlog"))
    for earlier in QuotaPeriod.objects.filter(
        starts_on__gte=date(2016, 1, 1), starts_on__lt=period.starts_on
    ):
        for name, persons in net(earlier.code).items():
            balance[name] += persons - realised(earlier.code).get(name, 0)
    return balance


def test_the_joint_quota_of_early_2016_is_the_published_73(region):
    assert net("2016-I") == {"Grootegast": 15, "Leek": 23, "Marum": 12, "Zuidhorn": 23}
    assert sum(net("2016-I").values()) == 73


def test_all_four_are_behind_at_the_start_of_2017(region):
    assert opening("2017-I") == {"Grootegast": 8, "Leek": 11, "Marum": 9, "Zuidhorn": 7}


def test_halfway_2017_most_of_the_backlog_is_cleared_and_marum_is_six_short(region):
    before, after = opening("2017-I"), opening("2017-II")
    assert after == {"Grootegast": 4, "Leek": 5, "Marum": 6, "Zuidhorn": -1}
    assert 1 - sum(after.values()) / sum(before.values()) == pytest.approx(0.60)


def test_the_joint_quota_is_met_on_the_last_day_and_not_before(region):
    to_do = sum(net("2017-II").values()) + sum(opening("2017-II").values())
    assert to_do == 50
    assert sum(realised("2017-II", LAST_DAY - timedelta(days=1)).values()) == 48
    assert realised("2017-II") == {"Grootegast": 12, "Leek": 18, "Marum": 9, "Zuidhorn": 13}
    family = Person.objects.filter(counted_on=LAST_DAY).values("case").annotate(Count("pk"))
    assert [row["pk__count"] for row in family] == [4]


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
    assert sum(realised("2017-II", day - timedelta(days=1)).values()) == persons


def test_what_was_invented_says_so(region):
    for model in (Dwelling, Vacancy, Case):
        assert not model.objects.filter(illustrative=False).exists()
    assert set(OpeningBalance.objects.values_list("certainty", flat=True)) == {"illustrative"}
    assert set(Obligation.objects.values_list("certainty", flat=True)) == {"derived"}


def test_reunifiers_count_and_more_are_expected(region):
    year = Person.objects.counted(start=date(2017, 1, 1), end=LAST_DAY)
    joined = year.filter(category=PersonCategory.REUNIFIER).count()
    assert joined / year.count() == pytest.approx(0.40, abs=0.01)
    assert Person.objects.expected().count() == 14


def test_every_tenant_lives_in_a_let_dwelling(region):
    assert Tenancy.objects.filter(vacancy__state="let_permit").count() == 155
    assert Tenancy.objects.count() == 155
    counted = Person.objects.filter(counted_on__isnull=False)
    assert counted.exclude(category=PersonCategory.MINOR).count() == 246
    assert Occupancy.objects.filter(person__in=counted).count() == 246


def test_eleven_households_wait_and_five_dwellings_await_a_verdict(region):
    assert Case.objects.all().waiting(LAST_DAY).count() == 11
    assert Vacancy.objects.awaiting_verdict().count() == 5


def test_a_second_load_changes_nothing(region, plan):
    rows = {model: model.objects.count() for model in (Dwelling, Vacancy, Case, Person, Tenancy)}
    lines = JournalEntry.objects.count()
    assert not load_plan(plan, region, by=None)
    assert {model: model.objects.count() for model in rows} == rows
    assert JournalEntry.objects.count() == lines


def test_one_journal_line_per_batch(region):
    lines = JournalEntry.objects.filter(action="dwelling.load")
    assert [line.detail for line in lines] == ["5500 added, 0 changed"]
    assert lines[0].actor is None


def test_the_command_leaves_a_loaded_story_alone(region, capsys):
    call_command("load_story", skip_checks=True)
    assert Dwelling.objects.aggregate(all=Count("pk"), rooms=Sum("rooms"))["all"] == 5500


def test_one_sign_in_per_role_in_demo_mode(region, settings, capsys):
    settings.DEMO = True
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
