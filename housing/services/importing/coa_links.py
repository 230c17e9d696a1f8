"""What a row of COA's links does: a household more, one that is there already, one that COA links
to another municipality now, one unlinked."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.choices import (
    ENDED,
    PLACING,
    SEARCHING,
    STEPS,
    CaseStatus,
    LinkState,
    PersonCategory,
    Relation,
    StatementAbout,
    StepCode,
    StepReason,
)
from housing.choices.placing import UNLINKED_BECAUSE
from housing.models import Case
from housing.services.cases import change_link, register_case, unlink_case
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
from housing.services.importing.coa_columns import COA_LINK_COLUMNS
from housing.services.importing.coa_writing import NOT_AS_CHECKED, CoaWriter, own_step
from partners.choices import OrganisationKind
from partners.models import ImportBatch, ImportRow, Municipality, Organisation
from partners.services.imports.checking import as_json
from partners.services.imports.kinds import CheckedRow, ImportKind
from westerkwartier.web.refusals import Refused
from westerkwartier.web.templatetags.ui import date_short

NEEDED = ("reference", "municipality", "linked_on", "persons")
REASONS = (*UNLINKED_BECAUSE, StepReason.ELSEWHERE)
UNLINKED = (CaseStatus.UNLINKED, CaseStatus.RELINKED)


def check_links(
    organisation: Organisation, rows: list[CheckedRow], columns: set[str], on: date
) -> None:
    """Compare rows with the register. See ``ImportKind.check``."""
    register = Register(organisation, rows, on)
    for row in rows:
        municipality = begin(register, row, NEEDED)
        if municipality is None:
            continue
        not_in_future(row, on, "linked_on", "permit_on", "unlinked_on")
        persons = composition(row)
        unlinked_on = ended(row)
        if row.problems:
            continue
        tell(row, municipality, "linked_on", unlinked_on)
        case = register.cases.get(row.given["reference"])
        if case is None:
            enter(row, municipality, persons, unlinked_on)
        elif register.elsewhere(row, case):
            continue
        elif unlinked_on:
            end(row, organisation, case, unlinked_on)
        else:
            recognise(row, case, municipality)


def composition(row: CheckedRow) -> dict[str, int]:
    """Persons by category. Without any column about them: one holder, the others family."""
    given = row.given
    total, minors = given["persons"], given.get("minors") or 0
    family = given.get("family")
    if family is None:
        family = max(total - (minors or 1), 0)
    holders = total - family - minors
    if holders < 0 or holders > 1 or (holders == 0 and not minors):
        row.block(
            "persons",
            _(
                "The numbers do not add up: a household is one permit holder or unaccompanied "
                "minors, and family members."
            ),
        )
    return {
        PersonCategory.HOLDER: holders,
        PersonCategory.MINOR: minors,
        PersonCategory.FAMILY: family,
        PersonCategory.REUNIFIER: given.get("reunifiers") or 0,
    }


def ended(row: CheckedRow) -> date | None:
    """The day on which COA unlinked the household; blocks a row that is of two minds."""
    given = row.given
    day, reason = given.get("unlinked_on"), given.get("unlinked_because")
    if given.get("status") == LinkState.UNLINKED:
        if not day and "unlinked_on" not in dict(row.problems):
            row.block("unlinked_on", _("A household that was unlinked has the day of it."))
        elif day and day < given["linked_on"]:
            row.block("unlinked_on", _("It cannot be unlinked before it was linked."))
        return day
    if day or reason:
        row.block("status", _("Only a household that was unlinked has a day and a reason of it."))
    if given.get("permit_on") and given["permit_on"] > given["linked_on"]:
        row.block("permit_on", _("The permit cannot be newer than the link."))
    return None


def enter(
    row: CheckedRow, municipality: Municipality, persons: dict[str, int], unlinked_on: date | None
) -> None:
    """A household that we do not know. One that COA unlinked already is no work for us."""
    if unlinked_on:
        row.before = row.record = {"status": LinkState.UNLINKED.value}
        return
    row.record = {
        "linked_municipality": municipality.pk,
        "linked_on": as_json(row.given["linked_on"]),
        "permit_on": as_json(row.given.get("permit_on")),
        "persons": {category.value: number for category, number in persons.items() if number},
    }


def recognise(row: CheckedRow, case: Case, municipality: Municipality) -> None:
    """A household that is there: its link stays, or follows COA to another municipality."""
    given = row.given
    if case.status in UNLINKED:
        row.target = case.pk
        row.block("status", _("COA links this household, but here it was unlinked."))
        return
    if case.linked_municipality_id != municipality.pk:
        relink(row, case, municipality)
        return
    stays(row, case, linked_municipality=municipality.pk, linked_on=case.linked_on)
    if given["linked_on"] not in (case.linked_on, case.relinked_on):
        row.warn(
            "linked_on",
            _("Here the household was linked on %(day)s.") % {"day": day_label(case.linked_on)},
        )
    if case.status not in (*ENDED, CaseStatus.SIGNED_OFF) and given["persons"] != case.here:
        row.warn("persons", _("Here the household has %(number)s persons.") % {"number": case.here})


def relink(row: CheckedRow, case: Case, municipality: Municipality) -> None:
    """COA links a household that is there to another municipality from the day of the row on.

    A file from before a later change of link, and one that comes after the contract, is told of
    and changes nothing: who has a contract counts for the municipality they were placed by.
    """
    on, ours = row.given["linked_on"], case.linked_municipality
    row.target = case.pk
    since = max(filter(None, (case.linked_on, case.relinked_on)))
    if case.status not in STEPS[StepCode.CHANGE_LINK].before:
        row.block("municipality", at_status(case) + " " + _("So its link cannot be changed."))
    elif on < since:
        row.block(
            "linked_on",
            _("Here it is linked to %(ours)s since %(day)s, which is later.")
            % {"ours": ours.name, "day": day_label(since)},
        )
    if row.problems:
        return
    if case.status in PLACING:
        row.warn("municipality", at_status(case) + " " + _("The proposal goes on as it is."))
    row.before = {"municipality": ours.name, "changed_on": as_json(case.relinked_on)}
    row.record = {
        "municipality": municipality.name,
        "changed_on": as_json(on),
        "from": ours.pk,
        "to": municipality.pk,
    }


def end(row: CheckedRow, organisation: Organisation, case: Case, unlinked_on: date) -> None:
    """COA unlinked a household that is there."""
    if case.status in UNLINKED:
        stays(row, case, status=case.status, unlinked_on=case.unlinked_on)
        return
    row.target = case.pk
    reason = row.given.get("unlinked_because")
    if organisation.kind == OrganisationKind.MUNICIPALITY:
        row.block("status", _("Only the coordinator unlinks a household."))
    elif case.status not in SEARCHING:
        row.block("status", at_status(case) + " " + _("So it cannot be unlinked."))
    elif reason not in REASONS:
        row.block("unlinked_because", _("Tell why COA unlinked the household."))
    elif unlinked_on < case.status_since:
        row.block(
            "unlinked_on",
            _("This day lies before the step it follows, of %(day)s.")
            % {"day": day_label(case.status_since)},
        )
    if row.problems:
        return
    row.before = {"status": case.status, "unlinked_on": None, "unlinked_because": ""}
    row.record = {
        "status": CaseStatus.RELINKED if reason == StepReason.ELSEWHERE else CaseStatus.UNLINKED,
        "unlinked_on": as_json(unlinked_on),
        "unlinked_because": reason,
    }


# -- writing ---------------------------------------------------------------------------------------


class LinkWriter(CoaWriter):
    """Enters households, changes their link and unlinks them, by their services."""

    about = StatementAbout.LINK

    def write(self, batch: ImportBatch, row: ImportRow, now: datetime) -> int:
        if row.target is None:
            return self.enter(batch, row, now)
        case = Case.objects.select_related("linked_municipality").get(pk=row.target)
        if "to" in row.record:
            return self.relink(batch, row, case, now)
        step = unlink_case(
            by=batch.approved_by,
            case=case,
            reason=row.record["unlinked_because"],
            on=date.fromisoformat(row.record["unlinked_on"]),
            now=now,
        )
        row.record["step"] = own_step(step, batch, now).pk
        return case.pk

    def relink(self, batch: ImportBatch, row: ImportRow, case: Case, now: datetime) -> int:
        """The case is locked: who linked it elsewhere since the check was first."""
        if case.linked_municipality_id != row.record["from"]:
            raise Refused(str(NOT_AS_CHECKED))
        step = change_link(
            by=batch.approved_by,
            case=case,
            municipality=Municipality.objects.get(pk=row.record["to"]),
            on=date.fromisoformat(row.record["changed_on"]),
            now=now,
        )
        row.record["step"] = own_step(step, batch, now).pk
        return case.pk

    def enter(self, batch: ImportBatch, row: ImportRow, now: datetime) -> int:
        record = row.record
        permit_on = record["permit_on"] and date.fromisoformat(record["permit_on"])
        case = register_case(
            by=batch.approved_by,
            municipality=Municipality.objects.select_related("region").get(
                pk=record["linked_municipality"]
            ),
            reference=record["told"]["reference"],
            linked_on=date.fromisoformat(record["linked_on"]),
            permit_on=permit_on,
            persons=persons_from(record["persons"]),
            now=now,
        )
        first = case.steps.filter(code=StepCode.LINK, by=batch.approved_by, at=now).first()
        if first is None:  # the service gives back the one that is there
            raise Refused(_("This household was entered after the file was checked."))
        record["step"] = first.pk
        return case.pk


def persons_from(numbers: dict[str, int]) -> list[dict[str, Any]]:
    """Values of the persons to enter: first the one around whom the household is."""
    order = (
        PersonCategory.HOLDER,
        PersonCategory.MINOR,
        PersonCategory.FAMILY,
        PersonCategory.REUNIFIER,
    )
    persons = [
        {"category": category, "relation": Relation.OTHER}
        for category in order
        for _number in range(numbers.get(category, 0))
    ]
    persons[0]["relation"] = Relation.HOLDER
    return persons


def show_value(name: str, value: Any) -> str:
    """A value of a record as people read it."""
    if value in (None, ""):
        return "–"
    if name == "status":
        return str(CaseStatus(value).label)
    if name == "unlinked_because":
        return str(StepReason(value).label)
    return date_short(date.fromisoformat(value)) if name.endswith("_on") else str(value)


COA_LINKS = ImportKind(
    name="coa_links",
    label=gettext_lazy("COA: links"),
    model=Case,
    columns=COA_LINK_COLUMNS,
    required=tuple((name,) for name in NEEDED),
    example={
        "reference": "D-2017-0412",
        "municipality": "Marum",
        "linked_on": date(2017, 10, 2),
        "permit_on": date(2017, 9, 11),
        "persons": 3,
        "family": 2,
        "reunifiers": 0,
        "status": LinkState.LINKED.label,
    },
    twice=(gettext_lazy("The same household is on row # too."), ""),
    organisations=own_organisations,
    check=check_links,
    fields=lambda columns: (),
    labels={
        **{column.name: column.label for column in COA_LINK_COLUMNS},
        "changed_on": gettext_lazy("Link changed on"),
    },
    stock=own_cases,
    show_value=show_value,
    final=lambda columns: str(FINAL),
    writer=LinkWriter(),
    tells=True,
    mapped_only=True,
    outcome_page=OUTCOME_PAGE,
)
