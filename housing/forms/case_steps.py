"""Forms about a step of a household: the day, the reason, a remark."""

from django import forms
from django.utils.translation import gettext_lazy as _

from housing.choices import (
    StepReason,
)
from housing.forms.stock import date_field
from housing.models import AccommodationType
from partners.models import Municipality

ABOUT_REMARKS = _("Nothing about health, origin or belief.")


def remark_field(**kwargs) -> forms.CharField:
    """A remark on a step: sealed, but read by everybody who handles the household."""
    defaults = {"label": _("Remark"), "required": False, "help_text": ABOUT_REMARKS}
    return forms.CharField(
        max_length=500, widget=forms.Textarea(attrs={"rows": 3}), **{**defaults, **kwargs}
    )


class StepForm(forms.Form):
    """A step of a household: the day, a reason where the step asks for one, a remark."""

    on = date_field(label=_("On"))
    reason = forms.ChoiceField(label=_("Reason"), widget=forms.RadioSelect)
    remark = remark_field()

    def __init__(self, *args, reasons=(), **kwargs):
        super().__init__(*args, **kwargs)
        if reasons:
            self.fields["reason"].choices = [
                (reason.value, StepReason(reason).label) for reason in reasons
            ]
        else:
            del self.fields["reason"]


class ElsewhereForm(forms.Form):
    """Accommodation that is no dwelling with a tenancy; ``on``: when it must be in use."""

    accommodation = forms.ModelChoiceField(
        label=_("Kind of accommodation"),
        queryset=AccommodationType.objects.none(),
        empty_label=_("Choose"),
    )
    municipality = forms.ModelChoiceField(
        label=_("Municipality"), queryset=Municipality.objects.none(), empty_label=_("Choose")
    )
    on = date_field(label=_("From"))
    remark = remark_field()

    def __init__(self, *args, case, today, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = AccommodationType.objects.on(today).filter(regular=False, rules__isnull=False)
        self.fields["accommodation"].queryset = kinds.distinct()
        self.fields["municipality"].queryset = Municipality.objects.on(today).filter(
            region=case.region_id
        )
        self.fields["municipality"].initial = case.linked_municipality_id


class LinkForm(forms.Form):
    """To which other municipality of the region COA linked the household.

    What is sent may name where it is linked already: the second half of a double click, or a slip
    of which the service says what is wrong.
    """

    municipality = forms.ModelChoiceField(
        label=_("Linked to"), queryset=Municipality.objects.none(), empty_label=_("Choose")
    )
    on = date_field(label=_("From"))
    remark = remark_field()

    def __init__(self, *args, case, today, **kwargs):
        super().__init__(*args, **kwargs)
        places = Municipality.objects.on(today).filter(region=case.region_id)
        if not self.is_bound:
            places = places.exclude(pk=case.linked_municipality_id)
        self.fields["municipality"].queryset = places


class UndoStepForm(forms.Form):
    """Why a step is taken back."""

    remark = remark_field(
        label=_("Why"), required=True, help_text=_("Whoever reads this later sees it.")
    )
