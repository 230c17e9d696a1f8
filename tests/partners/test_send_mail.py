"""Letters leave once, and none is lost: the row decides."""

import re
from datetime import timedelta
from smtplib import SMTPException
from threading import Thread

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client

from partners import tasks
from partners.choices import NoticeKind, Role
from partners.models import Invitation, Notice
from partners.services import invitations, letters
from tests.cast import build_cast
from tests.factories import NOW, PASSWORD, InvitationFactory, MembershipFactory, UserFactory
from westerkwartier.web.clock import now


class DeadServer(EmailBackend):
    def send_messages(self, messages):
        raise SMTPException("554 somebody@voorbeeld.example refused")


@pytest.fixture
def invitation(cast):
    return invitations.invite_person(
        by=cast.administrator,
        email="nieuw@voorbeeld.example",
        name="Nieuwe Collega",
        organisation=cast.marum.organisation,
        role=Role.MUNICIPAL_OFFICER,
        now=now(),
    )


def test_the_letter_holds_the_link_that_opens(invitation, mailoutbox, settings):
    settings.SITE_URL = "https://huisvesting.example.nl"
    tasks.send_invitation(invitation.pk)
    (letter,) = mailoutbox
    assert letter.to == ["nieuw@voorbeeld.example"]
    link = re.search(r"https://huisvesting\.example\.nl(/people/welcome/\S+)", letter.body)
    assert Client().get(link[1]).status_code == 200


def test_a_task_run_twice_sends_once(invitation, mailoutbox):
    for _turn in range(2):
        tasks.send_invitation(invitation.pk)
    tasks.sweep_mail()
    assert len(mailoutbox) == 1


def test_the_sweep_finds_what_the_broker_lost(cast, invitation, mailoutbox):
    letters.ask_letter(user=cast.coordinator, kind=NoticeKind.PASSWORD_CHANGED, now=now())
    tasks.sweep_mail()
    assert {letter.to[0] for letter in mailoutbox} == {
        "nieuw@voorbeeld.example",
        cast.coordinator.email,
    }


def test_a_dead_mail_server_leaves_it_due_and_the_log_without_address(
    invitation, mailoutbox, settings, caplog
):
    settings.EMAIL_BACKEND = f"{__name__}.DeadServer"
    tasks.send_invitation(invitation.pk)
    invitation.refresh_from_db()
    assert invitation.sent_at is None
    assert "was not sent" in caplog.text
    assert "@" not in caplog.text
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    tasks.sweep_mail()
    assert len(mailoutbox) == 1


def test_withdrawn_expired_and_accepted_ones_are_not_sent(invitation, mailoutbox):
    Invitation.objects.update(withdrawn_at=now())
    tasks.send_invitation(invitation.pk)
    assert not mailoutbox


def test_a_changed_key_sends_a_link_that_opens(invitation, mailoutbox, settings):
    settings.SECRET_KEY = "another key of this place, long enough to be taken"
    tasks.send_invitation(invitation.pk)
    path = re.search(r"/people/welcome/\S+", mailoutbox[0].body)[0]
    assert Client().get(path).status_code == 200


@pytest.mark.parametrize("kind", NoticeKind.values)
def test_every_kind_of_letter_can_be_written_in_both_languages(db, kind, mailoutbox):
    for language in ("nl", "en"):
        user = MembershipFactory().user
        notice = Notice.objects.create(user=user, kind=kind, language=language, asked_at=now())
        assert letters.send_notice(notice_id=notice.pk, now=now())
        assert user.name in mailoutbox[-1].body
        assert "{" not in mailoutbox[-1].body


def test_old_letters_and_unused_invitations_are_forgotten(db):
    old = InvitationFactory(expires_at=NOW - timedelta(days=31))
    used = InvitationFactory(
        expires_at=NOW - timedelta(days=31), accepted_at=NOW, accepted_by=UserFactory()
    )
    Notice.objects.create(
        user=used.accepted_by, kind="password_changed", asked_at=NOW - timedelta(days=31)
    )
    tasks.clear_up()
    assert not Invitation.objects.filter(pk=old.pk).exists()
    assert Invitation.objects.filter(pk=used.pk).exists()
    assert not Notice.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_workers_at_a_time_one_sends(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []
    cast = build_cast()
    notice = letters.ask_letter(user=cast.coordinator, kind=NoticeKind.PASSWORD_CHANGED, now=now())

    def work():
        tasks.send_notice(notice.pk)
        connection.close()

    workers = [Thread(target=work) for _worker in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(mail.outbox) == 1


def test_somebody_who_may_not_sign_in_gets_no_link(db, mailoutbox):
    user = UserFactory(is_active=False)
    letters.ask_letter(user=user, kind=NoticeKind.PASSWORD_RESET, now=now())
    tasks.sweep_mail()
    assert not mailoutbox
    assert user.check_password(PASSWORD)
