"""The totals the story must hit, as data.

Known facts (sources: Platform Opnieuw Thuis 23-11-2017, rtvnoord.nl 175364 and 180259,
grootgroningen.com 23-3-2016): a joint net quota of 73 for 2016-I, all four municipalities behind on
1-1-2017, 60 % of the joint backlog cleared and Marum 6 persons short on 1-7-2017, the joint quota
met on 23-11-2017. The monthly course per municipality below is invented so that these come out.
"""

from datetime import date

COVENANT_FROM = date(2016, 3, 24)
STORY_ENDS = date(2017, 11, 23)

# Persons counted per month (first of the month -> GM code -> persons). The half-years add up to
# 36, 95, 67 and 52 persons.
GROOTEGAST, LEEK, MARUM, ZUIDHORN = "GM0015", "GM0022", "GM0025", "GM0056"
MUNICIPALITIES = (GROOTEGAST, LEEK, MARUM, ZUIDHORN)
_COURSE = {
    (2016, 4): (1, 3, 1, 3),
    (2016, 5): (2, 4, 2, 4),
    (2016, 6): (3, 5, 2, 6),
    (2016, 7): (3, 4, 2, 4),
    (2016, 8): (3, 4, 2, 5),
    (2016, 9): (3, 5, 3, 5),
    (2016, 10): (3, 5, 3, 5),
    (2016, 11): (4, 6, 2, 6),
    (2016, 12): (3, 6, 3, 6),
    (2017, 1): (2, 2, 1, 3),
    (2017, 2): (2, 3, 2, 3),
    (2017, 3): (2, 4, 2, 4),
    (2017, 4): (2, 4, 2, 4),
    (2017, 5): (2, 4, 2, 4),
    (2017, 6): (3, 4, 2, 4),
    (2017, 7): (2, 3, 2, 2),
    (2017, 8): (3, 4, 2, 3),
    (2017, 9): (3, 3, 3, 3),
    (2017, 10): (2, 4, 1, 4),
    (2017, 11): (2, 4, 1, 1),
}
COUNTED_PER_MONTH: dict[date, dict[str, int]] = {
    date(year, month, 1): dict(zip(MUNICIPALITIES, persons, strict=True))
    for (year, month), persons in _COURSE.items()
}

# Persons among them who joined a household that already lived here.
REUNIFIERS_PER_PERIOD = {"2016-I": 0, "2016-II": 6, "2017-I": 27, "2017-II": 21}

# Unaccompanied minors who moved to small-scale reception: they count at once, without a dwelling.
MINORS = (
    (date(2016, 10, 1), ZUIDHORN),
    (date(2017, 2, 1), LEEK),
    (date(2017, 5, 1), ZUIDHORN),
    (date(2017, 9, 1), GROOTEGAST),
)

# Sizes of the households of two or more that were housed together; all others came alone. The last
# family of four is the one with which the joint quota was met.
FAMILY_SIZES = (5, 5, 4, 4, 4, 4, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2)
LAST_FAMILY = (date(2017, 11, 1), LEEK, 4)

# Dwellings. 155 of 746 is 20.8 %; the households that signed but are not counted are
# among the 155.
DWELLINGS = 5500
VACANCIES = 746
LET_TO_PERMIT_HOLDERS = 155

# Contracts of households whom COA has not signed off: (municipality, persons, signed, moved in).
SIGNED_NOT_COUNTED = (
    (ZUIDHORN, 1, date(2017, 11, 8), date(2017, 11, 20)),
    (GROOTEGAST, 1, date(2017, 11, 15), None),
    (MARUM, 2, date(2017, 11, 20), None),
)

# Working days that dwellings wait for a verdict on the last day.
AWAITING_VERDICT = (6, 4, 3, 1, 1)

# Days on which COA ended a link before the household was housed.
UNLINKED_ON = (
    date(2016, 9, 7),
    date(2017, 2, 14),
    date(2017, 5, 23),
    date(2017, 10, 10),
    date(2017, 10, 26),
)

# Households that wait for a dwelling: (weeks since linking, municipality, persons, expected).
WAITING = (
    (14, MARUM, 1, 2),
    (12, LEEK, 5, 0),
    (11, MARUM, 1, 3),
    (8, ZUIDHORN, 2, 0),
    (7, LEEK, 1, 0),
    (6, GROOTEGAST, 1, 0),
    (5, ZUIDHORN, 1, 0),
    (4, LEEK, 3, 0),
    (3, ZUIDHORN, 1, 0),
    (2, GROOTEGAST, 2, 0),
    (1, LEEK, 1, 0),
)

# Families still expected by somebody who already has a dwelling with room for them:
# (persons, days until the expected arrival, how far they have come, dwelling check complete).
EXPECTED_WITH_ROOM = (
    (2, 48, "travel_planned", False),
    (3, 81, "travel_planned", True),
    (3, 150, "mvv_granted", False),
    (1, 170, "mvv_applied", False),
)


def period_of(day: date) -> str:
    """Half-year of a day, such as ``2017-II``."""
    return f"{day.year}-{'I' if day.month <= 6 else 'II'}"
