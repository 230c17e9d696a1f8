"""Who goes through the checklists of the households: everybody the own list, each fortnight.

The last time lies some days before the end of the story, so that its last day has tasks to do and
tasks that are late.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from housing.models import GuidanceTask
from housing.services.guidance import finish_tasks
from partners.models import Organisation, User
from westerkwartier.story import anchors
from westerkwartier.story.calendar import on_or_before
from westerkwartier.story.people import Cast

EVERY_DAYS = 14
AHEAD_DAYS = 5  # what is due soon is ticked off as well
# Days before the end of the story on which the guidance, the corporation and the municipalities
# last went through their lists.
LAST_DAYS = (9, 6, 13)


def rounds(cast: Cast, organisations: list[Organisation]) -> Iterator[tuple[date, Callable]]:
    """The day and the act of each time that somebody goes through a list."""
    others = [one for one in organisations if one not in (cast.guidance, cast.landlord)]
    everybody = (
        (cast.guide, [cast.guidance]),
        (cast.corporation, [cast.landlord]),
        *((cast.officer(one.pk), [one]) for one in others),
    )
    for position, (by, owners) in enumerate(everybody):
        back = LAST_DAYS[min(position, len(LAST_DAYS) - 1)]
        for day in _days(anchors.STORY_ENDS - timedelta(days=back)):
            yield day, lambda now, by=by, owners=owners: _go_through(by, owners, now)


def _days(last: date) -> Iterator[date]:
    while last > anchors.COVENANT_FROM:
        yield on_or_before(last)
        last -= timedelta(days=EVERY_DAYS)


def _go_through(by: User, owners: list[Organisation], now) -> None:
    until = now.date() + timedelta(days=AHEAD_DAYS)
    due = GuidanceTask.objects.to_do().filter(owner__in=owners, due_on__lte=until)
    tasks = list(due.order_by("pk"))
    if tasks:
        finish_tasks(by=by, tasks=tasks, on=now.date(), now=now)
