"""Notes on a household, and the notes in which somebody is asked something."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.forms.guidance import NoteForm
from housing.models import Case, CaseNote, Mention
from housing.policies import (
    can_list_mentions,
    can_read_mention,
    can_take_back_note,
    can_write_note,
)
from housing.selectors.households import with_deadline
from housing.services.notes import read_mention, take_back_note, write_note
from housing.tables.guidance import MentionTable
from housing.views.cases import CasePage
from housing.views.sections.notes import note_form
from westerkwartier.web.clock import now, today
from westerkwartier.web.paging import is_key
from westerkwartier.web.views import ActionPage, ListPage, ObjectFormPage, page_link


class NoteAddView(CasePage, ObjectFormPage):
    """Write a note; the form stands on the household's page, here it says what was wrong."""

    policy = can_write_note
    title = gettext_lazy("Write a note")
    submit_label = gettext_lazy("Save")
    success_message = gettext_lazy("The note has been saved.")
    form_class = NoteForm

    def get_form(self, data=None):
        return note_form(self.request.user, self.object, data, on=today())

    def get_breadcrumb(self):
        return [page_link(self.object.reference, "cases:case_detail", self.object.pk)]

    def perform(self, form):
        data = form.cleaned_data
        return write_note(
            by=self.request.user,
            case=self.object,
            text=data["text"],
            mentions=data.get("mentions", ()),
            now=now(),
        )

    def get_success_url(self, outcome):
        return self.get_cancel_url()

    def get_cancel_url(self):
        return reverse("cases:case_detail", args=[self.object.pk]) + "#notes"


class NoteTakeBackView(ActionPage):
    """Take one's own note back within an hour."""

    policy = can_take_back_note
    title = gettext_lazy("Take this note back?")
    text = gettext_lazy("Nobody will see its text any more.")
    submit_label = gettext_lazy("Take back")
    success_message = gettext_lazy("The note has been taken back.")
    danger = True

    def get_queryset(self):
        return CaseNote.objects.visible_to(self.request.user).select_related("case__region")

    def get_breadcrumb(self):
        case = self.object.case
        return [page_link(case.reference, "cases:case_detail", case.pk)]

    def perform(self):
        take_back_note(by=self.request.user, note=self.object, now=now())

    def get_success_url(self):
        return reverse("cases:case_detail", args=[self.object.case_id]) + "#notes"


class MentionListView(ListPage):
    """Notes in which somebody asks me something; a POST says that one has been seen."""

    policy = can_list_mentions
    template_name = "housing/mention_list.html"
    title = gettext_lazy("Asked of me")
    table_class = MentionTable
    empty_title = gettext_lazy("Nobody asked you anything")
    empty_text = gettext_lazy("Notes in which a colleague mentions you appear here.")

    def get_queryset(self):
        user = self.request.user
        mentions = Mention.objects.visible_to(user).filter(
            note__withdrawn_at=None, note__case__in=Case.objects.visible_to(user)
        )
        return with_deadline(mentions, user, on=today(), case="note__case")

    def post(self, request, *args, **kwargs):
        key = request.POST.get("mention", "")
        mention = self.get_queryset().filter(pk=key).first() if is_key(key) else None
        if mention is None:
            messages.warning(request, _("This note is not there any more."))
        else:
            read_mention(by=request.user, mention=mention, now=now())
            messages.success(request, _("Seen."))
        return HttpResponseRedirect(request.get_full_path())


class MentionReadView(ActionPage):
    """Seen, on the page of the household."""

    policy = can_read_mention
    confirm = False
    success_message = gettext_lazy("Seen.")

    def get_queryset(self):
        return Mention.objects.visible_to(self.request.user).select_related("note__case__region")

    def perform(self):
        read_mention(by=self.request.user, mention=self.object, now=now())

    def get_success_url(self):
        return reverse("cases:case_detail", args=[self.object.note.case_id]) + "#notes"
