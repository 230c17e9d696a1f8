"""Judging vacated dwellings: every verdict is a new line and the newest counts."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from housing.choices import Verdict
from housing.models import Assessment, AssessmentReason, Vacancy
from housing.policies import can_assess_vacancy
from partners.models import User
from partners.services.journal import record
from westerkwartier.web.refusals import Refused


@transaction.atomic
def assess_vacancy(
    *,
    by: User,
    vacancy: Vacancy,
    verdict: str,
    reason: AssessmentReason | None = None,
    remark: str = "",
    now: datetime,
) -> Assessment:
    """Add a verdict to an open vacancy.

    The same verdict by the same person as the newest one is not added again, so a double click
    leaves one line. ``PermissionDenied`` for who may not judge this dwelling; ``Refused`` when the
    vacancy is closed or the reason does not belong to the verdict.
    """
    vacancy = (
        Vacancy.objects.select_for_update(of=["self"])
        .select_related("dwelling__village__region")
        .get(pk=vacancy.pk)
    )
    if not can_assess_vacancy(by, vacancy):
        raise PermissionDenied
    if not vacancy.is_open:
        raise Refused(_("This dwelling is no longer vacant, so it needs no verdict."))
    if verdict != Verdict.SUITABLE and reason is None:
        raise Refused(_("Choose a reason."))
    if reason is not None and reason.verdict != verdict:
        raise Refused(_("This reason does not go with this verdict."))
    newest = vacancy.assessments.first()
    if newest and (newest.verdict, newest.reason, newest.remark, newest.by_id) == (
        verdict,
        reason,
        remark,
        by.pk,
    ):
        return newest
    assessment = Assessment.objects.create(
        vacancy=vacancy, verdict=verdict, reason=reason, remark=remark, by=by, at=now
    )
    record(
        by=by,
        action="vacancy.assess",
        obj=vacancy,
        region=vacancy.dwelling.village.region,
        detail=verdict,
    )
    return assessment
