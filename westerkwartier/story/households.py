"""Invents the households: who was linked when, moved in when, and counted on which day.

The days on which persons count are drawn from the monthly totals in ``anchors``; everything before
them (signing, linking) is reckoned backwards, so the totals come out whatever the seed.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from westerkwartier.story import anchors
from westerkwartier.story.calendar import on_or_after, on_or_before, working_days
from westerkwartier.story.values import PlannedCase, PlannedPerson

GROUP_SIZES = (1, 2, 2, 3, 3, 4)


@dataclass
class Cell:
    """One municipality in one month: how its counted persons are made up."""

    month: date
    municipality: str
    left: int
    families: list[int] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    minors: int = 0

    @property
    def period(self) -> str:
        return anchors.period_of(self.month)


def plan_households(rng: Random) -> list[PlannedCase]:
    """All cases of the story, in order of linking, numbered per year."""
    cells = _divide(rng)
    cases = [case for cell in cells for case in _housed(rng, cell)]
    cases = _join_families(rng, cells, cases)
    cases = _expect_families(rng, cases)
    cases += [_minor(rng, cell) for cell in cells for _ in range(cell.minors)]
    cases += _signed_not_counted(rng) + _waiting(rng) + _unlinked(rng)
    return _numbered(cases)


def _divide(rng: Random) -> list[Cell]:
    """Splits each month's persons into families, single persons, joining groups and minors."""
    cells = [
        Cell(month, municipality, persons)
        for month, row in anchors.COUNTED_PER_MONTH.items()
        for municipality, persons in row.items()
    ]
    by_key = {(cell.month, cell.municipality): cell for cell in cells}
    for key in anchors.MINORS:
        by_key[key].minors += 1
        by_key[key].left -= 1
    month, municipality, size = anchors.LAST_FAMILY
    by_key[month, municipality].families.append(size)
    by_key[month, municipality].left -= size

    budget = dict.fromkeys(anchors.REUNIFIERS_PER_PERIOD, 0)
    for cell in cells:
        budget[cell.period] += cell.left
    for period, reunifiers in anchors.REUNIFIERS_PER_PERIOD.items():
        budget[period] -= reunifiers
    for size in anchors.FAMILY_SIZES:
        cell = rng.choice([c for c in cells if c.left >= size and budget[c.period] >= size])
        cell.families.append(size)
        cell.left -= size
        budget[cell.period] -= size
    for period, reunifiers in anchors.REUNIFIERS_PER_PERIOD.items():
        while reunifiers:
            cell = rng.choice([c for c in cells if c.period == period and c.left])
            size = min(rng.choice(GROUP_SIZES), cell.left, reunifiers)
            cell.groups.append(size)
            cell.left -= size
            reunifiers -= size
    for cell in cells:
        cell.families += [1] * cell.left
    return cells


