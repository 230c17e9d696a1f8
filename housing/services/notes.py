"""Notes on a household, and calling colleagues into them."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from housing.arithmetic.mentions import mentioned
from housing.models import Case, CaseNote, Mention
from housing.policies import can_take_back_note, can_write_note
from housing.selectors.notes import colleagues
from housing.services.steps import locked_case
from partners.choices import NewsKind
from partners.models import User
from partners.services.journal import record
from partners.services.news import settle_news, tell_news
from westerkwartier.web.refusals import Refused

TAKEN_BACK_WITHIN = timedelta(hours=1)
SAME_CLICK = timedelta(minutes=1)
LONGEST = 2000  # characters


@transaction.atomic
def write_note(
    *, by: User, case: Case, text: str, mentions: Iterable[User] = (), now: datetime
) -> CaseNote:
    """Write a note and call colleagues: those chosen, and whoever the text names with "@".

    What ``by`` was asked in this household counts as read: this is the answer. The same text by the
    same person within a minute is one note. ``Refused`` without text, and when somebody is called
    who may not read it.
    """
    case = locked_case(case)
    if not can_write_note(by, case):
        raise PermissionDenied
    text = text.strip()
    if not text:
        raise Refused(_("Write a note."), field="text")
    if len(text) > LONGEST:
        raise Refused(_("This note is too long."), field="text")
    newest = case.notes.filter(by=by, withdrawn_at=None, at__gt=now - SAME_CLICK).first()
    if newest is not None and newest.text == text:
        return newest
    readers = colleagues(case, on=localtime(now).date())
    called = set(mentions)
    if not called <= set(readers):
        raise Refused(_("Somebody you call may not read notes about this household."))
    by_key = {user.pk: user for user in readers}
    called |= {by_key[key] for key in mentioned(text, {k: u.name for k, u in by_key.items()})}
    called.discard(by)
    note = CaseNote.objects.create(case=case, by=by, at=now, text=text)
    Mention.objects.bulk_create(
        Mention(note=note, user=user) for user in sorted(called, key=lambda user: user.pk)
    )
    tell_news(
        to=[(user, readers[user]) for user in called],
        kind=NewsKind.MENTION,
        about=f"note:{note.pk}",
        page=reverse("cases:case_detail", args=[case.pk]),
        at=now,
    )
    record(by=by, action="note.write", obj=note, region=case.region)
    for mention in Mention.objects.filter(user=by, read_at=None, note__case=case):
        _read(by, mention, now)
    return note


@transaction.atomic
def take_back_note(*, by: User, note: CaseNote, now: datetime) -> CaseNote:
    """Take one's own note back within an hour; again changes nothing. ``Refused`` after that."""
    note = _locked(note)
    if not can_take_back_note(by, note):
        raise PermissionDenied
    if note.withdrawn_at is None:
        if now - note.at > TAKEN_BACK_WITHIN:
            raise Refused(_("A note can be taken back within an hour."))
        note.withdrawn_at = now
        note.save(update_fields=["withdrawn_at"])
        settle_news(about=[f"note:{note.pk}"])
        record(by=by, action="note.take_back", obj=note, region=note.case.region)
    return note


@transaction.atomic
def read_mention(*, by: User, mention: Mention, now: datetime) -> Mention:
    """Say that one has seen what was asked; again changes nothing."""
    mention = Mention.objects.select_for_update(of=["self"]).get(pk=mention.pk)
    if mention.user_id != by.pk:
        raise PermissionDenied
    if mention.read_at is None:
        _read(by, mention, now)
    return mention


def _read(by: User, mention: Mention, now: datetime) -> None:
    mention.read_at = now
    mention.save(update_fields=["read_at"])
    settle_news(about=[f"note:{mention.note_id}"], user=by)
    record(by=by, action="mention.read", obj=mention, region=mention.note.case.region)


def _locked(note: CaseNote) -> CaseNote:
    return (
        CaseNote.objects.select_for_update(of=["self"], no_key=True)
        .select_related("case__region")
        .get(pk=note.pk)
    )
