"""A letter to corporation staff when dwellings wait too long for a verdict."""

from datetime import date, timedelta
from threading import Thread

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse

from housing import tasks
from housing.choices import TermCode
from housing.models import Term
from housing.services.reminding import remind_of_verdicts
from partners import tasks as post
from partners.choices import NoticeKind, Role
from partners.models import Notice
from tests.cast import build_cast
from tests.factories import (
    NOW,
    SOURCE,
    TODAY,
    AssessmentFactory,
    DwellingFactory,
    InvitationFactory,
    MembershipFactory,
    UserFactory,
    VacancyFactory,
)
from westerkwartier.celery import app
from westerkwartier.web.models import Certainty


@pytest.fixture(autouse=True)
def the_afternoon(monkeypatch):
    """A reminder of the morning is no use at night, whatever the time is when the tests run."""
    monkeypatch.setattr(post, "now", lambda: NOW + timedelta(hours=5))


def term() -> Term:
    return Term.objects.create(
        code=TermCode.VERDICT,
        working_days=3,
        valid_from=date(2016, 1, 1),
        source=SOURCE,
        certainty=Certainty.ILLUSTRATIVE,
    )


def waits(cast, days: int):
    notice = TODAY - timedelta(days=days)
    dwelling = DwellingFactory(village=cast.village_marum, corporation=cast.corporation)
    return VacancyFactory(dwelling=dwelling, notice_on=notice, available_from=TODAY)


@pytest.fixture
def late(cast):
    """Two that wait longer than three working days (since 17 November), one that does not."""
    term()
    for days in (6, 20, 1):
        waits(cast, days)
    return cast


def test_one_letter_to_each_of_the_staff_with_a_link_to_the_inbox(late, mailoutbox, settings):
    settings.SITE_URL = "https://huisvesting.example.nl"
    colleague = UserFactory()
    MembershipFactory(user=colleague, organisation=late.corporation, role=Role.CORPORATION_STAFF)
    assert remind_of_verdicts(now=NOW) == 2
    post.sweep_mail()
    assert {letter.to[0] for letter in mailoutbox} == {
        colleague.email,
        late.corporation_staff.email,
    }
    body = mailoutbox[0].body
    assert "2 woningen van uw corporatie wachten te lang op een oordeel." in body
    assert "https://huisvesting.example.nl" + reverse("housing:inbox") in body


def test_called_again_on_the_same_day_nothing_is_added(late, mailoutbox):
    assert [remind_of_verdicts(now=NOW + timedelta(hours=n)) for n in range(3)] == [1, 0, 0]
    post.sweep_mail()
    remind_of_verdicts(now=NOW + timedelta(hours=4))
    post.sweep_mail()
    assert len(mailoutbox) == 1


def test_the_next_day_there_is_another(late):
    assert remind_of_verdicts(now=NOW) == 1
    assert remind_of_verdicts(now=NOW + timedelta(days=1)) == 1
    assert Notice.objects.filter(kind=NoticeKind.VERDICT_REMINDER).count() == 2


def test_none_when_nothing_waits_too_long(cast):
    term()
    waits(cast, 1)
    AssessmentFactory(vacancy=waits(cast, 20))
    assert remind_of_verdicts(now=NOW) == 0


def test_none_without_a_term(cast):
    waits(cast, 20)
    assert remind_of_verdicts(now=NOW) == 0


def test_none_for_another_corporation_or_somebody_who_left(late):
    elsewhere = UserFactory()
    MembershipFactory(user=elsewhere, organisation__kind="corporation", role=Role.CORPORATION_STAFF)
    MembershipFactory(
        user=UserFactory(),
        organisation=late.corporation,
        role=Role.CORPORATION_STAFF,
        valid_to=TODAY,
    )
    MembershipFactory(
        user=UserFactory(is_active=False),
        organisation=late.corporation,
        role=Role.CORPORATION_STAFF,
    )
    remind_of_verdicts(now=NOW)
    assert [notice.user for notice in Notice.objects.all()] == [late.corporation_staff]


def test_it_is_written_in_the_language_of_the_invitation(late, mailoutbox):
    InvitationFactory(
        accepted_by=late.corporation_staff, accepted_at=NOW, language="en", organisation=late.office
    )
    remind_of_verdicts(now=NOW)
    post.sweep_mail()
    assert "have waited too long for a verdict" in mailoutbox[0].body


def test_a_letter_that_could_not_leave_in_the_morning_leaves_later_that_day(late, mailoutbox):
    remind_of_verdicts(now=NOW)
    for hours, due in ((11, True), (13, False)):
        assert Notice.objects.to_send(NOW + timedelta(hours=hours)).exists() == due


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_at_a_time_one_writes():
    mail.outbox = []
    cast = build_cast()
    term()
    waits(cast, 20)

    def work():
        remind_of_verdicts(now=NOW)
        connection.close()

    workers = [Thread(target=work) for _worker in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert Notice.objects.count() == 1


def test_the_task_calls_the_service(late):
    tasks.remind_of_verdicts()
    assert Notice.objects.get().count == 2


def test_beat_rings_every_working_day():
    entry = app.conf.beat_schedule["remind-of-verdicts"]
    assert entry["task"] == tasks.remind_of_verdicts.name
    assert entry["schedule"].day_of_week == {1, 2, 3, 4, 5}
