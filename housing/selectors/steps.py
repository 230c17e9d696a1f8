"""The steps of a case as they stand."""

from django.db.models import Q, QuerySet

from housing.choices import StepCode
from housing.models import Case, CaseStep


def standing_steps(case: Case) -> QuerySet[CaseStep]:
    """The steps of a case that were not taken back, in order."""
    return case.steps.filter(~Q(code=StepCode.UNDO), undone_by=None).order_by("pk")


def newest_steps(case_ids: list[int]) -> dict[int, CaseStep]:
    """Of each of these cases the newest step that was not taken back. One query."""
    steps = CaseStep.objects.filter(~Q(code=StepCode.UNDO), case__in=case_ids, undone_by=None)
    newest = steps.order_by("case_id", "-pk").distinct("case_id")
    return {step.case_id: step for step in newest.select_related("case__linked_municipality")}
