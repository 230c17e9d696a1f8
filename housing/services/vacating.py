"""The life of a vacancy by hand: reporting, changing, reserving, letting, withdrawing.

Letting to a permit holder belongs to placing and is not done here.
"""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from housing.choices import VACANCY_TRANSITIONS, VacancyState
from housing.models import Dwelling, Proposal, Vacancy, VacancyWait, WithdrawalReason
from housing.policies import can_change_dwelling, can_change_vacancy
from partners.models import User
from partners.services.journal import record
from westerkwartier.web.refusals import Refused, refused_by_constraints
from westerkwartier.web.versions import Changed, version_of

# What people tell of a vacancy as long as it is open.
VACANCY_FIELDS = (
    "notice_on",
    "available_from",
    "empty_from",
    "net_rent",
    "service_costs",
    "label",
    "internal_move",
)

# Where in a form the sentence of a constraint belongs.
FIELD_OF_CONSTRAINT = {
    "vacancy_dates_in_order": "available_from",
    "vacancy_empty_before_available": "empty_from",
    "vacancy_amounts_not_negative": "net_rent",
}


def vacancy_version(vacancy: Vacancy) -> str:
    """Carried by a form: another text once anybody changed these facts of the vacancy."""
    return version_of(vacancy, VACANCY_FIELDS)


# -- reporting and changing ------------------------------------------------------------------------


@transaction.atomic
def report_vacancy(*, by: User, dwelling: Dwelling, values: Mapping, today: date) -> Vacancy:
    """Report that a dwelling falls vacant; ``values`` by ``VACANCY_FIELDS``.

    Announced as long as it is not available yet. The same report sent twice is one vacancy; a
    second open vacancy is refused, also when two people report at the same moment.
    """
    # By itself first: its village or corporation may have changed while this waited.
    Dwelling.objects.select_for_update(no_key=True).values("pk").get(pk=dwelling.pk)
    dwelling = Dwelling.objects.select_related("village__region", "corporation").get(pk=dwelling.pk)
    if not can_change_dwelling(by, dwelling):
        raise PermissionDenied
    _check_dates(values, today)
    there = dwelling.vacancies.open().first()
    if there is not None and not _differing(there, values):
        return there
    left = dwelling.left_stock_on
    if left is not None and left <= values["available_from"]:
        raise Refused(_("This dwelling is no longer let, so it cannot be reported as vacant."))
    latest = dwelling.vacancies.filter(let_from__isnull=False).order_by("-let_from").first()
    if latest and latest.let_from > values["notice_on"]:
        raise Refused(
            _("The last tenancy began after that day. Choose a later day of notice."),
            field="notice_on",
        )
    announced = values["available_from"] > today
    with refused_by_constraints(Vacancy, FIELD_OF_CONSTRAINT):
        vacancy = Vacancy.objects.create(
            dwelling=dwelling,
            state=VacancyState.ANNOUNCED if announced else VacancyState.AVAILABLE,
            **values,
        )
    _record(by, "vacancy.report", vacancy)
    return vacancy


@transaction.atomic
def change_vacancy(
    *, by: User, vacancy: Vacancy, values: Mapping, version: str, today: date
) -> Vacancy:
    """Change the facts of an open vacancy; ``version`` is the one the form was opened with.

    ``Changed`` when somebody else changed them in the meantime; values that are there already
    change nothing.
    """
    vacancy = _locked(vacancy, by)
    differing = _differing(vacancy, values)
    if not differing:
        return vacancy
    if not vacancy.is_open:
        raise Refused(closed_sentence(vacancy))
    if version != vacancy_version(vacancy):
        raise Changed(
            _("Somebody else changed this vacancy while you were at it."), current=vacancy
        )
    _refuse_while_proposed(vacancy)
    _check_dates(values, today)
    for name in differing:
        setattr(vacancy, name, values[name])
    with refused_by_constraints(Vacancy, FIELD_OF_CONSTRAINT):
        vacancy.save(update_fields=differing)
    _record(by, "vacancy.change", vacancy)
    return vacancy


def _check_dates(values: Mapping, today: date) -> None:
    if values["notice_on"] > today:
        raise Refused(_("The notice cannot lie in the future."), field="notice_on")


# -- from state to state ---------------------------------------------------------------------------


