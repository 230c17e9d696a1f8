"""Forms of the housing app."""

from itertools import groupby

from django import forms
from django.db.models import Q
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from housing.choices import Verdict
from housing.models import AssessmentReason


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
