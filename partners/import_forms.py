"""Forms of the import wizard."""

from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import ImportBatch, Organisation, User
from partners.services.imports.kinds import ImportKind, kinds_for
from westerkwartier.web.sheets.content import too_large
from westerkwartier.web.sheets.kinds import DEFAULT_LIMITS


class UploadForm(forms.Form):
    """Which file, of what, for whom. ``too_large``: the request was cut off before its file."""

    kind = forms.ChoiceField(label=_("What does the file hold?"), widget=forms.RadioSelect)
    organisation = forms.ModelChoiceField(
        label=_("For which organisation?"),
        queryset=Organisation.objects.none(),
        required=False,  # asked only where a kind leaves a choice
    )
    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,  # said in our own words when it is read
        help_text=_("CSV, XLSX, ODS or VERA JSON, at most 20 MB and 200,000 rows."),
        widget=forms.FileInput({"class": "file", "accept": ".csv,.txt,.tsv,.xlsx,.ods,.json"}),
    )

    def __init__(self, *args, by: User, kind: str = "", too_large_file: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = kinds_for(by)
        self.fields["kind"].choices = [(one.name, one.label) for one in kinds]
        self.fields["kind"].initial = kind or (kinds[0].name if kinds else None)
        self.choices_of = {one.name: list(one.organisations(by)) for one in kinds}
        every = {o.pk for organisations in self.choices_of.values() for o in organisations}
        field = self.fields["organisation"]
        field.queryset = Organisation.objects.filter(pk__in=every)
        if all(len(organisations) == 1 for organisations in self.choices_of.values()):
            field.widget = forms.HiddenInput()
        elif len(kinds) == 1:
            field.empty_label = None
        if too_large_file:
            self.fields["file"].error_messages["required"] = str(too_large(DEFAULT_LIMITS))

    def clean(self):
        """The organisation follows from the kind where there is one only."""
        data = super().clean()
        fitting = self.choices_of.get(data.get("kind"), [])
        if not fitting or self.has_error("organisation"):
            return data
        if len(fitting) == 1:
            data["organisation"] = fitting[0]
        elif data.get("organisation") not in fitting:
            names = ", ".join(map(str, fitting))
            self.add_error("organisation", _("Choose one of: %(names)s.") % {"names": names})
        return data

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > DEFAULT_LIMITS.bytes:
            raise forms.ValidationError(str(too_large(DEFAULT_LIMITS)))
        return file


class MappingForm(forms.Form):
    """For each header of the file: the column that it stands for, or none."""

    mark_optional = False

    def __init__(
        self, *args, batch: ImportBatch, kind: ImportKind, samples: list[list[str]], **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.headers = batch.headers
        choices = [("", _("Leave out")), *((c.name, c.label) for c in kind.columns)]
        for place, header in enumerate(self.headers):
            shown = " · ".join(samples[place])
            self.fields[f"column_{place}"] = forms.ChoiceField(
                label=header,
                choices=choices,
                required=False,
                initial=batch.mapping.get(header, ""),
                help_text=_("For example: %(cells)s") % {"cells": shown} if shown else "",
            )

    def mapping(self) -> dict[str, str]:
        """From header to column, those left out too."""
        return {
            header: self.cleaned_data[f"column_{place}"]
            for place, header in enumerate(self.headers)
        }


class ApproveForm(forms.Form):
    """Says that the warnings were seen, where there are any."""

    warnings_seen = forms.BooleanField(
        label=_("I have seen the warnings and want these rows imported as they are."),
        error_messages={"required": _("First say that you have seen the warnings.")},
    )

    def __init__(self, *args, batch: ImportBatch, **kwargs):
        super().__init__(*args, **kwargs)
        if not batch.counts.get("warned"):
            del self.fields["warnings_seen"]
