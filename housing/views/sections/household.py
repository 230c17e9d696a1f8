"""Section: the persons of a household, each with what the reader may know."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from housing.choices import ENDED, StepCode
from housing.models import Case, Counting, Person
from housing.policies import can_change_case, can_take_step
from housing.selectors.bedrooms import is_expected, is_here
from housing.selectors.duplicates import Duplicate, possible_duplicates
from housing.views.sections.section import Section
from westerkwartier.web.templatetags.ui import date_long, pill


@dataclass(frozen=True)
class PersonLine:
    """A person as the section shows them: heading, pills, facts and what can be done."""

    person: Person
    heading: str
    pills: list[SafeString]
    facts: list[tuple[str, str]]
    edit_url: str = ""
    depart_url: str = ""
    correct_url: str = ""
    number_url: str = ""


def household(user, case: Case, fields: frozenset[str], today: date) -> Section | None:
    """Who is here, who is expected, who left."""
    persons = list(
        case.persons.select_related("credited_municipality")
        .annotate(was_counted=Exists(Counting.objects.filter(person=OuterRef("pk"))))
        .order_by("pk")
    )
    changes = can_change_case(user, case)
    departs = can_take_step(user, case, StepCode.DEPART)
    corrects = can_take_step(user, case, StepCode.CORRECT_COUNT)
    lines = []
    # The corporation that is asked for a dwelling learns how many there are and who is to come.
    if "person.name" in fields or "person.relation" in fields:
        shown = [person for person in persons if is_shown(person, fields)]
        order = sorted(shown, key=lambda p: (p.left_on is not None, not is_here(p), p.pk))
        lines = [
            person_line(person, case, fields, changes=changes, departs=departs, corrects=corrects)
            for person in order
        ]
    here = sum(is_here(person) for person in persons)
    expected = [person for person in persons if is_expected(person)]
    return Section(
        title=_("Household"),
        template="housing/sections/household.html",
        id="household",
        size="8",
        values={
            "case": case,
            "size": size_words(here, len(expected)),
            "expected_on": []
            if "person.reunion" in fields
            else sorted({p.expected_on for p in expected} - {None}),
            "lines": lines,
            "duplicates": duplicates(user, case) if changes else [],
            "add_url": reverse("cases:case_add_person", args=[case.pk])
            if changes and case.status not in ENDED
            else "",
        },
    )


def is_shown(person: Person, fields: frozenset[str]) -> bool:
    """Whether somebody stands among the persons, or is only part of the number."""
    if person.left_on is not None:
        return "person.left_on" in fields
    return is_here(person) or "person.name_while_expected" in fields


def size_words(here: int, expected: int) -> str:
    """How many there are, in words."""
    words = ngettext("%(here)s person here", "%(here)s persons here", here) % {"here": here}
    if not expected:
        return words
    more = ngettext("%(expected)s expected", "%(expected)s expected", expected) % {
        "expected": expected
    }
    return f"{words}, {more}"


def person_line(
    person: Person,
    case: Case,
    fields: frozenset[str],
    *,
    changes: bool,
    departs: bool,
    corrects: bool,
) -> PersonLine:
    relation = person.get_relation_display() if "person.relation" in fields else ""
    named = person.name if "person.name" in fields else ""
    return PersonLine(
        person=person,
        heading=named or relation or _("Person"),
        pills=person_pills(person, fields),
        facts=person_facts(person, fields, with_relation=bool(named)),
        edit_url=reverse("cases:person_edit", args=[person.pk]) if changes else "",
        depart_url=reverse("cases:person_depart", args=[person.pk])
        if departs and is_here(person)
        else "",
        correct_url=reverse("cases:person_correct", args=[person.pk])
        if corrects and person.was_counted
        else "",
        number_url=reverse("cases:person_v_number", args=[person.pk])
        if person.v_number and "person.v_number" in fields
        else "",
    )


def person_pills(person: Person, fields: frozenset[str]) -> list[SafeString]:
    if person.left_on is not None:
        return [pill("neutral", person.get_left_because_display())]
    if is_expected(person):
        return [pill("warn", _("Expected"))]
    if not is_here(person):
        return [pill("neutral", _("Does not come"))]
    if person.counted_on is not None and "person.counted_on" in fields:
        return [pill("good", _("Counts"))]
    return []


def person_facts(
    person: Person, fields: frozenset[str], *, with_relation: bool
) -> list[tuple[str, str]]:
    """Label and value of what is known and may be seen, of which there is something to say."""
    credited = person.credited_municipality
    facts = [
        ("person.relation", _("In the household"), with_relation and person.get_relation_display()),
        ("person.category", _("Category"), person.get_category_display()),
        ("person.birth_date", _("Date of birth"), person.birth_date),
        ("person.sex", _("Girl or boy"), person.get_sex_display()),
        ("person.contact", _("Phone or e-mail"), person.contact),
        (
            "person.expected_on",
            _("Expected on"),
            person.expected_on if is_expected(person) else None,
        ),
        ("person.arrived_on", _("Arrived on"), person.arrived_on),
        ("person.left_on", _("Left on"), person.left_on),
        ("person.counted_on", _("Counts from"), person.counted_on),
        ("person.credited_municipality", _("Counts for"), credited and credited.name),
    ]
    return [
        (label, date_long(value) if isinstance(value, date) else str(value))
        for field, label, value in facts
        if value and field in fields
    ]


def duplicates(user, case: Case) -> list[tuple[Duplicate, str]]:
    """Households that may be this one, each with what they share."""
    shared = (
        ("same_reference", _("the reference")),
        ("same_number", _("a V-number")),
        ("same_person", _("a name with its date of birth")),
    )
    return [
        (found, ", ".join(words for name, words in shared if getattr(found, name)))
        for found in possible_duplicates(case, user=user)
    ]
