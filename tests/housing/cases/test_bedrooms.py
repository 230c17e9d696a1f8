"""The bedrooms of households: at birthdays, by hand, and dwellings that do not fit."""

from datetime import date

from housing.choices import Occupation, StepCode
from housing.models import Case
from housing.selectors.bedrooms import misfits
from housing.services.bedrooms import reckon_all_bedrooms, reckon_bedrooms
from housing.tasks import reckon_bedrooms as task
from tests.factories import BedroomNormFactory, DwellingFactory, PersonFactory
from tests.housing.cases.rules import sharing_rules
from tests.placing import DAY, counting_rules, household, placed, suitable_vacancy


def children(case, *born_and_sex) -> None:
    for born_on, sex in born_and_sex:
        PersonFactory(case=case, category="family", relation="child", birth_date=born_on, sex=sex)


def test_a_birthday_asks_another_bedroom(cast):
    sharing_rules()
    case = household(cast)
    children(case, (date(2005, 11, 21), "m"), (date(2010, 1, 1), "f"))
    reckon_all_bedrooms(on=DAY)
    case.refresh_from_db()
    assert case.bedrooms_now == 2
    assert reckon_all_bedrooms(on=date(2017, 11, 21)) == 1
    case.refresh_from_db()
    assert case.bedrooms_now == 3
    assert reckon_all_bedrooms(on=date(2017, 11, 21)) == 0


def test_family_who_follow_come_on_top(cast):
    sharing_rules()
    case = household(cast, expected=1)
    reckon_bedrooms(case, on=DAY)
    assert (case.bedrooms_now, case.bedrooms_later, case.bedrooms) == (1, 2, 2)


def test_without_a_rule_for_sharing_the_size_says_it(cast):
    BedroomNormFactory(persons_from=1, bedrooms=1)
    BedroomNormFactory(persons_from=3, bedrooms=2)
    case = household(cast, persons=3)
    reckon_bedrooms(case, on=DAY)
    assert case.bedrooms_now == 2


def test_without_any_rule_nothing_is_said(cast):
    case = household(cast)
    assert not reckon_bedrooms(case, on=DAY)
    assert case.bedrooms is None


def test_what_was_set_by_hand_stays(cast, settings):
    settings.CLOCK = DAY
    sharing_rules()
    case = household(cast, persons=2)
    Case.objects.filter(pk=case.pk).update(bedrooms_by_hand=4)
    for _time in (1, 2):
        task()
    case.refresh_from_db()
    assert (case.bedrooms, case.bedrooms_now, case.by_hand_outdated) == (4, 1, True)


def test_dwellings_with_too_few_or_too_many_bedrooms_are_watched(cast):
    sharing_rules()
    counting_rules()
    cases = {}
    for name, bedrooms, expected in (("small", 1, 0), ("fits", 3, 2), ("large", 4, 0)):
        case = household(cast, expected=expected)
        if name == "small":
            children(case, (date(2001, 1, 1), "m"), (date(2002, 1, 1), "f"))
        reckon_bedrooms(case, on=DAY)
        dwelling = DwellingFactory(
            village=cast.village_leek, corporation=cast.corporation, bedrooms=bedrooms, rooms=6
        )
        vacancy = suitable_vacancy(cast, dwelling=dwelling)
        placed(cast, until=StepCode.MOVE_IN, case=case, vacancy=vacancy)
        cases[name] = case
    found = misfits(cast.coordinator, on=DAY)
    assert [(row.tenancy.case, row.verdict.kind, row.verdict.rooms) for row in found] == [
        (cases["small"], Occupation.OVER, 2),
        (cases["large"], Occupation.UNDER, 3),
    ]
    assert misfits(cast.stranger, on=DAY) == []
