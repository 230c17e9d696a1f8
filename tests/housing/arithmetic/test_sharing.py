"""Who shares a bedroom: the rule, the fewest rooms, and the birthday that changes the answer."""

from datetime import date, timedelta
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from housing.arithmetic import Occupant, Rooms, SharingRule, bedrooms_needed_for, birthday
from housing.choices import Relation, RoomUse

ON = date(2017, 11, 23)
RULE = SharingRule(couple_shares=True, same_sex_below=18, any_sex_below=12, max_per_room=2)
HOLDER, PARTNER, CHILD, ADULT = (Occupant(role) for role in Relation)


def child(age: int, sex: str | None = None, **fields) -> Occupant:
    """Somebody who became ``age`` on 1 January of the year of ``ON``."""
    return Occupant(Relation.CHILD, date(ON.year - age, 1, 1), sex, **fields)


@pytest.mark.parametrize(
    ("household", "bedrooms"),
    [
        ([HOLDER], 1),
        ([HOLDER, PARTNER], 1),
        ([HOLDER, ADULT], 2),
        ([HOLDER, HOLDER], 2),
        ([HOLDER, PARTNER, ADULT, ADULT], 3),
        ([PARTNER], 1),
        ([HOLDER, PARTNER, child(5, "m"), child(8, "f")], 2),
        ([HOLDER, PARTNER, child(5, "m"), child(8, "f"), child(9, "f")], 3),
        ([HOLDER, child(12, "m"), child(12, "f")], 3),
        ([HOLDER, child(11, "m"), child(12, "f")], 3),
        ([HOLDER, child(12, "m"), child(17, "m")], 2),
        ([HOLDER, child(12, "m"), child(18, "m")], 3),
        ([HOLDER, child(12), child(13)], 3),  # sex not known
        ([HOLDER, child(5), child(6)], 2),
        # A boy of 14 with a young brother, a girl of 15 with a young sister.
        ([HOLDER, child(14, "m"), child(15, "f"), child(3, "m"), child(5, "f")], 3),
        ([HOLDER, child(14, "m"), child(15, "f"), child(3, "m"), child(5, "m")], 4),
        ([HOLDER, Occupant(Relation.CHILD), Occupant(Relation.CHILD)], 3),
        ([], 0),
    ],
)
def test_bedrooms_of_a_household(household, bedrooms):
    assert bedrooms_needed_for(household, RULE, on=ON).bedrooms == bedrooms


def test_why_so_many_without_anybody_in_it():
    household = [HOLDER, PARTNER, ADULT, child(3), child(5), child(6), child(14, "m")]
    household += [child(16, "m"), child(19, "f")]
    assert bedrooms_needed_for(household, RULE, on=ON).uses == (
        Rooms(RoomUse.ADULT, 1, 1),
        Rooms(RoomUse.COUPLE, 2, 1),
        Rooms(RoomUse.ONE_CHILD, 1, 2),
        Rooms(RoomUse.SAME_SEX, 2, 1),
        Rooms(RoomUse.YOUNG, 2, 1),
    )


def test_who_is_expected_may_be_left_out():
    family = [HOLDER, Occupant(Relation.PARTNER, expected=True), child(14, "m", expected=True)]
    assert bedrooms_needed_for(family, RULE, on=ON).bedrooms == 2
    assert bedrooms_needed_for(family, RULE, on=ON, with_expected=False).bedrooms == 1


def test_a_rule_of_another_region():
    strict = SharingRule(False, same_sex_below=0, any_sex_below=0, max_per_room=1)
    household = [HOLDER, PARTNER, child(0), child(1)]
    assert bedrooms_needed_for(household, strict, on=ON).bedrooms == 4
    wide = SharingRule(True, 18, 12, max_per_room=3, unknown_age_as_adult=False)
    household = [HOLDER, PARTNER, child(3), child(5), Occupant(Relation.CHILD)]
    assert bedrooms_needed_for(household, wide, on=ON).bedrooms == 2


def test_the_birthday_that_changes_the_answer():
    def change(*household):
        return bedrooms_needed_for(household, RULE, on=ON).next_change_on

    assert change(HOLDER, PARTNER) is None
    assert change(HOLDER, child(5, "m")) is None  # alone now and later
    assert change(HOLDER, child(5, "m"), child(8, "f")) == date(2021, 1, 1)  # she becomes 12
    assert change(HOLDER, child(5, "m"), child(8, "m")) == date(2027, 1, 1)  # he becomes 18
    assert change(HOLDER, child(5, "m"), child(11, "f")) == date(2018, 1, 1)
    assert change(HOLDER, child(17, "m"), child(18, "m")) is None


