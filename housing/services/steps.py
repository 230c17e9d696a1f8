"""Taking a step of a case: the one door through which a household's status changes.

The table ``housing.choices.STEPS`` says which step follows which status and who may take it; the
database holds the same table and refuses whatever it does not allow.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from housing.choices import STEPS
from housing.models import Case, CaseStep, Dwelling, Proposal, Vacancy
from housing.policies import can_take_step
from housing.selectors.steps import standing_steps
from housing.services.following import follow_step
from partners.models import User
from partners.services.journal import record
from westerkwartier.web.refusals import Refused


def locked_case(case: Case) -> Case:
    """The row as it is now, held until the end of the transaction.

    Locked by itself, then read: PostgreSQL looks at a joined row again only as it was before the
    wait, so a household that got another municipality meanwhile would not be found.
    """
    Case.objects.select_for_update(no_key=True).values("pk").get(pk=case.pk)
    return Case.objects.select_related("region", "linked_municipality__organisation").get(
        pk=case.pk
    )


def locked_cases(keys: Iterable[int]) -> dict[int, Case]:
    """Several rows as ``locked_case`` gives one, by key; always locked in the same order."""
    return {key: locked_case(Case(pk=key)) for key in sorted(keys)}


def locked_dwelling(vacancy: Vacancy) -> Vacancy:
    """The vacancy as it is now, behind the lock on its dwelling.

    Whoever places locks in this order: dwelling, vacancy, case. Two people who want the same
    dwelling then wait for each other, and never both for both.
    """
    Dwelling.objects.select_for_update(of=["self"], no_key=True).get(pk=vacancy.dwelling_id)
    return (
        Vacancy.objects.select_for_update(of=["self"], no_key=True)
        .select_related("dwelling__village__region", "dwelling__corporation")
        .get(pk=vacancy.pk)
    )


def last_step(case: Case) -> CaseStep | None:
    """The newest step that was not taken back."""
    return standing_steps(case).last()


def allow_step(*, by: User, case: Case, code: str) -> None:
    """``PermissionDenied`` for who may not take this step, or did not just take it.

    Who turned a proposal down may not know of the household any more; the second half of their own
    double click is harmless all the same.
    """
    if can_take_step(by, case, code):
        return
    newest = last_step(case)
    if newest is None or (newest.code, newest.by_id) != (code, by.pk):
        raise PermissionDenied


def already_taken(
    case: Case, code: str, *, on: date, proposal: Proposal | None = None, reason: str = ""
) -> CaseStep | None:
    """The newest step when it says just this already: the second half of a double click.

    Ask ``allow_step`` first: what was done is no business of everybody.
    """
    newest = last_step(case)
    said = newest and (newest.code, newest.effective_on, newest.proposal_id, newest.reason)
    same = said == (code, on, proposal and proposal.pk, reason)
    return newest if same else None


def check_step(*, by: User, case: Case, code: str, on: date, now: datetime) -> None:
    """Refuses, with a sentence, what may not be done or not now.

    ``PermissionDenied`` for who may not take this step; ``Refused`` when the status does not allow
    it, or the day lies in the future or before the step it follows. ``case`` is locked.
    """
    rule = STEPS[code]
    if not can_take_step(by, case, code):
        raise PermissionDenied
    if case.status not in rule.before:
        raise Refused(
            _("That cannot be done now: this household is at “%(status)s”.")
            % {"status": case.get_status_display()}
        )
    if on > timezone.localtime(now).date():
        raise Refused(_("This day lies in the future."), field="on")
    if rule.after is not None and on < case.status_since:
        raise Refused(
            _("This day lies before the step it follows, of %(day)s.")
            % {"day": f"{case.status_since:%d-%m-%Y}"},
            field="on",
        )


def add_step(
    *,
    by: User,
    case: Case,
    code: str,
    on: date,
    now: datetime,
    proposal: Proposal | None = None,
    reason: str = "",
    remark: str = "",
    kept: dict | None = None,
    undoes: CaseStep | None = None,
) -> CaseStep:
    """Write the line of a step that was checked; case and proposal then say where they stand."""
    step = CaseStep.objects.create(
        case=case,
        proposal=proposal,
        code=code,
        effective_on=on,
        reason=reason,
        remark=remark,
        kept=kept or {},
        undoes=undoes,
        by=by,
        at=now,
    )
    case.refresh_from_db(fields=["status", "status_since"])
    if proposal is not None:
        proposal.refresh_from_db(fields=["state", "ended_on"])
    record(by=by, action=f"case.{code}", obj=case, region=case.region, detail=reason)
    follow_step(step)
    return step
