"""What a tap in the inbox sends: one or more dwellings, and a verdict or the reason for one."""

from django import forms
from django.utils.translation import gettext_lazy as _

from housing.choices import Verdict
from housing.models import AssessmentReason, Vacancy

NOTHING_CHOSEN = _("Choose one or more dwellings first.")
NO_LONGER = _("One of these dwellings is not there any more. Choose again.")


class InboxForm(forms.Form):
    """``vacancies`` are those that somebody may judge; ``on`` the day on which reasons hold.

    A reason says its verdict, so that one button sends both. ``cleaned_data`` holds what
    ``assess_vacancies`` takes: vacancies, verdict, reason.
    """

    vacancy = forms.ModelMultipleChoiceField(
        queryset=Vacancy.objects.none(),
        error_messages={
            "required": NOTHING_CHOSEN,
            "invalid_pk_value": NO_LONGER,
            "invalid_choice": NO_LONGER,
        },
    )
    verdict = forms.ChoiceField(
        choices=Verdict.choices,
        required=False,
        error_messages={"invalid_choice": _("Choose a verdict.")},
    )
    reason = forms.ModelChoiceField(
        queryset=AssessmentReason.objects.none(),
        required=False,
        error_messages={"invalid_choice": _("This reason is no longer used. Choose another.")},
    )

    def __init__(self, *args, vacancies, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["vacancy"].queryset = vacancies
        self.fields["reason"].queryset = AssessmentReason.objects.on(on)

    def clean(self):
        data = super().clean()
        if self.errors:
            return data
        reason = data["reason"]
        verdict = reason.verdict if reason else data["verdict"]
        if not verdict:
            raise forms.ValidationError(_("Choose a verdict."))
        return {"vacancies": data["vacancy"], "verdict": verdict, "reason": reason}
