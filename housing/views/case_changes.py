"""Registering a household, changing what is kept of it, and the steps of which little follows."""

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.choices import STEPS, StepCode, StepReason
from housing.forms import (
    CaseAddForm,
    CaseForm,
    ElsewhereForm,
    LinkForm,
    StepForm,
    UndoStepForm,
)
from housing.models import CaseStep
from housing.policies import can_add_cases, can_change_case, can_take_step, can_undo_step
from housing.selectors.households import addable_municipalities
from housing.services.cases import (
    change_case,
    change_link,
    house_elsewhere,
    move_case,
    register_case,
    unlink_case,
)
from housing.services.undoing import undo_step
from housing.views.cases import CASES, CasePage
from housing.views.changing import ChangePage
from westerkwartier.web.clock import now, today
from westerkwartier.web.templatetags.ui import date_long
from westerkwartier.web.views import FormPage, ObjectFormPage, page_link


class CaseAddView(FormPage):
    """A household that COA linked, with its persons."""

    policy = can_add_cases
    title = gettext_lazy("Add a household")
    template_name = "housing/case_add.html"
    submit_label = gettext_lazy("Add the household")
    success_message = gettext_lazy("The household has been added.")

    def get_breadcrumb(self):
        return [page_link(CASES, "cases:case_list")]

    def get_form(self, data=None):
        places = addable_municipalities(self.request.user, on=today())
        return CaseAddForm(data, municipalities=places)

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", self.get_form())
        return super().get_context_data(**kwargs)

    def perform(self, form):
        asked = form.cleaned_data
        return register_case(
            by=self.request.user,
            municipality=asked["municipality"],
            reference=asked["reference"],
            linked_on=asked["linked_on"],
            permit_on=asked["permit_on"],
            persons=asked["persons"],
            now=now(),
        )

    def get_success_url(self, outcome):
        return reverse("cases:case_detail", args=[outcome.pk])

    def get_cancel_url(self):
        return reverse("cases:case_list")


class BelowCase(CasePage):
    """What the pages with a form about one household share."""

    submit_label = gettext_lazy("Save")

    @property
    def case(self):
        return self.object

    @property
    def own_url(self) -> str:
        return reverse("cases:case_detail", args=[self.case.pk])

    def get_breadcrumb(self):
        case = self.case
        title = _("Household %(reference)s") % {"reference": case.reference}
        return [*super().get_breadcrumb(), page_link(title, "cases:case_detail", case.pk)]

    def get_success_url(self, outcome):
        return self.own_url

    def get_cancel_url(self):
        return self.own_url


class CaseEditView(BelowCase, ChangePage):
    """Change what is kept of a household, its needs and where it would like to live."""

    policy = can_change_case
    template_name = "housing/case_form.html"
    title = gettext_lazy("Change the facts")
    success_message = gettext_lazy("The change has been saved.")

    def object_form(self, data=None, *, instance):
        return CaseForm(data, instance=instance, on=today())

    def change(self, form):
        asked = form.cleaned_data
        return change_case(
            by=self.request.user,
            case=self.object,
            values=form.values,
            needs=asked["needs"],
            preferences=asked["preferences"],
            still_holds=asked.get("still_holds", False),
            version=asked["version"],
        )


class StepPage(BelowCase, ObjectFormPage):
    """A step of a household. ``code`` is the step; its table says who may take it."""

    policy = can_take_step
    code = ""
    success_message = gettext_lazy("The step has been written down.")

    def check_policy(self) -> None:
        self.object = self.get_object()
        if not type(self).policy(self.request.user, self.object, self.code):
            raise PermissionDenied

    def get_form_kwargs(self):
        return {"initial": {"on": today()}}

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", self.get_form())
        return super().get_context_data(**kwargs)


TITLES = {
    StepCode.PREPARE: gettext_lazy("Take in hand"),
    StepCode.HOLD: gettext_lazy("Put this household on hold"),
    StepCode.RESUME: gettext_lazy("Take up again"),
    StepCode.NO_DWELLING: gettext_lazy("No dwelling found"),
    StepCode.CLOSE: gettext_lazy("Close the case"),
}
INTROS = {
    StepCode.PREPARE: gettext_lazy("From this day somebody looks for a dwelling."),
    StepCode.HOLD: gettext_lazy("No dwelling is looked for until it is taken up again."),
    StepCode.NO_DWELLING: gettext_lazy(
        "An attempt that led to nothing is part of the story: it shows that one was looked for."
    ),
    StepCode.CLOSE: gettext_lazy("There is nothing more to do. Family can still join."),
}


