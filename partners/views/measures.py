"""The measures of the covenant: what was promised, and what came of it."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.forms import MeasureForm, MeasureResultForm
from partners.models import CovenantMeasure, MeasureResult
from partners.policies import (
    can_add_result,
    can_change_measure,
    can_list_measures,
    can_undo_result,
    can_view_measure,
)
from partners.services.measures import add_result, change_measure, undo_result
from partners.tables import MeasureTable
from westerkwartier.web.clock import now, today
from westerkwartier.web.templatetags.ui import (
    data_text,
    date_long,
    number,
    progress_bar,
)
from westerkwartier.web.views import (
    ActionPage,
    DetailPage,
    ListPage,
    ObjectFormPage,
    page_link,
)

MEASURES = gettext_lazy("Measures of the covenant")


class MeasureListView(ListPage):
    """What the partners agreed to do, and the dwellings it gave."""

    policy = can_list_measures
    title = MEASURES
    table_class = MeasureTable
    export_name = "measures"
    empty_title = gettext_lazy("There are no measures")
    empty_text = gettext_lazy("Measures appear here once a covenant has been loaded.")

    def get_queryset(self):
        return CovenantMeasure.objects.visible_to(self.request.user).with_realised()


class MeasurePage:
    """What the pages about one measure share."""

    def get_queryset(self):
        measures = CovenantMeasure.objects.visible_to(self.request.user)
        return measures.with_realised().select_related("covenant__region")

    def get_breadcrumb(self):
        return [page_link(MEASURES, "covenant:measure_list")]

    def detail_url(self) -> str:
        return reverse("covenant:measure_detail", args=[self.object.pk])

    def get_success_url(self, outcome):
        return self.detail_url()

    def get_cancel_url(self):
        return self.detail_url()


class MeasureDetailView(MeasurePage, DetailPage):
    """One measure and its results, line by line."""

    policy = can_view_measure
    template_name = "partners/measure_detail.html"

    def get_title(self):
        return self.object.title

    @cached_property
    def may_add(self) -> bool:
        return can_add_result(self.request.user, self.object)

    def get_actions(self):
        actions = []
        if self.may_add:
            url = reverse("covenant:result_add", args=[self.object.pk])
            actions.append({"label": _("Add a result"), "url": url, "primary": True})
        if can_change_measure(self.request.user, self.object):
            url = reverse("covenant:measure_edit", args=[self.object.pk])
            actions.append({"label": _("Change"), "url": url})
        return actions

    def get_context_data(self, **kwargs):
        measure = self.object
        items = [
            (_("Covenant"), data_text(measure.covenant.name)),
            (_("Since"), date_long(measure.since)),
            (_("Last day"), date_long(measure.until)),
            (_("Dwellings expected"), number(measure.expected_dwellings)),
            (_("Dwellings realised"), number(measure.realised)),
        ]
        if measure.expected_dwellings:
            bar = progress_bar(measure.realised, measure.expected_dwellings)
            items.append((_("Progress"), bar))
        if measure.source:
            items.append((_("Source"), data_text(measure.source)))
        results = measure.results.select_related("by", "undoes", "undone_by").order_by("-on", "-pk")
        return super().get_context_data(
            items=items, results=results, may_undo=self.may_add, **kwargs
        )


class MeasureEditView(MeasurePage, ObjectFormPage):
    """From when until when a measure holds, and what is expected of it."""

    policy = can_change_measure
    title = gettext_lazy("Change the measure")
    form_class = MeasureForm
    submit_label = gettext_lazy("Save")
    success_message = gettext_lazy("The measure has been saved.")

    def get_breadcrumb(self):
        return [
            *super().get_breadcrumb(),
            page_link(data_text(self.object.title), "covenant:measure_detail", self.object.pk),
        ]

    def get_form_kwargs(self):
        names = MeasureForm.base_fields
        return {"initial": {name: getattr(self.object, name) for name in names}}

    def perform(self, form):
        return change_measure(by=self.request.user, measure=self.object, **form.cleaned_data)


class ResultAddView(MeasurePage, ObjectFormPage):
    """Tell what a measure gave."""

    policy = can_add_result
    title = gettext_lazy("Add a result")
    form_class = MeasureResultForm
    submit_label = gettext_lazy("Add")
    success_message = gettext_lazy("The result has been added.")

    def get_breadcrumb(self):
        return [
            *super().get_breadcrumb(),
            page_link(data_text(self.object.title), "covenant:measure_detail", self.object.pk),
        ]

    def get_form_kwargs(self):
        return {"today": today(), "since": self.object.since}

    def perform(self, form):
        return add_result(by=self.request.user, measure=self.object, now=now(), **form.cleaned_data)


class ResultUndoView(ActionPage):
    """Put a line right by its opposite."""

    policy = can_undo_result
    confirm = False
    success_message = gettext_lazy("The result has been undone: its opposite was added.")

    def get_queryset(self):
        results = MeasureResult.objects.visible_to(self.request.user)
        return results.select_related("measure__covenant")

    def perform(self):
        undo_result(by=self.request.user, result=self.object, now=now())

    def get_success_url(self):
        return reverse("covenant:measure_detail", args=[self.object.measure_id])
