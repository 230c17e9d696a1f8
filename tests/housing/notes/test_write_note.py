"""Notes on a household: who writes, who is called, who answers."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from housing.models import CaseNote, Mention
from housing.policies import can_see_field
from housing.selectors.notes import colleagues, unread_mentions
from housing.services.notes import read_mention, take_back_note, write_note
from partners.models import JournalEntry, NewsItem, User
from tests.cast import EVERYBODY
from tests.factories import UserFactory
from tests.guidance import signed
from tests.placing import DAY, at, household
from westerkwartier.web.refusals import Refused


@pytest.fixture
def case(cast):
    return signed(cast, case=household(cast, guidance=cast.guidance)).case


def write(cast, case, text="Belt morgen terug.", *, by=None, mentions=(), now=None):
    return write_note(
        by=by or cast.coordinator, case=case, text=text, mentions=mentions, now=now or at()
    )


def called(note) -> set[User]:
    return {mention.user for mention in note.mentions.all()}


def test_the_text_is_sealed_in_the_database(cast, case):
    note = write(cast, case, "Sleutel ligt klaar")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM housing_casenote")
        assert b"Sleutel" not in bytes(cursor.fetchone()[0])
    assert CaseNote.objects.get().text == "Sleutel ligt klaar"
    line = JournalEntry.objects.get(action="note.write")
    assert (line.object_key, line.detail) == (str(note.pk), "")


@pytest.mark.parametrize("who", ["coordinator", "officer_marum", "officer_leek", "guidance_worker"])
def test_who_handles_or_guides_the_household_writes(cast, case, who):
    assert write(cast, case, by=getattr(cast, who)).by == getattr(cast, who)


@pytest.mark.parametrize("who", ["corporation_staff", "supervisor", "administrator", "stranger"])
def test_nobody_else_writes(cast, case, who):
    with pytest.raises(PermissionDenied):
        write(cast, case, by=getattr(cast, who))


def test_a_colleague_is_called_by_choosing(cast, case):
    assert called(write(cast, case, mentions=[cast.officer_marum])) == {cast.officer_marum}


def test_a_colleague_is_called_by_name(cast, case):
    User.objects.filter(pk=cast.officer_leek.pk).update(name="Anna de Vries")
    note = write(cast, case, "@anna kun jij dit doen?")
    assert called(note) == {cast.officer_leek}


def test_who_may_not_read_it_is_not_called(cast, case):
    with pytest.raises(Refused):
        write(cast, case, mentions=[cast.corporation_staff])
    assert called(write(cast, case, f"@{cast.corporation_staff.name} kijk")) == set()


def test_those_who_may_be_called_are_those_who_may_read(cast, case):
    found = set(colleagues(case, on=DAY))
    for who in EVERYBODY:
        user = getattr(cast, who)
        assert (user in found) == can_see_field(user, case, "case.notes"), who


def test_those_who_may_read_before_a_dwelling_was_accepted(cast):
    case = household(cast, guidance=cast.guidance)
    found = set(colleagues(case, on=DAY))
    for who in EVERYBODY:
        user = getattr(cast, who)
        assert (user in found) == can_see_field(user, case, "case.notes"), who


def test_an_answer_counts_as_read(cast, case):
    write(cast, case, mentions=[cast.officer_marum])
    write(cast, case, "Doe ik.", by=cast.officer_marum)
    assert not unread_mentions(cast.officer_marum).exists()
    assert not NewsItem.objects.filter(user=cast.officer_marum).exists()


def test_what_one_may_no_longer_read_does_not_wait(cast, case):
    write(cast, case, mentions=[cast.guidance_worker])
    cast.guidance_worker.memberships.update(valid_to=DAY - timedelta(days=1))
    again = User.objects.get(pk=cast.guidance_worker.pk)
    assert not unread_mentions(again).exists()


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_a_note_has_a_text_of_some_length(cast, case, text):
    with pytest.raises(Refused):
        write(cast, case, text)


def test_ones_own_note_is_taken_back_within_an_hour(cast, case):
    note = write(cast, case, mentions=[cast.officer_marum])
    with pytest.raises(PermissionDenied):
        take_back_note(by=cast.officer_marum, note=note, now=at())
    with pytest.raises(Refused):
        take_back_note(by=cast.coordinator, note=note, now=at() + timedelta(minutes=61))
    take_back_note(by=cast.coordinator, note=note, now=at() + timedelta(minutes=59))
    assert not unread_mentions(cast.officer_marum).exists()
    assert not NewsItem.objects.filter(user=cast.officer_marum).exists()


def test_nobody_reads_for_another(cast, case):
    note = write(cast, case, mentions=[cast.officer_marum])
    with pytest.raises(PermissionDenied):
        read_mention(by=cast.coordinator, mention=note.mentions.get(), now=at())


def test_somebody_who_left_is_not_offered(cast, case):
    User.objects.filter(pk=cast.officer_marum.pk).update(is_active=False)
    assert cast.officer_marum not in colleagues(case, on=DAY)
    assert UserFactory() not in colleagues(case, on=DAY)


def test_every_deed_twice_is_one(cast, case):
    for _turn in range(2):
        note = write(cast, case, mentions=[cast.officer_marum])
    mention = Mention.objects.get()
    for _turn in range(2):
        read_mention(by=cast.officer_marum, mention=mention, now=at())
    for _turn in range(2):
        take_back_note(by=cast.coordinator, note=note, now=at())
    actions = JournalEntry.objects.filter(action__regex="^(note|mention)")
    assert sorted(actions.values_list("action", flat=True)) == [
        "mention.read",
        "note.take_back",
        "note.write",
    ]
