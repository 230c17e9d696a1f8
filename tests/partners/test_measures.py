"""The register of the covenant's measures: who tells what came of them, and how it is put right."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from partners.models import CovenantMeasure, JournalEntry, MeasureResult
from partners.services.measures import add_result, change_measure, undo_result
from tests.factories import (
    NOW,
    TODAY,
    CovenantFactory,
    CovenantMeasureFactory,
    CovenantPartyFactory,
    MeasureResultFactory,
    OrganisationFactory,
)
from westerkwartier.web.refusals import Refused

READERS = (
    "coordinator",
    "officer_marum",
    "corporation_staff",
    "guidance_worker",
    "supervisor",
    "tenants_reader",
    "administrator",
)
TELLERS = ("coordinator", "corporation_staff")


@pytest.fixture
def measure(cast):
    covenant = CovenantFactory(region=cast.region)
    CovenantPartyFactory(covenant=covenant, organisation=cast.corporation)
    return CovenantMeasureFactory(
        covenant=covenant, title="Nieuwbouw", since=date(2016, 4, 1), expected_dwellings=20
    )


def url(measure, then=""):
    return f"/covenant/{measure.pk}/{then}"


def english(cast, who):
    client = cast.client(who)
    client.cookies["django_language"] = "en"
    return client


def realised(measure) -> int:
    return CovenantMeasure.objects.with_realised().get(pk=measure.pk).realised


def add(cast, measure, dwellings=5, on=TODAY, **fields):
    fields = {"by": cast.coordinator, "now": NOW, **fields}
    return add_result(measure=measure, dwellings=dwellings, on=on, **fields)


# -- reading ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", READERS)
def test_everybody_in_the_region_reads(cast, measure, who):
    MeasureResultFactory(measure=measure, dwellings=3)
    client = cast.client(who)
    assert "Nieuwbouw" in client.get("/covenant/").content.decode()
    text = client.get(url(measure)).content.decode()
    assert "+3" in text
    may = who in TELLERS
    assert (url(measure, "results/add/") in text) == may
    assert ("undo/" in text) == may


@pytest.mark.parametrize("who", ["stranger", "nobody"])
def test_nobody_else_does(cast, measure, who):
    client = cast.client(who)
    assert client.get(url(measure)).status_code in (403, 404)
    if who == "stranger":
        assert "Nieuwbouw" not in client.get("/covenant/").content.decode()


def test_a_corporation_that_did_not_sign_tells_nothing(cast, measure):
    measure.covenant.parties.all().delete()
    CovenantPartyFactory(
        covenant=measure.covenant, organisation=OrganisationFactory(region=cast.region)
    )
    client = cast.client("corporation_staff")
    assert client.get(url(measure)).status_code == 200
    assert client.get(url(measure, "results/add/")).status_code == 403
    with pytest.raises(PermissionDenied):
        add(cast, measure, by=cast.corporation_staff)


@pytest.mark.parametrize(
    "who", ["officer_marum", "guidance_worker", "supervisor", "tenants_reader", "administrator"]
)
def test_who_only_reads_gets_403_for_the_rest(cast, measure, who):
    result = MeasureResultFactory(measure=measure)
    client = cast.client(who)
    for address in (url(measure, "results/add/"), url(measure, "edit/")):
        assert client.get(address).status_code == 403
        assert client.post(address).status_code == 403
    assert client.post(f"/covenant/results/{result.pk}/undo/").status_code == 403
    assert realised(measure) == 3


# -- adding ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", TELLERS)
def test_a_result_is_added(cast, measure, who):
    client = cast.client(who)
    assert client.get(url(measure, "results/add/")).status_code == 200
    answer = client.post(
        url(measure, "results/add/"),
        {"on": "2017-11-01", "dwellings": "4", "remark": "Blok aan de Voorbeeldstraat"},
        follow=True,
    )
    assert answer.status_code == 200
    result = measure.results.get()
    assert (result.on, result.dwellings, result.by) == (date(2017, 11, 1), 4, getattr(cast, who))
    assert realised(measure) == 4
    line = JournalEntry.objects.get(action="measure.add_result")
    assert (line.actor, line.object_key) == (result.by, str(measure.pk))


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("on", "", "Tell on which day the dwellings were there."),
        ("on", "31-02-2017", "This is not a day of the calendar."),
        ("on", "2999-01-01", "This day has yet to come."),
        ("on", "2016-03-31", "This day comes before the measure began."),
        ("dwellings", "", "Tell how many dwellings."),
        ("dwellings", "vier", "Write a whole number, in figures."),
        ("dwellings", "0", "The number is 1 or more."),
        ("dwellings", "-2", "The number is 1 or more."),
        ("dwellings", "10000", "The number is 9999 at most."),
    ],
)
def test_each_mistake_has_its_sentence(cast, measure, field, value, sentence):
    data = {"on": "2017-11-01", "dwellings": "4", field: value}
    answer = english(cast, "coordinator").post(url(measure, "results/add/"), data)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not measure.results.exists()


def test_a_button_pressed_twice_adds_one_line(cast, measure):
    first = add(cast, measure)
    assert add(cast, measure, now=NOW + timedelta(minutes=9)) == first
    add(cast, measure, now=NOW + timedelta(minutes=11))
    add(cast, measure, by=cast.corporation_staff)
    assert realised(measure) == 15
    assert JournalEntry.objects.filter(action="measure.add_result").count() == 3


@pytest.mark.parametrize(
    ("dwellings", "on"),
    [(0, TODAY), (-1, TODAY), (1, TODAY + timedelta(days=1)), (1, date(2016, 3, 31))],
)
def test_the_service_refuses_nonsense(cast, measure, dwellings, on):
    with pytest.raises(Refused):
        add(cast, measure, dwellings, on)
    assert realised(measure) == 0


# -- putting right ---------------------------------------------------------------------------------


def test_a_mistake_is_undone_by_its_opposite(cast, measure):
    result = add(cast, measure)
    client = cast.client("corporation_staff")
    assert client.get(f"/covenant/results/{result.pk}/undo/").url == url(measure)
    assert realised(measure) == 5
    answer = client.post(f"/covenant/results/{result.pk}/undo/", follow=True)
    assert answer.status_code == 200
    opposite = MeasureResult.objects.get(undoes=result)
    assert (opposite.dwellings, opposite.on, opposite.by) == (-5, result.on, cast.corporation_staff)
    assert realised(measure) == 0
    assert "undo/" not in answer.content.decode()


def test_undoing_twice_equals_once(cast, measure):
    result = add(cast, measure)
    first = undo_result(by=cast.coordinator, result=result, now=NOW)
    assert undo_result(by=cast.coordinator, result=result, now=NOW) == first
    assert measure.results.count() == 2
    assert JournalEntry.objects.filter(action="measure.undo_result").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        MeasureResultFactory(measure=measure, dwellings=-5, undoes=result)


def test_what_undoes_is_not_undone(cast, measure):
    opposite = undo_result(by=cast.coordinator, result=add(cast, measure), now=NOW)
    with pytest.raises(Refused):
        undo_result(by=cast.coordinator, result=opposite, now=NOW)
    add(cast, measure)  # the same again within ten minutes, now that the first is gone
    assert realised(measure) == 5


def test_lines_are_never_changed(measure):
    result = MeasureResultFactory(measure=measure)
    with pytest.raises(DatabaseError), transaction.atomic():
        MeasureResult.objects.filter(pk=result.pk).update(dwellings=9)


# -- changing --------------------------------------------------------------------------------------


def test_the_coordinator_changes_the_terms(cast, measure):
    client = cast.client("coordinator")
    assert client.get(url(measure, "edit/")).status_code == 200
    data = {"since": "2016-05-01", "until": "2017-12-31", "expected_dwellings": "30"}
    for _turn in range(2):
        client.post(url(measure, "edit/"), data)
    measure.refresh_from_db()
    assert (measure.since, measure.until) == (date(2016, 5, 1), date(2017, 12, 31))
    assert measure.expected_dwellings == 30
    line = JournalEntry.objects.get(action="measure.change")
    assert "2016-04-01 – 20 → 2016-05-01 2017-12-31 30" in line.detail


def test_terms_may_be_unknown(cast, measure):
    cast.client("coordinator").post(url(measure, "edit/"), {})
    measure.refresh_from_db()
    assert (measure.since, measure.until, measure.expected_dwellings) == (None, None, None)
    assert cast.client("coordinator").get("/covenant/").status_code == 200


def test_the_last_day_does_not_come_first(cast, measure):
    data = {"since": "2017-01-02", "until": "2017-01-01"}
    answer = english(cast, "coordinator").post(url(measure, "edit/"), data)
    assert answer.status_code == 422
    assert "The last day comes before the first day." in answer.content.decode()
    with pytest.raises(Refused):
        change_measure(
            by=cast.coordinator,
            measure=measure,
            since=date(2017, 1, 2),
            until=date(2017, 1, 1),
            expected_dwellings=None,
        )


def test_corporation_staff_does_not_change_the_terms(cast, measure):
    assert cast.client("corporation_staff").get(url(measure, "edit/")).status_code == 403
    with pytest.raises(PermissionDenied):
        change_measure(
            by=cast.corporation_staff,
            measure=measure,
            since=None,
            until=None,
            expected_dwellings=None,
        )


def test_two_results_in_the_list_count_once_each(cast, measure):
    MeasureResultFactory(measure=measure, dwellings=3)
    MeasureResultFactory(measure=measure, dwellings=4)
    rows = cast.client("supervisor").get("/covenant/").context["page"].rows
    assert [(row.title, row.realised) for row in rows] == [("Nieuwbouw", 7)]


@pytest.mark.parametrize(
    ("expected", "told", "shown"),
    [(None, None, None), (0, None, None), (9, None, 0), (None, 4, 4), (9, 4, 4)],
)
def test_a_measure_that_gives_no_dwellings_shows_a_dash(cast, measure, expected, told, shown):
    CovenantMeasure.objects.update(expected_dwellings=expected)
    if told:
        MeasureResultFactory(measure=measure, dwellings=told)
    assert realised(measure) == shown
    client = english(cast, "supervisor")
    (row,) = client.get("/covenant/").context["page"].rows
    assert row.realised == shown
    items = dict(client.get(url(measure)).context["items"])
    assert items["Dwellings realised"] == ("–" if shown is None else str(shown))
