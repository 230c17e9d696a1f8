"""The share of the covenant: what is counted, by which definition, and who opens what."""

import re
from datetime import date, timedelta
from decimal import Decimal
from html import unescape
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from housing.choices import VacancyState
from housing.models import Vacancy
from housing.selectors import covenant_in_force, covenant_share
from housing.selectors.stock import NUMERATOR, SHARE_PARTS, counts_in_share
from partners.choices import ShareDenominator
from partners.models import VillageBelonging
from quota.selectors import ShareCount, half_years_of, months_of, share_overview, term_of
from quota.selectors.share import definition_on
from tests.factories import (
    TODAY,
    CovenantFactory,
    DwellingFactory,
    MunicipalityFactory,
    OrganisationFactory,
    ShareDefinitionFactory,
    VacancyFactory,
    VillageBelongingFactory,
    VillageFactory,
)

pytestmark = pytest.mark.django_db

SHARE = "/region/share/"
FULL_READERS = ("coordinator", "officer_marum", "officer_leek", "corporation_staff")
READERS_OF_SUMS = ("supervisor", "tenants_reader")
LINK = re.compile(r'href="(/region/share/rows/\?[^"]+)">(?:<span[^>]*>[^<]*</span>)?([\d.]+)</a>')


def free(cast, day, village=None, **fields):
    """A dwelling of the corporation that came free on ``day``."""
    dwelling = DwellingFactory(
        village=village or cast.village_marum,
        corporation=fields.pop("corporation", cast.corporation),
        **{k: fields.pop(k) for k in ("regulated",) if k in fields},
    )
    return VacancyFactory(
        dwelling=dwelling, notice_on=day - timedelta(days=30), available_from=day, **fields
    )


def let(cast, day, state=VacancyState.LET_PERMIT, after=5, **fields):
    """The same, let ``after`` days later."""
    first = day + timedelta(days=after)
    return free(cast, day, state=state, closed_on=first, let_from=first, **fields)


@pytest.fixture
def covenant(cast):
    covenant = CovenantFactory(region=cast.region)
    ShareDefinitionFactory(covenant=covenant)
    return covenant


@pytest.fixture
def dwellings(cast, covenant):
    """A: 7, B: 4, C: 4, let to permit holders: 2 (Marum 1, Leek 1)."""
    let(cast, date(2017, 10, 1))
    let(cast, date(2016, 4, 1), village=cast.village_leek)
    let(cast, date(2017, 6, 28), state=VacancyState.LET_REGULAR)  # let in the next half-year
    let(cast, date(2017, 2, 1), state=VacancyState.LET_REGULAR, label="senior")
    free(cast, date(2017, 11, 1))
    free(cast, date(2017, 11, 2), village=cast.village_leek, internal_move=True)
    free(cast, date(2017, 11, 3), regulated=False)
    free(cast, date(2017, 12, 1))  # comes free later
    withdrawn = date(2017, 9, 1)
    free(cast, withdrawn, state=VacancyState.WITHDRAWN, closed_on=date(2017, 10, 1))
    free(cast, date(2016, 3, 23))  # the day before the covenant
    return cast


def overview_of(cast, covenant, code="", on=TODAY):
    months = months_of(covenant, on=on)
    spans = [term_of(covenant, on=on), *half_years_of(months, covenant), *months]
    span = next(span for span in spans if span.code == code)
    return share_overview(cast.region, covenant, span, on=on)


# -- what is counted -------------------------------------------------------------------------------


def test_the_term(dwellings, covenant):
    overview = overview_of(dwellings, covenant)
    assert overview.total == ShareCount(let=2, available=7, unlabelled=4, all_let=4)
    assert overview.term == overview.total
    assert overview.share == Decimal(2) / 7
    marum, leek = (
        next(m for m in overview.municipalities if m.name == n) for n in ("Marum", "Leek")
    )
    assert marum.count == ShareCount(let=1, available=5, unlabelled=3, all_let=3)
    assert leek.count == ShareCount(let=1, available=2, unlabelled=1, all_let=1)


