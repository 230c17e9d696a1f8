"""The columns of COA's links and sign-offs, in files that come in and files that go out.

``[c.show(case) for c in COA_LINK_COLUMNS]`` below their labels is a file that changes nothing when
it comes in (a household needs ``linked_municipality`` and, to be shown without queries,
``persons``).
"""

from django.utils.translation import gettext_lazy as _

from housing.choices import ENDED, LinkState, PersonCategory, StepCode, StepReason
from housing.models import Case
from housing.selectors.steps import standing_steps
from housing.services.importing.coa import MOST_PERSONS, reference
from housing.services.importing.columns import choice
from partners.services.imports.kinds import Column
from westerkwartier.web.sheets.cells import day, text, whole_number
from westerkwartier.web.sheets.kinds import Cell


def persons_of(case: Case, *categories: str) -> int:
    """Persons who did not leave, of these categories; reunifiers once they are here are family."""
    here = [person for person in case.persons.all() if person.left_on is None]
    return sum(
        (PersonCategory.FAMILY if arrived(person) else person.category) in categories
        for person in here
    )


def arrived(person) -> bool:
    return person.category == PersonCategory.REUNIFIER and person.arrived_on is not None


HERE = (PersonCategory.HOLDER, PersonCategory.FAMILY, PersonCategory.MINOR)


def number(*categories: str):
    return lambda case: persons_of(case, *categories)


def link_state(case: Case) -> Cell:
    return str((LinkState.UNLINKED if case.status in ENDED_LINKS else LinkState.LINKED).label)


ENDED_LINKS = [status for status in ENDED if status != "closed"]


def unlinked_because(case: Case) -> Cell:
    if case.status not in ENDED_LINKS:
        return None
    step = standing_steps(case).filter(code__in=[StepCode.UNLINK, StepCode.RELINK]).last()
    return str(step.get_reason_display()) if step else None


def signed_off_on(case: Case) -> Cell:
    step = standing_steps(case).filter(code__in=[StepCode.SIGN_OFF, StepCode.STAY]).last()
    return step.effective_on if step else None


def signed_off_persons(case: Case) -> Cell:
    on = signed_off_on(case)
    return sum(bool(p.counted_on and on and p.counted_on <= on) for p in case.persons.all()) or None


REFERENCE = Column(
    *("reference", _("Reference"), reference(), lambda case: case.reference),
    names=(
        *("kenmerk", "coa-dossier", "coa dossier", "dossier", "dossiernummer", "dossier id"),
        *("coa-nummer", "coa nummer", "coa dossiernummer", "referentie", "case", "zaaknummer"),
    ),
)
MUNICIPALITY = Column(
    *("municipality", _("Municipality"), text(60)),
    lambda case: case.linked_municipality.name,
    names=("gemeente", "gemeentecode", "cbs-code", "cbs code", "koppelgemeente"),
)

COA_LINK_COLUMNS: tuple[Column, ...] = (
    REFERENCE,
    MUNICIPALITY,
    Column(
        *("linked_on", _("Link date"), day(), lambda case: case.linked_on),
        names=("koppeldatum", "datum koppeling", "gekoppeld op", "linked on"),
    ),
    Column(
        *("permit_on", _("Permit date"), day(), lambda case: case.permit_on),
        names=("vergunningsdatum", "datum vergunning", "vergunning van", "permit of"),
    ),
    Column(
        *("persons", _("Number of persons"), whole_number(1, MOST_PERSONS), number(*HERE)),
        names=(
            *("aantal personen", "personen", "gezinsgrootte", "huishoudgrootte", "household size"),
            *("omvang", "aantal"),
        ),
    ),
    Column(
        *("family", _("Of whom family members"), whole_number(0, MOST_PERSONS)),
        number(PersonCategory.FAMILY),
        names=("gezinsleden", "aantal gezinsleden", "family members"),
    ),
    Column(
        *("minors", _("Of whom unaccompanied minors"), whole_number(0, MOST_PERSONS)),
        number(PersonCategory.MINOR),
        names=("amv", "amv's", "alleenstaande minderjarigen", "unaccompanied minors"),
    ),
    Column(
        *("reunifiers", _("Family reunifiers expected"), whole_number(0, MOST_PERSONS)),
        number(PersonCategory.REUNIFIER),
        names=("nareizigers", "aantal nareizigers", "family reunifiers"),
    ),
    Column(
        *("status", _("Status"), choice(LinkState, {"actief": LinkState.LINKED}), link_state),
        names=("stand", "koppelstatus"),
    ),
    Column(
        *("unlinked_on", _("Unlinked on"), day(), lambda case: case.unlinked_on),
        names=("ontkoppeld op", "datum ontkoppeling", "ontkoppeldatum"),
    ),
    Column(
        *("unlinked_because", _("Unlinked because"), choice(StepReason), unlinked_because),
        names=("reden ontkoppeling", "ontkoppelreden", "reden"),
    ),
)

COA_SIGN_OFF_COLUMNS: tuple[Column, ...] = (
    REFERENCE,
    MUNICIPALITY,
    Column(
        *("signed_off_on", _("Sign-off date"), day(), signed_off_on),
        names=("afmelddatum", "datum afmelding", "afgemeld op", "uitplaatsing", "signed off on"),
    ),
    Column(
        *("persons", _("Persons signed off"), whole_number(1, MOST_PERSONS), signed_off_persons),
        names=("aantal personen", "personen", "afgemelde personen", "aantal", "household size"),
    ),
)
