"""Adding a measure to the covenant on a page, and taking away one that was added by mistake."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from partners.models import CovenantMeasure, JournalEntry
from partners.services.loading import load_covenant
from partners.services.measures import add_measure, add_result, withdraw_measure
from tests.factories import (
    NOW,
    TODAY,
    CovenantFactory,
    CovenantMeasureFactory,
    MeasureResultFactory,
)
from westerkwartier.web.refusals import Refused

ADD = "/covenant/measures/add/"
OTHERS = (
    "officer_marum",
    "corporation_staff",
    "guidance_worker",
    "supervisor",
    "tenants_reader",
    "administrator",
    "nobody",
)
DATA = {
    "title": "Flexwoningen plaatsen",
    "since": "2017-06-01",
    "until": "2018-12-31",
    "expected_dwellings": "40",
    "source": "Verslag stuurgroep 18 mei 2017",
}


@pytest.fixture
def covenant(cast):
    return CovenantFactory(region=cast.region, name="Convenant 2016")


@pytest.fixture
def measure(cast, covenant):
    """One of the region folder, number 1."""
    return CovenantMeasureFactory(covenant=covenant, number=1, title="Nieuwbouw")


def english(cast, who="coordinator"):
    client = cast.client(who)
    client.cookies["django_language"] = "en"
    return client


def add(cast, covenant, title="Flexwoningen plaatsen", **fields):
    fields = {"by": cast.coordinator, "now": NOW, **fields}
    return add_measure(covenant=covenant, title=title, **fields)


def journal(action) -> list[str]:
    return list(JournalEntry.objects.filter(action=action).values_list("detail", flat=True))


# -- adding ----------------------------------------------------------------------------------------


def test_the_coordinator_adds_a_measure(cast, measure):
    client = english(cast)
    assert ADD in client.get("/covenant/").content.decode()
    assert "Convenant 2016" not in client.get(ADD).content.decode()  # nothing to choose
    page = client.post(ADD, DATA, follow=True)
    assert "The measure has been added." in page.content.decode()
    new = CovenantMeasure.objects.exclude(pk=measure.pk).get()
    assert (new.number, new.code) == (2, "flexwoningen-plaatsen")
    assert (new.since, new.until, new.expected_dwellings) == (
        date(2017, 6, 1),
        date(2018, 12, 31),
        40,
    )
    assert new.added_by == cast.coordinator
    assert "Test coordinator" in page.content.decode()
    assert journal("measure.add") == ["flexwoningen-plaatsen"]


def test_the_newest_of_two_covenants_is_chosen_beforehand(cast, measure):
    newer = CovenantFactory(
        region=cast.region, name="Later", signed_on=date(2017, 1, 1), ends_on=date(2019, 1, 1)
    )
    CovenantFactory(region=cast.other_region, name="Convenant Elders")
    client = english(cast)
    page = client.get(ADD).content.decode()
    assert f'<option value="{newer.pk}" selected>' in page
    assert "Convenant Elders" not in page
    client.post(ADD, {**DATA, "covenant": newer.pk})
    assert newer.measures.get().number == 1


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_adds_one(cast, measure, who):
    client = cast.client(who)
    assert ADD not in client.get("/covenant/").content.decode()
    assert client.get(ADD).status_code in (403, 404)
    assert client.post(ADD, DATA).status_code in (403, 404)
    with pytest.raises(PermissionDenied):
        add(cast, measure.covenant, by=getattr(cast, who))


def test_nor_the_coordinator_of_another_region(cast, measure):
    with pytest.raises(PermissionDenied):
        add(cast, measure.covenant, by=cast.stranger)
    answer = english(cast, "stranger").post(ADD, {**DATA, "covenant": measure.covenant_id})
    assert answer.status_code == 422
    assert CovenantMeasure.objects.count() == 1


def test_without_a_covenant_nothing_is_added(cast):
    client = english(cast)
    assert ADD not in client.get("/covenant/").content.decode()
    answer = client.post(ADD, DATA)
    assert answer.status_code == 422
    assert "There is no covenant to add a measure to." in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("title", "", "Tell what was agreed."),
        ("title", "nieuwbouw", "The covenant already has a measure with this name."),
        ("until", "2017-01-01", "The last day comes before the first day."),
        ("expected_dwellings", "-1", "The number is 0 or more."),
    ],
)
def test_each_mistake_has_its_sentence(cast, measure, field, value, sentence):
    answer = english(cast).post(ADD, {**DATA, field: value})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert CovenantMeasure.objects.count() == 1


def test_names_that_give_the_same_short_name_are_told_apart(cast, covenant):
    codes = [add(cast, covenant, title).code for title in ("Snel bouwen", "Snel, bouwen!", "€")]
    assert codes == ["snel-bouwen", "snel-bouwen-2", "measure"]
    assert len(add(cast, covenant, "woord " * 25).code) <= 50


def test_who_added_it_and_when_go_together(measure):
    with pytest.raises(IntegrityError), transaction.atomic():
        CovenantMeasure.objects.filter(pk=measure.pk).update(added_at=NOW)


def test_a_button_pressed_twice_adds_one(cast, covenant):
    first = add(cast, covenant)
    assert add(cast, covenant, now=NOW + timedelta(minutes=9)) == first
    with pytest.raises(Refused):
        add(cast, covenant, now=NOW + timedelta(minutes=11))
    assert journal("measure.add") == ["flexwoningen-plaatsen"]


# -- taking away -----------------------------------------------------------------------------------


def withdrawal(measure) -> str:
    return f"/covenant/{measure.pk}/withdraw/"


def test_the_coordinator_withdraws_what_was_added_by_mistake(cast, measure):
    new = add(cast, measure.covenant)
    client = english(cast)
    assert withdrawal(new) in client.get(f"/covenant/{new.pk}/").content.decode()
    question = client.get(withdrawal(new)).content.decode()
    assert "Flexwoningen plaatsen" in question
    assert CovenantMeasure.objects.filter(pk=new.pk).exists()
    answer = client.post(withdrawal(new))
    assert answer.url == "/covenant/"
    assert list(CovenantMeasure.objects.all()) == [measure]
    assert journal("measure.withdraw") == ["flexwoningen-plaatsen"]
    history = CovenantMeasure.pgh_event_models["delete"].objects.filter(pgh_label="delete")
    assert history.get().title == "Flexwoningen plaatsen"


def test_not_once_it_has_a_result(cast, covenant):
    new = add(cast, covenant)
    MeasureResultFactory(measure=new)
    client = english(cast)
    assert withdrawal(new) not in client.get(f"/covenant/{new.pk}/").content.decode()
    answer = client.post(withdrawal(new), follow=True)
    assert "Results have been told about this measure." in answer.content.decode()
    assert CovenantMeasure.objects.filter(pk=new.pk).exists()


def test_not_what_came_with_the_region_folder(cast, measure):
    client = english(cast)
    assert withdrawal(measure) not in client.get(f"/covenant/{measure.pk}/").content.decode()
    answer = client.post(withdrawal(measure), follow=True)
    assert "This measure came with the covenant." in answer.content.decode()
    assert CovenantMeasure.objects.filter(pk=measure.pk).exists()


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_withdraws(cast, covenant, who):
    new = add(cast, covenant)
    client = cast.client(who)
    assert client.get(withdrawal(new)).status_code in (403, 404)
    assert client.post(withdrawal(new)).status_code in (403, 404)
    with pytest.raises(PermissionDenied):
        withdraw_measure(by=getattr(cast, who), measure=new)
    assert CovenantMeasure.objects.filter(pk=new.pk).exists()


def test_withdrawing_twice_equals_once(cast, covenant):
    new = add(cast, covenant)
    assert withdraw_measure(by=cast.coordinator, measure=CovenantMeasure.objects.get(pk=new.pk))
    assert not withdraw_measure(by=cast.coordinator, measure=new)
    assert len(journal("measure.withdraw")) == 1
    with pytest.raises(Refused):  # somebody had the page open
        add_result(by=cast.coordinator, measure=new, on=TODAY, dwellings=1, now=NOW)


# -- beside the region folder ----------------------------------------------------------------------


def load(cast, covenant, *codes):
    words = {
        "name": covenant.name,
        "signed_on": covenant.signed_on,
        "ends_on": covenant.ends_on,
        "source": covenant.source,
        "certainty": covenant.certainty,
        "parties": [],
        "measure": [{"code": code, "title": code.title()} for code in codes],
    }
    return load_covenant(by=None, region=cast.region, organisations={}, words=words)


def test_a_folder_loaded_later_keeps_what_was_added(cast, covenant):
    load(cast, covenant, "one", "two")
    new = add(cast, covenant)
    assert not load(cast, covenant, "one", "two")
    load(cast, covenant, "three", "one", "two")
    found = list(covenant.measures.values_list("number", "code"))
    assert found == [(1, "three"), (2, "one"), (3, "two"), (4, "flexwoningen-plaatsen")]
    new.refresh_from_db()
    assert new.added_by == cast.coordinator


def test_what_the_folder_names_later_is_the_folders(cast, covenant):
    new = add(cast, covenant, since=date(2017, 6, 1))
    load(cast, covenant, "one", new.code)
    new.refresh_from_db()
    assert (new.number, new.added_by, new.added_at) == (2, None, None)
    assert new.since == date(2017, 6, 1)
