"""The measures of the covenant: what was promised, and what came of it."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partners.forms import MeasureAddForm, MeasureForm, MeasureResultForm
from partners.models import Covenant, CovenantMeasure, MeasureResult
from partners.policies import (
    can_add_measures,
    can_add_result,
    can_change_measure,
    can_list_measures,
    can_undo_result,
    can_view_measure,
)
from partners.services.measures import (
    add_measure,
    add_result,
    change_measure,
    undo_result,
    withdraw_measure,
)
from partners.tables import MeasureTable
from westerkwartier.web.clock import now, today
from westerkwartier.web.templatetags.ui import (
    data_text,
    date_long,
    moment,
    number,
    progress_bar,
)
from westerkwartier.web.views import (
    ActionPage,
    DetailPage,
    FormPage,
    ListPage,
    ObjectFormPage,
    page_link,
)

MEASURES = gettext_lazy("Measures of the covenant")


def own_covenants(user) -> QuerySet[Covenant]:
    """The covenants to which the user may add a measure."""
    return Covenant.objects.visible_to(user).coordinated_by(user)


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

    def get_actions(self):
        user = self.request.user
        if not can_add_measures(user) or not own_covenants(user).exists():
            return []
        url = reverse("covenant:measure_add")
        return [{"label": _("Add a measure"), "url": url, "primary": True}]


class MeasureAddView(FormPage):
    """Something that the partners agreed to do later on."""

    policy = can_add_measures
    title = gettext_lazy("Add a measure")
    submit_label = gettext_lazy("Add")
    form_class = MeasureAddForm
    success_message = gettext_lazy("The measure has been added.")

    def get_breadcrumb(self):
        return [page_link(MEASURES, "covenant:measure_list")]

    def get_form_kwargs(self):
        return {"covenants": own_covenants(self.request.user)}

    def perform(self, form):
        return add_measure(by=self.request.user, now=now(), **form.cleaned_data)

    def get_success_url(self, outcome):
        return reverse("covenant:measure_detail", args=[outcome.pk])

    def get_cancel_url(self):
        return reverse("covenant:measure_list")


class MeasurePage:
    """What the pages about one measure share."""

    def get_queryset(self):
        measures = CovenantMeasure.objects.visible_to(self.request.user)
        return measures.with_realised().select_related("covenant__region", "added_by")

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
            if self.object.added_at is not None and not self.results:
                url = reverse("covenant:measure_withdraw", args=[self.object.pk])
                actions.append({"label": _("Withdraw"), "url": url})
        return actions

    @cached_property
    def results(self) -> list[MeasureResult]:
        lines = self.object.results.select_related("by", "undoes", "undone_by")
        return list(lines.order_by("-on", "-pk"))

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
        if measure.added_at is not None:
            items.append((_("Added by"), f"{measure.added_by}, {moment(measure.added_at)}"))
        return super().get_context_data(
            items=items, results=self.results, may_undo=self.may_add, **kwargs
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


class MeasureWithdrawView(MeasurePage, ActionPage):
    """Take away a measure that was added by mistake."""

    policy = can_change_measure
    title = gettext_lazy("Withdraw this measure?")
    submit_label = gettext_lazy("Withdraw")
    success_message = gettext_lazy("The measure has been withdrawn.")
    danger = True
    outcome_url = None

    def get_breadcrumb(self):
        return [
            *super().get_breadcrumb(),
            page_link(data_text(self.object.title), "covenant:measure_detail", self.object.pk),
        ]

    def get_text(self):
        return _(
            "%(title)s: this measure then no longer stands among the measures. A measure that is "
            "over gets a last day instead, under Change."
        ) % {"title": data_text(self.object.title)}

    def perform(self):
        withdraw_measure(by=self.request.user, measure=self.object)
        self.outcome_url = reverse("covenant:measure_list")

    def get_success_url(self):
        return self.outcome_url or self.detail_url()

    def get_cancel_url(self):
        return self.detail_url()


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
