"""What a household's checklist consists of, by the facts of the case: rounds and their days.

Round 1 is the placement itself. Every family that joined has a round of its own after it, and so
has the family that is still expected.
"""

from dataclasses import dataclass, field
from datetime import date

from housing.choices import GuidanceEvent, PersonCategory, StepCode
from housing.models import Case, GuidanceTemplate, Tenancy
from housing.selectors.steps import standing_steps
from partners.choices import OrganisationKind
from partners.models import Organisation

# What happens to a family that joins, not to the household that was there.
OF_FAMILY = (GuidanceEvent.ARRIVED, GuidanceEvent.REGISTERED, GuidanceEvent.SIGNED_OFF)


@dataclass(frozen=True)
class Round:
    """A placement (``number`` 1) or a family that joins: the days of its events, as far as known.

    ``since`` says which template is in force; ``events`` which of its tasks belong to the round.
    """

    number: int
    since: date
    days: dict[str, date | None]
    events: tuple[str, ...] = field(default=tuple(GuidanceEvent))

    @property
    def is_family(self) -> bool:
        return self.number > 1

    def templates(self) -> list[GuidanceTemplate]:
        return list(
            GuidanceTemplate.objects.on(self.since).filter(
                only_for_family=self.is_family, event__in=self.events
            )
        )


def rounds_of(case: Case, tenancy: Tenancy | None = None) -> list[Round]:
    """The rounds of a household, by its newest contract; none as long as it has no contract."""
    tenancy = tenancy or current_tenancy(case)
    if tenancy is None:
        return []
    steps = {}
    joined, signed_off_joined = [], []
    for step in standing_steps(case):
        steps[step.code] = step.effective_on
        if step.code == StepCode.JOIN:
            joined.append(step)
            signed_off_joined.append(None)
        elif step.code == StepCode.SIGN_OFF_JOINED and joined:
            # COA signs off everybody who is there: each family that was not yet.
            signed_off_joined = [day or step.effective_on for day in signed_off_joined]
    placement = {
        GuidanceEvent.CONTRACT_SIGNED: tenancy.signed_on,
        GuidanceEvent.TENANCY_START: tenancy.starts_on,
        GuidanceEvent.MOVED_IN: steps.get(StepCode.MOVE_IN),
        GuidanceEvent.REGISTERED: steps.get(StepCode.REGISTER),
        GuidanceEvent.SIGNED_OFF: steps.get(StepCode.SIGN_OFF),
    }
    rounds = [Round(1, tenancy.signed_on, placement)]
    for number, (step, signed_off) in enumerate(zip(joined, signed_off_joined, strict=True), 2):
        days = {
            **placement,
            GuidanceEvent.REGISTERED: None,
            GuidanceEvent.SIGNED_OFF: signed_off,
            GuidanceEvent.ARRIVED: _arrived(tenancy, step.effective_on),
        }
        rounds.append(Round(number, step.effective_on, days, OF_FAMILY))
    expected = case.persons.expected().values_list("expected_on", flat=True)
    if expected:
        days = {
            **placement,
            GuidanceEvent.REGISTERED: None,
            GuidanceEvent.SIGNED_OFF: None,
            GuidanceEvent.ARRIVED: min((day for day in expected if day), default=None),
        }
        events = OF_FAMILY if joined else tuple(GuidanceEvent)
        rounds.append(Round(len(joined) + 2, tenancy.signed_on, days, events))
    return rounds


def current_tenancy(case: Case) -> Tenancy | None:
    """The household's newest contract."""
    return (
        case.tenancies.select_related("dwelling__corporation").order_by("-signed_on", "-pk").first()
    )


def _arrived(tenancy: Tenancy, joined_on: date) -> date:
    """When the family that joined on a day arrived; that day itself when it is not known."""
    arrived = tenancy.occupancies.filter(
        moved_in_on=joined_on, person__category=PersonCategory.REUNIFIER
    ).values_list("person__arrived_on", flat=True)
    return min((day for day in arrived if day), default=joined_on)


def owners_of(case: Case, tenancy: Tenancy) -> dict[str, Organisation | None]:
    """Who does the tasks of each kind of organisation for a household.

    The municipality linked, the landlord, the guidance chosen or the only one there is. The
    municipality answers for what nobody else does, as it does by law for guidance.
    """
    municipality = case.linked_municipality.organisation
    of_kind: dict[str, list[Organisation]] = {}
    for organisation in Organisation.objects.filter(region=case.region_id).order_by("pk"):
        of_kind.setdefault(organisation.kind, []).append(organisation)
    owners: dict[str, Organisation | None] = {}
    for kind in OrganisationKind:
        there = of_kind.get(kind, [])
        owners[kind] = there[0] if len(there) == 1 else municipality
    owners[OrganisationKind.MUNICIPALITY] = municipality
    owners[OrganisationKind.CORPORATION] = tenancy.dwelling.corporation
    if case.guidance is not None:
        owners[OrganisationKind.GUIDANCE] = case.guidance
    if municipality is None:
        office = of_kind.get(OrganisationKind.REGIONAL_OFFICE, [None])[0]
        owners = {kind: owner or office for kind, owner in owners.items()}
    return owners
