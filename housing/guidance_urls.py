"""Addresses of the checklists and the notes, below /cases/ and in its name."""

from django.urls import path

from housing.views import guidance, notes

urlpatterns = [
    path("tasks/", guidance.TaskListView.as_view(), name="task_list"),
    path("tasks/again/", guidance.TaskAgainView.as_view(), name="task_again"),
    path("tasks/<int:pk>/", guidance.TaskDetailView.as_view(), name="task_detail"),
    path("tasks/<int:pk>/finish/", guidance.TaskFinishView.as_view(), name="task_finish"),
    path("tasks/<int:pk>/tick/", guidance.TaskTickView.as_view(), name="task_tick"),
    path("tasks/<int:pk>/due/", guidance.TaskDueView.as_view(), name="task_due"),
    path("tasks/<int:pk>/cancel/", guidance.TaskCancelView.as_view(), name="task_cancel"),
    path("tasks/<int:pk>/reopen/", guidance.TaskReopenView.as_view(), name="task_reopen"),
    path("tasks/<int:pk>/ask/", guidance.TaskAskView.as_view(), name="task_ask"),
    path("links/<int:pk>/withdraw/", guidance.LinkWithdrawView.as_view(), name="link_withdraw"),
    path("<int:pk>/notes/add/", notes.NoteAddView.as_view(), name="note_add"),
    path("notes/<int:pk>/take-back/", notes.NoteTakeBackView.as_view(), name="note_take_back"),
    path("mentions/", notes.MentionListView.as_view(), name="mention_list"),
    path("mentions/<int:pk>/seen/", notes.MentionReadView.as_view(), name="mention_read"),
]