def make_available(*, by: User, vacancy: Vacancy) -> Vacancy:
    """From announced: the dwelling can be let now."""
    return _move(
        vacancy,
        VacancyState.AVAILABLE,
        by=by,
        action="vacancy.make_available",
        only_from=(VacancyState.ANNOUNCED,),
    )


def reserve_vacancy(*, by: User, vacancy: Vacancy) -> Vacancy:
    """Keep the dwelling aside for a household."""
    return _move(vacancy, VacancyState.RESERVED, by=by, action="vacancy.reserve")


def unreserve_vacancy(*, by: User, vacancy: Vacancy) -> Vacancy:
    """Make a reserved dwelling available again."""
    return _move(
        vacancy,
        VacancyState.AVAILABLE,
        by=by,
        action="vacancy.unreserve",
        only_from=(VacancyState.RESERVED,),
    )


def let_regularly(*, by: User, vacancy: Vacancy, let_from: date, today: date) -> Vacancy:
    """Let to somebody who is no permit holder, from ``let_from``; the vacancy is closed today."""
    return _move(
        vacancy,
        VacancyState.LET_REGULAR,
        by=by,
        action="vacancy.let_regularly",
        let_from=let_from,
        closed_on=today,
    )


def withdraw_vacancy(
    *, by: User, vacancy: Vacancy, reason: WithdrawalReason, today: date
) -> Vacancy:
    """The dwelling is not let after all; the vacancy is closed today."""
    return _move(
        vacancy,
        VacancyState.WITHDRAWN,
        by=by,
        action="vacancy.withdraw",
        detail=reason.code,
        withdrawn_because=reason,
        closed_on=today,
    )


@transaction.atomic
def _move(
    vacancy: Vacancy,
    to: VacancyState,
    *,
    by: User,
    action: str,
    detail: str = "",
    only_from: tuple[VacancyState, ...] | None = None,
    **values,
) -> Vacancy:
    """One step by the table of transitions. Where it stands already nothing happens, unless it
    came there in another way: that is refused, as is a step that the table does not have."""
    vacancy = _locked(vacancy, by)
    if vacancy.state == to and not _differing(vacancy, values, but=("closed_on",)):
        return vacancy
    if not vacancy.is_open:
        raise Refused(closed_sentence(vacancy))
    _refuse_while_proposed(vacancy)
    possible = to in VACANCY_TRANSITIONS[vacancy.state]
    if not possible or (only_from is not None and vacancy.state not in only_from):
        raise Refused(
            _("That cannot be done now: this dwelling is %(state)s.")
            % {"state": vacancy.get_state_display().lower()}
        )
    _check_closing(vacancy, values)
    vacancy.state = to
    for name, value in values.items():
        setattr(vacancy, name, value)
    with refused_by_constraints(Vacancy, FIELD_OF_CONSTRAINT):
        vacancy.save(update_fields=["state", *values])
    if vacancy.closed_on is not None:
        _end_waits(vacancy)
    _record(by, action, vacancy, detail=detail)
    return vacancy


def _refuse_while_proposed(vacancy: Vacancy) -> None:
    """A dwelling that is proposed to a household follows the steps of that proposal."""
    if Proposal.objects.live().filter(vacancy=vacancy).exists():
        raise Refused(_("This dwelling has been proposed to a household. End that proposal first."))


def _check_closing(vacancy: Vacancy, values: Mapping) -> None:
    let_from = values.get("let_from")
    if let_from is None:
        return
    free_from = vacancy.empty_from or vacancy.available_from
    if let_from < free_from:
        raise Refused(
            _("The new tenancy cannot begin before the dwelling is free."), field="let_from"
        )
    if let_from.year > values["closed_on"].year + 1:
        raise Refused(_("This day is too far ahead."), field="let_from")


def _end_waits(vacancy: Vacancy) -> None:
    """What a dwelling waited for is over once it is let or withdrawn."""
    until = vacancy.let_from or vacancy.closed_on
    for wait in vacancy.waits.filter(ends_on=None):
        wait.ends_on = max(wait.starts_on, until)
        wait.save(update_fields=["ends_on"])


def closed_sentence(vacancy: Vacancy) -> str:
    """Why nothing can be done any more."""
    if vacancy.state == VacancyState.WITHDRAWN:
        return _("This vacancy has been withdrawn. It stays as it is.")
    return _("This dwelling has been let. The vacancy stays as it is.")


# -- waiting ---------------------------------------------------------------------------------------


