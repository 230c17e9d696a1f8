"""The base of every filter form above a list."""

import django_filters


class FilterSet(django_filters.FilterSet):
    """``more_fields`` names the filters that the page keeps under "More filters".

    A value that makes no sense filters nothing away: the form says what is wrong with it.
    """

    more_fields: tuple[str, ...] = ()
