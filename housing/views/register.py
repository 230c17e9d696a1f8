"""The register of dwellings: the list, a dwelling, adding and changing it, in and out of stock."""

from datetime import date

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.arithmetic import postcode_written
from housing.filters import DwellingFilter
from housing.forms import DwellingForm, OutOfStockForm
from housing.models import Dwelling
from housing.policies import (
    can_add_dwellings,
    can_change_dwelling,
    can_list_dwellings,
    can_view_dwelling,
)
from housing.selectors.ahead import rooms_kept
from housing.selectors.register import (
    corporations_kept_by,
    history_of,
    with_open_vacancy,
)
from housing.services.register import (
    add_dwelling,
    change_dwelling,
    put_back_in_stock,
    take_out_of_stock,
)
from housing.tables import STATE_TONES, DwellingTable, dwelling_pill
from housing.views.changing import ChangePage
from housing.views.placing_history import dwelling_timeline
from westerkwartier.web.clock import today, told
from westerkwartier.web.templatetags.ui import date_long, pill
from westerkwartier.web.views import (
    ActionPage,
    DetailPage,
    FormPage,
    ListPage,
    ObjectFormPage,
    page_link,
)

DWELLINGS = gettext_lazy("All dwellings")


class DwellingListView(ListPage):
    """The dwellings that the corporations let."""

    policy = can_list_dwellings
    title = DWELLINGS
    table_class = DwellingTable
    filterset_class = DwellingFilter
    export_name = "dwellings"
    empty_title = gettext_lazy("There are no dwellings yet")
    empty_text = gettext_lazy("The corporation adds them one by one or imports them from a file.")

    def get_queryset(self):
        visible = Dwelling.objects.visible_to(self.request.user)
        return with_open_vacancy(visible.with_municipality(today()))

    def get_actions(self):
        if not can_add_dwellings(self.request.user):
            return []
        return [
            {
                "label": _("Report a vacated dwelling"),
                "url": reverse("housing:vacancy_add"),
                "primary": True,
            },
            {"label": _("Add a dwelling"), "url": reverse("housing:dwelling_add")},
        ]


class DwellingPage:
    """What the pages about one dwelling share."""

    def get_queryset(self):
        visible = Dwelling.objects.visible_to(self.request.user)
        return with_open_vacancy(visible.with_municipality(today())).select_related(
            "village__region", "corporation"
        )

    def get_breadcrumb(self):
        return [page_link(DWELLINGS, "housing:dwelling_list")]

    @property
    def own_url(self) -> str:
        return reverse("housing:dwelling_detail", args=[self.object.pk])

    @property
    def place(self) -> str:
        parts = (str(self.object.village), self.object.municipality_name or "")
        return ", ".join(dict.fromkeys(part for part in parts if part))


class DwellingDetailView(DwellingPage, DetailPage):
    """One dwelling: what it is, the times it fell vacant, what was changed."""

    policy = can_view_dwelling
    template_name = "housing/dwelling_detail.html"

    def get_title(self):
        return self.object.address

    @property
    def has_left(self) -> bool:
        left = self.object.left_stock_on
        return left is not None and left <= today()

    def get_actions(self):
        dwelling = self.object
        if not can_change_dwelling(self.request.user, dwelling):
            return []
        actions = []
        if dwelling.open_vacancy is not None:
            url = reverse("housing:vacancy_detail", args=[dwelling.open_vacancy])
            actions.append({"label": _("To the vacancy"), "url": url, "primary": True})
        elif not self.has_left:
            url = reverse("housing:dwelling_vacate", args=[dwelling.pk])
            actions.append({"label": _("Report vacant"), "url": url, "primary": True})
        url = reverse("housing:dwelling_edit", args=[dwelling.pk])
        actions.append({"label": _("Change"), "url": url})
        if dwelling.left_stock_on is not None:
            url = reverse("housing:dwelling_put_back", args=[dwelling.pk])
            actions.append({"label": _("Put back in stock"), "url": url})
        elif dwelling.open_vacancy is None:
            url = reverse("housing:dwelling_take_out", args=[dwelling.pk])
            actions.append({"label": _("Take out of stock"), "url": url})
        return actions

    def get_context_data(self, **kwargs):
        dwelling = self.object
        vacancies = dwelling.vacancies.select_related("withdrawn_because").order_by(
            "-available_from", "-pk"
        )
        return super().get_context_data(
            subtitle=self.place,
            groups=dwelling_facts(dwelling),
            state=dwelling_pill(dwelling, dwelling.open_vacancy is not None),
            vacancies=[
                (vacancy, pill(STATE_TONES[vacancy.state], vacancy.get_state_display()))
                for vacancy in vacancies
            ],
            history=history_lines(dwelling),
            kept=rooms_kept(self.request.user, dwelling, on=today()),
            timeline=dwelling_timeline(self.request.user, dwelling),
            **kwargs,
        )


class DwellingFormMixin:
    """A dwelling in a form, and what somebody else made of it in the meantime."""

    template_name = "housing/dwelling_form.html"
    submit_label = gettext_lazy("Save")


class DwellingAddView(DwellingFormMixin, FormPage):
    """A dwelling that is not in the register yet."""

    policy = can_add_dwellings
    title = gettext_lazy("Add a dwelling")
    success_message = gettext_lazy("The dwelling has been added.")

    def get_breadcrumb(self):
        return [page_link(DWELLINGS, "housing:dwelling_list")]

    def get_form(self, data=None):
        return DwellingForm(data, corporations=corporations_kept_by(self.request.user))

    def get_context_data(self, **kwargs):
        kwargs.setdefault("form", self.get_form())
        return super().get_context_data(**kwargs)

    def perform(self, form):
        return add_dwelling(
            by=self.request.user, corporation=form.cleaned_data["corporation"], values=form.values
        )

    def get_success_url(self, outcome):
        return reverse("housing:dwelling_detail", args=[outcome.pk])

    def get_cancel_url(self):
        return reverse("housing:dwelling_list")


