"""A link by which a partner without an account confirms one date, once."""

import re
from datetime import date, timedelta
from smtplib import SMTPException
from threading import Thread

import pytest
from django.core.exceptions import PermissionDenied
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test import Client
from django.urls import reverse

from housing import tasks
from housing.models import TaskLink, Term
from housing.services.guidance import finish_task
from housing.services.task_links import (
    ask_confirmation,
    confirm_by_link,
    find_link,
    forget_links,
    link_secret,
    send_link,
    withdraw_link,
)
from partners.models import JournalEntry
from tests.cast import build_cast
from tests.guidance import link_term, signed, task
from tests.placing import DAY, at
from westerkwartier.web.refusals import Refused

ADDRESS = "coa@voorbeeld.example"


class DeadServer(EmailBackend):
    def send_messages(self, messages):
        raise SMTPException("554 somebody@voorbeeld.example refused")


@pytest.fixture
def proposal(cast, settings):
    settings.CLOCK = DAY
    link_term()
    return signed(cast)


@pytest.fixture
def link(cast, proposal):
    return ask_confirmation(by=cast.coordinator, task=task("move"), email=ADDRESS, now=at())


def page(link) -> str:
    return reverse("confirm", args=[link_secret(link)])


def test_the_row_alone_opens_nothing(link):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM housing_tasklink")
        row = str(cursor.fetchone())
        cursor.execute("SELECT * FROM housing_tasklinkevent")
        history = str(cursor.fetchall())
    secret = link_secret(link)
    assert len(secret) == 64
    assert secret not in row + history
    assert link.nonce not in history


def test_the_letter_holds_the_link_and_nothing_of_the_household(link, mailoutbox, settings):
    settings.SITE_URL = "https://huisvesting.example.nl"
    tasks.send_link(link.pk)
    (letter,) = mailoutbox
    assert letter.to == [ADDRESS]
    found = re.search(r"https://huisvesting\.example\.nl(/confirm/\S+)", letter.body)
    assert Client().get(found[1]).status_code == 200
    assert link.task.case.reference not in letter.subject + letter.body


def test_the_page_tells_task_reference_and_organisation_only(link, proposal, cast):
    text = Client().get(page(link)).content.decode()
    assert str(link.task.template) in text
    assert proposal.case.reference in text
    assert "COA" in text
    for hidden in (
        cast.village_leek.name,
        cast.marum.name,
        proposal.vacancy.dwelling.street,
        ADDRESS,
        cast.coordinator.name,
    ):
        assert hidden not in text


def test_looking_confirms_nothing(link):
    for _turn in range(2):
        response = Client().get(page(link))
        assert response["Referrer-Policy"] == "strict-origin"
        assert "no-store" in response["Cache-Control"]
    assert task("move").is_open


def test_an_answer_ticks_the_task_off_without_a_name(link):
    response = Client().post(page(link), {"on": "2017-11-18"})
    assert response.status_code == 200
    done = task("move")
    assert (done.done_on, done.done_by, done.confirmed_by_link) == (date(2017, 11, 18), None, True)
    line = JournalEntry.objects.get(action="task.confirm")
    assert (line.actor, line.detail) == (None, f"move, link {link.pk}")


@pytest.mark.parametrize("on", ["", "2017-11-21", "1817-11-20", "gisteren"])
def test_a_day_that_makes_no_sense_leaves_the_link_open(link, on):
    assert Client().post(page(link), {"on": on}).status_code == 422
    link.refresh_from_db()
    assert link.used_at is None


def closed_pages(link, proposal, cast) -> dict[str, str]:
    """Addresses that open nothing, by why."""
    other = ask_confirmation(by=cast.coordinator, task=task("key"), email="x@a.example", now=at())
    withdraw_link(by=cast.coordinator, link=other, now=at())
    done = ask_confirmation(by=cast.coordinator, task=task("route"), email="y@a.example", now=at())
    finish_task(by=cast.coordinator, task=task("route"), on=DAY, now=at())
    over = ask_confirmation(
        by=cast.coordinator, task=task("contract"), email="z@a.example", now=at()
    )
    TaskLink.objects.filter(pk=over.pk).update(
        made_at=at() - timedelta(days=15), expires_at=at() - timedelta(days=1)
    )
    Client().post(page(link), {"on": "2017-11-20"})
    return {
        "used": page(link),
        "withdrawn": page(other),
        "done otherwise": page(done),
        "over": page(over),
        "forged": reverse("confirm", args=["0" * 64]),
        "short": reverse("confirm", args=["x"]),
    }


