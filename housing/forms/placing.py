"""Forms of placing: a proposal, and the steps that are taken on it."""

from itertools import groupby

from django import forms
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from housing.choices import Consequence, Judgement, RefusalOwner, StepCode
from housing.forms.case_steps import remark_field
from housing.forms.stock import date_field
from housing.models import RefusalReason


class ReasonsByOwner(ModelChoiceIterator):
    """The empty choice, then the reasons in a group for each who may say no."""

    def __iter__(self):
        yield ("", self.field.empty_label)
        for owner, reasons in groupby(self.queryset, key=lambda one: one.get_owner_display()):
            yield (owner, [self.choice(reason) for reason in reasons])


class RefusalReasonField(forms.ModelChoiceField):
    iterator = ReasonsByOwner


class ProposeForm(forms.Form):
    """A proposal. ``obstacles``: the dwelling does not fit, so somebody must say that they know."""

    anyway = forms.BooleanField(
        label=_("I propose it although it does not fit"),
        error_messages={"required": _("Tick this box, or choose another dwelling.")},
    )
    on = date_field(label=_("Proposed on"))
    remark = remark_field()

    def __init__(self, *args, obstacles: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not obstacles:
            del self.fields["anyway"]


class ProposalStepForm(forms.Form):
    """A step on a proposal: the day, what the step asks, a remark.

    ``owners``: who said no, of the reasons one can choose from. ``on``: when those are in use.
    """

    on = date_field(label=_("On"))
    starts_on = date_field(label=_("First day of the tenancy"))
    reason = RefusalReasonField(
        label=_("Reason"), queryset=RefusalReason.objects.none(), empty_label=_("Choose a reason")
    )
    judgement = forms.ChoiceField(
        label=_("Judgement of COA"), choices=Judgement.choices, widget=forms.RadioSelect
    )
    consequence = forms.ChoiceField(
        label=_("What follows"), choices=Consequence.choices, widget=forms.RadioSelect
    )
    remark = remark_field()

    ASKS = {
        StepCode.SIGN: ("starts_on",),
        StepCode.REFUSE: ("reason",),
        StepCode.DECLINE: ("reason",),
        StepCode.JUDGE: ("judgement", "consequence"),
    }

    def __init__(self, *args, code: str, owners=(), today, **kwargs):
        super().__init__(*args, **kwargs)
        asked = self.ASKS.get(code, ())
        for name in ("starts_on", "reason", "judgement", "consequence"):
            if name not in asked:
                del self.fields[name]
        if "reason" in self.fields:
            self.fields["reason"].queryset = (
                RefusalReason.objects.on(today)
                .filter(owner__in=owners)
                .order_by("owner", "label_nl")
            )
        if code == StepCode.WITHDRAW:
            self.fields["remark"] = remark_field(
                label=_("Why is it withdrawn?"), required=True, help_text=""
            )


def owners_asked(code: str, speaks_for) -> frozenset:
    """Whose reasons go with a step."""
    return frozenset({RefusalOwner.HOUSEHOLD}) if code == StepCode.REFUSE else speaks_for
