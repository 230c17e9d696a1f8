"""Forms of the reports app."""

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import Region
from reports.choices import ReportKind
from westerkwartier.web.templatetags.ui import date_long


class ReportRunForm(forms.Form):
    """What report, of which day. The bounds are checked again by the service."""

    region = forms.ModelChoiceField(Region.objects.none(), label=_("Region"))
    kind = forms.ChoiceField(label=_("Report"), choices=ReportKind)
    reference_date = forms.DateField(
        label=_("Reference date"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, regions, first: date | None, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = regions
        choices = list(regions[:2])
        if len(choices) == 1:
            self.fields["region"].widget = forms.HiddenInput()
            self.fields["region"].initial = choices[0].pk
        day = self.fields["reference_date"]
        day.initial = today.replace(day=1)
        day.widget.attrs["max"] = today.isoformat()
        day.help_text = _(
            "Everything up to and including this day is counted. Usually the 1st of a month."
        )
        if first:
            day.widget.attrs["min"] = first.isoformat()
            day.help_text += " " + _("Possible from %(first)s to %(last)s.") % {
                "first": date_long(first),
                "last": date_long(today),
            }
