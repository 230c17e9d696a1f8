"""What a row of a file with vacated dwellings does to the register."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.choices import (
    LET_STATES,
    OPEN_STATES,
    VACANCY_TRANSITIONS,
    VacancyState,
    Verdict,
)
from housing.models import Assessment, AssessmentReason, Dwelling, Vacancy, WithdrawalReason
from housing.services.importing.columns import SEEN_BESIDE_A_VACANCY, VACANCY_COLUMNS
from housing.services.importing.common import corporations, filled, show_value
from housing.services.importing.dwellings import Register as DwellingRegister
from partners.models import ImportBatch, ImportRow, Organisation
from partners.services.imports.checking import as_json
from partners.services.imports.kinds import CheckedRow, ImportKind, fold
from partners.services.journal import record as journal_line
from westerkwartier.web.templatetags.ui import date_short

OF_THE_DWELLING = {"postcode", "number", "addition", "bag_id"}
OF_THE_VERDICT = {"verdict", "reason"}
COLUMN_OF = {"withdrawn_because": "withdrawn_because_id"}

NEW: dict[str, Any] = {
    "empty_from": None,
    "service_costs": Decimal(0),
    "label": "",
    "internal_move": False,
    "state": str(VacancyState.ANNOUNCED),
    "withdrawn_because_id": None,
    "let_from": None,
    "closed_on": None,
}
NEEDED = ("available_from", "net_rent")

# An empty cell empties these; the others stay as they are.
MAY_BE_EMPTIED = {"label": "", "empty_from": None}

LOW_RENT, HIGH_RENT = Decimal(200), Decimal(1500)  # outside which somebody should look


def written_columns(columns: set[str]) -> tuple[str, ...]:
    """The database columns that rows write to when the file has these columns."""
    names = columns - OF_THE_DWELLING - OF_THE_VERDICT - {"notice_on"}
    names = {COLUMN_OF.get(name, name) for name in names}
    if "state" in names:
        names |= {"closed_on", "let_from", "withdrawn_because_id"}
    return tuple(sorted(names))


class Register:
    """What the register holds of the rows of a chunk: a fixed number of queries."""

    def __init__(self, organisation: Organisation, rows: list[CheckedRow], on: date):
        self.dwellings = DwellingRegister(organisation, rows)
        self.dwelling_of = {row.number: self.dwellings.find(row) for row in rows}
        keys = {dwelling.pk for dwelling in self.dwelling_of.values() if dwelling}
        self.vacancies: dict[tuple[int, date], Vacancy] = {}
        self.open: dict[int, Vacancy] = {}
        for vacancy in Vacancy.objects.filter(dwelling__in=keys):
            self.vacancies[vacancy.dwelling_id, vacancy.notice_on] = vacancy
            if vacancy.is_open:
                self.open[vacancy.dwelling_id] = vacancy
        self.newest = dict(
            Assessment.objects.filter(vacancy__dwelling__in=keys)
            .order_by("vacancy_id", "-pk")
            .distinct("vacancy_id")
            .values_list("vacancy_id", "reason_id")
        )
        self.closing = {
            (self.dwelling_of[row.number].pk, row.given["notice_on"])
            for row in rows
            if self.dwelling_of[row.number]
            and row.given.get("notice_on")
            and row.given.get("state") not in (None, *OPEN_STATES)
        }
        self.withdrawals = by_spelling(WithdrawalReason.objects.on(on))
        self.reasons = by_spelling(AssessmentReason.objects.on(on))

    def holds(self, dwelling: Dwelling) -> Vacancy | None:
        """The open vacancy of a dwelling, when no row of this chunk closes it."""
        vacancy = self.open.get(dwelling.pk)
        if vacancy and (dwelling.pk, vacancy.notice_on) in self.closing:
            return None
        return vacancy


def by_spelling(reasons: Iterable) -> dict[str, Any]:
    """Reasons by code and by label in either language."""
    found = {}
    for reason in reasons:
        for spelling in (reason.code, reason.label_nl, reason.label_en, reason.vera_code):
            if spelling:
                found[fold(spelling)] = reason
    return found


def check_vacancies(
    organisation: Organisation, rows: list[CheckedRow], columns: set[str], on: date
) -> None:
    """Compare rows with the register. See ``ImportKind.check``."""
    register = Register(organisation, rows, on)
    written = written_columns(columns)
    for row in rows:
        given, dwelling = row.given, register.dwelling_of[row.number]
        row.label = label_of(given, dwelling)
        if not filled(row, ("notice_on",)):
            continue
        if dwelling is None:
            if not row.problems:
                row.block("", _("No dwelling of this corporation is known here. Import it first."))
            continue
        row.keys = (f"{dwelling.pk}|{given['notice_on']}", "")
        values = {COLUMN_OF.get(name, name): value for name, value in given.items()}
        name_withdrawal(register, row, values)
        if row.problems:
            continue
        vacancy = register.vacancies.get((dwelling.pk, given["notice_on"]))
        if vacancy is None:
            add(row, values, dwelling)
        else:
            change(row, values, vacancy, written)
        if row.problems:
            continue
        settle(row, vacancy)
        open_once(register, row, dwelling, vacancy)
        look_over(row, vacancy, dwelling)
        judge(register, row, vacancy, on)


def label_of(given: dict[str, Any], dwelling: Dwelling | None) -> str:
    if dwelling is not None:
        address = dwelling.address
    else:
        number = f"{given.get('number') or ''}{given.get('addition') or ''}"
        address = " ".join(filter(None, [given.get("postcode"), number])) or (
            given.get("bag_id") or ""
        )
    day = given.get("notice_on")
    return f"{address}, {date_short(day)}" if day else address


def name_withdrawal(register: Register, row: CheckedRow, values: dict[str, Any]) -> None:
    spelling = values.get("withdrawn_because_id")
    if not spelling:
        return
    reason = register.withdrawals.get(fold(spelling))
    if reason is None:
        row.block(
            "withdrawn_because",
            _("“%(raw)s” is not a reason for withdrawal.") % {"raw": spelling},
        )
        return
    values["withdrawn_because_id"] = reason.pk


def add(row: CheckedRow, values: dict[str, Any], dwelling: Dwelling) -> None:
    if not filled(row, NEEDED, values):
        return
    names = {"notice_on", *NEEDED, *NEW}
    given = {name: value for name, value in values.items() if name in names and value is not None}
    if "label" not in values:
        given["label"] = dwelling.label
    record = {"dwelling_id": dwelling.pk, "illustrative": False, **NEW, **given}
    row.record = {name: as_json(value) for name, value in record.items()}
    row.record["service_costs"] = f"{Decimal(record['service_costs']):.2f}"


def change(
    row: CheckedRow, values: dict[str, Any], vacancy: Vacancy, written: Iterable[str]
) -> None:
    row.target = vacancy.pk
    for name in written:
        now, value = getattr(vacancy, name), values.get(name)
        if value is None:
            value = MAY_BE_EMPTIED[name] if name in MAY_BE_EMPTIED and name in values else now
            if value != now:
                row.warn(name, _("The cell is empty: what the register has is taken out."))
        row.before[name], row.record[name] = as_json(now), as_json(value)


def settle(row: CheckedRow, vacancy: Vacancy | None) -> None:
    """State, first day of letting, closing date and reason belong together."""
    if "state" not in row.record:
        return
    record = row.record
    state, was = record["state"], vacancy.state if vacancy else None
    if was and state != was and state not in VACANCY_TRANSITIONS[was]:
        row.block(
            "state",
            _("From “%(from)s” it cannot become “%(to)s”.")
            % {"from": VacancyState(was).label, "to": VacancyState(state).label},
        )
        return
    if state in LET_STATES:
        if not record["let_from"]:
            row.block("let_from", _("A dwelling that was let has a first day of the new tenancy."))
        elif not record["closed_on"]:
            record["closed_on"] = max(
                record["let_from"], record.get("notice_on") or as_json(vacancy.notice_on)
            )
    elif record["let_from"]:
        row.block("let_from", _("Only a dwelling that was let has a first day of letting."))
    if state == VacancyState.WITHDRAWN:
        if not record["withdrawn_because_id"]:
            row.block("withdrawn_because", _("A withdrawn dwelling has a reason."))
        if not record["closed_on"]:
            row.block("closed_on", _("A withdrawn dwelling has a closing date."))
    elif record["withdrawn_because_id"]:
        row.block("withdrawn_because", _("Only a withdrawn dwelling has such a reason."))
    if state in OPEN_STATES and record["closed_on"]:
        row.block("closed_on", _("An open vacancy has no closing date; tell its state too."))


def open_once(
    register: Register, row: CheckedRow, dwelling: Dwelling, vacancy: Vacancy | None
) -> None:
    """A dwelling has one open vacancy, in the register and in the file."""
    state = row.record.get("state", vacancy.state if vacancy else None)
    if state not in OPEN_STATES:
        return
    row.keys = (row.keys[0], f"open|{dwelling.pk}")
    there = register.holds(dwelling)
    if there is not None and (vacancy is None or there.pk != vacancy.pk):
        row.block(
            "",
            _("This dwelling is already reported as vacant, since the notice of %(day)s.")
            % {"day": date_short(there.notice_on)},
        )


def look_over(row: CheckedRow, vacancy: Vacancy | None, dwelling: Dwelling) -> None:
    """What the columns say together."""

    def value(name: str) -> Any:
        return row.record.get(name, as_json(getattr(vacancy, name, None)))

    notice, free, empty = value("notice_on"), value("available_from"), value("empty_from")
    if free < notice:
        row.block("available_from", _("It cannot be free before the notice was given."))
    if empty and free < empty:
        row.block("empty_from", _("It cannot be free before it is empty."))
    if value("closed_on") and value("closed_on") < notice:
        row.block("closed_on", _("It cannot be closed before the notice was given."))
    if vacancy is None and dwelling.left_stock_on and notice >= dwelling.left_stock_on.isoformat():
        row.block(
            "",
            _("This dwelling is no longer let since %(day)s.")
            % {"day": date_short(dwelling.left_stock_on)},
        )
    rent = Decimal(value("net_rent"))
    if not LOW_RENT <= rent <= HIGH_RENT:
        row.warn("net_rent", _("This rent is unusual."))


def judge(register: Register, row: CheckedRow, vacancy: Vacancy | None, on: date) -> None:
    """A verdict becomes a new line, unless it is the one that counts already."""
    verdict, spelling = row.given.get("verdict"), row.given.get("reason")
    if not verdict:
        if spelling:
            row.block("verdict", _("A reason goes with a verdict."))
        return
    reason = register.reasons.get(fold(spelling)) if spelling else None
    if vacancy is not None and vacancy.verdict == verdict and not spelling:
        return
    if spelling and reason is None:
        row.block("reason", _("“%(raw)s” is not a reason for a verdict.") % {"raw": spelling})
    elif reason is None and verdict != Verdict.SUITABLE:
        row.block("reason", _("Choose a reason."))
    elif reason is not None and reason.verdict != verdict:
        row.block("reason", _("This reason does not go with this verdict."))
    else:
        key = reason.pk if reason else None
        if vacancy is not None and (vacancy.verdict, register.newest.get(vacancy.pk)) == (
            verdict,
            key,
        ):
            return
        if vacancy is not None and not vacancy.is_open and vacancy.verdict:
            row.block("verdict", _("This dwelling is no longer vacant, so its verdict stays."))
            return
        row.record["extra"] = {"verdict": verdict, "reason": key}


def add_verdicts(batch: ImportBatch, row_ids: list[int], *, now: datetime) -> None:
    """Append the verdicts of rows that were written, by whoever approved the file."""
    rows = ImportRow.objects.filter(pk__in=row_ids, record__has_key="extra")
    new = [
        Assessment(
            vacancy_id=target,
            verdict=record["extra"]["verdict"],
            reason_id=record["extra"]["reason"],
            by=batch.approved_by,
            at=now,
        )
        for target, record in rows.order_by("pk").values_list("target", "record")
    ]
    if not new:
        return
    Assessment.objects.bulk_create(new)
    journal_line(
        by=batch.approved_by,
        action="vacancy.assess",
        obj=batch,
        region=batch.organisation.region,
        detail=str(len(new)),
    )


def obstacle(before: dict[str, Any], record: dict[str, Any]) -> str:
    """Why this change of a vacancy cannot be undone."""
    if record.get("extra"):
        return _("a verdict was given with it, and verdicts are never erased.")
    was, is_now = before.get("state"), record.get("state")
    if was != is_now and was not in VACANCY_TRANSITIONS[is_now]:
        return _("from “%(from)s” it cannot go back to “%(to)s”.") % {
            "from": VacancyState(is_now).label,
            "to": VacancyState(was).label,
        }
    return ""


def final(columns: set[str]) -> str:
    """What the approver must know before it is too late."""
    if "verdict" in columns:
        return _("Rows with a verdict cannot be undone: verdicts are never erased.")
    return ""


def own_vacancies(organisation: Organisation):
    return Vacancy.objects.filter(Q(dwelling__corporation=organisation))


VACANCIES = ImportKind(
    name="vacancies",
    label=gettext_lazy("Vacated dwellings"),
    model=Vacancy,
    columns=VACANCY_COLUMNS,
    passed_over=tuple(column.label for column in SEEN_BESIDE_A_VACANCY),
    required=(("postcode", "bag_id"), ("number", "bag_id"), ("notice_on",)),
    example={
        "postcode": "9999 ZZ",
        "number": 12,
        "addition": "a",
        "notice_on": date(2017, 10, 2),
        "empty_from": date(2017, 11, 1),
        "available_from": date(2017, 11, 6),
        "net_rent": Decimal("565.40"),
        "service_costs": Decimal("12.50"),
        "state": VacancyState.ANNOUNCED.label,
    },
    twice=(
        gettext_lazy("The same dwelling with the same day of notice is on row # too."),
        gettext_lazy("Row # reports the same dwelling as vacant too."),
    ),
    organisations=corporations,
    check=check_vacancies,
    fields=written_columns,
    labels={
        **{COLUMN_OF.get(c.name, c.name): c.label for c in VACANCY_COLUMNS},
    },
    stock=own_vacancies,
    show_value=show_value,
    extra=add_verdicts,
    obstacle=obstacle,
    final=final,
)
