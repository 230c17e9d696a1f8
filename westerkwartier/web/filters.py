"""The base of every filter form above a list."""

import django_filters
from django_filters.fields import ModelChoiceField, ModelChoiceIterator


class FilterSet(django_filters.FilterSet):
    """``more_fields`` names the filters that the page keeps under "More filters".

    A value that makes no sense filters nothing away: the form says what is wrong with it.
    """

    more_fields: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for choice in self.filters.values():
            if choice.field_class is ModelChoiceField:
                choice.field_class = FewChoices


class AtOnce(ModelChoiceIterator):
    """Reads the choices in one go. Django would open a cursor in the database, which takes four
    trips there and pays for thousands of rows, not for the villages of a region."""

    def __iter__(self):
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        if self.field.null_label is not None:
            yield self.field.null_value, self.field.null_label
        for row in self.queryset.all():
            yield self.choice(row)


class FewChoices(ModelChoiceField):
    iterator = AtOnce
