"""The form about a difference with COA."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ExplainForm(forms.Form):
    reason = forms.CharField(
        label=_("Explanation"),
        max_length=300,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("For who sees this difference later. Write no names or other personal data."),
    )
