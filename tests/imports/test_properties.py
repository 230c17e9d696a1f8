"""Properties: what is undone leaves no trace, and what the register wrote out changes nothing."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from housing.choices import Accessibility, DwellingKind, DwellingLabel, EnergyLabel, TemporaryReason
from housing.models import Dwelling, Vacancy
from housing.services.importing import DWELLING_COLUMNS, VACANCY_COLUMNS
from partners.choices import ImportState
from tests.factories import DwellingFactory, VacancyFactory, WithdrawalReasonFactory
from westerkwartier.web.exports import FORMATS, export_response

SLOW = settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

HEADERS = ["postcode", "number", "addition", "street", "village", "kind", "rooms", "bedrooms"]

rows = st.lists(
    st.tuples(
        st.sampled_from(["9356XL", "9356 xm", "x"]),
        st.integers(0, 6),
        st.sampled_from(["", "a", "A", "-2"]),
        st.text("=+-@' abc;,\"é", min_size=1, max_size=20),
        st.sampled_from(["Tolbert", "Nergens", ""]),
        st.sampled_from(["Flat", "house", "?"]),
        st.integers(1, 6),
        st.integers(0, 6),
    ),
    min_size=1,
    max_size=8,
)


def as_csv(header, lines) -> str:
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";")
    writer.writerow(header)
    writer.writerows(lines)
    return buffer.getvalue()


def table(model) -> list[dict]:
    return list(model.objects.order_by("pk").values())


@SLOW
@given(first=rows, second=rows)
def test_applied_and_undone_the_register_is_as_it_was(desk, first, second):
    start = desk.checked(as_csv(HEADERS, first))
    if start.counts["add"] or start.counts["change"]:
        desk.approve(start, warnings_seen="on")
    else:
        desk.give_up(start)
    before = table(Dwelling)
    batch = desk.checked(as_csv(HEADERS, second))
    if not batch.counts["add"] and not batch.counts["change"]:
        desk.give_up(batch)
        return
    batch = desk.approve(batch, warnings_seen="on")
    assert batch.state == ImportState.DONE
    again = desk.checked(as_csv(HEADERS, second))
    assert again.counts["add"] == again.counts["change"] == 0
    desk.give_up(again)
    batch = desk.undo(batch)
    assert batch.state == ImportState.UNDONE, batch.sentence
    assert table(Dwelling) == before


def written(columns, objects, format: str) -> bytes:
    return export_response(
        format=format,
        name="x",
        header=[str(column.label) for column in columns],
        rows=[[column.show(obj) for column in columns] for obj in objects],
    ).content


@pytest.mark.parametrize("format", FORMATS)
def test_the_register_comes_back_unchanged(format, desk, cast):
    village = cast.region.villages.get(name="Tolbert")
    same = {"corporation": cast.corporation, "village": village, "postcode": "9356XL"}
    DwellingFactory(**same, number=1, street="=1+1", addition="-a")
    DwellingFactory(
        **same,
        number=2,
        bag_id="0025010000000002",
        kind=DwellingKind.FLAT,
        vera_kind="GAL",
        label=DwellingLabel.CARE,
        floor_area=80,
        floor=-1,
        lift=True,
        step_free=True,
        accessibility=Accessibility.WHEELCHAIR,
        adaptations="Beugels; douchezitje",
        energy_label=EnergyLabel.A4,
        build_year=1975,
        regulated=False,
        temporary_until=date(2019, 1, 1),
        temporary_reason=TemporaryReason.DEMOLITION,
        left_stock_on=date(2019, 2, 1),
    )
    dwellings = Dwelling.objects.select_related("village").order_by("pk")
    batch = desk.checked(written(DWELLING_COLUMNS, dwellings, format), name=f"x.{format}")
    assert (batch.counts["same"], batch.total) == (2, 2), list(batch.rows.values("problems"))

    WithdrawalReasonFactory()
    one, two = dwellings
    Dwelling.objects.update(left_stock_on=None)
    VacancyFactory(dwelling=one, empty_from=date(2017, 11, 1))
    VacancyFactory(dwelling=two, state="withdrawn", closed_on=date(2017, 11, 12))
    VacancyFactory(
        dwelling=two, notice_on=date(2017, 1, 1), state="let_permit", closed_on=date(2017, 12, 1)
    )
    vacancies = Vacancy.objects.select_related("dwelling", "withdrawn_because").order_by("pk")
    file = written(VACANCY_COLUMNS, vacancies, format)
    batch = desk.checked(file, name=f"x.{format}", kind="vacancies")
    assert (batch.counts["same"], batch.total) == (3, 3), list(batch.rows.values("problems"))


@pytest.mark.parametrize("format", FORMATS)
def test_the_list_of_vacated_dwellings_comes_back_as_the_page_exports_it(format, desk, cast):
    village = cast.region.villages.get(name="Tolbert")
    dwelling = DwellingFactory(corporation=cast.corporation, village=village, postcode="9356XL")
    VacancyFactory(dwelling=dwelling)
    url = reverse("housing:vacancy_list")
    content = cast.client("corporation_staff").get(url, {"export": format}).content
    batch = desk.checked(content, name=f"x.{format}", kind="vacancies")
    assert (batch.counts["same"], batch.total) == (1, 1), list(batch.rows.values("problems"))
