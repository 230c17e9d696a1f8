"""What a vacancy waits for: telling it, when it was over, and taking either back."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.forms import WaitEndForm, WaitForm
from housing.models import VacancyWait
from housing.policies import can_change_wait
from housing.services.vacating import end_wait, remove_wait, resume_wait, start_wait
from housing.views.vacating import VACANCIES, OpenVacancyDeed
from westerkwartier.web.clock import today
from westerkwartier.web.views import ActionPage, ObjectFormPage, page_link


class VacancyWaitView(OpenVacancyDeed, ObjectFormPage):
    """Tell what the dwelling waits for."""

    title = gettext_lazy("Waits for something")
    form_class = WaitForm
    submit_label = gettext_lazy("Save")
    success_message = gettext_lazy("Noted what the dwelling waits for.")
    intro = gettext_lazy(
        "Waiting for a verdict or for a household needs no note: those days are counted by "
        "themselves."
    )

    def get_form_kwargs(self):
        initial = {"starts_on": today()}
        asked = self.request.GET.get("cause")
        return {"initial": initial | ({"cause": asked} if asked else {})}

    def perform(self, form):
        return start_wait(
            by=self.request.user, vacancy=self.object, today=today(), **form.cleaned_data
        )

    def get_success_tags(self, outcome):
        return f"undo:{reverse('housing:wait_remove', args=[outcome.pk])}"


class WaitDeed:
    """What the deeds on one wait share."""

    policy = can_change_wait

    def get_queryset(self):
        return VacancyWait.objects.visible_to(self.request.user).select_related(
            "vacancy__dwelling__village", "vacancy__dwelling__corporation"
        )

    def get_breadcrumb(self):
        vacancy = self.object.vacancy
        return [
            page_link(VACANCIES, "housing:vacancy_list"),
            page_link(vacancy.dwelling.address, "housing:vacancy_detail", vacancy.pk),
        ]

    def get_context_data(self, **kwargs):
        dwelling = self.object.vacancy.dwelling
        return super().get_context_data(
            subtitle=f"{dwelling.address}, {dwelling.village}", **kwargs
        )

    @property
    def vacancy_url(self) -> str:
        return reverse("housing:vacancy_detail", args=[self.object.vacancy_id])

    def get_success_url(self, outcome=None):
        return self.vacancy_url

    def get_cancel_url(self):
        return self.vacancy_url


class WaitEndView(WaitDeed, ObjectFormPage):
    """It waits no longer."""

    form_class = WaitEndForm
    submit_label = gettext_lazy("Save")
    success_message = gettext_lazy("Noted that the wait is over.")

    def get_title(self):
        return _("Over: %(cause)s") % {"cause": self.object.get_cause_display().lower()}

    def get_form_kwargs(self):
        return {"initial": {"ends_on": max(today(), self.object.starts_on)}}

    def perform(self, form):
        return end_wait(
            by=self.request.user,
            wait=self.object,
            ends_on=form.cleaned_data["ends_on"],
            today=today(),
        )

    def get_success_tags(self, outcome):
        return f"undo:{reverse('housing:wait_resume', args=[outcome.pk])}"


class WaitResumeView(WaitDeed, ActionPage):
    """It was not over yet."""

    confirm = False
    title = gettext_lazy("Still waiting")
    success_message = gettext_lazy("The dwelling still waits for this.")

    def perform(self):
        resume_wait(by=self.request.user, wait=self.object)


class WaitRemoveView(WaitDeed, ActionPage):
    """It was told by mistake."""

    title = gettext_lazy("Remove this wait?")
    submit_label = gettext_lazy("Remove")
    success_message = gettext_lazy("The wait has been removed.")

    def get_text(self):
        return _("For a wait that was noted by mistake. Its days count otherwise from then on.")

    def perform(self):
        remove_wait(by=self.request.user, wait=self.object)
