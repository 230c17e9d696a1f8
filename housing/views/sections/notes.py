"""Notes on a household, newest first, and the form for one more."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from housing.forms.guidance import NoteForm
from housing.models import Case, CaseNote, Mention
from housing.policies import can_write_note
from housing.selectors.notes import colleagues
from housing.services.notes import TAKEN_BACK_WITHIN
from housing.views.sections.section import Section
from westerkwartier.web.clock import now

SHOWN = 50  # older ones stay kept, but a page has an end


@dataclass(frozen=True)
class Line:
    """A note; ``own`` is the reader's unread mention in it, if any."""

    note: CaseNote
    mentions: list[Mention]
    own: Mention | None
    may_take_back: bool


def notes(user, case: Case, fields: frozenset[str], today: date) -> Section | None:
    """For who handles or guides the household."""
    if "case.notes" not in fields:
        return None
    at = now()
    found = (
        CaseNote.objects.filter(case=case)
        .select_related("by")
        .prefetch_related(
            Prefetch("mentions", Mention.objects.select_related("user").order_by("user__name"))
        )
    )
    lines = []
    for note in found[:SHOWN]:
        mentions = list(note.mentions.all())
        unread = (m for m in mentions if m.user_id == user.pk and m.read_at is None)
        own = next(unread, None) if note.withdrawn_at is None else None
        fresh = note.withdrawn_at is None and at - note.at <= TAKEN_BACK_WITHIN
        lines.append(Line(note, mentions, own, fresh and note.by_id == user.pk))
    return Section(
        title=_("Notes"),
        template="housing/sections/notes.html",
        id="notes",
        values={
            "lines": lines,
            "form": note_form(user, case, on=today) if can_write_note(user, case) else None,
            "case": case,
        },
    )


def note_form(user, case: Case, data=None, *, on: date) -> NoteForm:
    """The form for a note by ``user``, who does not call themselves."""
    people = colleagues(case, on=on)
    people.pop(user, None)
    return NoteForm(data, people=people)
