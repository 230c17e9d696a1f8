"""Forms about the stock: dwellings, vacancies, verdicts, waits."""

from datetime import date
from decimal import Decimal
from itertools import groupby

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.forms.models import ModelChoiceIterator, construct_instance
from django.utils.formats import localize_input
from django.utils.translation import gettext_lazy as _

from housing.arithmetic import POSTCODE_FORM, postcode_stored, postcode_written
from housing.choices import RECORDED_CAUSES, VERA_KINDS, Verdict
from housing.models import AssessmentReason, Dwelling, Vacancy, WithdrawalReason
from housing.services.register import DWELLING_FIELDS, dwelling_version
from housing.services.vacating import VACANCY_FIELDS, vacancy_version
from partners.choices import OrganisationKind
from partners.models import Organisation, Village
from westerkwartier.web.sheets.cells import CellError, amount


class ReasonsByVerdict(ModelChoiceIterator):
    """The empty choice, then the reasons in a group for each verdict."""

    def __iter__(self):
        yield ("", self.field.empty_label)
        by_verdict = groupby(self.queryset, key=lambda reason: reason.get_verdict_display())
        for verdict, reasons in by_verdict:
            yield (verdict, [self.choice(reason) for reason in reasons])


class ReasonChoiceField(forms.ModelChoiceField):
    """Reasons grouped by the verdict they go with."""

    iterator = ReasonsByVerdict


class VacancyAssessForm(forms.Form):
    """A verdict with its reason. ``on`` is the day on which the reasons must be in force."""

    mark_optional = False

    verdict = forms.ChoiceField(
        label=_("Verdict"), choices=Verdict.choices, widget=forms.RadioSelect
    )
    reason = ReasonChoiceField(
        label=_("Reason"),
        queryset=AssessmentReason.objects.none(),
        required=False,
        empty_label=_("Choose a reason"),
        help_text=_("Required unless the dwelling is suitable."),
    )
    remark = forms.CharField(
        label=_("Remark"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Optional. About the dwelling only, not about people."),
    )

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].queryset = AssessmentReason.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on
        ).order_by("verdict", "label_nl")

    def clean(self):
        data = super().clean()
        verdict, reason = data.get("verdict"), data.get("reason")
        if verdict == Verdict.SUITABLE:
            data["reason"] = None
        elif verdict and reason is None and "reason" not in self.errors:
            self.add_error("reason", _("Choose a reason."))
        elif verdict and reason and reason.verdict != verdict:
            self.add_error("reason", _("This reason does not go with this verdict."))
        return data


# No fact here is older or further ahead: a year of one digit is a slip of the keyboard, and sums
# with days stumble at the ends of the calendar.
DAYS_IN_REACH = (
    MinValueValidator(date(1900, 1, 1), _("This day is too long ago.")),
    MaxValueValidator(date(2100, 12, 31), _("This day is too far ahead.")),
)


def date_field(**kwargs) -> forms.DateField:
    """A day, chosen or typed."""
    return forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=DAYS_IN_REACH,
        **kwargs,
    )


def dates_of_a_browser(fields: dict) -> None:
    """Give the date fields of a model form the widget, the notation of ``<input type=date>`` and
    the reach of ``date_field``."""
    for field in fields.values():
        if isinstance(field, forms.DateField):
            field.widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            missing = [one for one in DAYS_IN_REACH if one not in field.validators]
            field.validators.extend(missing)