def test_it_is_the_share_that_other_pages_tell(dwellings, covenant):
    found = covenant_share(dwellings.region, on=TODAY)
    overview = overview_of(dwellings, covenant)
    assert (found.let, found.dwellings, found.share) == (2, 7, overview.share)


def test_months_and_half_years_add_up_to_the_term(dwellings, covenant):
    overview = overview_of(dwellings, covenant)
    for lines in (overview.months, overview.half_years):
        assert sum((line.count for line in lines), ShareCount()) == overview.total
        assert lines[-1].so_far == overview.total
    for line in (*overview.months, *overview.half_years):
        assert overview_of(dwellings, covenant, line.span.code).total == line.count
    assert [line.count.all_let for line in overview.half_years] == [1, 0, 1, 2]


def test_spans_lie_within_the_term_of_the_covenant(covenant):
    months = months_of(covenant, on=TODAY)
    assert (months[0].code, months[0].starts_on) == ("2016-03", date(2016, 3, 24))
    assert (months[-1].code, months[-1].until, months[-1].complete) == ("2017-11", TODAY, False)
    assert len(months) == 21
    assert all(month.complete for month in months[:-1])
    halves = half_years_of(months, covenant)
    assert [half.code for half in halves] == ["2016-I", "2016-II", "2017-I", "2017-II"]
    assert [half.complete for half in halves] == [True, True, True, False]


def test_nothing_counts_after_the_covenant(dwellings, covenant):
    let(dwellings, date(2018, 1, 10))
    later = date(2018, 6, 1)
    term = term_of(covenant, on=later)
    assert (term.until, term.complete) == (date(2017, 12, 31), True)
    overview = overview_of(dwellings, covenant, on=later)
    assert overview.total.available == 8  # with the one of December
    assert overview.months[-1].span.code == "2017-12"
    found = covenant_share(dwellings.region, on=later)
    assert (found.until, found.dwellings) == (date(2017, 12, 31), 8)


def test_a_village_that_moved_counts_where_it_lies_on_the_last_day(dwellings, covenant):
    VillageBelonging.objects.filter(village=dwellings.village_leek).update(
        valid_to=date(2017, 1, 1)
    )
    VillageBelongingFactory(
        village=dwellings.village_leek, municipality=dwellings.marum, valid_from=date(2017, 1, 1)
    )
    before = overview_of(dwellings, covenant, "2016-I")
    assert {m.name: m.count.let for m in before.municipalities} == {"Leek": 1, "Marum": 0}
    after = overview_of(dwellings, covenant)
    assert {m.name: m.count.let for m in after.municipalities} == {"Marum": 2}


def test_a_neighbours_municipality_is_a_line_once_it_counts(dwellings, covenant):
    neighbour = MunicipalityFactory(region=None, organisation=None, name="Winsum")
    village = VillageFactory(region=dwellings.region, municipality=neighbour)
    names = [m.name for m in overview_of(dwellings, covenant).municipalities]
    assert names == ["Leek", "Marum"]
    free(dwellings, date(2017, 11, 4), village=village)
    names = [m.name for m in overview_of(dwellings, covenant).municipalities]
    assert names == ["Leek", "Marum", "Winsum"]


# -- definitions -----------------------------------------------------------------------------------


@pytest.fixture
def changed(dwellings):
    """A until 1 July 2017, then B with another target."""
    covenant = dwellings.region.covenants.get()
    first = covenant.share_definitions.get()
    first.valid_to = date(2017, 7, 1)
    first.save(update_fields=["valid_to"])
    ShareDefinitionFactory(
        covenant=covenant,
        denominator=ShareDenominator.UNLABELLED,
        target=Decimal("0.300"),
        valid_from=date(2017, 7, 1),
    )
    return covenant


def test_a_period_is_counted_by_the_definition_of_its_last_day(dwellings, changed):
    overview = overview_of(dwellings, changed)
    assert overview.definition.denominator == "B"
    assert overview.share == Decimal(2) / 4
    letters = {line.span.code: line.definition.denominator for line in overview.half_years}
    assert letters == {"2016-I": "A", "2016-II": "A", "2017-I": "A", "2017-II": "B"}
    months = {line.span.code: line.definition.denominator for line in overview.months}
    assert (months["2017-06"], months["2017-07"]) == ("A", "B")
    early = overview_of(dwellings, changed, "2017-I")
    assert (early.definition.denominator, early.now.denominator) == ("A", "B")
    assert early.needed() == overview.needed()
    assert covenant_share(dwellings.region, on=date(2017, 6, 30)).denominator == "A"
    assert covenant_share(dwellings.region, on=TODAY).denominator == "B"


