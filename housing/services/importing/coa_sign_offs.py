"""What a row of COA's sign-offs does: signs a household off, or says why that cannot be."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from housing.choices import CaseStatus, StatementAbout, StepCode
from housing.models import Case, CaseStep, Proposal
from housing.services.importing.coa import (
    FINAL,
    OUTCOME_PAGE,
    Register,
    at_status,
    begin,
    day_label,
    not_in_future,
    own_cases,
    own_organisations,
    stays,
    tell,
)
from housing.services.importing.coa_columns import COA_SIGN_OFF_COLUMNS
from housing.services.importing.coa_links import show_value
from housing.services.importing.coa_writing import NOT_AS_CHECKED, CoaWriter, own_step
from housing.services.placing import sign_off
from partners.models import ImportBatch, ImportRow, Municipality, Organisation
from partners.services.imports.checking import as_json
from partners.services.imports.kinds import CheckedRow, ImportKind
from westerkwartier.web.refusals import Refused

NEEDED = ("reference", "municipality", "signed_off_on", "persons")
LIVES_HERE = (CaseStatus.MOVED_IN, CaseStatus.REGISTERED)
DONE = (CaseStatus.SIGNED_OFF, CaseStatus.CLOSED)
ENDED_LINK = (CaseStatus.UNLINKED, CaseStatus.RELINKED)


def check_sign_offs(
    organisation: Organisation, rows: list[CheckedRow], columns: set[str], on: date
) -> None:
    """Compare rows with the register. See ``ImportKind.check``."""
    register = Register(organisation, rows, on)
    signed = signed_off_days(register)
    for row in rows:
        municipality = begin(register, row, NEEDED)
        if municipality is None:
            continue
        not_in_future(row, on, "signed_off_on")
        if row.problems:
            continue
        tell(row, municipality, "signed_off_on")
        case = register.cases.get(row.given["reference"])
        if case is None:
            row.block("reference", _("We do not know this household. Import its link first."))
        elif not register.elsewhere(row, case):
            compare(row, case, municipality, signed.get(case.pk))


def signed_off_days(register: Register) -> dict[int, date]:
    """The day on which each household of the chunk was signed off here. One query."""
    steps = CaseStep.objects.filter(
        case__in=[case.pk for case in register.cases.values()],
        code__in=[StepCode.SIGN_OFF, StepCode.STAY],
        undone_by=None,
    )
    return dict(steps.order_by("pk").values_list("case_id", "effective_on"))


def compare(
    row: CheckedRow, case: Case, municipality: Municipality, signed_on: date | None
) -> None:
    day = row.given["signed_off_on"]
    if case.status in DONE:
        stays(row, case, signed_off_on=signed_on)
        if signed_on != day and signed_on is not None:
            row.warn(
                "signed_off_on",
                _("Here the household was signed off on %(day)s.") % {"day": day_label(signed_on)},
            )
        return
    row.target = case.pk
    if case.status in ENDED_LINK:
        row.block("", _("Here this household was unlinked, so it cannot be signed off."))
    elif case.status not in LIVES_HERE:
        row.block("", _("According to us it has not moved in yet.") + " " + at_status(case))
    elif day < case.status_since:
        row.block(
            "signed_off_on",
            _("This day lies before the step it follows, of %(day)s.")
            % {"day": day_label(case.status_since)},
        )
    if row.problems:
        return
    row.before = {"status": case.status, "signed_off_on": None}
    row.record = {"status": CaseStatus.SIGNED_OFF, "signed_off_on": as_json(day)}
    if row.given["persons"] != case.here:
        row.warn(
            "persons",
            ngettext(
                "Here %(number)s person lives with the household, who will be signed off.",
                "Here %(number)s persons live with the household, who will be signed off.",
                case.here,
            )
            % {"number": case.here},
        )
    if case.linked_municipality_id != municipality.pk:
        row.warn(
            "municipality",
            _("Here the household is linked to %(name)s, and counts by our rules.")
            % {"name": case.linked_municipality.name},
        )


class SignOffWriter(CoaWriter):
    """Signs households off by their service."""

    about = StatementAbout.SIGN_OFF

    def write(self, batch: ImportBatch, row: ImportRow, now: datetime) -> int:
        proposal = self.proposals([row.target]).first()
        if proposal is None or not proposal.is_live:
            raise Refused(str(NOT_AS_CHECKED))
        step = sign_off(
            by=batch.approved_by,
            proposal=proposal,
            on=date.fromisoformat(row.record["signed_off_on"]),
            now=now,
        )
        row.record["step"] = own_step(step, batch, now).pk
        return row.target

    @staticmethod
    def proposals(case_ids: list[int]):
        return Proposal.objects.current().filter(case__in=case_ids).select_related("vacancy")


LABELS: dict[str, Any] = {
    **{column.name: column.label for column in COA_SIGN_OFF_COLUMNS},
    "status": gettext_lazy("Status"),
}

COA_SIGN_OFFS = ImportKind(
    name="coa_sign_offs",
    label=gettext_lazy("COA: sign-offs"),
    model=Case,
    columns=COA_SIGN_OFF_COLUMNS,
    required=tuple((name,) for name in NEEDED),
    example={
        "reference": "D-2017-0412",
        "municipality": "Marum",
        "signed_off_on": date(2017, 11, 20),
        "persons": 3,
    },
    twice=(gettext_lazy("The same household is on row # too."), ""),
    organisations=own_organisations,
    check=check_sign_offs,
    fields=lambda columns: (),
    labels=LABELS,
    stock=own_cases,
    show_value=show_value,
    final=lambda columns: str(FINAL),
    writer=SignOffWriter(),
    tells=True,
    mapped_only=True,
    outcome_page=OUTCOME_PAGE,
)