class DwellingEditView(DwellingPage, DwellingFormMixin, ChangePage):
    """Change what is known of a dwelling."""

    policy = can_change_dwelling
    object_form = DwellingForm
    success_message = gettext_lazy("The change has been saved.")

    def get_title(self):
        return _("Change %(address)s") % {"address": self.object.address}

    def get_breadcrumb(self):
        return [
            *super().get_breadcrumb(),
            page_link(self.object.address, "housing:dwelling_detail", self.object.pk),
        ]

    def change(self, form):
        return change_dwelling(
            by=self.request.user,
            dwelling=self.object,
            values=form.values,
            version=form.cleaned_data["version"],
        )

    def get_success_url(self, outcome):
        return self.own_url

    def get_cancel_url(self):
        return self.own_url


class DwellingTakeOutView(DwellingPage, ObjectFormPage):
    """Sold or pulled down: no longer let from a day on."""

    policy = can_change_dwelling
    title = gettext_lazy("Take out of stock")
    form_class = OutOfStockForm
    submit_label = gettext_lazy("Take out of stock")
    success_message = gettext_lazy("The dwelling has been taken out of stock.")
    intro = gettext_lazy(
        "The dwelling stays in the register with its history, but counts no longer from this day "
        "on. You can put it back."
    )

    def get_breadcrumb(self):
        return [
            *super().get_breadcrumb(),
            page_link(self.object.address, "housing:dwelling_detail", self.object.pk),
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            subtitle=f"{self.object.address}, {self.object.village}", **kwargs
        )

    def get_form_kwargs(self):
        return {"initial": {"left_stock_on": today()}}

    def perform(self, form):
        return take_out_of_stock(
            by=self.request.user, dwelling=self.object, on=form.cleaned_data["left_stock_on"]
        )

    def get_success_tags(self, outcome):
        return f"undo:{reverse('housing:dwelling_put_back', args=[self.object.pk])}"

    def get_success_url(self, outcome):
        return self.own_url

    def get_cancel_url(self):
        return self.own_url


class DwellingPutBackView(DwellingPage, ActionPage):
    """Let again: it was taken out by mistake."""

    policy = can_change_dwelling
    title = gettext_lazy("Put back in stock?")
    submit_label = gettext_lazy("Put back in stock")
    success_message = gettext_lazy("The dwelling is in stock again.")

    def get_breadcrumb(self):
        return [
            *super().get_breadcrumb(),
            page_link(self.object.address, "housing:dwelling_detail", self.object.pk),
        ]

    def get_text(self):
        return _("%(address)s counts again as a dwelling that is let.") % {
            "address": self.object.address
        }

    def perform(self):
        put_back_in_stock(by=self.request.user, dwelling=self.object)

    def get_success_url(self):
        return self.own_url


def history_lines(dwelling: Dwelling) -> list[dict]:
    """The changes of a dwelling in plain words, the newest first."""
    return [
        {
            "at": told(version.at),
            "by": version.by,
            "changes": [
                _("%(what)s: %(before)s → %(after)s")
                % {
                    "what": capfirst(Dwelling._meta.get_field(name).verbose_name),
                    "before": recorded(version.before, name),
                    "after": recorded(version.after, name),
                }
                for name in version.fields
            ],
        }
        for version in history_of(dwelling)
    ]


def recorded(row, name: str) -> str:
    """A field of a row of the history as people read it."""
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if value in (None, ""):
        return "–"
    return date_long(value) if isinstance(value, date) else str(value)


def dwelling_facts(dwelling: Dwelling) -> list[tuple[str, list[tuple]]]:
    """Everything known of a dwelling, in groups: title, then label and value."""
    unknown = _("Unknown")
    size = [
        (_("Kind"), dwelling.get_kind_display()),
        (_("Bedrooms"), dwelling.bedrooms),
        (_("Rooms"), dwelling.rooms),
        (_("Floor area"), f"{dwelling.floor_area} m²" if dwelling.floor_area else unknown),
        (_("Built in"), str(dwelling.build_year) if dwelling.build_year else unknown),
        (_("Energy label"), dwelling.get_energy_label_display() or unknown),
    ]
    access = [
        (_("Floor"), _("Ground floor") if dwelling.floor == 0 else str(dwelling.floor)),
        (_("Lift"), _("Yes") if dwelling.lift else _("No")),
        (_("Step-free"), _("Yes") if dwelling.step_free else _("No")),
        (_("Accessibility"), dwelling.get_accessibility_display() or unknown),
        (_("Adaptations"), dwelling.adaptations or _("None known")),
    ]
    letting = [
        (_("Let by"), dwelling.corporation.name),
        (_("Meant for"), dwelling.get_label_display() or _("Everybody")),
        (_("Sector"), _("Regulated (DAEB)") if dwelling.regulated else _("Not regulated")),
        (_("Postcode"), postcode_written(dwelling.postcode)),
        (_("BAG object id"), dwelling.bag_id or unknown),
    ]
    if dwelling.temporary_until is not None:
        letting += [
            (_("Temporary until"), date_long(dwelling.temporary_until)),
            (_("Temporary because"), dwelling.get_temporary_reason_display()),
        ]
    if dwelling.left_stock_on is not None:
        letting.append((_("No longer let from"), date_long(dwelling.left_stock_on)))
    return [
        (_("Size and age"), size),
        (_("Accessibility"), access),
        (_("Letting"), letting),
    ]
