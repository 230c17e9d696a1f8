"""Erasing the personal data of households that have been kept as long as the rule allows.

Each household goes by itself and as a whole, so a job that is killed has done some of them and
none by half. What may be deleted or emptied the database checks too: see ``models.erased``.
"""

from datetime import date, datetime

from django.db import transaction

from housing.models import Case, CaseStep, Counting, Person, Proposal
from housing.selectors.retention import going, history, to_erase
from partners.services.journal import record

BATCH = 300  # households in one go: a minute's work, well within the limit of a task

# What is left of a row that stays; every field of data/national/personal_fields.csv that is not
# needed for a figure of the past.
EMPTIED = {
    Person: {
        "relation": "",
        "name": "",
        "name_tokens": [],
        "birth_date": None,
        "v_number": "",
        "number_tokens": [],
        "contact": "",
        "sex": "",
        "reunion": "",
        "expected_on": None,
        "left_on": None,
        "left_because": "",
    },
    Counting: {"remark": ""},
    CaseStep: {"remark": "", "kept": {}},
    Proposal: {"kept": {}},
    Case: {
        "permit_on": None,
        "handler": None,
        "guidance": None,
        "bedrooms_now": None,
        "bedrooms_later": None,
        "bedrooms_by_hand": None,
        "by_hand_for": None,
        "split_from": None,
        "merged_into": None,
    },
}


def erase_households(*, on: date, now: datetime, limit: int = BATCH) -> int:
    """Erase the households that are due on ``on``, the oldest first, ``limit`` at most; how many.

    One that somebody else holds or erased meanwhile is left alone.
    """
    keys = list(to_erase(Case.objects.all(), on=on).values_list("pk", flat=True)[:limit])
    return sum(erase_household(case=Case(pk=key), on=on, now=now) for key in keys)


@transaction.atomic
def erase_household(*, case: Case, on: date, now: datetime) -> bool:
    """Delete what tells of the people in a household and empty what has to stay; whether it was
    still to be done. No policy: the rule decides, not a person. Again: nothing."""
    held = Case.objects.select_for_update(no_key=True, skip_locked=True).values("pk")
    if not held.filter(pk=case.pk).exists():
        return False
    case = to_erase(Case.objects.filter(pk=case.pk), on=on).select_related("region").first()
    if case is None:
        return False
    case.erased_on = on  # first: from here on the database lets the rest go
    case.save(update_fields=["erased_on"])
    alone = Case.objects.filter(pk=case.pk)
    for rows in going(alone):
        # Without collecting what hangs on them: that went before, and the database checks it.
        rows._raw_delete(rows.db)
    Person.objects.filter(case=case).update(**EMPTIED[Person])
    Counting.objects.filter(person__case=case).update(**EMPTIED[Counting])
    CaseStep.objects.filter(case=case).update(**EMPTIED[CaseStep])
    Proposal.objects.filter(case=case).update(**EMPTIED[Proposal])
    alone.update(reference=f"#{case.pk}", **EMPTIED[Case])
    for model, named in ((Person, "case"), (Proposal, "case"), (Case, "pgh_obj")):
        lines = history(model).filter(**{named: case.pk})
        lines._raw_delete(lines.db)
    record(by=None, action="case.erase", obj=case, region=case.region)
    return True
