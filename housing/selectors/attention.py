"""What asks for somebody's attention, by the day on which it is due.

Every function reads one kind of work in one query, starts with what the reader may see, and gives
the first few of each band (``arithmetic.DueBand``) with the number of all.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Case as Choose
from django.db.models import (
    Count,
    F,
    IntegerField,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.functions import RowNumber

from housing.arithmetic import Bands, DueBand, add_working_days, working_days_ago
from housing.choices import ProposalState
from housing.models import Case, GuidanceTask, Proposal
from housing.selectors.households import NOT_MOVED, SOON_DAYS, with_due_on
from partners.models import Municipality, Organisation, Region

# A step that takes longer than a week is looked at; the meeting's habit, not a legal term.
ANSWER_WITHIN = timedelta(days=7)


def banded(rows: QuerySet, day: str | None, bands: Bands) -> QuerySet:
    """The first ``bands.per`` rows of each band by ``day``: a column or annotation, None where no
    row has a day.

    Adds ``band`` and ``of_band``: how many rows that band has in all.
    """
    band = Value(DueBand.UNDATED.value) if day is None else _band(day, bands)
    order = [F("pk").asc()] if day is None else [F(day).asc(nulls_last=True), F("pk").asc()]
    return (
        rows.order_by()
        .annotate(band=band)
        .annotate(
            of_band=Window(Count("pk"), partition_by=[F("band")]),
            place=Window(RowNumber(), partition_by=[F("band")], order_by=order),
        )
        .filter(place__lte=bands.per)
        .order_by("band", "place")
    )


def _band(day: str, bands: Bands) -> Choose:
    return Choose(
        When(**{f"{day}__isnull": True}, then=Value(DueBand.UNDATED.value)),
        When(**{f"{day}__lte": bands.past}, then=Value(DueBand.OVERDUE.value)),
        When(**{f"{day}__lte": bands.today}, then=Value(DueBand.TODAY.value)),
        When(**{f"{day}__lte": bands.week}, then=Value(DueBand.WEEK.value)),
        default=Value(DueBand.LATER.value),
        output_field=IntegerField(),
    )


def due_households(
    user, region: Region, bands: Bands, *, linked_to: Municipality | None = None
) -> QuerySet:
    """Households with a term that ran out or runs out within two weeks, with ``due_on``: those that
    ``user`` handles, of a region or linked to one place."""
    cases = Case.objects.handled_by(user).filter(region=region, status__in=NOT_MOVED)
    if linked_to is not None:
        cases = cases.filter(linked_municipality=linked_to)
    horizon = bands.today + timedelta(days=SOON_DAYS)
    cases = with_due_on(cases, on=bands.today).filter(due_on__lte=horizon)
    return banded(cases.only("reference", "status", "region"), "due_on", bands)


def due_tasks(user, owner: Organisation, bands: Bands, *, of_partners: bool = False) -> QuerySet:
    """Open tasks of an organisation that are late or due within two weeks; with ``of_partners``
    also the late ones of others, for who handles the households."""
    tasks = GuidanceTask.objects.visible_to(user).to_do()
    wanted = Q(owner=owner, due_on__lte=bands.today + timedelta(days=SOON_DAYS))
    if of_partners:
        late = GuidanceTask.objects.finishable_by(user).late(bands.today)
        wanted |= Q(pk__in=late.values("pk"))
    return banded(tasks.filter(wanted).select_related("template", "owner", "case"), "due_on", bands)


def due_verdicts(vacancies: QuerySet, bands: Bands, *, term_days: int | None) -> QuerySet:
    """Of these vacancies those without a verdict; due ``term_days`` working days after notice
    (``verdict_due``), or without a day where no such term is known."""
    waiting = vacancies.awaiting_verdict().select_related("dwelling__village")
    if term_days is None:
        return banded(waiting, None, bands)
    begun = bands.moved(lambda day: working_days_ago(day, term_days))
    return banded(waiting, "notice_on", begun)


def verdict_due(notice_on: date, term_days: int | None) -> date | None:
    """The day by which a dwelling is to be judged."""
    return None if term_days is None else add_working_days(notice_on, term_days)


def due_answers(user, bands: Bands) -> QuerySet:
    """Proposals that wait for the corporation, due a week after the household was proposed
    (``case.status_since``)."""
    waiting = Proposal.objects.visible_to(user).filter(state=ProposalState.PROPOSED)
    waiting = waiting.select_related("case", "vacancy__dwelling__village")
    return banded(waiting, "case__status_since", bands.moved(lambda day: day - ANSWER_WITHIN))


def counted_by_band(rows: Iterable) -> dict[DueBand, int]:
    """How many rows each band has in all, of rows from ``banded``."""
    return {DueBand(row.band): row.of_band for row in rows}
