"""Telling people that their tasks are due."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.timezone import localtime

from housing.models import GuidanceTask
from housing.models.guidance import DOERS
from partners.choices import NewsKind
from partners.models import Membership, Organisation, User
from partners.services.news import tell_news

FRESH_DAYS = 10  # what has been due for longer was told before


def tell_due_tasks(*, now: datetime) -> int:
    """Note for the people of each owner which open tasks have reached their day; how many tasks.

    Each task is told once to a person, however often this is called.
    """
    day = localtime(now).date()
    due = list(
        GuidanceTask.objects.to_do()
        .filter(due_on__lte=day, due_on__gt=day - timedelta(days=FRESH_DAYS))
        .order_by("pk")
    )
    members: dict[int, list[tuple[User, Organisation]]] = {}
    for one in (
        Membership.objects.on(day)
        .filter(role__in=DOERS, user__is_active=True, organisation__in={t.owner_id for t in due})
        .select_related("user", "organisation")
    ):
        members.setdefault(one.organisation_id, []).append((one.user, one.organisation))
    for task in due:
        tell_news(
            to=members.get(task.owner_id, []),
            kind=NewsKind.TASK_DUE,
            about=f"task:{task.pk}",
            page=reverse("cases:task_list"),
            at=now,
        )
    return len(due)
