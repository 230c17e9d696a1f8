"""News: a row first, then one letter per rhythm; each thing is told once, whatever stops."""

from datetime import date, datetime, timedelta
from threading import Thread
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse

from partners import tasks
from partners.arithmetic import last_round
from partners.choices import Language, MailRhythm, NewsKind, NoticeKind
from partners.models import JournalEntry, NewsItem, Notice, User
from partners.services.letters import send_notice
from partners.services.news import (
    change_mail_rhythm,
    due_news,
    forget_news,
    gather_news,
    settle_news,
    tell_news,
)
from tests.cast import build_cast
from tests.factories import InvitationFactory

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def moment(day: int, hour: int = 7, minute: int = 30, month: int = 11, year: int = 2017):
    return datetime(year, month, day, hour, minute, tzinfo=AMSTERDAM)


MONDAY_NOON = moment(20, 12)
TUESDAY_ROUND = moment(21)


def tell(cast, user=None, kind=NewsKind.MENTION, about="note:1", at=MONDAY_NOON, page="/cases/7/"):
    user = user or cast.coordinator
    organisation = user.memberships.get().organisation
    tell_news(to=[(user, organisation)], kind=kind, about=about, page=page, at=at)


def prefer(user, rhythm) -> User:
    User.objects.filter(pk=user.pk).update(mail_rhythm=rhythm)
    return User.objects.get(pk=user.pk)


def send_all(now) -> None:
    for key in due_news(now=now):
        gather_news(user_id=key, now=now)
    for key in Notice.objects.to_send(now).values_list("pk", flat=True):
        send_notice(notice_id=key, now=now)


@pytest.mark.parametrize(
    ("rhythm", "now", "round"),
    [
        (MailRhythm.DAILY, moment(21, 7, 29), moment(20)),
        (MailRhythm.DAILY, moment(21, 7, 30), moment(21)),
        (MailRhythm.DAILY, moment(25, 12), moment(24)),  # Saturday: Friday's round
        (MailRhythm.DAILY, moment(27, 6), moment(24)),  # Monday before the round
        (MailRhythm.DAILY, moment(26, 12, month=12), moment(22, month=12)),  # Christmas
        (MailRhythm.WEEKLY, moment(24, 12), moment(20)),
        (MailRhythm.WEEKLY, moment(20, 7, 0), moment(13)),
        (MailRhythm.WEEKLY, moment(3, 12, month=4, year=2018), moment(3, month=4, year=2018)),
        (MailRhythm.WEEKLY, moment(2, 12, month=4, year=2018), moment(26, month=3, year=2018)),
        (MailRhythm.AT_ONCE, moment(25, 3), moment(25, 3)),
        (MailRhythm.NONE, moment(21), None),
    ],
)
def test_when_the_newest_round_was(rhythm, now, round):
    assert last_round(rhythm, now) == round


def test_half_past_seven_is_that_of_the_region_in_summer_too():
    assert last_round(MailRhythm.DAILY, moment(4, 9, month=7)).utcoffset() == timedelta(hours=2)
    assert last_round(MailRhythm.DAILY, moment(21, 9)).utcoffset() == timedelta(hours=1)


def test_daily_is_the_rule_and_leaves_in_the_morning(cast, mailoutbox):
    tell(cast)
    send_all(moment(20, 23))
    assert not mailoutbox
    send_all(TUESDAY_ROUND)
    assert [letter.to for letter in mailoutbox] == [[cast.coordinator.email]]


def test_one_letter_tells_kinds_and_counts_and_nothing_else(cast, mailoutbox, settings):
    settings.SITE_URL = "https://huisvesting.example.nl"
    for number in range(3):
        tell(cast, about=f"note:{number}", page=f"/cases/{number}/")
    tell(cast, kind=NewsKind.PROPOSAL_ENDED, about="proposal:9", page="/cases/9/")
    send_all(TUESDAY_ROUND)
    (letter,) = mailoutbox
    assert letter.subject == "Wat op u wacht"
    body = letter.body
    assert "(3)" in body
    assert f"https://huisvesting.example.nl{reverse('cases:mention_list')}" in body
    assert "https://huisvesting.example.nl/cases/9/" in body  # one thing: its own page
    assert reverse("partners:mail_rhythm") in body
    for hidden in ("note:", "proposal:", cast.region.name, cast.office.name):
        assert hidden not in body


def test_a_letter_is_in_the_language_of_the_person(cast, mailoutbox):
    InvitationFactory(
        organisation=cast.office,
        accepted_by=cast.coordinator,
        accepted_at=moment(1),
        language=Language.EN,
    )
    tell(cast)
    send_all(TUESDAY_ROUND)
    assert mailoutbox[0].subject == "What waits for you"


def test_weekly_leaves_on_the_first_working_day(cast, mailoutbox):
    prefer(cast.coordinator, MailRhythm.WEEKLY)
    tell(cast)
    send_all(moment(24, 12))
    assert not mailoutbox
    send_all(moment(27))
    assert len(mailoutbox) == 1


