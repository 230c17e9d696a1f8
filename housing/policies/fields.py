"""What each viewpoint sees of a household, field by field.

One table for pages, lists, exports, e-mail and paper alike. What is not in it nobody sees.
``manage.py field_matrix`` prints it; ``docs/field-matrix.md`` holds the same.
"""

from housing.models import Case, Person
from housing.policies.cases import Viewpoint, viewpoints

COORDINATOR, OFFICER, ASKED, LANDLORD, GUIDE = Viewpoint
EVERYBODY = frozenset(Viewpoint)
HANDLERS = frozenset({COORDINATOR, OFFICER})

FIELDS: dict[str, frozenset[Viewpoint]] = {
    "case.reference": EVERYBODY,
    "case.status": EVERYBODY,
    "case.size": EVERYBODY,  # persons here and persons expected
    "case.bedrooms": EVERYBODY,
    "case.needs": EVERYBODY,
    "case.linked_municipality": HANDLERS,
    "case.linked_on": HANDLERS,
    "case.permit_on": HANDLERS,
    "case.unlinked_on": HANDLERS,
    "case.deadlines": HANDLERS,
    "case.preferences": HANDLERS,
    "case.handler": EVERYBODY - {ASKED},
    "case.guidance": EVERYBODY - {ASKED},
    "case.steps": HANDLERS,  # the time line, with reasons and remarks
    "case.notes": HANDLERS | {GUIDE},
    "case.stays": HANDLERS,
    "person.name": EVERYBODY - {ASKED},
    "person.name_while_expected": HANDLERS | {GUIDE},  # a landlord lets to who is here
    "person.contact": EVERYBODY - {ASKED},
    "person.relation": HANDLERS | {GUIDE},
    "person.birth_date": HANDLERS,
    "person.sex": HANDLERS,
    "person.v_number": HANDLERS,  # by a click that is journalled
    "person.category": HANDLERS,
    "person.reunion": HANDLERS | {GUIDE},
    "person.expected_on": EVERYBODY,
    "person.arrived_on": HANDLERS | {GUIDE},
    "person.left_on": HANDLERS | {GUIDE},
    "person.counted_on": HANDLERS,
    "person.credited_municipality": HANDLERS,
    "proposal.state": EVERYBODY,
    "proposal.refusal_reason": EVERYBODY - {GUIDE},
    "proposal.judgement": HANDLERS,
    "proposal.kept": HANDLERS,
    "check.approved_on": EVERYBODY - {ASKED},
    "check.registered": HANDLERS | {GUIDE},
    "check.number_present": HANDLERS,
    "check.mvv": HANDLERS | {GUIDE},
    "guidance.tasks": EVERYBODY - {ASKED},
}


def visible_fields(user, case: Case) -> frozenset[str]:
    """The names of the fields of this household that ``user`` sees."""
    found = viewpoints(user, case)
    return frozenset(name for name, seen_by in FIELDS.items() if found & seen_by)


def can_see_field(user, case: Case, field: str) -> bool:
    """Whether ``user`` sees one field, by its name in ``FIELDS``."""
    return bool(viewpoints(user, case) & FIELDS[field])


def can_reveal_number(user, person: Person) -> bool:
    """Of a household whose personal data were erased there is none, so nobody is told to have read
    it."""
    return person.case.erased_on is None and can_see_field(user, person.case, "person.v_number")


def matrix() -> str:
    """The whole table as Markdown: a row a field, a column a viewpoint."""
    lines = [
        f"| field | {' | '.join(Viewpoint)} |",
        f"|---|{'---|' * len(Viewpoint)}",
    ]
    for name, seen_by in FIELDS.items():
        marks = " | ".join("x" if view in seen_by else "" for view in Viewpoint)
        lines.append(f"| {name} | {marks} |")
    return "\n".join(lines) + "\n"