def _counting_days(month: date) -> list[date]:
    """Working days of a month on which somebody may be counted."""
    last = (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    first = month
    if month == date(2016, 4, 1):  # the first dwellings came with the covenant
        first = date(2016, 4, 18)
    if month == anchors.STORY_ENDS.replace(day=1):
        last = anchors.STORY_ENDS - timedelta(days=1)
    return working_days(first, last)


def _housed(rng: Random, cell: Cell) -> list[PlannedCase]:
    cases = []
    for size in cell.families:
        last_one = (cell.month, cell.municipality, size) == anchors.LAST_FAMILY
        counted = anchors.STORY_ENDS if last_one else rng.choice(_counting_days(cell.month))
        moved = on_or_before(counted - timedelta(days=rng.randint(1, 12)))
        signed = on_or_before(moved - timedelta(days=rng.randint(2, 12)))
        signed = max(signed, date(2016, 3, 25))
        linked = on_or_before(signed - timedelta(days=rng.randint(15, 63)))
        persons = _persons(size, moved, counted)
        cases.append(_case(rng, cell.municipality, linked, "housed", persons, signed))
    return cases


def _case(rng, municipality, linked, state, persons, signed=None, unlinked=None) -> PlannedCase:
    """COA links within two weeks of the permit; a tenancy starts on the day it is signed."""
    return PlannedCase(
        reference="",
        municipality=municipality,
        permit_on=linked - timedelta(days=rng.randint(3, 14)),
        linked_on=linked,
        state=state,
        persons=persons,
        signed_on=signed,
        starts_on=signed,
        unlinked_on=unlinked,
    )


def _persons(size: int, moved: date | None, counted: date | None) -> tuple[PlannedPerson, ...]:
    categories = ["holder"] + ["family"] * (size - 1)
    return tuple(
        PlannedPerson(category, arrived_on=moved, moved_in_on=moved, counted_on=counted)
        for category in categories
    )


def _join_families(rng: Random, cells: list[Cell], cases: list[PlannedCase]) -> list[PlannedCase]:
    """Lets each joining group move in with somebody who came alone at least ten weeks before."""
    cases = list(cases)
    for cell in cells:
        for size in cell.groups:
            counted = rng.choice(_counting_days(cell.month))
            moved = on_or_before(counted - timedelta(days=rng.randint(1, 12)))
            sponsors = [
                index
                for index, case in enumerate(cases)
                if case.municipality == cell.municipality
                and len(case.persons) == 1
                and case.persons[0].counted_on <= moved - timedelta(days=70)
            ]
            index = rng.choice(sponsors)
            cases[index] = _joined(rng, cases[index], size, moved, counted)
    return cases


def _joined(rng: Random, case: PlannedCase, size: int, moved: date, counted: date) -> PlannedCase:
    arrived = on_or_before(moved - timedelta(days=rng.randint(0, 6)))
    group = (
        PlannedPerson(
            "reunifier",
            expected_on=on_or_before(arrived - timedelta(days=rng.randint(0, 20))),
            arrived_on=arrived,
            moved_in_on=moved,
            counted_on=counted,
            reunion="joined",
            checked=True,
        ),
    ) * size
    return replace(case, persons=case.persons + group)


def _expect_families(rng: Random, cases: list[PlannedCase]) -> list[PlannedCase]:
    """Gives some who live here alone a family that is still to come, with room for it."""
    cases = list(cases)
    for persons, days, reunion, checked in anchors.EXPECTED_WITH_ROOM:
        index = rng.choice(
            [
                i
                for i, case in enumerate(cases)
                if case.linked_on >= date(2017, 1, 1) and len(case.persons) == 1
            ]
        )
        expected = on_or_after(anchors.STORY_ENDS + timedelta(days=days))
        person = PlannedPerson("reunifier", expected_on=expected, reunion=reunion, checked=checked)
        group = (person,) * persons
        cases[index] = replace(cases[index], persons=cases[index].persons + group)
    return cases


def _minor(rng: Random, cell: Cell) -> PlannedCase:
    """An unaccompanied minor in small-scale reception: counts on moving there."""
    moved = rng.choice(_counting_days(cell.month))
    person = PlannedPerson("minor", arrived_on=moved, counted_on=moved)
    linked = on_or_before(moved - timedelta(days=rng.randint(7, 21)))
    return _case(rng, cell.municipality, linked, "minor", (person,))


def _signed_not_counted(rng: Random) -> list[PlannedCase]:
    """Households with a contract whom COA has not signed off yet."""
    cases = []
    for municipality, size, signed, moved in anchors.SIGNED_NOT_COUNTED:
        linked = on_or_before(signed - timedelta(days=rng.randint(28, 56)))
        persons = _persons(size, moved, None)
        cases.append(_case(rng, municipality, linked, "housed", persons, signed))
    return cases


def _waiting(rng: Random) -> list[PlannedCase]:
    cases = []
    for weeks, municipality, size, expected in anchors.WAITING:
        linked = anchors.STORY_ENDS - timedelta(weeks=weeks)
        reunion = "mvv_granted" if weeks > 12 else "mvv_applied"
        family = (PlannedPerson("reunifier", reunion=reunion),) * expected
        persons = _persons(size, None, None) + family
        cases.append(_case(rng, municipality, linked, "waiting", persons))
    return cases


def _unlinked(rng: Random) -> list[PlannedCase]:
    """Households whose link ended before they were housed."""
    cases = []
    for ended in anchors.UNLINKED_ON:
        linked = on_or_before(ended - timedelta(days=rng.randint(10, 40)))
        persons = _persons(rng.choice((1, 1, 2, 3)), None, None)
        municipality = rng.choice(anchors.MUNICIPALITIES)
        cases.append(_case(rng, municipality, linked, "unlinked", persons, unlinked=ended))
    return cases


def _numbered(cases: list[PlannedCase]) -> list[PlannedCase]:
    """References such as 17-041: the year of linking and a running number."""
    ordered = sorted(cases, key=lambda case: case.linked_on)
    running: dict[int, int] = {}
    numbered = []
    for case in ordered:
        year = case.linked_on.year
        running[year] = running.get(year, 0) + 1
        numbered.append(replace(case, reference=f"{year % 100:02}-{running[year]:03}"))
    return numbered
