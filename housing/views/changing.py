"""Forms about a row that two people may be changing at the same time."""

from copy import copy
from datetime import date
from decimal import Decimal

from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from housing.arithmetic import postcode_written
from housing.selectors.register import last_changed_by
from westerkwartier.web.templatetags.ui import date_long, euro
from westerkwartier.web.versions import Changed
from westerkwartier.web.views import ObjectFormPage


class ChangePage(ObjectFormPage):
    """A form about a row that somebody else may be changing too.

    Who saves second gets the same form with what they wrote, beside it what was saved in the
    meantime; saving again is then a choice.
    """

    object_form = None
    changed_by_other: list | None = None
    changed_by: str = ""

    def get_form(self, data=None):
        return self.object_form(data, instance=copy(self.object))

    def get_context_data(self, **kwargs):
        form = kwargs.setdefault("form", self.get_form())
        if self.changed_by_other is not None:
            del form.errors[NON_FIELD_ERRORS]  # the notice above the form says more
        return super().get_context_data(
            differences=self.changed_by_other, changed_by=self.changed_by, **kwargs
        )

    def perform(self, form):
        try:
            return self.change(form)
        except Changed as changed:
            self.object = self.get_object()
            fresh = self.object_form(instance=copy(self.object))
            self.changed_by_other = differences(form, fresh)
            self.changed_by = str(last_changed_by(changed.current) or "")
            form.data = form.data.copy()
            form.data["version"] = fresh.initial["version"]
            raise


def differences(form, fresh) -> list[tuple]:
    """Label, what is saved now and what this form says, of the fields where they differ."""
    found = []
    for name in getattr(form, "compared", form._meta.fields):
        field = form.fields[name]
        now, mine = fresh.initial.get(name), form.cleaned_data.get(name)
        if name == "postcode":
            mine = postcode_written(mine)
        if comparable(field, mine) != comparable(field, now):
            found.append((form[name].label, in_words(field, now), in_words(field, mine)))
    return found


def comparable(field, value):
    """A value as the form would send it, so that two can be compared; nothing is nothing."""
    if isinstance(value, list | QuerySet):
        return sorted(str(field.prepare_value(one)) for one in value)
    return field.prepare_value(value) or ""


def in_words(field, value) -> str:
    """A value of a form's field as people read it."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list | QuerySet):
        return ", ".join(str(one) for one in value) or "–"
    if value in (None, ""):
        return dict(getattr(field, "choices", ())).get("", "–")
    if isinstance(value, date):
        return date_long(value)
    if isinstance(value, Decimal):
        return euro(value)
    key = str(field.prepare_value(value))
    labels = {str(choice): label for choice, label in getattr(field, "choices", ())}
    return str(labels.get(key, value))
