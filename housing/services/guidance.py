"""The checklist after a contract: which tasks there are, and ticking them off.

The tasks follow from the facts of the case and the template in force: ``plan_tasks`` brings the
rows to them after every step, also one that was taken back, so no day has to be kept in two
places. What somebody did stays done; a day set by hand stays.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from housing.models import Case, GuidanceTask
from housing.policies.guidance import can_finish_task
from housing.selectors.guidance import current_tenancy, owners_of, rounds_of
from partners.models import User
from partners.services.journal import record, record_each
from partners.services.news import settle_news
from westerkwartier.web.refusals import Refused

EARLIEST = date(2000, 1, 1)


@transaction.atomic(savepoint=False)
def plan_tasks(*, case: Case) -> int:
    """Bring the open tasks of a household to what its facts and the template say; how many rows
    changed.

    New tasks are added; the day of an open task moves with its event and its owner with who does
    such tasks now; a task nobody did goes when its placement or family does. Twice equals once.
    No policy: it follows from a step that was allowed, or from a fact about the household.
    """
    case = locked_household(case)
    tenancy = current_tenancy(case)
    if tenancy is None and not case.guidance_tasks.exists():
        return 0
    owners = owners_of(case, tenancy) if tenancy else {}
    # Held too: who ticks one off meanwhile locks the task only.
    tasks = list(
        case.guidance_tasks.select_for_update(of=["self"], no_key=True)
        .select_related("template", "owner")
        .order_by("pk")
    )
    there = {(task.round, task.template.code) for task in tasks}
    standing, changed, new = set(), [], []
    for one in rounds_of(case, tenancy) if tenancy else ():
        standing.add(one.number)
        for template in one.templates():
            owner = owners[template.owner_kind]
            if owner is not None and (one.number, template.code) not in there:
                task = GuidanceTask(case=case, template=template, round=one.number, owner=owner)
                task.due_on = _due(one.days, template)
                new.append(task)
        for task in tasks:
            if task.round == one.number and task.is_open:
                wanted = (
                    task.due_on if task.due_by_hand else _due(one.days, task.template),
                    owners[task.template.owner_kind] or task.owner,
                )
                if wanted != (task.due_on, task.owner):
                    task.due_on, task.owner = wanted
                    changed.append(task)
    GuidanceTask.objects.bulk_create(new)
    GuidanceTask.objects.bulk_update(changed, ["due_on", "owner"])
    gone = [task.pk for task in tasks if task.round not in standing and task.is_open]
    _settle(gone)
    GuidanceTask.objects.filter(pk__in=gone).delete()
    return len(new) + len(changed) + len(gone)


def locked_household(case: Case) -> Case:
    """The household as it is now, held until the end of the transaction: before its tasks."""
    return (
        Case.objects.select_for_update(of=["self"], no_key=True)
        .select_related("linked_municipality__organisation", "guidance")
        .get(pk=case.pk)
    )


def _due(days: dict[str, date | None], template) -> date | None:
    day = days.get(template.event)
    return day and day + timedelta(days=template.offset_days)


# -- by people -------------------------------------------------------------------------------------


@transaction.atomic
def finish_tasks(
    *, by: User, tasks: Iterable[GuidanceTask], on: date, now: datetime
) -> list[GuidanceTask]:
    """Tick tasks off as done on ``on``; gives those that are done now and were not.

    Done or cancelled ones are left alone. ``Refused`` for a day in the future, and
    ``PermissionDenied`` as soon as one is somebody else's; then none is done.
    """
    if on > timezone.localtime(now).date():
        raise Refused(_("This day lies in the future."), field="on")
    if on < EARLIEST:
        raise Refused(_("This day is too long ago."), field="on")
    done = []
    for task in _locked(tasks):
        if not can_finish_task(by, task):
            raise PermissionDenied
        if not task.is_open:
            continue
        task.done_on, task.done_by = on, by
        done.append(task)
    keys = [task.pk for task in done]
    GuidanceTask.objects.filter(pk__in=keys).update(done_on=on, done_by=by)
    record_each(
        by=by,
        action="task.finish",
        lines=[(task, task.case.region, task.template.code) for task in done],
    )
    _settle(keys)
    return done


def finish_task(*, by: User, task: GuidanceTask, on: date, now: datetime) -> GuidanceTask:
    """Tick one task off; again changes nothing. See ``finish_tasks``."""
    finish_tasks(by=by, tasks=[task], on=on, now=now)
    task.refresh_from_db()
    return task


@transaction.atomic
def reopen_task(*, by: User, task: GuidanceTask, now: datetime) -> GuidanceTask:
    """Not done after all, or needed after all; again changes nothing."""
    locked_household(task.case)  # planning locks it, and steps lock it before the tasks
    (task,) = _locked([task])
    if not can_finish_task(by, task):
        raise PermissionDenied
    if not task.is_open:
        task.done_on = task.done_by = task.cancelled_on = None
        task.confirmed_by_link = False
        task.save(update_fields=["done_on", "done_by", "cancelled_on", "confirmed_by_link"])
        _tell(by, "task.reopen", task)
        # The facts may have moved on since it was closed.
        plan_tasks(case=task.case)
        task = GuidanceTask.objects.filter(pk=task.pk).first() or task
    return task


@transaction.atomic
def cancel_task(*, by: User, task: GuidanceTask, on: date, now: datetime) -> GuidanceTask:
    """This household does not need it; again changes nothing. ``Refused`` once it was done."""
    (task,) = _locked([task])
    if not can_finish_task(by, task):
        raise PermissionDenied
    if task.done_on is not None:
        raise Refused(_("This task has been done already."))
    if task.cancelled_on is None:
        task.cancelled_on = on
        task.save(update_fields=["cancelled_on"])
        _tell(by, "task.cancel", task)
        _settle([task.pk])
    return task


@transaction.atomic
def change_due(*, by: User, task: GuidanceTask, due_on: date | None, now: datetime) -> GuidanceTask:
    """Set the day by hand; with None it follows its event again. ``Refused`` once it is closed."""
    if due_on is None:
        locked_household(task.case)  # planning locks it, and steps lock it before the tasks
    (task,) = _locked([task])
    if not can_finish_task(by, task):
        raise PermissionDenied
    if not task.is_open:
        raise Refused(_("This task is closed. Open it again first."))
    if due_on is not None and abs((due_on - timezone.localtime(now).date()).days) > 3660:
        raise Refused(_("This day is too far away."), field="due_on")
    if (due_on is not None, due_on if due_on else task.due_on) == (task.due_by_hand, task.due_on):
        return task
    task.due_by_hand = due_on is not None
    task.due_on = due_on or task.due_on
    task.save(update_fields=["due_by_hand", "due_on"])
    _tell(by, "task.change_due", task)
    _settle([task.pk])
    if due_on is None:
        plan_tasks(case=task.case)
        task.refresh_from_db()
    return task


def _locked(tasks: Iterable[GuidanceTask]) -> list[GuidanceTask]:
    """The rows as they are now, in one order, held until the end of the transaction; locked by
    themselves, then read, because their owner may have changed while this waited."""
    wanted = GuidanceTask.objects.filter(pk__in=[task.pk for task in tasks]).order_by("pk")
    list(wanted.select_for_update(no_key=True).values_list("pk"))
    return list(
        wanted.select_related(
            "template", "owner", "case__region", "case__linked_municipality__organisation"
        )
    )


def _settle(keys: Iterable[int]) -> None:
    """Nobody needs to hear of these any more."""
    settle_news(about=[f"task:{key}" for key in keys])


def _tell(by: User, action: str, task: GuidanceTask) -> None:
    record(by=by, action=action, obj=task, region=task.case.region, detail=task.template.code)