# -- properties ------------------------------------------------------------------------------------

CHILDREN = st.builds(
    Occupant,
    role=st.just(Relation.CHILD),
    birth_date=st.none() | st.dates(date(1996, 1, 1), date(2018, 6, 1)),
    sex=st.sampled_from(["m", "f", None]),
    expected=st.booleans(),
)
ADULTS = st.builds(
    Occupant, role=st.sampled_from([Relation.HOLDER, Relation.PARTNER, Relation.OTHER])
)
HOUSEHOLDS = st.lists(CHILDREN | ADULTS, max_size=9)
RULES = st.builds(
    SharingRule,
    couple_shares=st.booleans(),
    same_sex_below=st.integers(0, 21),
    any_sex_below=st.integers(0, 21),
    max_per_room=st.integers(1, 4),
    unknown_age_as_adult=st.booleans(),
)


def may_share(one: Occupant, other: Occupant, rule: SharingRule) -> bool:
    """The rule in its own words, for two children."""

    def below(someone: Occupant, age: int) -> bool:
        if someone.birth_date is None:
            return not rule.unknown_age_as_adult
        return birthday(someone.birth_date, age) > ON

    if below(one, rule.any_sex_below) and below(other, rule.any_sex_below):
        return True
    if one.sex is None or one.sex != other.sex:
        return False
    return below(one, rule.same_sex_below) and below(other, rule.same_sex_below)


def fewest_rooms(children: list[Occupant], rule: SharingRule) -> int:
    """By trying every division: the first child with every group of others that may join it."""

    @cache
    def fewest(left: tuple[int, ...]) -> int:
        if not left:
            return 0
        first, *others = left
        best = len(left)
        for size in range(min(rule.max_per_room, len(left))):
            for joining in combinations(others, size):
                room = [children[n] for n in (first, *joining)]
                if all(may_share(a, b, rule) for a, b in combinations(room, 2)):
                    rest = tuple(n for n in others if n not in joining)
                    best = min(best, 1 + fewest(rest))
        return best

    return fewest(tuple(range(len(children))))


@given(children=st.lists(CHILDREN, max_size=7), rule=RULES)
def test_no_division_of_the_children_needs_fewer_rooms(children, rule):
    assert bedrooms_needed_for(children, rule, on=ON).bedrooms == fewest_rooms(children, rule)


@given(household=HOUSEHOLDS, rule=RULES)
def test_everybody_sleeps_somewhere(household, rule):
    found = bedrooms_needed_for(household, rule, on=ON)
    assert sum(rooms.rooms for rooms in found.uses) == found.bedrooms
    assert sum(rooms.rooms * rooms.persons for rooms in found.uses) == len(household)
    assert all(rooms.persons <= max(2, rule.max_per_room) for rooms in found.uses)


@given(household=HOUSEHOLDS, newcomer=CHILDREN | ADULTS, rule=RULES)
def test_somebody_more_never_needs_fewer_rooms(household, newcomer, rule):
    before = bedrooms_needed_for(household, rule, on=ON).bedrooms
    after = bedrooms_needed_for([*household, newcomer], rule, on=ON).bedrooms
    assert before <= after <= before + 1


@given(household=HOUSEHOLDS, rule=RULES, days=st.integers(0, 9000))
def test_growing_older_never_needs_fewer_rooms(household, rule, days):
    now = bedrooms_needed_for(household, rule, on=ON)
    later = bedrooms_needed_for(household, rule, on=ON + timedelta(days=days))
    assert now.bedrooms <= later.bedrooms


@given(household=HOUSEHOLDS, rule=RULES)
def test_the_next_change_is_the_first_day_with_another_answer(household, rule):
    now = bedrooms_needed_for(household, rule, on=ON)
    if now.next_change_on is None:
        grown = date(2060, 1, 1)
        assert bedrooms_needed_for(household, rule, on=grown).bedrooms == now.bedrooms
        return
    assert now.next_change_on > ON
    changed = bedrooms_needed_for(household, rule, on=now.next_change_on)
    day_before = bedrooms_needed_for(household, rule, on=now.next_change_on - timedelta(days=1))
    assert changed.bedrooms > now.bedrooms == day_before.bedrooms


@given(household=HOUSEHOLDS, rule=RULES, data=st.data())
def test_the_order_of_the_members_does_not_matter(household, rule, data):
    shuffled = data.draw(st.permutations(household))
    assert bedrooms_needed_for(shuffled, rule, on=ON) == bedrooms_needed_for(household, rule, on=ON)