class AmountField(forms.DecimalField):
    """Euro and cents, written as people do here: ``565,40``, ``1.234,50``, ``€ 600``."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def __init__(self, *, highest: int, **kwargs):
        super().__init__(min_value=0, max_value=highest, decimal_places=2, **kwargs)
        self.read = amount(highest)

    def to_python(self, value):
        if isinstance(value, str) and value.strip():
            try:
                value = self.read(value.strip())
            except CellError as error:
                raise forms.ValidationError(str(error)) from error
        return super().to_python(value)

    def widget_attrs(self, widget):
        return {}

    def prepare_value(self, value):
        return localize_input(value) if isinstance(value, Decimal) else value


class FactsForm(forms.ModelForm):
    """The facts of a row: read by this form, written by a service.

    The constraints are left to the database, whose refusal the service puts into words. With an
    ``instance`` the form carries the version it was opened with.
    """

    version = forms.CharField(widget=forms.HiddenInput, required=False, max_length=32)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        dates_of_a_browser(self.fields)
        if self.instance.pk is None:
            del self.fields["version"]
        else:
            self.initial["version"] = self.version_now(self.instance)

    def version_now(self, instance) -> str:
        raise NotImplementedError

    def _post_clean(self):
        """Each field by itself: what holds between fields and rows is left to the database."""
        self.instance = construct_instance(self, self.instance, self._meta.fields)
        try:
            self.instance.clean_fields(exclude=self._get_validation_exclusions())
        except ValidationError as error:
            self._update_errors(error)

    @property
    def values(self) -> dict:
        """What the service takes: the fields of the model."""
        return {name: self.cleaned_data[name] for name in self._meta.fields}


class DwellingForm(FactsForm):
    """A dwelling of ``corporation``, or of one of ``corporations`` when it is new."""

    number = forms.IntegerField(label=_("House number"), min_value=1, max_value=99_999)
    postcode = forms.CharField(label=_("Postcode"), max_length=10)
    build_year = forms.IntegerField(
        label=_("Built in"), min_value=1200, max_value=2100, required=False
    )
    rooms = forms.IntegerField(label=_("Rooms"), min_value=1, max_value=50)
    bedrooms = forms.IntegerField(label=_("Bedrooms"), min_value=0, max_value=50)
    floor_area = forms.IntegerField(
        label=_("Floor area in m²"), min_value=1, max_value=5000, required=False
    )
    floor = forms.IntegerField(
        label=_("Floor"), min_value=-5, max_value=100, help_text=_("The ground floor is 0.")
    )

    class Meta:
        model = Dwelling
        fields = DWELLING_FIELDS
        labels = {
            "street": _("Street"),
            "addition": _("Addition"),
            "village": _("Village"),
            "kind": _("Kind"),
            "label": _("Meant for"),
            "bag_id": _("BAG object id"),
            "vera_kind": _("Kind by VERA"),
            "lift": _("Lift"),
            "step_free": _("Step-free"),
            "accessibility": _("Accessibility"),
            "adaptations": _("Adaptations"),
            "energy_label": _("Energy label"),
            "regulated": _("Let in the regulated sector (DAEB)"),
            "temporary_until": _("Temporary until"),
            "temporary_reason": _("Temporary because"),
        }
        help_texts = {
            "addition": _("A letter or number behind the house number."),
            "bag_id": _("Sixteen digits."),
            "vera_kind": _("Code of the sector standard, such as HOE for a house on a corner."),
            "adaptations": _("Of the dwelling, such as a stairlift. Nothing about people."),
            "temporary_until": _("For a dwelling that will be demolished, or a flex unit."),
            "label": _("The label of a vacancy that is already reported stays as it is."),
        }

    def __init__(self, *args, corporations=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Choose a kind")), *self.fields["kind"].choices[1:]]
        self.fields["label"].choices = [("", _("Everybody")), *self.fields["label"].choices[1:]]
        for name in ("accessibility", "energy_label"):
            self.fields[name].choices = [("", _("Unknown")), *self.fields[name].choices[1:]]
        self.fields["temporary_reason"].choices = [
            ("", _("Not temporary")),
            *self.fields["temporary_reason"].choices[1:],
        ]
        regions = [self.instance.corporation.region_id] if self.instance.pk else []
        if self.instance.pk is None:
            own = Organisation.objects.filter(
                pk__in=corporations, kind=OrganisationKind.CORPORATION
            ).order_by("name")
            regions = own.values("region")
            self.fields["corporation"] = forms.ModelChoiceField(
                label=_("Corporation"), queryset=own, empty_label=_("Choose a corporation")
            )
            if len(own) == 1:
                self.fields["corporation"].initial = own[0]
        self.fields["village"].queryset = Village.objects.filter(region__in=regions)
        self.fields["village"].empty_label = _("Choose a village")
        if "postcode" in self.initial:
            self.initial["postcode"] = postcode_written(self.initial["postcode"])

    def version_now(self, instance):
        return dwelling_version(instance)

    def clean_postcode(self):
        postcode = postcode_stored(self.cleaned_data["postcode"])
        if not POSTCODE_FORM.fullmatch(postcode):
            raise forms.ValidationError(_("Write the postcode as 9356 XL."))
        return postcode

    def clean_vera_kind(self):
        code = self.cleaned_data["vera_kind"].upper()
        if code and code not in VERA_KINDS:
            raise forms.ValidationError(_("VERA has no such code for a dwelling."))
        return code


class OutOfStockForm(forms.Form):
    """From when a dwelling is no longer let."""

    left_stock_on = date_field(
        label=_("No longer let from"), help_text=_("The first day, such as that of the sale.")
    )


class VacancyForm(FactsForm):
    """What is told of an open vacancy."""

    net_rent = AmountField(label=_("Net rent a month, in euro"), highest=9_999)
    service_costs = AmountField(
        label=_("Service costs a month, in euro"), highest=5_000, initial=Decimal("0.00")
    )

    class Meta:
        model = Vacancy
        fields = VACANCY_FIELDS
        labels = {
            "notice_on": _("Notice given on"),
            "available_from": _("Available from"),
            "empty_from": _("Empty from"),
            "label": _("Meant for"),
            "internal_move": _("Kept for a tenant who moves within the corporation"),
        }
        help_texts = {
            "available_from": _("The day from which somebody can live there."),
            "empty_from": _("Only if the old tenant leaves earlier than that."),
            "label": _("At this time; the dwelling itself keeps its own label."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["label"].choices = [("", _("Everybody")), *self.fields["label"].choices[1:]]

    def version_now(self, instance):
        return vacancy_version(instance)


class VacancyLetForm(forms.Form):
    """The first day of a tenancy that is not with a permit holder."""

    let_from = date_field(label=_("The new tenancy begins on"))


class VacancyWithdrawForm(forms.Form):
    """Why a dwelling is not let after all; ``on``: the day on which the reason must be in force."""

    reason = forms.ModelChoiceField(
        label=_("Reason"),
        queryset=WithdrawalReason.objects.none(),
        empty_label=_("Choose a reason"),
    )

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].queryset = WithdrawalReason.objects.on(on)


class WaitForm(forms.Form):
    """What an empty dwelling waits for."""

    cause = forms.ChoiceField(
        label=_("Waits for"),
        choices=[(cause.value, cause.label) for cause in RECORDED_CAUSES],
        widget=forms.RadioSelect,
    )
    starts_on = date_field(label=_("From"))
    ends_on = date_field(
        label=_("Until"),
        required=False,
        help_text=_("The first day without, if it is over already."),
    )


class WaitEndForm(forms.Form):
    """When a wait was over."""

    ends_on = date_field(label=_("Over on"), help_text=_("The first day it waits no longer."))