def test_the_page_says_which_definition_counts(dwellings, changed):
    text = page(dwellings, "coordinator", SHARE)
    assert "Share of B (in force)" in text
    assert "Share of A (in force)" in page(dwellings, "coordinator", f"{SHARE}?period=2017-I")


def test_without_a_definition_there_is_no_share(cast):
    covenant = CovenantFactory(region=cast.region)
    let(cast, date(2017, 10, 1))
    overview = overview_of(cast, covenant)
    assert (overview.share, overview.needed(), overview.total.let) == (None, None, 1)
    assert page(cast, "coordinator", SHARE)


def test_a_definition_may_begin_later_than_the_covenant(cast):
    covenant = CovenantFactory(region=cast.region)
    ShareDefinitionFactory(covenant=covenant, valid_from=date(2017, 1, 1))
    overview = overview_of(cast, covenant)
    assert [line.definition is None for line in overview.half_years] == [True, True, False, False]
    assert definition_on(overview.definitions, date(2016, 12, 31)) is None


# -- properties ------------------------------------------------------------------------------------


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(
    part=st.sampled_from(SHARE_PARTS),
    cuts=st.lists(st.integers(1, 600), min_size=1, max_size=4, unique=True),
)
def test_a_term_cut_into_pieces_is_the_sum_of_them(dwellings, part, cuts):

    start = date(2016, 3, 24)
    edges = [start, *(start + timedelta(days=cut) for cut in sorted(cuts))]
    pieces = [(first, after - timedelta(days=1)) for first, after in pairwise(edges)] + [
        (edges[-1], TODAY)
    ]
    found = [
        Vacancy.objects.filter(counts_in_share(part, start=a, end=b, on=TODAY)).count()
        for a, b in pieces
    ]
    whole = Vacancy.objects.filter(counts_in_share(part, start=start, end=TODAY)).count()
    assert sum(found) == whole


counts = st.builds(ShareCount, *[st.integers(0, 10_000)] * 4)


@given(a=counts, b=counts, part=st.sampled_from(SHARE_PARTS))
def test_a_share_is_never_below_zero_and_sums_are_sums(a, b, part):
    assert (a + b).of(part) == a.of(part) + b.of(part)
    for denominator in ShareDenominator:
        share = a.share(denominator)
        assert (share is None) == (a.of(denominator) == 0)
        if share is not None:
            assert share >= 0
            assert (share == 0) == (a.let == 0)


# -- pages -----------------------------------------------------------------------------------------


def page(cast, who, url):
    client = cast.client(who)
    client.cookies["django_language"] = "en"
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


@pytest.mark.parametrize("who", FULL_READERS)
def test_who_works_with_the_stock_sees_villages_and_opens_rows(dwellings, who):
    text = page(dwellings, who, SHARE)
    assert "28.6%" in text
    assert "Share per village" in text
    assert LINK.search(text)


@pytest.mark.parametrize("who", READERS_OF_SUMS)
def test_who_watches_the_covenant_sees_sums_only(dwellings, who):
    text = page(dwellings, who, SHARE)
    assert "28.6%" in text
    assert "Share per municipality" in text
    assert "Share per village" not in text
    assert not LINK.search(text)
    assert dwellings.client(who).get(f"{SHARE}rows/").status_code == 404


@pytest.mark.parametrize("who", ["guidance_worker", "administrator"])
def test_others_do_not_find_it(dwellings, who):
    client = dwellings.client(who)
    assert client.get(SHARE).status_code == 404
    assert client.get(f"{SHARE}rows/").status_code == 404


