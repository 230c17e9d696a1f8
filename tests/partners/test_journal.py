"""The journal: added to, read by administrators of the region, and never changed."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import translation

from partners.choices import detail_label, origin_label
from partners.models import JournalEntry
from partners.services.journal import record
from tests.factories import TODAY
from westerkwartier.web.origin import origin

URL = "/people/journal/"


@pytest.fixture
def line(cast):
    return record(by=cast.coordinator, action="vacancy.assess", obj=cast.office, region=cast.region)


def test_a_line_says_action_object_result_origin_actor_and_time(cast, line):
    line.refresh_from_db()
    assert line.action == "vacancy.assess"
    assert (line.object_kind, line.object_key) == ("partners.organisation", str(cast.office.pk))
    assert (line.result, line.actor) == ("done", cast.coordinator)
    assert line.origin == origin.get()
    assert line.at.date() == TODAY
    assert line.recorded_at is not None


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE partners_journalentry SET detail = 'anders'",
        "UPDATE partners_journalentry SET detail = detail",
        "DELETE FROM partners_journalentry",
        "TRUNCATE partners_journalentry CASCADE",
    ],
)
def test_the_database_refuses_to_change_or_delete(line, sql):
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert JournalEntry.objects.filter(pk=line.pk, detail="").exists()


def test_so_it_does_through_the_models(line):
    line.detail = "anders"
    for change in (line.save, line.delete, JournalEntry.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_page_is_for_administrators_of_the_region(cast, line):
    assert cast.client("coordinator").get(URL).status_code == 404
    mine = cast.client("administrator").get(URL)
    assert [row.record.pk for row in mine.context["table"].rows] == [line.pk]
    theirs = cast.client("stranger").get(URL)
    assert not list(theirs.context["table"].rows)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("action=vacancy.assess", 1),
        ("action=account.sign_in", 0),
        ("since=2017-11-23", 1),
        ("since=2017-11-24", 0),
        ("until=2017-11-23", 1),
        ("until=2017-11-22", 0),
        ("result=done", 1),
        ("result=refused", 0),
    ],
)
def test_filters(cast, line, query, found):
    answer = cast.client("administrator").get(f"{URL}?{query}")
    assert len(list(answer.context["table"].rows)) == found


@pytest.mark.parametrize(
    ("origin", "shown"),
    [
        ("command", "opdracht"),
        ("worker", "achtergrond"),
        ("web 10.0.0.1", "browser 10.0.0.1"),
        ("else", "else"),
    ],
)
def test_where_an_act_came_from_is_told_in_words(origin, shown):
    with translation.override("nl"):
        assert origin_label(origin) == shown


def test_an_export_is_journalled(cast, line):
    text = cast.client("administrator").get(f"{URL}?export=csv").content.decode()
    assert "vacancy.assess" in text
    assert JournalEntry.objects.get(action="journal.export").region == cast.region


def test_a_long_journal_is_paged(cast):
    for _number in range(53):
        record(by=cast.coordinator, action="vacancy.assess", region=cast.region)
    client = cast.client("administrator")
    page = client.get(URL).context["page"]
    assert len(page.rows) == 50
    assert len(client.get(URL + page.next_url).context["page"].rows) == 3


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ("dwellings, add=2, error=1", "Woningen, toegevoegd: 2, met een fout: 1"),
        ("unsuitable", "Niet geschikt"),
        ("2017-II GM0022, sha256=0a", "2017-II GM0022, sha256=0a"),
    ],
)
def test_codes_in_a_detail_are_put_in_words(detail, words):
    assert detail_label(detail) == words
