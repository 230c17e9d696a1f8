"""The pages of the quota: who sees what, and that they say what was counted."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import override

from housing.choices import PersonCategory
from partners.models import JournalEntry
from quota.models import NationalInhabitants
from tests.factories import (
    CaseFactory,
    InhabitantsFactory,
    MembershipFactory,
    MunicipalityFactory,
    ObligationFactory,
    OpeningBalanceFactory,
    PersonFactory,
    QuotaPeriodFactory,
)
from westerkwartier.web.models import Certainty

pytestmark = pytest.mark.django_db

OVERVIEW = "/region/"
READERS = (
    "coordinator",
    "officer_marum",
    "officer_leek",
    "corporation_staff",
    "guidance_worker",
    "supervisor",
    "tenants_reader",
)


def count(credited, day, linked=None, category=PersonCategory.HOLDER, **case):
    return PersonFactory(
        case=CaseFactory(
            linked_municipality=linked or credited, linked_on=date(2016, 1, 1), **case
        ),
        category=category,
        arrived_on=day,
        counted_on=day,
        credited_municipality=credited,
    )


@pytest.fixture
def quota(cast):
    """A quota for both municipalities in two half-years, and some persons counted."""
    for code in ("2017-I", "2017-II"):
        period = QuotaPeriodFactory(code=code)
        ObligationFactory(period=period, municipality=cast.marum, net_quota=6)
        ObligationFactory(
            period=period, municipality=cast.leek, net_quota=12, certainty=Certainty.OFFICIAL
        )
    OpeningBalanceFactory(
        period=QuotaPeriodFactory(code="2017-I"), municipality=cast.marum, backlog=2
    )
    count(cast.marum, date(2017, 3, 1))
    count(cast.marum, date(2017, 8, 1))
    count(cast.marum, date(2017, 11, 23), linked=cast.leek)
    count(cast.leek, date(2017, 11, 1), category=PersonCategory.REUNIFIER)
    return cast


def page(cast, who, url, language="en"):
    client = cast.client(who)
    client.cookies["django_language"] = language
    return client.get(url)


def row(response, code):
    return next(r for r in response.context["overview"].rows if r.code == code)


# -- region ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", READERS)
def test_partners_see_the_overview(quota, who):
    response = page(quota, who, OVERVIEW)
    assert response.status_code == 200
    assert response.context["overview"].total.realised == 3
    assert b"Marum" in response.content


def test_others_do_not_find_it(quota):
    assert page(quota, "administrator", OVERVIEW).status_code == 404


def test_a_stranger_sees_the_own_region_and_not_this_one(quota):
    response = page(quota, "stranger", OVERVIEW)
    assert "overview" not in response.context
    assert b"Marum" not in response.content
    assert page(quota, "stranger", f"{OVERVIEW}?region=kwartier").status_code == 404


def test_in_dutch(quota):
    response = page(quota, "coordinator", OVERVIEW, language="nl")
    assert response.headers["Content-Language"] == "nl"
    assert "23 november 2017" in response.content.decode()


def test_an_earlier_half_year_shows_its_final_state(quota):
    response = page(quota, "coordinator", f"{OVERVIEW}?period=2017-I")
    overview = response.context["overview"]
    assert (overview.period.code, overview.over, overview.total.realised) == ("2017-I", True, 1)
    assert [choice.current for choice in response.context["periods"]] == [False, True]


def test_as_at_an_earlier_day(quota):
    response = page(quota, "coordinator", f"{OVERVIEW}?on=2017-10-31")
    assert response.context["overview"].total.realised == 1
    assert "on=2017-10-31" in response.context["periods"][1].url


def test_a_day_to_come_is_today(quota):
    response = page(quota, "coordinator", f"{OVERVIEW}?on=2017-12-24")
    assert response.context["overview"].on == date(2017, 11, 23)


@pytest.mark.parametrize("query", ["period=2011-I", "period=x", "on=yesterday", "region=x"])
def test_what_is_not_there_is_not_found(quota, query):
    assert page(quota, "coordinator", f"{OVERVIEW}?{query}").status_code == 404


def test_without_a_quota_the_page_says_what_comes(cast):
    response = page(cast, "coordinator", OVERVIEW)
    assert response.status_code == 200
    assert "No quota is known" in response.content.decode()


def test_marks_say_how_sure_a_figure_is(quota):
    response = page(quota, "coordinator", OVERVIEW)
    assert [mark for mark, _meaning, _source in response.context["legend"]] == ["†"]
    text = response.content.decode()
    assert "Illustrative: invented for the demonstration." in text
    table = response.context["table"]
    assert "(illustrative)" in str(table.render_net(record=row(response, "GM0025")))
    assert str(table.render_net(record=row(response, "GM0022"))) == "12"


def test_the_total_row_is_the_footer(quota):
    table = page(quota, "coordinator", OVERVIEW).context["table"]
    footer = {column.name: str(column.footer) for column in table.columns}
    assert (footer["net"][:2], footer["corrected"][:2]) == ("18", "37")


def test_a_quota_is_as_sure_as_its_least_certain_part(quota):
    table = page(quota, "coordinator", OVERVIEW).context["table"]
    footer = {column.name: str(column.footer) for column in table.columns}
    assert "(illustrative)" in footer["corrected"]
    response = page(quota, "coordinator", OVERVIEW)
    assert str(table.render_corrected(record=row(response, "GM0022"))) == "24"


def test_in_the_first_month_nobody_is_on_schedule_yet(quota):
    response = page(quota, "coordinator", f"{OVERVIEW}?on=2017-07-01")
    text = response.content.decode()
    assert text.count("Just begun") == 4  # two municipalities, their total and its figure
    assert "On schedule" not in text


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "Began with a backlog of 19 persons."),
        ("?on=2017-05-01", "Began with a backlog of 2 persons."),
        ("?period=2017-I", "Began with a backlog of 2 persons. At the end it had grown to 19."),
    ],
)
def test_with_what_the_region_began(quota, query, said):
    assert said in page(quota, "coordinator", f"{OVERVIEW}{query}").content.decode()


def test_how_much_of_the_backlog_is_cleared(quota):
    for day in range(1, 19):
        count(quota.leek, date(2017, 2, day))
    response = page(quota, "coordinator", f"{OVERVIEW}?period=2017-I")
    text = response.content.decode()
    assert "Began with a backlog of 2 persons. At the end 1 were left (50% cleared)." in text
    # Leek housed 18 of 12, so its lead of 6 covers most of the 7 that Marum still had to do.
    assert "A lead in another municipality counts towards the total." in text
    assert "A lead of another" not in page(quota, "coordinator", OVERVIEW).content.decode()


def test_a_reader_of_two_regions_chooses(quota):
    MembershipFactory(
        user=quota.coordinator, organisation=quota.stranger.memberships.first().organisation
    )
    municipality = MunicipalityFactory(region=quota.other_region, name="Verweg")
    ObligationFactory(municipality=municipality)
    response = page(quota, "coordinator", f"{OVERVIEW}?region=elders")
    assert [choice.current for choice in response.context["regions"]] == [True, False]
    assert b"Verweg" in response.content


def test_the_number_of_queries_does_not_grow(quota, django_assert_max_num_queries):
    def measure():
        with django_assert_max_num_queries(40) as queries:
            page(quota, "coordinator", OVERVIEW)
        return len(queries)

    before = measure()
    for number in range(3):
        extra = MunicipalityFactory(region=quota.region)
        for code in ("2015-I", "2016-I", "2017-II"):
            ObligationFactory(period=QuotaPeriodFactory(code=code), municipality=extra)
        count(extra, date(2017, 8, 1 + number))
    assert measure() == before


# -- the persons behind a figure -------------------------------------------------------------------


def opened(response):
    return {code for code, url in response.context["table"].opened.items() if url}


@pytest.mark.parametrize(
    ("who", "codes"),
    [
        ("coordinator", {"", "GM0025", "GM0022"}),
        ("officer_marum", {"GM0025"}),
        ("officer_leek", {"GM0022"}),
        ("corporation_staff", set()),
        ("supervisor", set()),
        ("tenants_reader", set()),
        ("guidance_worker", set()),
    ],
)
def test_which_figures_open(quota, who, codes):
    response = page(quota, who, OVERVIEW)
    assert opened(response) == codes
    assert (b"/region/realised/" in response.content) == bool(codes)


@pytest.mark.parametrize("who", ["coordinator", "officer_marum"])
def test_an_opened_figure_shows_as_many_rows_as_it_counts(quota, who):
    response = page(quota, who, OVERVIEW)
    for code, url in response.context["table"].opened.items():
        rows = page(quota, who, url).context["table"].rows
        total = response.context["overview"].total
        expected = total if code == "" else row(response, code)
        assert len(rows) == expected.realised


def test_persons_have_no_names_and_reading_is_journalled(quota):
    response = page(quota, "coordinator", "/region/realised/?municipality=GM0025")
    assert response.status_code == 200
    line = JournalEntry.objects.get(action="person.read")
    assert (line.actor, line.region, line.detail) == (
        quota.coordinator,
        quota.region,
        "2017-II GM0025",
    )


def test_only_what_was_shown_is_journalled(quota):
    response = page(quota, "officer_marum", "/region/realised/?municipality=GM0022")
    assert len(response.context["table"].rows) == 0
    assert not JournalEntry.objects.filter(action="person.read").exists()


def test_persons_filter_and_sort(quota):
    url = "/region/realised/"
    assert len(page(quota, "coordinator", f"{url}?category=reunifier").context["table"].rows) == 1
    assert len(page(quota, "coordinator", f"{url}?period=2017-I").context["table"].rows) == 1
    assert len(page(quota, "coordinator", f"{url}?on=2017-10-31").context["table"].rows) == 1
    for column in ("reference", "counted_on", "credited", "linked"):
        for sign in ("", "-"):
            response = page(quota, "coordinator", f"{url}?sort={sign}{column}")
            assert len(response.context["table"].rows) == 3


def test_persons_go_along_as_a_file(quota):
    response = page(quota, "coordinator", "/region/realised/?export=csv")
    text = b"".join(response).decode("utf-8-sig")
    assert len(text.strip().splitlines()) == 4
    assert "Family reunifier" in text
    assert JournalEntry.objects.filter(action="person.export").exists()


@pytest.mark.parametrize("who", ["corporation_staff", "supervisor", "administrator"])
def test_others_do_not_find_the_persons(quota, who):
    assert page(quota, who, "/region/realised/").status_code == 404


def test_an_officer_is_told_that_there_are_more(quota):
    response = page(quota, "officer_marum", "/region/realised/")
    assert {r.record.credited_name for r in response.context["table"].rows} == {"Marum"}
    assert "own municipality" in response.content.decode()


# -- a municipality --------------------------------------------------------------------------------


def test_a_municipality_and_its_balance(quota):
    response = page(quota, "officer_leek", reverse("quota:municipality", args=["GM0025"]))
    assert response.status_code == 200
    progress = response.context["row"]
    assert (progress.corrected, progress.realised, progress.to_do) == (13, 2, 11)
    balances = [r.record for r in response.context["balances"].rows]
    assert [(b.period.code, b.closing) for b in balances] == [("2017-II", 11), ("2017-I", 7)]
    counts = response.context["counts"]
    assert (counts.credited, counts.linked, counts.housed) == (2, 1, 0)


@pytest.mark.parametrize("who", ["stranger", "administrator"])
def test_a_municipality_out_of_reach_is_not_found(quota, who):
    assert page(quota, who, "/region/GM0025/").status_code == 404


def test_a_municipality_that_is_not_there(quota):
    assert page(quota, "coordinator", "/region/GM9999/").status_code == 404


def test_a_municipality_without_any_quota(cast):
    response = page(cast, "coordinator", "/region/GM0025/")
    assert response.status_code == 200
    assert "No quota is known" in response.content.decode()


def test_the_balance_carries_its_marks(quota):
    response = page(quota, "coordinator", "/region/GM0022/")
    assert response.context["legend"] == []
    CaseFactory._meta.model.objects.update(illustrative=True)
    response = page(quota, "coordinator", "/region/GM0022/")
    assert [mark for mark, _meaning, _source in response.context["legend"]] == ["†"]
    table = response.context["balances"]
    newest, first = [r.record for r in table.rows]
    assert "(illustrative)" in str(table.render_realised(record=newest))
    assert "(illustrative)" in str(table.render_closing(record=newest))
    assert "(illustrative)" not in str(table.render_closing(record=first))


@pytest.mark.parametrize(
    ("known", "said"),
    [
        (date(2016, 1, 1), None),
        (date(2017, 1, 1), "on 1 January 2016 were not found; those on 1 January 2017 are used."),
        (None, "The numbers of inhabitants on 1 January 2016 were not found."),
    ],
)
def test_the_formula_tells_which_inhabitants_it_took(quota, known, said):
    if known:
        NationalInhabitants.objects.create(
            on=known, number=17_000_000, source="Test", certainty=Certainty.ILLUSTRATIVE
        )
        InhabitantsFactory(municipality=quota.marum, on=known, number=10_305)
    text = page(quota, "coordinator", "/region/GM0025/").content.decode()
    assert ("were not found" in text) == (said is not None)
    assert said is None or said in text


def test_a_municipality_in_the_years_before(quota):
    response = page(quota, "coordinator", "/region/GM0025/?period=2017-I")
    assert response.context["overview"].period.code == "2017-I"
    with override("en"):
        assert "first half of 2017" in response.content.decode().lower()
