"""The checklists: my tasks, one task, and a link for a partner without an account."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from housing.filters.guidance import TaskFilter
from housing.forms.guidance import TaskAskForm, TaskDoneForm, TaskDueForm
from housing.models import GuidanceTask, TaskLink
from housing.policies import (
    can_ask_confirmation,
    can_finish_task,
    can_list_tasks,
    can_view_case,
    can_view_task,
    can_withdraw_link,
)
from housing.services.guidance import (
    cancel_task,
    change_due,
    finish_task,
    finish_tasks,
    reopen_task,
)
from housing.services.task_links import ask_confirmation, withdraw_link
from housing.tables.guidance import TaskTable, link, task_pill
from westerkwartier.web.clock import now, today
from westerkwartier.web.paging import is_key
from westerkwartier.web.refusals import Refused
from westerkwartier.web.templatetags.ui import date_long, number
from westerkwartier.web.views import (
    ActionPage,
    DetailPage,
    ListPage,
    ObjectFormPage,
    Page,
    next_page,
    page_link,
)

TASKS = gettext_lazy("My tasks")
MOST = 100  # tasks that go in one POST


def tasks_of(user):
    """The tasks that somebody may tick off, with what their deeds and names need."""
    return (
        GuidanceTask.objects.visible_to(user)
        .finishable_by(user)
        .select_related("template", "owner", "case__region", "case__linked_municipality")
    )


def undo_tag(tasks, back: str = "") -> str:
    """The undo of ticking off; ``back``: the page to return to, else the list."""
    query = urlencode(
        {"of": ",".join(str(task.pk) for task in tasks), **({"next": back} if back else {})},
        safe=",/",
    )
    return f"undo:{reverse('cases:task_again')}?{query}"


class TaskListView(ListPage):
    """Open tasks by due date; a POST ticks off one of them or many."""

    policy = can_list_tasks
    template_name = "housing/task_list.html"
    title = TASKS
    table_class = TaskTable
    filterset_class = TaskFilter
    export_name = "tasks"
    empty_title = gettext_lazy("Nothing to do")
    empty_text = gettext_lazy("Tasks appear here once a contract has been signed.")

    def get_queryset(self):
        user = self.request.user
        return GuidanceTask.objects.visible_to(user).finishable_by(user).with_case_seen(user)

    def post(self, request: HttpRequest, *args, **kwargs):
        one, again = request.POST.get("one"), request.POST.get("again")
        keys = [one or again] if one or again else request.POST.getlist("task")
        keys = [key for key in keys if is_key(key)][:MOST]
        chosen = list(tasks_of(request.user).filter(pk__in=keys))
        if not chosen:
            messages.warning(request, _("First tick the tasks that are done."))
        elif again:
            for task in chosen:
                reopen_task(by=request.user, task=task, now=now())
            messages.success(request, _("The task is open again."))
        else:
            self.finish(chosen)
        return HttpResponseRedirect(request.get_full_path())

    def finish(self, chosen: list[GuidanceTask]) -> None:
        done = finish_tasks(by=self.request.user, tasks=chosen, on=today(), now=now())
        if not done:
            messages.info(self.request, _("That was done already."))
            return
        text = ngettext("%(count)s task done.", "%(count)s tasks done.", len(done)) % {
            "count": number(len(done))
        }
        if len(done) == 1:
            text = _("Done: %(task)s") % {"task": done[0].template}
        messages.success(
            self.request, text, extra_tags=undo_tag(done, self.request.get_full_path())
        )


class TaskAgainView(Page):
    """Opens the tasks named in the address again: ``?of=12,13``. The undo of ticking off; leads
    back to ``next``, the page on which that was done."""

    policy = can_list_tasks
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args, **kwargs):
        keys = [key for key in request.GET.get("of", "").split(",") if is_key(key)][:MOST]
        chosen = list(tasks_of(request.user).filter(pk__in=keys)) if keys else []
        if not chosen:
            raise Http404
        for task in chosen:
            reopen_task(by=request.user, task=task, now=now())
        text = ngettext(
            "%(count)s task is open again.", "%(count)s tasks are open again.", len(chosen)
        )
        messages.success(request, text % {"count": number(len(chosen))})
        return HttpResponseRedirect(next_page(request, reverse("cases:task_list")))


class TaskPage:
    """What the pages about one task share."""

    def get_queryset(self):
        user = self.request.user
        tasks = GuidanceTask.objects.visible_to(user)
        return tasks.select_related(
            "template", "owner", "done_by", "case__region", "case__linked_municipality"
        )

    def get_breadcrumb(self):
        return [page_link(TASKS, "cases:task_list")]

    def detail_url(self) -> str:
        return reverse("cases:task_detail", args=[self.object.pk])


class TaskDetailView(TaskPage, DetailPage):
    """One task: whose, when, done by whom; and the links that were sent for it."""

    policy = can_view_task
    template_name = "housing/task_detail.html"

    def get_title(self):
        return str(self.object.template)

    def get_actions(self):
        task, user = self.object, self.request.user
        if not can_finish_task(user, task) or not task.is_open:
            return []
        actions = [
            {"label": _("Done"), "url": self.url("task_finish"), "primary": True},
            {"label": _("Change the day"), "url": self.url("task_due")},
            {"label": _("Not needed"), "url": self.url("task_cancel")},
        ]
        if can_ask_confirmation(user, task):
            actions.append({"label": _("Ask by e-mail"), "url": self.url("task_ask")})
        return actions

    def household(self) -> str:
        """The reference, as a link for who may open the household."""
        case = self.object.case
        if not can_view_case(self.request.user, case):
            return case.reference
        return link(reverse("cases:case_detail", args=[case.pk]), case.reference)

    def url(self, name: str) -> str:
        return reverse(f"cases:{name}", args=[self.object.pk])

    def get_context_data(self, **kwargs):
        task, user, day = self.object, self.request.user, today()
        asks = can_ask_confirmation(user, task)
        items = [
            (_("Household"), self.household()),
            (_("Done by"), task.owner),
            (_("After"), task.template.get_event_display()),
            (_("Due on"), due_words(task)),
            (_("State"), task_pill(task, day) or _("To do")),
        ]
        if task.done_on:
            who = _("through a link") if task.confirmed_by_link else task.done_by
            items.append((_("Ticked off by"), who))
        return super().get_context_data(
            items=items,
            links=TaskLink.objects.visible_to(user).filter(task=task).select_related("made_by")
            if asks
            else [],
            now=now(),
            may_reopen=can_finish_task(user, task) and not task.is_open,
            **kwargs,
        )


def due_words(task: GuidanceTask) -> str:
    if task.due_on is None:
        return _("not known yet")
    if task.due_by_hand:
        return _("%(day)s, set by hand") % {"day": date_long(task.due_on)}
    return date_long(task.due_on)


class TaskDeed(TaskPage):
    """What the forms and deeds about one task share."""

    policy = can_finish_task

    def get_breadcrumb(self):
        return [
            *super().get_breadcrumb(),
            page_link(str(self.object.template), "cases:task_detail", self.object.pk),
        ]

    def get_success_url(self, outcome=None):
        return self.detail_url()

    def get_cancel_url(self):
        return self.detail_url()


class TaskFinishView(TaskDeed, ObjectFormPage):
    """Done, on a day that may lie in the past."""

    title = gettext_lazy("When was it done?")
    form_class = TaskDoneForm
    submit_label = gettext_lazy("Done")

    def get_form_kwargs(self):
        return {"today": today()}

    def perform(self, form):
        return finish_task(by=self.request.user, task=self.object, now=now(), **form.cleaned_data)

    def get_success_message(self, outcome):
        return _("Done: %(task)s") % {"task": outcome.template}

    def get_success_tags(self, outcome):
        return undo_tag([outcome], self.detail_url())


class TaskTickView(TaskDeed, ActionPage):
    """Done today, by one tap on the page of the household; there it leads back to."""

    confirm = False

    def perform(self):
        self.done = finish_tasks(by=self.request.user, tasks=[self.object], on=today(), now=now())

    def post(self, request, *args, **kwargs):
        try:
            self.perform()
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            text = _("Done: %(task)s") % {"task": self.object.template}
            back = self.get_success_url()
            messages.success(request, text, extra_tags=undo_tag([self.object], back))
        return HttpResponseRedirect(self.get_success_url())

    def get_success_url(self, outcome=None):
        if not can_view_case(self.request.user, self.object.case):
            return reverse("cases:task_list")
        return reverse("cases:case_detail", args=[self.object.case_id]) + "#guidance"


class TaskDueView(TaskDeed, ObjectFormPage):
    """Another day than the one that follows from the event."""

    title = gettext_lazy("Change the day")
    form_class = TaskDueForm
    submit_label = gettext_lazy("Save")
    success_message = gettext_lazy("The day has been saved.")

    def get_form_kwargs(self):
        return {"initial": {"due_on": self.object.due_on}}

    def perform(self, form):
        return change_due(by=self.request.user, task=self.object, now=now(), **form.cleaned_data)


class TaskCancelView(TaskDeed, ActionPage):
    """This household does not need it."""

    title = gettext_lazy("Not needed?")
    submit_label = gettext_lazy("Not needed")
    success_message = gettext_lazy("The task is no longer on the list.")

    def get_text(self):
        return _("%(task)s: this household does not need it. You can open the task again.") % {
            "task": self.object.template
        }

    def perform(self):
        cancel_task(by=self.request.user, task=self.object, on=today(), now=now())


class TaskReopenView(TaskDeed, ActionPage):
    """Not done after all."""

    confirm = False
    success_message = gettext_lazy("The task is open again.")

    def perform(self):
        reopen_task(by=self.request.user, task=self.object, now=now())


class TaskAskView(TaskDeed, ObjectFormPage):
    """Ask a partner without an account by a link that works once."""

    policy = can_ask_confirmation
    title = gettext_lazy("Ask somebody to confirm")
    intro = gettext_lazy(
        "They get an e-mail with a link that works once and for a limited time. Its page shows "
        "the task, the reference of the household and the organisation, and asks for the day."
    )
    form_class = TaskAskForm
    submit_label = gettext_lazy("Send the link")
    success_message = gettext_lazy("The link is on its way.")

    def perform(self, form):
        return ask_confirmation(
            by=self.request.user, task=self.object, now=now(), **form.cleaned_data
        )


class LinkWithdrawView(ActionPage):
    """The link stops working."""

    policy = can_withdraw_link
    menu = "cases:task_list"
    title = gettext_lazy("Withdraw this link?")
    submit_label = gettext_lazy("Withdraw")
    success_message = gettext_lazy("The link has been withdrawn.")
    danger = True

    def get_queryset(self):
        return TaskLink.objects.visible_to(self.request.user).select_related(
            "task__template", "task__case__region", "task__case__linked_municipality"
        )

    def get_breadcrumb(self):
        task = self.object.task
        return [
            page_link(TASKS, "cases:task_list"),
            page_link(str(task.template), "cases:task_detail", task.pk),
        ]

    def get_text(self):
        return _("The link that was sent to %(email)s no longer works.") % {
            "email": self.object.email
        }

    def perform(self):
        withdraw_link(by=self.request.user, link=self.object, now=now())

    def get_success_url(self):
        return reverse("cases:task_detail", args=[self.object.task_id])
