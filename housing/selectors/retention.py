"""Which households have been kept as long as they may be, and what of them goes.

The terms stand in ``data/national/retention.csv``, a row for each model. What belongs to a
household is kept so long after its case was closed; then everything goes that tells of people, and
what the figures of the past are made of stays without it: whom the quota counts (as what, when, for
which municipality), and which household rented which dwelling from when.
"""

import csv
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache

from django.conf import settings
from django.db.models import (
    DateField,
    Exists,
    F,
    Func,
    Max,
    Model,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce, Greatest

from housing.arithmetic import months_later
from housing.choices import ENDED
from housing.models import (
    Case,
    CaseNeed,
    CaseNote,
    CasePreference,
    CaseStep,
    CoaExplanation,
    CoaStatement,
    Counting,
    DwellingCheck,
    GuidanceTask,
    Mention,
    Occupancy,
    Person,
    Proposal,
    ReunionFact,
    Stay,
    TaskLink,
)

ANNOUNCED_DAYS = 31  # so long before it happens it is told
CLOSING = "closing of the case"  # ``counts_from`` of what belongs to a household
TERM = re.compile(r"P(\d+)([YM])")


@cache
def retention_months() -> int:
    """How many months what belongs to a household is kept after its case was closed."""
    with (settings.BASE_DIR / "data" / "national" / "retention.csv").open(encoding="utf-8") as file:
        terms = {row["term"] for row in csv.DictReader(file) if row["counts_from"] == CLOSING}
    (term,) = terms  # one household, one term: it goes as a whole
    number, unit = TERM.fullmatch(term).groups()
    return int(number) * (12 if unit == "Y" else 1)


class MonthsLater(Func):
    """SQL: the same day so many months later, as ``months_later`` reckons it."""

    template = "(%(expressions)s))::date"
    arg_joiner = " + make_interval(months => "
    output_field = DateField()


def with_erasure(cases: QuerySet) -> QuerySet:
    """Adds ``erased_from`` to households that have ended: the first day on which their personal
    data must go. What was done after the end counts as the end."""
    last = (
        CaseStep.objects.filter(case=OuterRef("pk"))
        .order_by()
        .values("case")
        .annotate(last=Max("effective_on"))
        .values("last")
    )
    return cases.annotate(
        ended_on=Greatest(F("status_since"), Coalesce(Subquery(last), F("status_since"))),
        erased_from=MonthsLater(F("ended_on"), Value(retention_months())),
    )


def to_erase(cases: QuerySet, *, on: date) -> QuerySet:
    """Of these households those whose personal data must have gone on ``on``, the oldest first."""
    # What the index knows; a few days more because months are not equally long.
    at_latest = months_later(on, -retention_months()) + timedelta(days=4)
    ended = cases.filter(status__in=ENDED, erased_on=None, status_since__lte=at_latest)
    return with_erasure(ended).filter(erased_from__lte=on).order_by("status_since", "pk")


def announced(cases: QuerySet, *, on: date) -> QuerySet:
    """Of these households those whose personal data go within a month."""
    return to_erase(cases, on=on + timedelta(days=ANNOUNCED_DAYS))


# -- what goes -------------------------------------------------------------------------------------


def history(model: type[Model]) -> QuerySet:
    """The lines of row history of a model."""
    return model.pgh_event_models["insert"].objects.order_by()


def kept_countings() -> QuerySet:
    """Of everybody who counts now the line that says so; what was reversed is of no more use."""
    newest = Counting.objects.filter(person=OuterRef("person"), reverses=None).order_by("-pk")
    return Counting.objects.filter(
        person__counted_on__isnull=False, pk=Subquery(newest.values("pk")[:1])
    )


def going(cases: QuerySet) -> Iterator[QuerySet]:
    """The rows of these households that go, in the order in which they can: each model, and after
    it the lines of history about it. Steps and proposals stay where a line that counts names them.
    """
    persons = Person.objects.filter(case__in=cases)
    same = cases.filter(region=OuterRef("region"), reference=OuterRef("reference"))
    counts = Counting.objects.filter(person__in=persons)
    yield TaskLink.objects.filter(task__case__in=cases)
    yield history(TaskLink).filter(task__case__in=cases)
    yield Mention.objects.filter(note__case__in=cases)
    yield history(Mention).filter(note__case__in=cases)
    for model in (GuidanceTask, CaseNote, CaseNeed, CasePreference, Stay):
        yield model.objects.filter(case__in=cases)
        yield history(model).filter(case__in=cases)
    for model in (CoaExplanation, CoaStatement):
        yield model.objects.filter(Exists(same))
        yield history(model).filter(Exists(same))
    yield ReunionFact.objects.filter(person__in=persons)
    yield DwellingCheck.objects.filter(person__in=persons)
    yield history(DwellingCheck).filter(person__in=persons)
    yield Occupancy.objects.filter(person__in=persons.filter(counted_on=None))
    yield history(Occupancy).filter(person__in=persons)
    yield counts.exclude(pk__in=kept_countings().filter(person__in=persons).values("pk"))
    yield CaseStep.objects.filter(
        ~Exists(Counting.objects.filter(step=OuterRef("pk"))),
        ~Exists(ReunionFact.objects.filter(step=OuterRef("pk"))),
        case__in=cases,
    )
    yield Proposal.objects.filter(
        ~Exists(CaseStep.objects.filter(proposal=OuterRef("pk"))), case__in=cases
    )
    yield history(Proposal).filter(case__in=cases)
    yield history(Person).filter(pgh_obj__in=persons)
    yield persons.filter(counted_on=None)
    yield history(Person).filter(case__in=cases)
    yield history(Case).filter(pgh_obj__in=cases)
