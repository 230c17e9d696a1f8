"""The steps of a case as they stand."""

from django.db.models import Q, QuerySet

from housing.choices import StepCode
from housing.models import Case, CaseStep


def standing_steps(case: Case) -> QuerySet[CaseStep]:
    """The steps of a case that were not taken back, in order."""
    return case.steps.filter(~Q(code=StepCode.UNDO), undone_by=None).order_by("pk")
