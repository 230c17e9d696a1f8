"""The board: live proposals by step, and what of them waits longest."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Min, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from housing.choices import LIVE_PROPOSALS, ProposalState, TermCode
from housing.models import Case, CaseStep, Person, Proposal
from housing.models.stock import municipality_of
from housing.policies import roles_in, row_fields, seen_where, with_viewpoints
from housing.selectors.cases import term_weeks
from housing.selectors.households import late, with_list_facts
from partners.models import Municipality

PER_COLUMN = 30  # cards of a column that a page shows; the count says how many there are


@dataclass(frozen=True)
class Card:
    """A live proposal. ``days``: since it came to this step; ``here`` and ``expected`` persons;
    ``due_on``: the last day of the term that runs out first, None where the reader may not know
    of it. ``fields``: what the reader sees of the household; ``acts_as``: the roles in which the
    reader may take its steps."""

    proposal: Proposal
    here: int
    expected: int
    days: int
    due_on: date | None
    days_left: int | None
    fields: frozenset[str]
    acts_as: frozenset[str]

    @property
    def is_late(self) -> bool:
        return self.days_left is not None and self.days_left < 0


@dataclass(frozen=True)
class Column:
    """``count`` of all proposals at a step, and the cards of those that are there longest."""

    state: ProposalState
    count: int
    cards: list[Card]

    @property
    def more(self) -> int:
        return self.count - len(self.cards)


def live_proposals(proposals: QuerySet, *, on: date) -> QuerySet:
    """Those under way, the longest at their step first; with ``municipality_name``, ``since``: from
    when the household stands where it stands, and ``place``: the how manieth it is at its step."""
    return (
        proposals.live()
        .annotate(
            municipality_name=municipality_of("vacancy__dwelling__village", on, "name"),
            since=F("case__status_since"),
            place=Window(
                RowNumber(),
                partition_by=F("state"),
                order_by=[F("case__status_since").asc(), F("pk").asc()],
            ),
        )
        .select_related("case__region", "vacancy__dwelling__village")
        .order_by("case__status_since", "pk")
    )


def in_municipality(proposals: QuerySet, municipality: Municipality, user, *, on: date) -> QuerySet:
    """Proposed in a municipality, or linked to it where ``user`` may know that: both have work to
    do for it."""
    stands_in = municipality_of("vacancy__dwelling__village", on, "pk")
    linked = with_viewpoints(Case.objects.filter(linked_municipality=municipality), user)
    known = linked.filter(seen_where("case.linked_municipality"))
    return proposals.alias(stands_in=stands_in).filter(
        Q(stands_in=municipality.pk) | Q(case__in=known.values("pk"))
    )


def late_proposals(proposals: QuerySet, user, *, on: date) -> QuerySet:
    """Of households with a term that ran out, where ``user`` may know of it."""
    known = with_viewpoints(Case.objects.all(), user).filter(seen_where("case.deadlines"))
    cases = late(with_list_facts(known, on=on), on=on)
    return proposals.filter(case__in=cases.values("pk"))


def board(proposals: QuerySet, user, *, on: date) -> list[Column]:
    """A column for each step. Four queries, however many proposals.

    ``proposals`` are those that ``user`` may see, filtered.
    """
    counts = dict(proposals.live().order_by().values_list("state").annotate(number=Count("pk")))
    rows: dict[str, list[Proposal]] = {state: [] for state in LIVE_PROPOSALS}
    for row in live_proposals(proposals, on=on).filter(place__lte=PER_COLUMN):
        rows[row.state].append(row)
    cards = _cards([row for found in rows.values() for row in found], user, on=on)
    return [
        Column(ProposalState(state), counts.get(state, 0), [cards[row.pk] for row in rows[state]])
        for state in LIVE_PROPOSALS
    ]


def _cards(rows: list[Proposal], user, *, on: date) -> dict[int, Card]:
    households = with_viewpoints(
        with_list_facts(Case.objects.filter(pk__in={row.case_id for row in rows}), on=on), user
    )
    known = {case.pk: case for case in households}
    cards = {}
    for row in rows:
        case = known[row.case_id]
        fields = row_fields(case)
        due_on = case.due_on if "case.deadlines" in fields else None
        cards[row.pk] = Card(
            proposal=row,
            here=case.here,
            expected=case.expected,
            days=max(0, (on - row.since).days),
            due_on=due_on,
            days_left=due_on and (due_on - on).days,
            fields=fields,
            acts_as=roles_in(case),
        )
    return cards


@dataclass(frozen=True)
class Waiting:
    """How many proposals wait for somebody, and since when the one does that waits longest."""

    count: int
    since: date | None

    def days(self, on: date) -> int:
        return (on - self.since).days if self.since else 0


def waiting_at(proposals: QuerySet, states: Iterable[str]) -> Waiting:
    """Proposals at one of these steps. One query."""
    found = proposals.filter(state__in=list(states)).aggregate(
        count=Count("pk"), since=Min("case__status_since")
    )
    return Waiting(**found)


def not_moved_in_time(proposals: QuerySet, *, on: date) -> tuple[int, int | None]:
    """Signed contracts of which nobody moved in within the term, and that term in weeks."""
    weeks = term_weeks(TermCode.MOVE, on=on)
    if weeks is None:
        return 0, None
    began = on - timedelta(weeks=weeks)
    late = proposals.filter(state=ProposalState.SIGNED, vacancy__tenancy__starts_on__lt=began)
    return late.count(), weeks


# -- one dwelling ----------------------------------------------------------------------------------


def steps_of(proposal: Proposal) -> list[CaseStep]:
    """The steps of a proposal that stand, in order."""
    return list(proposal.steps.exclude(code="undo").filter(undone_by=None).order_by("pk"))


def followers(case: Case) -> list[Person]:
    """The family who are still expected, the first to come in front."""
    return list(case.persons.expected().order_by(F("expected_on").asc(nulls_last=True), "pk"))
