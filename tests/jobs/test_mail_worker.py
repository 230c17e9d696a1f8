"""A worker that is killed while it gathers or sends news: nothing is lost, nothing is doubled."""

import time
from collections import Counter
from datetime import timedelta

import psycopg
import pytest
from celery import current_app
from django.db import connection

from partners.choices import MailRhythm, NewsKind
from partners.models import NewsItem, Notice, User
from partners.services.news import tell_news
from tests.jobs import processes
from tests.jobs.mailbox import mailbox
from tests.jobs.test_worker_faults import RedisBroker
from westerkwartier.web.clock import now

RHYTHMS = {
    "coordinator": MailRhythm.DAILY,
    "officer_marum": MailRhythm.DAILY,
    "officer_leek": MailRhythm.AT_ONCE,
    "guidance_worker": MailRhythm.WEEKLY,
    "corporation_staff": MailRhythm.NONE,
}
EACH = {NewsKind.MENTION: 3, NewsKind.TASK_DUE: 2}
QUEUES = "mail,default"
HOW_LONG_AGO = timedelta(days=9)  # every rhythm had a round since


def tell_everybody(cast) -> None:
    for who, rhythm in RHYTHMS.items():
        User.objects.filter(email=getattr(cast, who).email).update(mail_rhythm=rhythm)
        user = User.objects.get(email=getattr(cast, who).email)
        to = [(user, user.memberships.get().organisation)]
        for kind, times in EACH.items():
            for number in range(times):
                about, page = f"{kind}:{number}", f"/cases/{number}/"
                tell_news(to=to, kind=kind, about=about, page=page, at=now() - HOW_LONG_AGO)


def ring() -> None:
    """As beat does every minute."""
    for sweep in ("sweep_news", "sweep_mail"):
        current_app.send_task(f"partners.tasks.{sweep}")


def worker_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND application_name = 'worker' AND wait_event_type = 'Lock'"
        )
        return cursor.fetchone()[0] > 0


@pytest.mark.django_db(transaction=True)
def test_each_letter_leaves_once_whatever_is_killed(cast, tmp_path):
    broker, log = RedisBroker(tmp_path), tmp_path / "celery.log"
    tell_everybody(cast)
    broker.empty()  # the bells are lost: the rows remain
    told = NewsItem.objects.count()
    assert told == 4 * sum(EACH.values())  # who wants no letters has no row

    with mailbox() as mail:
        env = processes.environment(tmp_path, broker.url)
        env |= {"EMAIL_URL": mail.url, "DEFAULT_FROM_EMAIL": "regio@voorbeeld.example"}

        def reached(true, what: str) -> None:
            processes.wait_until(true, seconds=60, what=what, log=log)

        # Killed while it gathers: the rows are in no letter yet.
        with (
            psycopg.connect(env["DATABASE_URL"]) as other,
            processes.worker(env, log, QUEUES) as first,
        ):
            other.execute(f"LOCK TABLE {Notice._meta.db_table} IN SHARE MODE")
            ring()
            reached(worker_waits_for_a_lock, "gathering")
            processes.kill_all(first)
        assert not Notice.objects.exists()
        assert NewsItem.objects.filter(sent_in=None).count() == told

        # Killed while a letter is with the mail server, which has not accepted it.
        broker.empty()
        with mail.held(), processes.worker(env, log, QUEUES) as second:
            ring()
            reached(mail.waiting.is_set, "a letter at the mail server")
            processes.kill_all(second)
        assert mail.letters == []
        assert Notice.objects.filter(sent_at=None).exists()

        # Rung more than once, by two beats.
        broker.empty()
        with processes.worker(env, log, QUEUES):
            for _beat in range(2):
                ring()
            reached(
                lambda: len(mail.letters) >= 4 and not Notice.objects.to_send(now()).exists(),
                "the letters",
            )
            for _beat in range(2):
                ring()
            time.sleep(2)  # time for a letter too many

    letters = Counter(letter["To"] for letter in mail.letters)
    wanting = [who for who, rhythm in RHYTHMS.items() if rhythm != MailRhythm.NONE]
    assert letters == Counter(getattr(cast, who).email for who in wanting)
    assert not NewsItem.objects.filter(sent_in__sent_at=None).exists()
    assert sum(Notice.objects.values_list("count", flat=True)) == told
    for letter in mail.letters:
        body = letter.get_payload(decode=True).decode()
        for times in EACH.values():
            assert f"({times})" in body
        assert "/cases/1/" not in body
