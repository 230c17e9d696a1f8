"""What waits for somebody on the start page: tasks of checklists, and calls into notes."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from housing.models import GuidanceTask
from partners.models import Organisation
from westerkwartier.web.templatetags.ui import number

WEEK = timedelta(days=7)


def mention_words(count: int) -> tuple[int, str, str]:
    """How many notes ask somebody something, in words, and where."""
    text = ngettext(
        "note in which you are asked something", "notes in which you are asked something", count
    )
    return count, text, reverse("cases:mention_list")


def task_counts(user, owner: Organisation, day: date) -> tuple[int, str, str, str] | None:
    """How many open tasks of an organisation are due within a week; the note says how many are
    late already. None when none is."""
    tasks = GuidanceTask.objects.visible_to(user).to_do().filter(owner=owner)
    due = tasks.filter(due_on__lte=day + WEEK).count()
    if not due:
        return None
    late = tasks.late(day).count()
    text = ngettext("task due within a week", "tasks due within a week", due)
    note = _("%(count)s late") % {"count": number(late)} if late else ""
    return due, text, f"{reverse('cases:task_list')}?owner={owner.pk}", note


def late_task_counts(user, owner: Organisation, day: date) -> tuple[int, str, str] | None:
    """How many tasks of other organisations are late, for who handles the households."""
    late = GuidanceTask.objects.visible_to(user).finishable_by(user).late(day)
    count = late.exclude(owner=owner).count()
    if not count:
        return None
    text = ngettext("late task of a partner", "late tasks of partners", count)
    return count, text, f"{reverse('cases:task_list')}?state=late"
