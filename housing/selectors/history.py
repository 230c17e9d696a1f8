"""What happened with one dwelling: when it was vacant, to whom it was proposed, who rented it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from housing.models import Case, Dwelling, Proposal, Tenancy, Vacancy


@dataclass(frozen=True)
class Event:
    """A day of a dwelling's time line. ``what``: vacant, proposed, ended, let, left or withdrawn;
    ``row`` is the vacancy, proposal or tenancy that it is about."""

    on: date
    what: str
    row: Vacancy | Proposal | Tenancy


# On one day: the tenant left, the dwelling was vacant, proposed, that ended, somebody else came.
ORDER = ("left", "vacant", "proposed", "ended", "let", "withdrawn")


def dwelling_events(dwelling: Dwelling, user) -> list[Event]:
    """The time line of a dwelling, the newest first, as far as ``user`` may see it. Three queries.

    What was let to somebody who is no permit holder is told by the vacancy itself.
    """
    found = []
    for vacancy in dwelling.vacancies.select_related("withdrawn_because"):
        found.append(Event(vacancy.notice_on, "vacant", vacancy))
        if vacancy.state == "withdrawn":
            found.append(Event(vacancy.closed_on, "withdrawn", vacancy))
        elif vacancy.state == "let_regular":
            found.append(Event(vacancy.let_from, "let", vacancy))
    for proposal in proposals_of(Proposal.objects.filter(vacancy__dwelling=dwelling), user):
        found.append(Event(proposal.proposed_on, "proposed", proposal))
        if proposal.ended_on is not None:
            found.append(Event(proposal.ended_on, "ended", proposal))
    tenancies = Tenancy.objects.visible_to(user).filter(dwelling=dwelling)
    for tenancy in tenancies.select_related("case"):
        found.append(Event(tenancy.starts_on, "let", tenancy))
        if tenancy.ends_on is not None:
            found.append(Event(tenancy.ends_on, "left", tenancy))
    return sorted(
        found, key=lambda event: (event.on, ORDER.index(event.what), event.row.pk), reverse=True
    )


def proposals_of(proposals: QuerySet, user) -> QuerySet:
    """Those that ``user`` may see, with household and reason, the newest first."""
    return proposals.filter(pk__in=Proposal.objects.visible_to(user).values("pk")).select_related(
        "case", "refusal_reason", "vacancy__dwelling"
    )


def visible_cases(cases: set[int], user) -> set[int]:
    """Those of these households (by key) that ``user`` may open."""
    return set(Case.objects.visible_to(user).filter(pk__in=cases).values_list("pk", flat=True))
