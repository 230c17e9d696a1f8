"""How often somebody gets news by e-mail: their own choice."""

from django.urls import reverse
from django.utils.translation import gettext_lazy

from partners.forms import MailRhythmForm
from partners.policies import can_change_mail
from partners.services.news import change_mail_rhythm
from westerkwartier.web.views import FormPage


class MailRhythmView(FormPage):
    """The rhythm of one's own news."""

    policy = can_change_mail
    title = gettext_lazy("News by e-mail")
    intro = gettext_lazy(
        "A letter says how many things wait for you and where to find them. It names nobody and "
        "holds nothing personal."
    )
    form_class = MailRhythmForm
    submit_label = gettext_lazy("Save")
    success_message = gettext_lazy("Your choice has been saved.")

    def get_form_kwargs(self):
        return {"initial": {"rhythm": self.request.user.mail_rhythm}}

    def perform(self, form):
        return change_mail_rhythm(by=self.request.user, **form.cleaned_data)

    def get_success_url(self, outcome):
        return reverse("partners:person_detail", args=[self.request.user.pk])

    def get_cancel_url(self):
        return self.get_success_url(None)