class CaseStepView(StepPage):
    """A step of which nothing else follows."""

    def get_title(self):
        return TITLES[self.code]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**{"intro": INTROS.get(self.code, ""), **kwargs})

    def get_form(self, data=None):
        return StepForm(data, reasons=STEPS[self.code].reasons, **self.get_form_kwargs())

    def perform(self, form):
        asked = form.cleaned_data
        return move_case(
            by=self.request.user,
            case=self.object,
            code=self.code,
            on=asked["on"],
            reason=asked.get("reason", ""),
            remark=asked["remark"],
            now=now(),
        )


class CaseUnlinkView(CaseStepView):
    """COA takes the link away, or links the household to a municipality of another region."""

    code = StepCode.UNLINK

    def get_title(self):
        return _("Unlink the household")

    def get_form(self, data=None):
        reasons = [
            *STEPS[StepCode.RELINK].reasons,
            *(why for why in STEPS[StepCode.UNLINK].reasons if why != StepReason.MERGED),
        ]
        return StepForm(data, reasons=reasons, **self.get_form_kwargs())

    def get_context_data(self, **kwargs):
        intro = _("The case ends: no dwelling is looked for any more. You can take this back.")
        return super().get_context_data(**{"intro": intro, **kwargs})

    def perform(self, form):
        asked = form.cleaned_data
        return unlink_case(
            by=self.request.user,
            case=self.object,
            reason=asked["reason"],
            on=asked["on"],
            remark=asked["remark"],
            now=now(),
        )


class CaseElsewhereView(CaseStepView):
    """Accommodation that is no dwelling of its own."""

    code = StepCode.STAY

    def get_title(self):
        return _("House in other accommodation")

    def get_form(self, data=None):
        return ElsewhereForm(data, case=self.object, today=today(), initial={"on": today()})

    def get_context_data(self, **kwargs):
        intro = _("The rules say whether and for whom somebody counts there.")
        return super().get_context_data(**{"intro": intro, **kwargs})

    def perform(self, form):
        return house_elsewhere(
            by=self.request.user, case=self.object, now=now(), **form.cleaned_data
        )


class CaseLinkView(CaseStepView):
    """Another municipality of the region."""

    code = StepCode.CHANGE_LINK

    def get_title(self):
        return _("Link to another municipality")

    def get_form(self, data=None):
        return LinkForm(data, case=self.object, today=today(), initial={"on": today()})

    def get_context_data(self, **kwargs):
        intro = _("The deadlines go on from COA's first link. Who counts already stays counted.")
        return super().get_context_data(**{"intro": intro, **kwargs})

    def perform(self, form):
        return change_link(by=self.request.user, case=self.object, now=now(), **form.cleaned_data)


class StepUndoView(BelowCase, ObjectFormPage):
    """Take the last step of a household back, and say why."""

    policy = can_undo_step
    title = gettext_lazy("Take the step back")
    form_class = UndoStepForm
    submit_label = gettext_lazy("Take the step back")
    success_message = gettext_lazy("The step has been taken back.")

    def get_queryset(self):
        return CaseStep.objects.visible_to(self.request.user).select_related(
            "case__region",
            "case__linked_municipality__organisation",
            "proposal__vacancy",
        )

    def check_policy(self) -> None:
        self.object = self.get_object()
        if not type(self).policy(self.request.user, self.object.case, self.object):
            raise PermissionDenied

    @property
    def case(self):
        return self.object.case

    def get_context_data(self, **kwargs):
        step = self.object
        intro = _("%(step)s, on %(day)s. The step stays in the time line, struck through.") % {
            "step": step.get_code_display(),
            "day": date_long(step.effective_on),
        }
        return super().get_context_data(**{"intro": intro, **kwargs})

    def perform(self, form):
        return undo_step(
            by=self.request.user,
            step=self.object,
            reason=form.cleaned_data["remark"],
            now=now(),
        )
