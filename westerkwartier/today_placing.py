"""What of placing asks attention on the start page: counts, words and where to deal with it."""

from datetime import date

from django.urls import reverse
from django.utils.translation import ngettext

from housing.choices import PLACING, ProposalState
from housing.models import Proposal
from housing.selectors.board import not_moved_in_time, waiting_at
from westerkwartier.web.templatetags.ui import number

# A step that takes longer than a week is looked at; the meeting's habit, not a legal term.
WEEK = 7


def waits_for_answer(user, day: date) -> tuple[int, str, str, str] | None:
    """Proposals that wait for the corporation of ``user``; None when none does."""
    found = waiting_at(Proposal.objects.visible_to(user), [ProposalState.PROPOSED])
    if not found.count:
        return None
    text = ngettext("proposal waits for your answer", "proposals wait for your answer", found.count)
    return found.count, text, reverse("proposals:board"), longest(found.days(day))


def under_way(user, day: date) -> tuple[int, str, str, str] | None:
    """Proposals without a contract yet, for who handles the households; the note says how long
    the one waits that is at its step longest. None when that is not a week yet."""
    found = waiting_at(Proposal.objects.visible_to(user), PLACING)
    if not found.count or found.days(day) <= WEEK:
        return None
    text = ngettext(
        "proposal under way without a contract",
        "proposals under way without a contract",
        found.count,
    )
    return found.count, text, reverse("proposals:board"), longest(found.days(day))


def not_moved(user, day: date) -> tuple[int, str, str] | None:
    """Contracts of which nobody moved in within the term."""
    count, weeks = not_moved_in_time(Proposal.objects.visible_to(user), on=day)
    if not count:
        return None
    text = ngettext(
        "household not moved within %(weeks)s weeks",
        "households not moved within %(weeks)s weeks",
        count,
    ) % {"weeks": weeks}
    return count, text, f"{reverse('proposals:board')}?late=late"


def longest(days: int) -> str:
    return ngettext(
        "Longest at its step: %(days)s day", "Longest at its step: %(days)s days", days
    ) % {"days": number(days)}
