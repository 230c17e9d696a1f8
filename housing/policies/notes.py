"""Who may, with notes: who may write one stands with the other deeds on a case."""

from housing.models import CaseNote, Mention
from housing.policies.cases import can_list_cases


def can_take_back_note(user, note: CaseNote) -> bool:
    return note.by_id == user.pk


def can_read_mention(user, mention: Mention) -> bool:
    return mention.user_id == user.pk


def can_list_mentions(user) -> bool:
    """Who sees households can be called into their notes."""
    return can_list_cases(user)
