"""Laws of the lists: a constant number of queries, every column sorts, every filter runs."""

import base64

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.coa import CoaStatementFactory
from tests.factories import (
    TODAY,
    AssessmentFactory,
    CaseFactory,
    CovenantFactory,
    CovenantMeasureFactory,
    DwellingFactory,
    ImportBatchFactory,
    MeasureResultFactory,
    MembershipFactory,
    ObligationFactory,
    PersonFactory,
    ReportRunFactory,
    UserFactory,
    VacancyFactory,
)
from tests.guidance import GuidanceTaskFactory, MentionFactory
from tests.laws.walk import our_patterns, view_class
from westerkwartier.web.exports import FORMATS
from westerkwartier.web.views import ListPage


def list_views() -> list:
    return [
        pytest.param(name, view_class(pattern), id=name)
        for name, path, pattern in our_patterns()
        if view_class(pattern) and issubclass(view_class(pattern), ListPage) and "<" not in path
    ]


@pytest.fixture
def add_rows(cast):
    """Adds a row to every list of the region."""

    def add(number: int) -> None:
        vacancy = VacancyFactory(
            dwelling=DwellingFactory(village=cast.village_marum, corporation=cast.corporation)
        )
        AssessmentFactory(vacancy=vacancy, by=cast.corporation_staff)
        ReportRunFactory(region=cast.region, version=number, requested_by=cast.coordinator)
        ImportBatchFactory(organisation=cast.corporation)
        MembershipFactory(user=UserFactory(), organisation=cast.office)
        if number == 1:
            ObligationFactory(municipality=cast.marum)
            CovenantFactory(region=cast.region)
        covenant = cast.region.covenants.get()
        MeasureResultFactory(measure=CovenantMeasureFactory(covenant=covenant))
        PersonFactory(case=CaseFactory(linked_municipality=cast.marum), category="reunifier")
        PersonFactory(
            case=CaseFactory(linked_municipality=cast.marum),
            arrived_on=TODAY,
            counted_on=TODAY,
            credited_municipality=cast.marum,
        )
        task = GuidanceTaskFactory(case__linked_municipality=cast.marum)
        GuidanceTaskFactory(case=task.case, due_on=None)
        MentionFactory(note__case=task.case, user=cast.coordinator)
        CoaStatementFactory(municipality=cast.marum)

    return add


def reader(cast, name: str):
    return cast.client("administrator" if name.startswith("partners:") else "coordinator")


@pytest.mark.parametrize(("name", "view"), list_views())
def test_three_rows_cost_as_many_queries_as_one(name, view, cast, add_rows):
    client = reader(cast, name)
    counts = []
    for round in (1, 2, 3):
        add_rows(round)
        if round == 2:
            continue
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(reverse(name)).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(("name", "view"), list_views())
def test_every_sortable_column_sorts_both_ways(name, view, cast, add_rows):
    client = reader(cast, name)
    for number in (1, 2, 3):
        add_rows(number)
    columns = view.table_class.base_columns
    for column in (c for c in columns if columns[c].orderable):
        for sort in (column, f"-{column}"):
            response = client.get(reverse(name), {"sort": sort})
            assert response.status_code == 200, sort
            assert response.context["table"].order_by == (sort,)


@pytest.mark.parametrize(("name", "view"), list_views())
def test_every_filter_runs_with_sense_and_nonsense(name, view, cast, add_rows):
    client = reader(cast, name)
    add_rows(1)
    if view.filterset_class is None:
        return
    form = client.get(reverse(name)).context["filter"].form
    for field in form.fields:
        for value in ("1", "zzz", "\x00", "2017-11-01", "-1", "9" * 30, "1e-99999999"):
            status = client.get(reverse(name), {field: value}).status_code
            assert status in (200, 404), (field, value)
    # What may be chosen is sound whatever else is chosen: the filters are tried side by side.
    choices = {
        field: offered(control)[:12]
        for field, control in form.fields.items()
        if hasattr(control, "choices")
    }
    for number in range(max(map(len, choices.values()), default=0)):
        chosen = {field: values[number % len(values)] for field, values in choices.items()}
        response = client.get(reverse(name), chosen)
        assert response.status_code == 200, chosen
        assert not response.context["filter"].form.errors, chosen


def offered(control) -> list[str]:
    """The values that a control offers, those within a group too."""
    values = []
    for value, label in control.choices:
        values += [inner for inner, _label in label] if isinstance(label, list | tuple) else [value]
    return [str(value) for value in values]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(("name", "view"), list_views())
def test_every_list_exports_what_it_shows(name, view, format, cast, add_rows):
    if not view.export_name:
        return
    add_rows(1)
    response = reader(cast, name).get(reverse(name), {"export": format})
    assert response.status_code == 200
    assert response.headers["Content-Disposition"].endswith(f'.{format}"')
    assert response.content


@pytest.mark.parametrize(("name", "view"), list_views())
def test_a_damaged_cursor_starts_at_the_front(name, view, cast, add_rows):
    add_rows(1)
    client = reader(cast, name)
    columns = view.table_class.base_columns
    sorts = ["", *(column for column in columns if columns[column].orderable)]
    written = ('["\\u0000",1]', '["\\ud800",1]', "[Infinity,1]", "[1,Infinity]", "[null,null]")
    cursors = [base64.urlsafe_b64encode(text.encode()).decode() for text in written]
    damaged = ("x", "W10", "bnVsbA", "%00", *cursors)
    # Every cursor on the list's own order; on the other orders each in turn, on one of the sides.
    tries = [("", cursor, side) for cursor in damaged for side in ("after", "before")]
    tries += [
        (sort, damaged[(number + step) % len(damaged)], ("after", "before")[step % 2])
        for number, sort in enumerate(sorts[1:])
        for step in range(3)
    ]
    for sort, cursor, side in tries:
        response = client.get(reverse(name), {"sort": sort, side: cursor})
        assert response.status_code == 200, (sort, side, cursor)
