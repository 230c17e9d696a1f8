"""The plain values a plan consists of. Keys are positions in the plan's own lists."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Street:
    """An invented street of a village; ``profile`` is family, senior, flat or mixed."""

    village: str
    municipality: str
    name: str
    postcode: str
    profile: str


@dataclass(frozen=True)
class Place:
    """What the planner knows of a village."""

    name: str
    municipality: str
    inhabitants: int
    streets: tuple[Street, ...]


@dataclass(frozen=True)
class PlannedDwelling:
    street: Street
    number: int
    kind: str  # house, flat, upper or bungalow
    label: str  # senior, care or empty
    bedrooms: int
    area: int  # m2
    floor: int
    lift: bool
    built: int
    net_rent: Decimal  # EUR per month
    bag_id: str = ""
    vera_kind: str = ""
    energy_label: str = ""
    accessibility: str = ""
    temporary_until: date | None = None


@dataclass(frozen=True)
class PlannedVacancy:
    """A dwelling that fell vacant; ``verdict`` is empty as long as nobody judged it."""

    dwelling: int
    notice_on: date
    available_from: date
    state: str
    closed_on: date | None
    let_from: date | None
    verdict: str
    reason: str
    assessed_on: date | None
    empty_from: date | None = None
    waits: tuple[tuple[str, date, date], ...] = ()  # (cause, first day, first day after)


@dataclass(frozen=True)
class PlannedPerson:
    """``category``: holder, family, reunifier or minor. ``counted_on``: signed off by COA.

    ``reunion``: how far somebody who follows has come on the last day, a ``ReunionState`` or empty
    for who is not followed. ``checked``: the dwelling check for them is complete by then.
    """

    category: str
    expected_on: date | None = None
    arrived_on: date | None = None
    moved_in_on: date | None = None
    counted_on: date | None = None
    reunion: str = ""
    checked: bool = False
    relation: str = "holder"
    name: str = ""
    birth_date: date | None = None
    sex: str = ""  # of children who may share with their own sex only
    v_number: str = ""
    contact: str = ""


@dataclass(frozen=True)
class PlannedEvent:
    """Something that happens to a household on a day, for ``acting`` to do through a service.

    ``what`` is a ``StepCode``, ``expect``, ``fact`` or ``check``. ``vacancy`` goes with a
    proposal, ``persons`` (positions in the household) with family who follow, ``state`` and
    ``expected_on`` with a fact. ``reason`` is a ``StepReason``, of a refusal its code.
    """

    on: date
    what: str
    vacancy: int | None = None
    ahead: bool = False
    reason: str = ""
    remark: str = ""
    judgement: str = ""
    consequence: str = ""
    persons: tuple[int, ...] = ()
    state: str = ""
    expected_on: date | None = None
    complete: bool = False


@dataclass(frozen=True)
class PlannedCase:
    """A household linked by COA. ``state``: waiting, housed, minor or unlinked."""

    reference: str
    municipality: str  # the linked one, for whose quota the persons count
    permit_on: date
    linked_on: date
    state: str
    persons: tuple[PlannedPerson, ...]
    signed_on: date | None = None
    starts_on: date | None = None
    unlinked_on: date | None = None
    vacancy: int | None = None
    needs: tuple[str, ...] = ()
    preferences: tuple[tuple[str, str], ...] = ()  # (reason, village)
    events: tuple[PlannedEvent, ...] = ()

    @property
    def reunifiers(self) -> int:
        return sum(person.category == "reunifier" for person in self.persons)

    @property
    def bedrooms_needed(self) -> int:
        """One bedroom per two persons, those who join later included."""
        return max(1, -(-len(self.persons) // 2))


@dataclass(frozen=True)
class Plan:
    """A complete story. Two plans of one seed and one region are equal."""

    seed: int
    dwellings: tuple[PlannedDwelling, ...] = field(repr=False)
    vacancies: tuple[PlannedVacancy, ...] = field(repr=False)
    cases: tuple[PlannedCase, ...] = field(repr=False)
