"""Family who follow: each with what is known, the dwelling check and what can be done next."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from housing.choices import CaseStatus, ReunionState
from housing.forms.reunion import next_states
from housing.models import DwellingCheck, Person, ReunionFact
from housing.policies import can_change_case
from housing.selectors.reunion import family_of, running_tenancy
from housing.tables import alarm_pill, reunion_pill
from housing.views.sections.section import Section
from westerkwartier.web.templatetags.ui import date_long

TEMPLATE = "housing/sections/reunion.html"
COUNTS = "housing/sections/reunion_counts.html"
# In the order of the check: field of the check, name in policies.FIELDS.
CONDITIONS = ("approved_on", "registered", "number_present", "mvv")
SIGNED_OFF = (CaseStatus.SIGNED_OFF, CaseStatus.CLOSED)


@dataclass(frozen=True)
class Condition:
    """A line of the dwelling check; ``met`` is None while nobody filled the check in, ``note`` says
    since when and by whom."""

    label: str
    met: bool | None
    note: str = ""


@dataclass
class Follower:
    """Somebody who follows, as the reader may see it."""

    person: Person
    name: str
    state: str
    alarm: str = ""
    facts: list[ReunionFact] = field(default_factory=list)
    check: list[Condition] = field(default_factory=list)
    deeds: list[dict] = field(default_factory=list)
    check_url: str = ""
    undo_url: str = ""


def reunion(user, case, fields, today) -> Section | None:
    """Whole for who may see how far they are; for the landlord how many come and until when."""
    family = family_of(case, on=today)
    if "person.reunion" not in fields:
        return _counts(family) if "person.expected_on" in fields else None
    may_change = can_change_case(user, case)
    if not family and not may_change:
        return None
    tenancy = running_tenancy(case, on=today)
    names = called(family, with_name="person.name_while_expected" in fields)
    followers = [
        _follower(person, names[person.pk], fields, may_change=may_change, tenancy=tenancy)
        for person in family
    ]
    return Section(
        title=_("Family who follow"),
        template=TEMPLATE,
        id="reunion",
        values={
            "case": case,
            "followers": followers,
            "may_change": may_change,
            "may_join": may_change and tenancy is not None and any(_could_join(p) for p in family),
            "may_sign_off": may_change
            and case.status in SIGNED_OFF
            and any(p.reunion == ReunionState.JOINED and not p.counted_on for p in family),
        },
    )


def _could_join(person: Person) -> bool:
    return person.follows and person.arrived_on is not None


def _counts(family: list[Person]) -> Section | None:
    coming = [person for person in family if person.follows and person.is_expected]
    if not coming:
        return None
    days = [person.expected_on for person in coming if person.expected_on]
    return Section(
        title=_("Family who follow"),
        template=COUNTS,
        id="reunion",
        values={
            "persons": len(coming),
            "first": min(days, default=None),
            "last": max(days, default=None),
            "without_day": len(coming) - len(days),
        },
    )


def called(family: Iterable[Person], *, with_name: bool = True) -> dict[int, str]:
    """What to call each of a family: the name where it is known and may be seen, and who they are
    to the holder, numbered where there are more."""
    family = list(family)
    alike = Counter(person.relation for person in family)
    seen: Counter[str] = Counter()
    names = {}
    for person in family:
        seen[person.relation] += 1
        relation = person.get_relation_display()
        if alike[person.relation] > 1:
            relation = f"{relation} {seen[person.relation]}"
        known = person.name if with_name else ""
        names[person.pk] = f"{known} ({relation.lower()})" if known else relation
    return names


def _follower(person, name, fields, *, may_change, tenancy) -> Follower:
    found = Follower(
        person=person,
        name=name,
        state=reunion_pill(person.reunion),
        alarm=alarm_pill(person.alarm),
        facts=person.told,
    )
    if not person.follows:
        return found
    if person.is_expected or person.arrived_on:
        found.check = _check(person, fields, tenancy)
    if not may_change:
        return found
    url = reverse("cases:person_reunion", args=[person.pk])
    found.deeds = [
        {"label": state.label, "url": f"{url}?state={state}"} for state in next_states(person)
    ]
    if tenancy is not None and found.check:
        found.check_url = reverse("cases:person_check", args=[person.pk])
    if person.told:
        found.undo_url = reverse("cases:fact_undo", args=[person.told[-1].pk])
    return found


def _check(person: Person, fields, tenancy) -> list[Condition]:
    """The conditions that the reader may know of; those of an earlier dwelling do not count."""
    check = getattr(person, "dwelling_check", None)
    if check is not None and (tenancy is None or check.tenancy_id != tenancy.pk):
        check = None
    labels = {
        "approved_on": _("Dwelling approved"),
        "registered": _("Registered (BRP)"),
        "number_present": _("Citizen service number (BSN)"),
        "mvv": _("Entry permit (mvv)"),
    }
    return [
        Condition(
            labels[name],
            met=None if check is None else bool(getattr(check, name)),
            note=_approval(check) if name == "approved_on" else "",
        )
        for name in CONDITIONS
        if f"check.{name}" in fields
    ]


def _approval(check: DwellingCheck | None) -> str:
    if check is None or check.approved_on is None:
        return ""
    return _("on %(day)s, entered by %(who)s") % {
        "day": date_long(check.approved_on),
        "who": check.approved_by,
    }
