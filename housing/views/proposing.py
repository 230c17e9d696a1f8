"""Proposing: the dwellings for a household, the households for a dwelling, and the proposal."""

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.choices import STEPS, StepCode
from housing.forms.placing import ProposeForm
from housing.models import Case, Vacancy
from housing.policies import can_propose_to, can_propose_vacancy
from housing.selectors.board import followers
from housing.selectors.candidates import (
    Candidate,
    can_be_proposed,
    candidates,
    candidates_for,
    judge,
)
from housing.selectors.households import deadline_of
from housing.services.placing import propose_dwelling
from housing.tables import days_pill
from housing.views.cases import CASES, CasePage
from housing.views.placing_words import CandidateWords, needs_by_code, not_now, persons_words
from westerkwartier.web.clock import now, today
from westerkwartier.web.views import DetailPage, ObjectFormPage, page_link

NOT_SHOWN = 40  # of those that do not fit; who looks for one of the others opens its own page


def propose_url(candidate: Candidate, *, back: str = "") -> str:
    url = reverse("cases:case_propose_dwelling", args=[candidate.case.pk, candidate.vacancy.pk])
    return url + (f"?from={back}" if back else "")


def days_of(due_on: date | None) -> str:
    """The days that a household has left, empty where no term runs."""
    return days_pill(due_on, today()) if due_on else ""


def split_by_fit(found: list[Candidate], *, back: str = "") -> dict:
    """``fitting`` and ``others`` for the template, and how many of the others are left out."""
    needs = needs_by_code()
    words = [
        CandidateWords(
            one,
            needs,
            propose_url(one, back=back),
            days_of(getattr(one.case, "due_on", None)),
        )
        for one in found
    ]
    others = [one for one in words if not one.candidate.fit.fits]
    return {
        "fitting": [one for one in words if one.candidate.fit.fits],
        "others": others[:NOT_SHOWN],
        "left_out": max(0, len(others) - NOT_SHOWN),
    }


class CaseProposeView(CasePage, DetailPage):
    """The vacated dwellings of the region for one household."""

    policy = can_propose_to
    template_name = "housing/propose_to_case.html"
    title = gettext_lazy("Propose a dwelling")

    def get_breadcrumb(self):
        case = self.object
        return [
            page_link(CASES, "cases:case_list"),
            page_link(case.reference, "cases:case_detail", case.pk),
        ]

    def get(self, request, *args, **kwargs):
        if self.object.status not in STEPS[StepCode.PROPOSE].before:
            messages.info(request, not_now(self.object))
            return HttpResponseRedirect(reverse("cases:case_detail", args=[self.object.pk]))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        case, day = self.object, today()
        found = candidates(case, on=day, vacancies=Vacancy.objects.visible_to(self.request.user))
        coming = followers(case)
        return super().get_context_data(
            subtitle=_("Household %(reference)s") % {"reference": case.reference},
            household=persons_words(case.persons.here().count(), len(coming)),
            needs=[str(need.need) for need in case.needs.select_related("need")],
            deadline=days_of(deadline_of(case, self.request.user, on=day)),
            followers=coming,
            **split_by_fit(found),
            **kwargs,
        )


class VacancyProposeView(DetailPage):
    """The waiting households for one vacated dwelling."""

    policy = can_propose_vacancy
    template_name = "housing/propose_vacancy.html"
    title = gettext_lazy("Propose to a household")

    def get_queryset(self):
        return Vacancy.objects.visible_to(self.request.user).select_related(
            "dwelling__village__region", "dwelling__corporation"
        )

    def get_breadcrumb(self):
        return [
            page_link(_("Vacated dwellings"), "housing:vacancy_list"),
            page_link(self.object.dwelling.address, "housing:vacancy_detail", self.object.pk),
        ]

    def get(self, request, *args, **kwargs):
        if not can_be_proposed(self.object, on=today()):
            messages.info(request, _("This dwelling cannot be proposed now."))
            return HttpResponseRedirect(reverse("housing:vacancy_detail", args=[self.object.pk]))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        vacancy = self.object
        found = candidates_for(
            vacancy, on=today(), cases=Case.objects.visible_to(self.request.user)
        )
        return super().get_context_data(
            subtitle=f"{vacancy.dwelling.address}, {vacancy.dwelling.village}",
            **split_by_fit(found, back="vacancy"),
            **kwargs,
        )


class CaseProposeDwellingView(CasePage, ObjectFormPage):
    """One dwelling to one household: what it means, and the day."""

    policy = can_propose_to
    template_name = "housing/propose_dwelling.html"
    title = gettext_lazy("Propose this dwelling")
    submit_label = gettext_lazy("Propose")

    def get_object(self):
        self.vacancy = get_object_or_404(
            Vacancy.objects.visible_to(self.request.user)
            .with_municipality(today())
            .select_related("dwelling__village__region", "dwelling__corporation"),
            pk=self.kwargs["vacancy"],
        )
        return get_object_or_404(
            self.get_queryset().prefetch_related("persons", "needs__need"), pk=self.kwargs["pk"]
        )

    def check_policy(self) -> None:
        super().check_policy()
        if not can_propose_vacancy(self.request.user, self.vacancy):
            raise PermissionDenied
        (candidate,) = judge([self.object], [self.vacancy], on=today())
        deadline = days_of(deadline_of(self.object, self.request.user, on=today()))
        self.words = CandidateWords(candidate, needs_by_code(), deadline=deadline)

    def get_breadcrumb(self):
        case = self.object
        return [
            page_link(CASES, "cases:case_list"),
            page_link(case.reference, "cases:case_detail", case.pk),
            page_link(_("Propose a dwelling"), "cases:case_propose", case.pk),
        ]

    def get_form(self, data=None):
        obstacles = bool(self.words.obstacles)
        return ProposeForm(data, obstacles=obstacles, initial={"on": today()})

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", self.get_form())
        dwelling = self.vacancy.dwelling
        return super().get_context_data(
            subtitle=_("%(address)s for household %(reference)s")
            % {"address": dwelling.address, "reference": self.object.reference},
            **{
                **kwargs,
                "words": self.words,
                "vacancy": self.vacancy,  # the row, not the number from the address
                "followers": followers(self.object),
            },
        )

    def perform(self, form):
        return propose_dwelling(
            by=self.request.user,
            case=self.object,
            vacancy=self.vacancy,
            on=form.cleaned_data["on"],
            remark=form.cleaned_data["remark"],
            now=now(),
        )

    def get_success_message(self, outcome):
        return _("%(address)s has been proposed. The corporation can agree now.") % {
            "address": self.vacancy.dwelling.address
        }

    def get_success_url(self, outcome):
        return reverse("cases:case_detail", args=[self.object.pk]) + "#placing"

    def get_cancel_url(self):
        if self.request.GET.get("from") == "vacancy":
            return reverse("housing:vacancy_propose", args=[self.vacancy.pk])
        return reverse("cases:case_propose", args=[self.object.pk])
