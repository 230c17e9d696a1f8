"""Fields and constraints that several apps declare the same way."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _


class Certainty(models.TextChoices):
    """How sure a figure is. Everything but ``official`` is marked on screen and paper."""

    OFFICIAL = "official", _("official")
    PRESS = "press", _("from the press")
    DERIVED = "derived", _("calculated")
    MEMORY = "memory", _("not verified")
    MIXED = "mixed", _("partly verified")
    UNKNOWN = "unknown", _("unknown")
    ILLUSTRATIVE = "illustrative", _("illustrative")


class DateRange(Func):
    """SQL ``daterange(from, to, '[)')``: from the first day up to, not including, the last."""

    function = "DATERANGE"
    output_field = DateRangeField()


def no_overlap(
    *, name: str, fields: list[str], start: str, end: str, message
) -> models.BaseConstraint:
    """Exclusion constraint: rows with equal ``fields`` may not overlap in time (end exclusive)."""
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((field, RangeOperators.EQUAL) for field in fields),
            (DateRange(F(start), F(end), RangeBoundary()), RangeOperators.OVERLAPS),
        ],
        violation_error_message=message,
    )


def choice_check(field: str, choices, *, name: str, blank: bool = False) -> models.CheckConstraint:
    """Check constraint: the database too refuses a value that is not in ``choices``."""
    allowed = sorted(choices.values)
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{field}__in": ["", *allowed] if blank else allowed}),
        violation_error_message=_("This value is not one of the choices."),
    )


def in_order(first: str, last: str, *, name: str) -> models.CheckConstraint:
    """Check constraint: ``last`` is empty or on or after ``first``."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{last}__isnull": True}) | Q(**{f"{last}__gte": F(first)}),
        violation_error_message=_("The end lies before the beginning."),
    )


def together(one: str, other: str, *, name: str, message) -> models.CheckConstraint:
    """Check constraint: both are filled or both are empty."""
    return models.CheckConstraint(
        name=name,
        condition=Q(**{f"{one}__isnull": True, f"{other}__isnull": True})
        | Q(**{f"{one}__isnull": False, f"{other}__isnull": False}),
        violation_error_message=message,
    )