def test_at_once_leaves_at_once(cast, mailoutbox):
    user = prefer(cast.coordinator, MailRhythm.AT_ONCE)
    tell(cast, user)
    send_all(MONDAY_NOON)
    assert len(mailoutbox) == 1


def test_who_wants_none_gets_none_and_no_row(cast, mailoutbox):
    tell(cast, prefer(cast.coordinator, MailRhythm.NONE))
    assert not NewsItem.objects.exists()


def test_who_stops_it_hears_no_more_of_what_waits(cast, mailoutbox):
    tell(cast)
    change_mail_rhythm(by=cast.coordinator, rhythm=MailRhythm.NONE)
    send_all(TUESDAY_ROUND)
    assert not mailoutbox
    change_mail_rhythm(by=cast.coordinator, rhythm=MailRhythm.DAILY)
    send_all(moment(22))
    assert not mailoutbox


def test_who_left_the_organisation_hears_nothing(cast, mailoutbox):
    tell(cast)
    cast.coordinator.memberships.update(valid_to=date(2017, 11, 21))
    send_all(TUESDAY_ROUND)
    assert not mailoutbox


def test_who_left_between_gathering_and_sending_hears_nothing(cast, mailoutbox):
    tell(cast)
    notice = gather_news(user_id=cast.coordinator.pk, now=TUESDAY_ROUND)
    cast.coordinator.memberships.update(valid_to=date(2017, 11, 21))
    assert not send_notice(notice_id=notice.pk, now=TUESDAY_ROUND)
    assert not mailoutbox


def test_a_closed_account_hears_nothing(cast, mailoutbox):
    tell(cast)
    User.objects.filter(pk=cast.coordinator.pk).update(is_active=False)
    send_all(TUESDAY_ROUND)
    assert not mailoutbox


def test_what_was_dealt_with_is_not_told(cast, mailoutbox):
    tell(cast)
    assert settle_news(about=["note:1"]) == 1
    send_all(TUESDAY_ROUND)
    assert not mailoutbox


def test_what_is_too_old_is_no_news(cast, mailoutbox):
    tell(cast, at=moment(1))
    send_all(TUESDAY_ROUND)
    assert not mailoutbox


def test_a_letter_that_was_asked_for_leaves_after_a_stop(cast, mailoutbox):
    """Gathered, and then everything was killed: the sweep of the outbox sends it once."""
    tell(cast)
    gather_news(user_id=cast.coordinator.pk, now=TUESDAY_ROUND)
    for minutes in (5, 10):
        for key in Notice.objects.to_send(TUESDAY_ROUND).values_list("pk", flat=True):
            send_notice(notice_id=key, now=TUESDAY_ROUND + timedelta(minutes=minutes))
    assert len(mailoutbox) == 1


def test_tasks_and_sweep_do_it_by_themselves(cast, mailoutbox, settings):
    settings.CLOCK = date(2017, 11, 22)
    tell(cast)
    for _turn in range(2):
        tasks.sweep_news()
        tasks.sweep_mail()
    assert len(mailoutbox) == 1
    settings.CLOCK = date(2018, 1, 2)
    tasks.clear_up()
    assert not NewsItem.objects.exists()


def test_rows_are_forgotten_after_a_month(cast):
    tell(cast)
    assert forget_news(now=MONDAY_NOON + timedelta(days=29)) == 0
    assert forget_news(now=MONDAY_NOON + timedelta(days=31)) == 1


@pytest.mark.django_db(transaction=True)
def test_of_workers_at_one_time_one_gathers(settings):
    cast = build_cast()
    for number in range(5):
        tell(cast, about=f"note:{number}")

    def work():
        try:
            gather_news(user_id=cast.coordinator.pk, now=TUESDAY_ROUND)
        finally:
            connection.close()

    threads = [Thread(target=work) for _n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not NewsItem.objects.filter(sent_in=None).exists()
    counts = Notice.objects.filter(kind=NoticeKind.NEWS).values_list("count", flat=True)
    assert sum(counts) == 5
    for key in Notice.objects.values_list("pk", flat=True):
        for _turn in range(2):
            send_notice(notice_id=key, now=TUESDAY_ROUND)
    assert len(mail.outbox) == len(counts)


def test_the_own_page_says_and_changes_the_rhythm(cast):
    client = cast.client("coordinator")
    own = reverse("partners:person_detail", args=[cast.coordinator.pk])
    page = client.get(own).content.decode()
    assert reverse("partners:mail_rhythm") in page
    response = client.post(reverse("partners:mail_rhythm"), {"rhythm": "weekly"})
    assert response.url == own
    assert User.objects.get(pk=cast.coordinator.pk).mail_rhythm == MailRhythm.WEEKLY
    # An administrator sees the page, not the choice.
    page = cast.client("administrator").get(own).content.decode()
    assert str(MailRhythm.WEEKLY.label) not in page


def test_told_or_changed_twice_is_once(cast, mailoutbox):
    for _turn in range(2):
        tell(cast)
        send_all(TUESDAY_ROUND)
        change_mail_rhythm(by=cast.coordinator, rhythm=MailRhythm.WEEKLY)
    assert len(mailoutbox) == 1
    assert JournalEntry.objects.filter(action="user.change_mail").count() == 1
