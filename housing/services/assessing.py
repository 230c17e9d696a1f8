"""Judging vacated dwellings: every verdict is a new line and the newest counts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from housing.choices import VacancyState, Verdict
from housing.models import Assessment, AssessmentReason, Vacancy
from housing.policies import can_assess_vacancy, can_undo_assessment
from partners.models import User
from partners.services.journal import record
from westerkwartier.web.refusals import Refused

UNDO_WITHIN = timedelta(hours=1)  # to mend a slip; later a new verdict tells what changed


@dataclass(frozen=True)
class Judged:
    """What came of judging several dwellings at once.

    ``given`` are the lines that now hold the verdict; ``skipped`` tells of each dwelling left
    alone why.
    """

    given: list[Assessment] = field(default_factory=list)
    skipped: list[tuple[Vacancy, str]] = field(default_factory=list)


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
    _check_reason(verdict, reason)
    vacancy = _locked(Vacancy.objects.filter(pk=vacancy.pk)).get()
    if not can_assess_vacancy(by, vacancy):
        raise PermissionDenied
    if not vacancy.is_open:
        raise Refused(_("This dwelling is no longer vacant, so it needs no verdict."))
    return _again(by, vacancy, verdict, reason, remark) or _add(
        by, vacancy, verdict, reason, remark, now
    )


@transaction.atomic
def assess_vacancies(
    *,
    by: User,
    vacancies: Iterable[Vacancy],
    verdict: str,
    reason: AssessmentReason | None = None,
    remark: str = "",
    now: datetime,
) -> Judged:
    """Give dwellings that wait for a verdict the same one.

    What no longer waits (let, withdrawn, judged by somebody else in the meantime) is left alone
    and told of, so that nobody writes over a colleague's verdict unawares. ``PermissionDenied``
    when one of them is not theirs to judge: then nothing is written at all.
    """
    _check_reason(verdict, reason)
    keys = {vacancy.pk for vacancy in vacancies}
    judged = Judged()
    # By primary key: two people who judge the same ones wait for each other, never both.
    for vacancy in _locked(Vacancy.objects.filter(pk__in=keys)).order_by("pk"):
        if not can_assess_vacancy(by, vacancy):
            raise PermissionDenied
        if why := _no_longer_vacant(vacancy):
            judged.skipped.append((vacancy, why))
        elif given := _again(by, vacancy, verdict, reason, remark):
            judged.given.append(given)
        elif vacancy.verdict:
            judged.skipped.append((vacancy, _("judged in the meantime")))
        else:
            judged.given.append(_add(by, vacancy, verdict, reason, remark, now))
    return judged


@transaction.atomic
def undo_assessment(*, by: User, assessment: Assessment, now: datetime) -> Assessment:
    """Take a verdict back within the hour: a new line with what held before it, or nothing.

    Again: the line that took it back already. ``PermissionDenied`` for who may not judge this
    dwelling. ``Refused`` when it was somebody else's (the coordinator may), when it is older than
    an hour or no longer the newest, and when the dwelling is not vacant any more.
    """
    vacancy = _locked(Vacancy.objects.filter(pk=assessment.vacancy_id)).get()
    if not can_assess_vacancy(by, vacancy):
        raise PermissionDenied
    lines = list(vacancy.assessments.select_related("reason"))
    taken_back = next((line for line in lines if line.undoes_id == assessment.pk), None)
    if taken_back is not None:
        return taken_back
    if not can_undo_assessment(by, vacancy, assessment):
        raise Refused(_("Only who gave this verdict or the coordinator can take it back."))
    if not vacancy.is_open:
        raise Refused(_("This dwelling is no longer vacant, so its verdict stays."))
    if lines[0].pk != assessment.pk or assessment.undoes_id:
        raise Refused(_("This verdict is not the newest any more, so it stays."))
    if now - assessment.at > UNDO_WITHIN:
        raise Refused(_("A verdict can be taken back for an hour. Give a new verdict instead."))
    before = lines[1] if len(lines) > 1 else None
    line = Assessment.objects.create(
        vacancy=vacancy,
        undoes=assessment,
        verdict=before.verdict if before else "",
        reason=before.reason if before else None,
        remark=before.remark if before else "",
        by=by,
        at=now,
    )
    _journal(by, "vacancy.undo_assessment", vacancy, assessment.verdict)
    return line


def can_still_undo(*, by: User, vacancy: Vacancy, newest: Assessment | None, now: datetime) -> bool:
    """Whether ``undo_assessment`` would take back the newest line, as far as one can tell now."""
    return (
        newest is not None
        and newest.undoes_id is None
        and vacancy.is_open
        and now - newest.at <= UNDO_WITHIN
        and can_undo_assessment(by, vacancy, newest)
    )


def _locked(vacancies):
    return vacancies.select_for_update(of=["self"]).select_related("dwelling__village__region")


def _check_reason(verdict: str, reason: AssessmentReason | None) -> None:
    if verdict != Verdict.SUITABLE and reason is None:
        raise Refused(_("Choose a reason."))
    if reason is not None and reason.verdict != verdict:
        raise Refused(_("This reason does not go with this verdict."))


def _no_longer_vacant(vacancy: Vacancy) -> str:
    """Why a vacancy needs no verdict any more; empty while it is open."""
    if vacancy.is_open:
        return ""
    return _("withdrawn") if vacancy.state == VacancyState.WITHDRAWN else _("already let")


def _again(by, vacancy, verdict, reason, remark) -> Assessment | None:
    """The newest line when it says just this already: the second half of a double click."""
    newest = vacancy.assessments.first()
    said = newest and (newest.verdict, newest.reason_id, newest.remark, newest.by_id)
    same = said == (verdict, reason and reason.pk, remark, by.pk) and newest.undoes_id is None
    return newest if same else None


def _add(by, vacancy, verdict, reason, remark, now) -> Assessment:
    assessment = Assessment.objects.create(
        vacancy=vacancy, verdict=verdict, reason=reason, remark=remark, by=by, at=now
    )
    _journal(by, "vacancy.assess", vacancy, verdict)
    return assessment


def _journal(by: User, action: str, vacancy: Vacancy, detail: str) -> None:
    record(by=by, action=action, obj=vacancy, region=vacancy.dwelling.village.region, detail=detail)
