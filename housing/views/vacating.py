"""Pages about the life of a vacancy: reporting, changing, state by state, what it waits for."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.choices import VACANCY_TRANSITIONS, VacancyState
from housing.filters import words_in
from housing.forms import (
    VacancyForm,
    VacancyLetForm,
    VacancyWithdrawForm,
)
from housing.models import Dwelling, Vacancy
from housing.policies import (
    can_add_dwellings,
    can_change_dwelling,
    can_change_vacancy,
)
from housing.selectors.register import corporations_kept_by, matching, with_open_vacancy
from housing.services.vacating import (
    change_vacancy,
    closed_sentence,
    let_regularly,
    make_available,
    report_vacancy,
    reserve_vacancy,
    unreserve_vacancy,
    withdraw_vacancy,
)
from housing.views.changing import ChangePage
from housing.views.register import DwellingPage
from westerkwartier.web.clock import today
from westerkwartier.web.paging import is_storable
from westerkwartier.web.refusals import Refused
from westerkwartier.web.views import ActionPage, ObjectFormPage, Page, page_link

VACANCIES = gettext_lazy("Vacated dwellings")
MOST_FOUND = 20


# -- reporting -------------------------------------------------------------------------------------


class VacancyAddView(Page):
    """Look up the dwelling that falls vacant; its own page does the rest."""

    policy = can_add_dwellings
    template_name = "housing/vacancy_add.html"
    title = gettext_lazy("Report a vacated dwelling")

    def get_breadcrumb(self):
        return [page_link(VACANCIES, "housing:vacancy_list")]

    def get_context_data(self, **kwargs):
        asked = self.request.GET.get("q", "")[:80].strip()
        words = words_in(asked) if is_storable(asked) else []
        found = []
        if words:
            kept = Dwelling.objects.in_stock(today()).filter(
                corporation__in=corporations_kept_by(self.request.user)
            )
            rows = with_open_vacancy(matching(kept, words)).select_related("village")
            found = list(rows.order_by("street", "number", "addition", "pk")[: MOST_FOUND + 1])
        return super().get_context_data(
            asked=asked,
            found=found[:MOST_FOUND],
            more=len(found) > MOST_FOUND,
            most=MOST_FOUND,
            **kwargs,
        )


class DwellingVacateView(DwellingPage, ObjectFormPage):
    """Report that this dwelling falls vacant."""

    policy = can_change_dwelling
    title = gettext_lazy("Report a vacated dwelling")
    form_class = VacancyForm
    submit_label = gettext_lazy("Report vacant")
    success_message = gettext_lazy("The dwelling has been reported as vacant.")

    def get_breadcrumb(self):
        return [
            *super().get_breadcrumb(),
            page_link(self.object.address, "housing:dwelling_detail", self.object.pk),
        ]

    def get(self, request, *args, **kwargs):
        if self.object.open_vacancy is not None:
            messages.info(request, _("This dwelling is already reported as vacant."))
            return HttpResponseRedirect(
                reverse("housing:vacancy_detail", args=[self.object.open_vacancy])
            )
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            subtitle=f"{self.object.address}, {self.object.village}", **kwargs
        )

    def get_form_kwargs(self):
        newest = self.object.vacancies.order_by("-available_from", "-pk").first()
        initial = {"notice_on": today(), "label": self.object.label}
        if newest is not None:
            initial |= {"net_rent": newest.net_rent, "service_costs": newest.service_costs}
        return {"initial": initial}

    def perform(self, form):
        return report_vacancy(
            by=self.request.user, dwelling=self.object, values=form.values, today=today()
        )

    def get_success_url(self, outcome):
        return reverse("housing:vacancy_detail", args=[outcome.pk])

    def get_cancel_url(self):
        return self.own_url


# -- one vacancy -----------------------------------------------------------------------------------


class VacancyDeed:
    """What the deeds on one vacancy share."""

    policy = can_change_vacancy

    def get_queryset(self):
        return Vacancy.objects.visible_to(self.request.user).select_related(
            "dwelling__village", "dwelling__corporation"
        )

    def get_breadcrumb(self):
        return [
            page_link(VACANCIES, "housing:vacancy_list"),
            page_link(self.object.dwelling.address, "housing:vacancy_detail", self.object.pk),
        ]

    @property
    def own_url(self) -> str:
        return reverse("housing:vacancy_detail", args=[self.object.pk])

    def get_success_url(self, outcome=None):
        return self.own_url

    def get_cancel_url(self):
        return self.own_url

    def get_context_data(self, **kwargs):
        dwelling = self.object.dwelling
        return super().get_context_data(
            **{"subtitle": f"{dwelling.address}, {dwelling.village}", **kwargs}
        )


class OpenVacancyDeed(VacancyDeed):
    """A form about an open vacancy; one that is closed sends back with the reason."""

    def get(self, request, *args, **kwargs):
        if not self.object.is_open:
            messages.info(request, closed_sentence(self.object))
            return HttpResponseRedirect(self.own_url)
        return super().get(request, *args, **kwargs)


class VacancyEditView(OpenVacancyDeed, ChangePage):
    """Change the dates, the rent or the label of an open vacancy."""

    template_name = "housing/vacancy_form.html"
    title = gettext_lazy("Change the vacancy")
    object_form = VacancyForm
    submit_label = gettext_lazy("Save")
    success_message = gettext_lazy("The change has been saved.")

    def change(self, form):
        return change_vacancy(
            by=self.request.user,
            vacancy=self.object,
            values=form.values,
            version=form.cleaned_data["version"],
            today=today(),
        )


class StepPage(VacancyDeed, ActionPage):
    """A step that can be undone by another, so nothing is asked first. ``back``: that other."""

    confirm = False
    service = None
    back = ""

    def post(self, request, *args, **kwargs):
        try:
            type(self).service(by=request.user, vacancy=self.object)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            undo = f"undo:{reverse(self.back, args=[self.object.pk])}" if self.back else ""
            messages.success(request, self.success_message, extra_tags=undo)
        return HttpResponseRedirect(self.own_url)


class VacancyMakeAvailableView(StepPage):
    title = gettext_lazy("Make available")
    service = make_available
    success_message = gettext_lazy("The dwelling is available now.")


class VacancyReserveView(StepPage):
    title = gettext_lazy("Reserve")
    service = reserve_vacancy
    back = "housing:vacancy_unreserve"
    success_message = gettext_lazy("The dwelling has been reserved.")


class VacancyUnreserveView(StepPage):
    title = gettext_lazy("No longer reserved")
    service = unreserve_vacancy
    back = "housing:vacancy_reserve"
    success_message = gettext_lazy("The dwelling is available again.")


class VacancyLetView(OpenVacancyDeed, ObjectFormPage):
    """Let to somebody who is no permit holder."""

    title = gettext_lazy("Let to a regular tenant")
    form_class = VacancyLetForm
    submit_label = gettext_lazy("Close as let")
    success_message = gettext_lazy("The dwelling has been let.")
    intro = gettext_lazy(
        "For a tenant who is no permit holder. This closes the vacancy for good: it stays in the "
        "history as you enter it here. If the dwelling falls vacant again, you report it anew."
    )

    def get_form_kwargs(self):
        free = self.object.empty_from or self.object.available_from
        return {"initial": {"let_from": max(free, today())}}

    def perform(self, form):
        return let_regularly(
            by=self.request.user,
            vacancy=self.object,
            let_from=form.cleaned_data["let_from"],
            today=today(),
        )


class VacancyWithdrawView(OpenVacancyDeed, ObjectFormPage):
    """The dwelling is not let after all."""

    template_name = "pages/confirm.html"
    title = gettext_lazy("Withdraw this vacancy?")
    form_class = VacancyWithdrawForm
    submit_label = gettext_lazy("Withdraw")
    success_message = gettext_lazy("The vacancy has been withdrawn.")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            text=_(
                "For a dwelling that is not let after all. This closes the vacancy for good: it "
                "stays in the history with its reason. Was this a mistake, then you report the "
                "dwelling anew."
            ),
            danger=True,
            **kwargs,
        )

    def get_form_kwargs(self):
        return {"on": today()}

    def perform(self, form):
        return withdraw_vacancy(
            by=self.request.user,
            vacancy=self.object,
            reason=form.cleaned_data["reason"],
            today=today(),
        )


# -- what the page of a vacancy shows of all this --------------------------------------------------

STEPS = {
    VacancyState.AVAILABLE: ("housing:vacancy_make_available", gettext_lazy("Make available")),
    VacancyState.RESERVED: ("housing:vacancy_reserve", gettext_lazy("Reserve")),
}


def steps(user, vacancy: Vacancy) -> dict:
    """``may_change``, and the steps that the state of the vacancy allows: one click (``posts``)
    or a page of their own (``links``), each (address, label)."""
    if not vacancy.is_open or not can_change_vacancy(user, vacancy):
        return {"may_change": False, "posts": [], "links": []}
    if vacancy.proposals.live().exists():  # its steps say what becomes of the dwelling
        return {"may_change": True, "posts": [], "links": []}
    possible = VACANCY_TRANSITIONS[vacancy.state]
    posts = []
    for state, (name, label) in STEPS.items():
        if state not in possible:
            continue
        if vacancy.state == VacancyState.RESERVED:
            name, label = "housing:vacancy_unreserve", _("No longer reserved")
        posts.append((reverse(name, args=[vacancy.pk]), label))
    links = [(reverse("housing:vacancy_edit", args=[vacancy.pk]), _("Change"))]
    if VacancyState.LET_REGULAR in possible:
        links.append(
            (reverse("housing:vacancy_let", args=[vacancy.pk]), _("Let to a regular tenant"))
        )
    if VacancyState.WITHDRAWN in possible:
        links.append((reverse("housing:vacancy_withdraw", args=[vacancy.pk]), _("Withdraw")))
    return {"may_change": True, "posts": posts, "links": links}
