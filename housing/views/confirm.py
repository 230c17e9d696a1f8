"""Where the link for a partner without an account leads: one date, once. Open to everybody.

It says no more than the task, the reference and the organisation. A link that is used, withdrawn,
over or made up gives one and the same page, so that nobody learns which.
"""

from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_variables

from housing.forms.guidance import TaskDoneForm
from housing.policies import can_confirm_task
from housing.services.task_links import confirm_by_link, find_link
from westerkwartier.web.clock import now, today
from westerkwartier.web.public import public
from westerkwartier.web.refusals import Refused
from westerkwartier.web.views import FormPage


@method_decorator(public, name="dispatch")
class ConfirmView(FormPage):
    """GET shows the question and changes nothing; POST answers it."""

    policy = can_confirm_task
    template_name = "housing/confirm.html"
    title = gettext_lazy("Confirm a date")
    form_class = TaskDoneForm
    submit_label = gettext_lazy("Confirm")

    @method_decorator(sensitive_variables("secret"))
    def dispatch(self, request, *args, **kwargs):
        self.link = find_link(kwargs["secret"], now=now())
        response = super().dispatch(request, *args, **kwargs) if self.link else self.closed()
        # Also where it no longer opens anything: a task that is opened again opens its link too.
        # The address is the secret, so no more of it than the site goes along. Not "no-referrer":
        # a browser then sends "Origin: null" with the form, and Django takes that for a forgery.
        response["Referrer-Policy"] = "strict-origin"
        add_never_cache_headers(response)
        return response

    def closed(self):
        context = {
            "title": _("This link does not work"),
            "text": _(
                "It is not valid, no longer valid or already used. Ask whoever sent it for a new "
                "one."
            ),
        }
        return render(self.request, "pages/message.html", context, status=404)

    def get_form_kwargs(self):
        return {"today": today()}

    def get_context_data(self, **kwargs):
        task = self.link.task
        items = [
            (_("Task"), task.template),
            (_("Household"), task.case.reference),
            (_("Organisation"), task.owner),
        ]
        return super().get_context_data(items=items, **kwargs)

    def post(self, request, *args, **kwargs):
        form = self.get_form(request.POST)
        if form.is_valid():
            try:
                task = confirm_by_link(secret=self.kwargs["secret"], now=now(), **form.cleaned_data)
            except Refused as refusal:
                if not refusal.field:
                    return self.closed()
                form.add_error(refusal.field, str(refusal))
            else:
                context = {
                    "title": _("Thank you"),
                    "text": _("Noted: %(task)s. You can close this page.")
                    % {"task": task.template},
                }
                return render(request, "pages/message.html", context)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def perform(self, form):
        raise NotImplementedError("post answers itself: the link is gone once it was used")

    def get_success_url(self, outcome):
        return reverse("today")

    def get_cancel_url(self):
        return ""