@transaction.atomic
def start_wait(
    *,
    by: User,
    vacancy: Vacancy,
    cause: str,
    starts_on: date,
    ends_on: date | None = None,
    today: date,
) -> VacancyWait:
    """Note what an open vacancy waits for, and until when if that is over already.

    The same wait told twice is one. Refused where it already waits for something else on one of
    these days: a day has one cause.
    """
    vacancy = _locked(vacancy, by)
    told = {"cause": cause, "starts_on": starts_on, "ends_on": ends_on}
    there = vacancy.waits.filter(**told).first()
    if there is not None:
        return there
    if not vacancy.is_open:
        raise Refused(closed_sentence(vacancy))
    if starts_on > today:
        raise Refused(_("This day lies in the future."), field="starts_on")
    if starts_on < vacancy.notice_on:
        raise Refused(_("This day lies before the notice."), field="starts_on")
    if ends_on is not None and ends_on > today:
        raise Refused(_("This day lies in the future."), field="ends_on")
    fields = {"wait_in_order": "ends_on", "wait_one_cause_at_a_time": "starts_on"}
    with refused_by_constraints(VacancyWait, fields):
        wait = VacancyWait.objects.create(vacancy=vacancy, **told)
    _record(by, "vacancy.start_wait", vacancy, detail=cause)
    return wait


@transaction.atomic
def end_wait(*, by: User, wait: VacancyWait, ends_on: date, today: date) -> VacancyWait:
    """The wait is over; ``ends_on`` is the first day without it. Over is over: twice is once."""
    wait = _locked_wait(wait, by)
    if wait.ends_on == ends_on:
        return wait
    if wait.ends_on is not None:
        raise Refused(_("This wait is already over."))
    if ends_on > today:
        raise Refused(_("This day lies in the future."), field="ends_on")
    with refused_by_constraints(VacancyWait, {"wait_in_order": "ends_on"}):
        wait.ends_on = ends_on
        wait.save(update_fields=["ends_on"])
    _record(by, "vacancy.end_wait", wait.vacancy, detail=wait.cause)
    return wait


@transaction.atomic
def resume_wait(*, by: User, wait: VacancyWait) -> VacancyWait:
    """Undo ``end_wait``: it still waits. Refused where something else has come since."""
    wait = _locked_wait(wait, by)
    if wait.ends_on is None:
        return wait
    if not wait.vacancy.is_open:
        raise Refused(closed_sentence(wait.vacancy))
    with refused_by_constraints(VacancyWait):
        wait.ends_on = None
        wait.save(update_fields=["ends_on"])
    _record(by, "vacancy.resume_wait", wait.vacancy, detail=wait.cause)
    return wait


@transaction.atomic
def remove_wait(*, by: User, wait: VacancyWait) -> None:
    """Undo ``start_wait``: told by mistake. The history of rows keeps it."""
    wait = _locked_wait(wait, by)
    if not wait.vacancy.is_open:
        raise Refused(closed_sentence(wait.vacancy))
    wait.delete()
    _record(by, "vacancy.remove_wait", wait.vacancy, detail=wait.cause)


# -- what they share -------------------------------------------------------------------------------


def _locked(vacancy: Vacancy, by: User) -> Vacancy:
    """The row as it is now, held until the end; ``PermissionDenied`` for who may not change it."""
    vacancy = (
        Vacancy.objects.select_for_update(of=["self"], no_key=True)
        .select_related("dwelling__village__region", "dwelling__corporation")
        .get(pk=vacancy.pk)
    )
    if not can_change_vacancy(by, vacancy):
        raise PermissionDenied
    return vacancy


def _locked_wait(wait: VacancyWait, by: User) -> VacancyWait:
    """The wait as it is now, behind the lock on its vacancy. Refused where it is gone."""
    vacancy = _locked(wait.vacancy, by)
    found = vacancy.waits.filter(pk=wait.pk).first()
    if found is None:
        raise Refused(_("This wait is no longer there."))
    found.vacancy = vacancy
    return found


def _differing(vacancy: Vacancy, values: Mapping, but: tuple[str, ...] = ()) -> list[str]:
    return [
        name
        for name, value in values.items()
        if name not in but and getattr(vacancy, name) != value
    ]


def _record(by: User, action: str, vacancy: Vacancy, detail: str = "") -> None:
    record(
        by=by,
        action=action,
        obj=vacancy,
        region=vacancy.dwelling.village.region,
        detail=detail,
    )