def test_every_link_that_does_not_work_gives_the_same_page(link, proposal, cast):
    seen = set()
    for why, address in closed_pages(link, proposal, cast).items():
        for method in (Client().get, Client().post):
            response = method(address)
            assert response.status_code == 404, why
            text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
            seen.add(text.replace(address, ""))
    assert len(seen) == 1
    assert task("move").done_on == DAY


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        (
            "nl",
            "Deze link werkt niet",
            "De link is niet geldig, niet meer geldig of al gebruikt. Vraag een nieuwe aan",
        ),
        (
            "en",
            "This link does not work",
            "It is not valid, no longer valid or already used. Ask whoever sent it for a new one.",
        ),
    ],
)
def test_a_link_that_does_not_work_says_what_to_do(language, title, text, link, proposal, cast):
    """Expired, used, withdrawn: a page of our own, in the language of the reader."""
    browser = Client()
    browser.cookies["django_language"] = language
    for why, address in closed_pages(link, proposal, cast).items():
        response = browser.get(address)
        page = response.content.decode()
        assert f'<html lang="{language}"' in page, why
        assert title in page, why
        assert text in " ".join(page.split()), why
        assert "<form" not in page.partition("<main")[2].partition("</main>")[0], why
        assert response["Referrer-Policy"] == "strict-origin"
        assert "no-store" in response["Cache-Control"]


def test_the_page_is_read_and_answered_in_english_too(link):
    browser = Client()
    back = page(link)
    assert browser.post(reverse("set_language"), {"language": "en", "next": back}).url == back
    text = browser.get(back).content.decode()
    assert "Confirm a date" in text
    assert (
        "This day lies in the future." in browser.post(back, {"on": "2017-11-21"}).content.decode()
    )
    answer = browser.post(back, {"on": "2017-11-18"})
    assert "Thank you" in answer.content.decode()
    again = browser.get(back)
    assert again.status_code == 404
    assert "already used" in again.content.decode()


def test_who_does_not_handle_the_household_asks_nobody(cast, proposal):
    for who in (cast.corporation_staff, cast.guidance_worker, cast.supervisor, cast.stranger):
        with pytest.raises(PermissionDenied):
            ask_confirmation(by=who, task=task("move"), email=ADDRESS, now=at())


def test_it_works_for_the_term_that_is_in_force(cast, proposal, link):
    assert link.expires_at == at() + timedelta(days=14)
    assert find_link(link_secret(link), now=at() + timedelta(days=13, hours=23))
    assert find_link(link_secret(link), now=at() + timedelta(days=14)) is None
    Term.objects.all().delete()
    with pytest.raises(Refused):
        ask_confirmation(by=cast.coordinator, task=task("key"), email=ADDRESS, now=at())


def test_another_address_takes_the_place_of_the_first(cast, link):
    second = ask_confirmation(
        by=cast.coordinator, task=task("move"), email="andere@a.example", now=at()
    )
    assert find_link(link_secret(link), now=at()) is None
    assert find_link(link_secret(second), now=at()) == second


def test_a_dead_mail_server_leaves_it_due(link, mailoutbox, settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.DeadServer"
    tasks.send_link(link.pk)
    assert "was not sent" in caplog.text
    assert "@" not in caplog.text
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    tasks.sweep_links()
    assert len(mailoutbox) == 1


def test_a_withdrawn_link_is_not_sent(cast, link, mailoutbox):
    withdraw_link(by=cast.coordinator, link=link, now=at())
    assert not send_link(link_id=link.pk, now=at())
    assert not mailoutbox


def test_links_are_forgotten_a_month_past_their_end(link):
    assert forget_links(now=link.expires_at + timedelta(days=29)) == 0
    assert forget_links(now=link.expires_at + timedelta(days=31)) == 1


def test_every_deed_twice_is_one(cast, link, mailoutbox):
    again = ask_confirmation(by=cast.coordinator, task=task("move"), email=ADDRESS, now=at())
    assert again == link
    for _turn in range(2):
        tasks.send_link(link.pk)
    assert len(mailoutbox) == 1
    secret = link_secret(link)
    confirm_by_link(secret=secret, on=DAY, now=at())
    with pytest.raises(Refused):
        confirm_by_link(secret=secret, on=DAY - timedelta(days=1), now=at())
    assert task("move").done_on == DAY
    assert JournalEntry.objects.filter(action="task.confirm").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_answers_at_one_time_one_counts(settings):
    cast = build_cast()
    link_term()
    signed(cast)
    link = ask_confirmation(by=cast.coordinator, task=task("move"), email=ADDRESS, now=at())
    secret, outcomes = link_secret(link), []

    def answer(day: date) -> None:
        try:
            confirm_by_link(secret=secret, on=day, now=at())
        except Refused:
            outcomes.append(None)
        else:
            outcomes.append(day)
        finally:
            connection.close()

    days = [DAY - timedelta(days=n) for n in range(6)]
    threads = [Thread(target=answer, args=[day]) for day in days]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (counted,) = [day for day in outcomes if day]
    assert task("move").done_on == counted
    assert len(outcomes) == 6