def test_a_stranger_sees_nothing_of_this_region(dwellings):
    assert "Marum" not in page(dwellings, "stranger", SHARE)
    client = dwellings.client("stranger")
    for address in (f"{SHARE}?region=kwartier", f"{SHARE}rows/", f"{SHARE}rows/?region=kwartier"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("query", ["?period=2015-I", "?period=2018-01", "?period=x", "?on=x"])
def test_a_period_that_is_not_counted_does_not_exist(dwellings, query):
    client = dwellings.client("coordinator")
    assert client.get(SHARE + query).status_code == 404
    assert client.get(f"{SHARE}rows/{query}").status_code == 404


@pytest.mark.parametrize("query", ["", "?period=2017-II", "?period=2017-10", "?on=2017-10-15"])
def test_every_figure_opens_as_many_rows_as_it_says(dwellings, query):
    client = dwellings.client("coordinator")
    text = page(dwellings, "coordinator", SHARE + query)
    links = {(unescape(url), figure) for url, figure in LINK.findall(text)}
    assert len(links) > 8
    for url, figure in links:
        rows = client.get(url, {}).context["page"].rows
        assert len(rows) == int(figure.replace(",", "")), url


def test_the_key_figures_open_their_rows(dwellings):
    text = page(dwellings, "coordinator", f"{SHARE}?period=2017-II")
    labels = re.findall(r'<p class="figure__label"><a[^>]*href="([^"]+)"', text)
    client = dwellings.client("coordinator")
    found = [len(client.get(unescape(url)).context["page"].rows) for url in labels]
    assert found == [1, 4]


def test_corporation_staff_open_their_own_dwellings_only(dwellings):
    other = OrganisationFactory(region=dwellings.region, kind="corporation")
    let(dwellings, date(2017, 10, 1), corporation=other)
    text = page(dwellings, "corporation_staff", f"{SHARE}?period=2017-10")
    assert "100.0%" in text  # two of two: the share is the covenant's
    url = next(unescape(url) for url, figure in LINK.findall(text) if figure == "2")
    response = dwellings.client("corporation_staff").get(url)
    assert len(response.context["page"].rows) == 1
    assert response.context["intro"]
    assert not dwellings.client("coordinator").get(url).context["intro"]


def test_rows_are_exported(dwellings):
    client = dwellings.client("coordinator")
    response = client.get(f"{SHARE}rows/", {"part": "C", "period": "2017-II", "export": "csv"})
    assert len(response.content.decode().strip().splitlines()) == 3


def test_without_a_covenant_the_page_says_so(cast):
    assert "There is no covenant" in page(cast, "coordinator", SHARE)
    assert cast.client("coordinator").get(f"{SHARE}rows/").status_code == 404
    assert covenant_in_force(cast.region, on=TODAY) is None


def test_queries_do_not_grow_with_villages_and_months(dwellings, django_assert_num_queries):
    client = dwellings.client("coordinator")

    with CaptureQueriesContext(connection) as first:
        client.get(SHARE)
    for number in range(6):
        village = VillageFactory(region=dwellings.region, municipality=dwellings.marum)
        let(dwellings, date(2016, 5 + number, 1), village=village)
    with django_assert_num_queries(len(first)):
        client.get(SHARE)


def test_the_rows_cost_as_many_queries_for_many_as_for_one(dwellings, django_assert_num_queries):
    client = dwellings.client("coordinator")

    address = f"{SHARE}rows/?part={NUMERATOR}"
    with CaptureQueriesContext(connection) as first:
        client.get(address)
    for _number in range(3):
        let(dwellings, date(2017, 5, 1))
    with django_assert_num_queries(len(first)):
        client.get(address)


def test_the_share_in_force_comes_first_in_every_table(dwellings):
    context = dwellings.client("coordinator").get(SHARE).context
    for name in ("municipalities", "villages", "half_years", "months"):
        columns = [one for one in context[name].columns.names() if one != "municipality"]
        letter = next(row.record.in_force for row in context[name].rows).lower()
        assert columns[:4] == ["name", f"share_{letter}", "let", letter], name
        classes = {one.name: str(one.attrs["td"].get("class")) for one in context[name].columns}
        assert [one for one in classes if "lead" in classes[one]] == [f"share_{letter}"]
