"""What importing COA's links and sign-offs shares: columns, whose rows, what is kept of a row.

A file of COA may hold more than we may keep. Cells of columns that nobody asked for are dropped
(``ImportKind.mapped_only``), and a V-number, with which a person can be found, is never taken for
a reference.
"""

import re
from datetime import date
from typing import Any

from django.db.models import Count, Max, OuterRef, Q, Subquery
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from housing.choices import PersonCategory, StepCode
from housing.models import Case, CaseStep
from housing.services.importing.common import filled
from partners.choices import OrganisationKind, Role
from partners.models import Municipality, Organisation, User
from partners.services.imports.checking import as_json
from partners.services.imports.kinds import CheckedRow, fold
from westerkwartier.web.sheets.cells import as_text, text
from westerkwartier.web.sheets.kinds import Cell, CellError
from westerkwartier.web.templatetags.ui import date_short

# V 281.234.5678 in all its spellings: ten digits, with or without the letter.
V_NUMBER = re.compile(r"\bV?[ -]?\d{3}[. -]?\d{3}[. -]?\d{4}\b", re.IGNORECASE)
HIDDEN = "•••"
MOST_PERSONS = 30  # in a household; more is a mistake in the file

PERSONS_HERE = ~Q(persons__category=PersonCategory.REUNIFIER) | Q(persons__arrived_on__isnull=False)


def reference() -> Any:
    """COA's reference of a household: at most 20 characters, and no V-number."""
    short = text(20)

    def read(cell: Cell) -> str:
        value = " ".join(as_text(cell).split())
        if V_NUMBER.search(value):
            raise CellError(
                _(
                    "This looks like a V-number, which is personal data and is not kept here. "
                    "Use the number of the household's dossier at COA."
                )
            )
        return short(value)

    return read


def hide_numbers(row: CheckedRow) -> None:
    """No V-number stays behind in what is kept of a row, in whichever column it stood."""

    def hidden(value: Any) -> Any:
        found = not isinstance(value, date) and value and V_NUMBER.search(as_text(value))
        return HIDDEN if found else value

    row.raw = [hidden(cell) for cell in row.raw]
    row.problems = [(name, V_NUMBER.sub(HIDDEN, sentence)) for name, sentence in row.problems]


def own_organisations(user: User):
    """The coordinator sends COA's files for the region, an officer for the own municipality."""
    reach = user.reach
    own = reach.organisations_as(Role.COORDINATOR, Role.MUNICIPAL_OFFICER)
    return Organisation.objects.filter(pk__in=own)


def own_cases(organisation: Organisation):
    """Households that a file of this organisation may speak of."""
    cases = Case.objects.filter(region=organisation.region_id)
    if organisation.kind == OrganisationKind.MUNICIPALITY:
        return cases.filter(linked_municipality__organisation=organisation)
    return cases


def changed_link_on() -> Subquery:
    """The day of the last change of link that was not taken back, None where there is none."""
    steps = CaseStep.objects.filter(
        case=OuterRef("pk"), code=StepCode.CHANGE_LINK, undone_by=None
    ).order_by()
    return Subquery(steps.values("case").annotate(last=Max("effective_on")).values("last"))


class Register:
    """Municipalities of the region and the households that the rows of a chunk speak of.

    Two queries, however many rows. A household has ``here``, its persons in the country, and
    ``relinked_on``, the day since which it is linked to this municipality where that changed.
    """

    def __init__(self, organisation: Organisation, rows: list[CheckedRow], on: date):
        self.organisation, self.on = organisation, on
        references = {row.given["reference"] for row in rows if row.given.get("reference")}
        found = (
            Case.objects.filter(region=organisation.region_id, reference__in=references)
            .select_related("linked_municipality")
            .annotate(
                here=Count("persons", filter=PERSONS_HERE & Q(persons__left_on=None)),
                relinked_on=changed_link_on(),
            )
        )
        self.cases = {case.reference: case for case in found}

    @cached_property
    def municipalities(self) -> dict[str, Municipality]:
        """By name and by CBS code in every spelling: GM0025, 0025, 25."""
        found = {}
        for one in Municipality.objects.on(self.on).filter(region=self.organisation.region_id):
            code = one.cbs_code.removeprefix("GM")
            spellings = (one.name, one.cbs_code, code, code.lstrip("0"))
            found |= {fold(spelling): one for spelling in spellings}
        return found

    def municipality(self, row: CheckedRow) -> Municipality | None:
        """The one that a row names; blocks the row when it is none, or not the sender's."""
        name = row.given.get("municipality")
        if not name:
            return None
        found = self.municipalities.get(fold(name))
        if found is None:
            row.block(
                "municipality",
                _("“%(name)s” is not a municipality of this region.") % {"name": name},
            )
        elif not self.sends_for(found):
            row.block(
                "municipality",
                _("You import for %(own)s only; this household is of another municipality.")
                % {"own": self.organisation.name},
            )
            return None
        return found

    def sends_for(self, municipality: Municipality) -> bool:
        return (
            self.organisation.kind != OrganisationKind.MUNICIPALITY
            or municipality.organisation_id == self.organisation.pk
        )

    def elsewhere(self, row: CheckedRow, case: Case) -> bool:
        """Whether the household is another municipality's than the sender's; blocks the row."""
        if self.sends_for(case.linked_municipality):
            return False
        row.block(
            "municipality",
            _("Here this household is linked to another municipality. Ask the coordinator."),
        )
        return True


def begin(register: Register, row: CheckedRow, needed: tuple[str, ...]) -> Municipality | None:
    """What every row goes through first; the municipality it names where it may go on."""
    given = row.given
    name, municipality = given.get("reference") or "", register.municipality(row)
    hide_numbers(row)
    row.label = ", ".join(filter(None, [name, municipality and municipality.name]))
    row.keys = (fold(name), "")
    complete = filled(row, needed)
    return municipality if complete else None


def not_in_future(row: CheckedRow, on: date, *names: str) -> None:
    for name in names:
        if row.given.get(name) and row.given[name] > on:
            row.block(name, _("This day lies in the future."))


def tell(row: CheckedRow, municipality: Municipality, on: str, unlinked_on=None) -> None:
    """Keep what COA says, whatever the register makes of it."""
    row.told = {
        "reference": row.given["reference"],
        "municipality_id": municipality.pk,
        "on": as_json(row.given[on]),
        "persons": row.given["persons"],
        "unlinked_on": as_json(unlinked_on),
    }


def stays(row: CheckedRow, case: Case, **facts: Any) -> None:
    """The register says the same already, or is not to follow: the row changes nothing."""
    row.target = case.pk
    row.before = {name: as_json(value) for name, value in facts.items()}
    row.record = dict(row.before)


def at_status(case: Case) -> str:
    return _("This household is at “%(status)s” here.") % {"status": case.get_status_display()}


def day_label(day: date) -> str:
    return date_short(day)


FINAL = gettext_lazy(
    "What COA says is kept of every row that could be read, also where the register does not "
    "follow it. You find those rows among the differences with COA."
)
OUTCOME_PAGE = ("cases:difference_list", gettext_lazy("Look at the differences with COA"))
