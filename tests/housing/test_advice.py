"""What helps to judge a dwelling: persons, rent, village, who lives around it, who waits."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from housing.choices import (
    Accessibility,
    DispersalLevel,
    PersonCategory,
    RentVerdict,
    VacancyState,
)
from housing.models import Vacancy
from housing.selectors.advice import Advice, advise, households_around, waiting_sizes
from tests.factories import (
    TODAY,
    AssessmentFactory,
    AssessmentReasonFactory,
    BedroomNormFactory,
    CaseFactory,
    DispersalThresholdFactory,
    DwellingFactory,
    PersonFactory,
    RentLimitFactory,
    TenancyFactory,
    VacancyFactory,
    VillageFacilityFactory,
    VillageFactory,
)


@pytest.fixture
def norms(db):
    RentLimitFactory()
    for persons, bedrooms in ((1, 1), (3, 2), (5, 3), (7, 4), (9, 5)):
        BedroomNormFactory(persons_from=persons, bedrooms=bedrooms)


def dwelling(cast, **fields):
    fields.setdefault("village", cast.village_marum)
    return DwellingFactory(corporation=cast.corporation, **fields)


def vacancy(cast, *, rent="550.00", **fields):
    return VacancyFactory(dwelling=dwelling(cast, **fields), net_rent=Decimal(rent))


def advice(one: Vacancy) -> Advice:
    return advise([one], on=TODAY)[one.pk]


def household(cast, persons: int, reunifiers: int = 0, **fields):
    case = CaseFactory(linked_municipality=cast.marum, **fields)
    for _person in range(persons):
        PersonFactory(case=case)
    for _person in range(reunifiers):
        PersonFactory(case=case, category=PersonCategory.REUNIFIER)
    return case


def lived_in(cast, starts_on=date(2017, 5, 1), ends_on=None, **fields):
    """A dwelling in which a household of permit holders lives."""
    let = VacancyFactory(
        dwelling=dwelling(cast, **fields),
        notice_on=date(2017, 3, 1),
        available_from=starts_on,
        state=VacancyState.RESERVED,
    )
    TenancyFactory(
        vacancy=let,
        case__linked_municipality=cast.marum,
        signed_on=date(2017, 4, 20),
        starts_on=starts_on,
        ends_on=ends_on,
    )
    return let.dwelling


def test_the_bedrooms_say_for_how_many(cast, norms):
    assert advice(vacancy(cast, bedrooms=2)).norm.most == 4
    assert advice(vacancy(cast, bedrooms=5, rooms=6)).norm.most is None
    assert advice(vacancy(cast, bedrooms=0)).norm.most == 0


def test_the_rent_for_small_and_large_and_young_now_and_later(cast, norms):
    rent = advice(vacancy(cast, rent="620.00")).rent
    assert (rent.small, rent.family) == (RentVerdict.ABOVE_CAP, RentVerdict.FITS)
    assert rent.young == RentVerdict.ABOVE_MAX
    assert (rent.advance.now, rent.advance.after) == (RentVerdict.ABOVE_CAP, RentVerdict.FITS)
    assert rent.advance.above_cap == Decimal("27.45")
    assert rent.advance_young.now == RentVerdict.ABOVE_MAX


def test_the_limits_are_those_of_the_year_it_comes_free(cast, norms):
    RentLimitFactory(year=2018, low_cap=Decimal("597.30"), high_cap=Decimal("640.14"))
    one = vacancy(cast, rent="595.00")
    Vacancy.objects.filter(pk=one.pk).update(available_from=date(2018, 1, 2))
    one.refresh_from_db()
    assert (advice(one).rent.year, advice(one).rent.small) == (2018, RentVerdict.FITS)


@pytest.mark.parametrize(
    ("fields", "exempt"),
    [
        ({}, False),
        ({"adaptations": "Traplift"}, True),
        ({"accessibility": Accessibility.WHEELCHAIR}, True),
        ({"accessibility": Accessibility.WALKER}, False),
        ({"bedrooms": 4, "rooms": 5}, False),  # suits eight, but a small household pays the same
    ],
)
def test_for_adapted_dwellings_no_highest_rent_holds(cast, norms, fields, exempt):
    rent = advice(vacancy(cast, rent="800.00", **fields)).rent
    assert rent.exempt == exempt
    assert rent.family == (RentVerdict.ABOVE_CAP if exempt else RentVerdict.ABOVE_MAX)


def test_a_dwelling_for_eight_says_that_no_highest_rent_holds_for_them(cast, norms):
    one = vacancy(cast, rent="800.00", bedrooms=4, rooms=5)
    assert advice(one).rent.large
    page = cast.client("coordinator").get(reverse("housing:vacancy_detail", args=[one.pk]))
    assert "Voor een huishouden van acht of meer geldt geen hoogste huur." in page.content.decode()


def test_without_norms_and_limits_nothing_is_claimed(cast):
    found = advice(vacancy(cast))
    assert found.norm is None
    assert found.rent.small == RentVerdict.UNKNOWN
    assert found.waiting is None


def test_waiting_households_fit_by_size_with_those_still_expected(cast, norms):
    household(cast, 1)
    household(cast, 1, reunifiers=3)
    household(cast, 5)
    household(cast, 2, unlinked_on=date(2017, 9, 1))
    household(cast, 2, linked_on=date(2017, 12, 1))
    assert waiting_sizes([cast.region.pk], on=TODAY) == {cast.region.pk: {1: 1, 4: 1, 5: 1}}
    # Three bedrooms suit six; at € 620 the single household does not fit, the others do.
    assert advice(vacancy(cast, bedrooms=3)).waiting == 3
    assert advice(vacancy(cast, bedrooms=2)).waiting == 2
    assert advice(vacancy(cast, bedrooms=3, rent="620.00")).waiting == 2


def test_who_has_a_dwelling_does_not_wait(cast, norms):
    lived_in(cast)
    assert waiting_sizes([cast.region.pk], on=TODAY) == {}


def test_permit_holders_around_by_street_postcode_and_village(cast):
    here = dwelling(cast, street="Dorpsweg", postcode="9363AA")
    lived_in(cast, street="Dorpsweg", postcode="9363AA")
    lived_in(cast, street="Dorpsweg", postcode="9363AB")
    lived_in(cast, street="Kerkstraat", postcode="9363AA")
    dwelling(cast, street="Dorpsweg", postcode="9363AB", left_stock_on=date(2017, 1, 1))
    # Not any more, not yet, and elsewhere of the same name.
    lived_in(cast, street="Laan", postcode="9363AC", ends_on=TODAY)
    lived_in(cast, street="Laan", postcode="9363AC", starts_on=date(2017, 12, 1))
    lived_in(cast, street="Dorpsweg", postcode="9351AA", village=cast.village_leek)
    counts = [
        (around.level, around.households, around.dwellings)
        for around in households_around([here], [], on=TODAY)[here.pk]
    ]
    assert counts == [
        (DispersalLevel.STREET, 2, 3),
        (DispersalLevel.POSTCODE, 2, 3),
        (DispersalLevel.VILLAGE, 3, 6),
    ]


def test_above_the_threshold_it_warns_and_does_not_forbid(cast):
    DispersalThresholdFactory(region=cast.region, share=Decimal("0.5"), at_least=2)
    one = vacancy(cast, street="Dorpsweg")
    lived_in(cast, street="Dorpsweg")
    assert advice(one).warnings == []
    lived_in(cast, street="Dorpsweg")
    assert [around.level for around in advice(one).warnings] == [DispersalLevel.STREET]
    client = cast.client("corporation_staff")
    page = client.get(reverse("housing:vacancy_detail", args=[one.pk])).content.decode()
    assert "In deze straat is de afgesproken grens van 50% bereikt: 2 van 3." in page
    client.post(reverse("housing:inbox"), {"vacancy": one.pk, "verdict": "suitable"})
    one.refresh_from_db()
    assert one.verdict == "suitable"


def test_the_page_says_it_in_words(cast, norms):
    VillageFacilityFactory(village=cast.village_marum, distance_km=0)
    VillageFacilityFactory(village=cast.village_marum, kind="doctor", distance_km=Decimal("4.2"))
    household(cast, 2)
    one = vacancy(cast, rent="620.00", bedrooms=2, step_free=True)
    page = (
        cast.client("corporation_staff")
        .get(reverse("housing:vacancy_detail", args=[one.pk]))
        .content.decode()
    )
    for text in (
        "Past bij 1 tot 4 personen",
        "Past bij geen wachtend huishouden.",
        "Gelijkvloers",
        "in het dorp",
        "4,2 km hemelsbreed",
        "per maand boven de huurgrens tot de nareizigers er zijn",
    ):
        assert text in page


def test_corporation_staff_sees_a_number_and_no_household(cast, norms):
    case = household(cast, 2)
    one = vacancy(cast)
    for url in (reverse("housing:inbox"), reverse("housing:vacancy_detail", args=[one.pk])):
        page = cast.client("corporation_staff").get(url).content.decode()
        assert "Past bij 1 wachtend huishouden." in page
        assert case.reference not in page


def test_the_reason_keeps_its_vera_code(cast):
    one = vacancy(cast)
    reason = AssessmentReasonFactory(vera_code="DOELGROEP.SEN")
    AssessmentFactory(vacancy=one, verdict="unsuitable", reason=reason)
    page = cast.client("coordinator").get(reverse("housing:vacancy_detail", args=[one.pk]))
    assert "VERA DOELGROEP.SEN" in page.content.decode()


def test_thirty_vacancies_cost_as_many_queries_as_one(cast, norms):
    for number in range(30):
        village = VillageFactory(region=cast.region, municipality=cast.marum)
        VillageFacilityFactory(village=village)
        vacancy(cast, village=village, street=f"Straat {number}", postcode=f"93{number:02}AA")
    all_of_them = list(Vacancy.objects.select_related("dwelling__village"))
    counts = []
    for some in (all_of_them[:1], all_of_them):
        with CaptureQueriesContext(connection) as queries:
            assert len(advise(some, on=TODAY)) == len(some)
        counts.append(len(queries))
    assert counts == [2, 2]
