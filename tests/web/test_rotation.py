"""Sealed columns in a real table, found by their tokens, and sealed anew after a change of key.

The model exists in these tests only, with a table and a history made for each of them.
"""

from datetime import date
from io import StringIO

import pghistory
import pytest
from django.contrib.postgres.indexes import GinIndex
from django.core import serializers
from django.core.exceptions import FieldError
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.db.models import F
from django.test.utils import isolate_apps

from partners.models import JournalEntry
from tests.factories import RegionFactory
from westerkwartier.management.commands import rotate_personal_data
from westerkwartier.web import rotation
from westerkwartier.web.blind import BlindTokensField, fill_tokens
from westerkwartier.web.sealed import SealedDateField, SealedTextField, Unsealable
from westerkwartier.web.sealing import HEADER, ring

OLD, NEW = (bytes(range(start, start + 32)) for start in (1, 101))

with isolate_apps("westerkwartier.web"):

    @pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        context_field=None,  # its table is not among the models of these tests
        exclude=["name_tokens"],
    )
    class Guest(models.Model):
        name = SealedTextField(label="guest.name", max_length=50, blank=True)
        born_on = SealedDateField(label="guest.born_on", null=True, blank=True)
        number = SealedTextField(label="guest.number", blank=True)
        name_tokens = BlindTokensField(label="guest.name", of="name")
        number_tokens = BlindTokensField(label="guest.number", of="number", kind="number")

        class Meta:
            app_label = "web"
            indexes = [
                GinIndex(fields=["name_tokens"], name="guest_by_name"),
                GinIndex(fields=["number_tokens"], name="guest_by_number"),
            ]

        def __str__(self):
            return f"guest {self.pk}"


GuestEvent = Guest.pgh_event_models["insert"]


@pytest.fixture(autouse=True)
def guests(db, monkeypatch, settings):
    settings.PERSONAL_DATA_KEYS = (OLD,)
    with connection.schema_editor() as editor:
        editor.create_model(Guest)
        editor.create_model(GuestEvent)
    for trigger in Guest._meta.triggers:
        trigger.install(Guest)
    # Deferred constraints must not wait for the end of the test: a table is changed in it.
    connection.check_constraints()
    for module in (rotation, rotate_personal_data):
        monkeypatch.setattr(module, "sealed_models", lambda: [Guest, GuestEvent])


@pytest.fixture
def jan():
    return Guest.objects.create(
        name="Jan van der Berg", born_on=date(1980, 1, 31), number="V-288.123.4567"
    )


def raw(table: str = "web_guest") -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
        return cursor.fetchall()


def dump() -> str:
    """All that stands in the two tables, as a back-up in text and in bytes would hold it."""
    rows = [cell for table in ("web_guest", "web_guestevent") for row in raw(table) for cell in row]
    return "".join(bytes(c).decode("latin-1") if isinstance(c, bytes) else str(c) for c in rows)


def rotate() -> str:
    said = StringIO()
    call_command("rotate_personal_data", stdout=said, stderr=said)
    return said.getvalue()


def told() -> list[str]:
    said = StringIO()
    call_command("rotate_personal_data", "--check", stdout=said)
    return said.getvalue().splitlines()


# -- reading and writing -------------------------------------------------------------------------


def test_every_way_of_writing_and_reading(jan):
    assert Guest.objects.get() == jan
    assert Guest.objects.values_list("name", "born_on").get() == (jan.name, jan.born_on)
    Guest.objects.update(born_on="1981-02-01")
    assert Guest.objects.get().born_on == date(1981, 2, 1)
    more = Guest.objects.bulk_create([Guest(name=f"Gast {word}") for word in ("een", "twee")])
    assert Guest.objects.get(pk=more[1].pk).name == "Gast twee"
    for guest in more:
        guest.name = f"Bezoeker {guest.pk}"
    fill_tokens(*more)
    Guest.objects.bulk_update(more, ["name", "name_tokens"])
    assert Guest.objects.filter(name_tokens__found_by="bezoeker").count() == 2
    assert Guest.objects.get(pk=more[0].pk).name == f"Bezoeker {more[0].pk}"
    assert (more[0].born_on, more[0].number) == (None, "")
    assert Guest.objects.filter(born_on__isnull=True).count() == 2


def test_nothing_in_the_database_is_in_the_clear(jan):
    jan.name = "Piet van der Berg"
    jan.save()
    for word in ("Jan", "Piet", "Berg", "berg", "1980", "288", "4567"):
        assert word not in dump()


def test_history_is_readable_and_sealed(jan):
    event = GuestEvent.objects.get()
    assert (event.name, event.born_on) == (jan.name, jan.born_on)


def test_a_value_copied_to_another_column_does_not_open(jan):
    Guest.objects.update(number=F("name"))
    with pytest.raises(Unsealable, match=r"guest\.number .* another column"):
        Guest.objects.get()


@pytest.mark.parametrize("lookup", ["name", "name__icontains", "name__in", "born_on__gte"])
def test_no_search_in_a_sealed_column(lookup):
    with pytest.raises(FieldError, match="is sealed"):
        Guest.objects.filter(**{lookup: "1980-01-31"})


def test_serialised_rows_leave_sealed_fields_out(jan):
    text = serializers.serialize("json", [jan])
    assert "Berg" not in text
    assert "1980" not in text


def test_a_sealed_field_is_neither_unique_nor_indexed():
    with isolate_apps("westerkwartier.web"):

        class Wrong(models.Model):
            name = SealedTextField(label="wrong.name", unique=True)
            tokens = BlindTokensField(label="wrong.name", of="nam", kind="nickname")

            class Meta:
                app_label = "web"

            def __str__(self):
                return ""

        found = {error.id for f in Wrong._meta.local_fields for error in f.check()}
    assert {"web.E001", "web.E002", "web.E003"} <= found
    assert [error for f in Guest._meta.local_fields for error in f.check()] == []


# -- finding -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("berg", True),
        ("BERG, Ján", True),
        ("van-der", True),
        ("jan jan", True),
        ("ber", False),
        ("jan bos", False),
        ("", False),
        ("?", False),
    ],
)
def test_found_by_whole_parts_in_any_order(jan, settings, words, found):
    assert Guest.objects.filter(name_tokens__found_by=words).exists() is found
    assert Guest.objects.exclude(name_tokens__found_by=words).exists() is not found
    settings.PERSONAL_DATA_KEYS = (NEW, OLD)
    assert Guest.objects.filter(name_tokens__found_by=words).exists() is found


def test_found_by_number(jan):
    assert Guest.objects.filter(number_tokens__found_by="2881234567").get() == jan
    assert not Guest.objects.filter(number_tokens__found_by="288123456").exists()


def test_tokens_follow_the_name_when_both_are_written(jan):
    jan.name = "Piet"
    jan.save(update_fields=["name", "name_tokens"])
    assert Guest.objects.filter(name_tokens__found_by="piet").exists()
    assert not Guest.objects.filter(name_tokens__found_by="jan").exists()


def test_finding_can_use_the_index():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Guest.objects.filter(name_tokens__found_by="nummer7").explain()
    assert "guest_by_name" in plan


# -- a change of key -----------------------------------------------------------------------------


def test_rotation_reseals_rows_history_and_tokens_without_a_trace(jan, settings):
    RegionFactory()
    Guest.objects.create(name="", number="1")
    settings.PERSONAL_DATA_KEYS = (NEW, OLD)
    Guest.objects.create(name="Nieuw")
    events = GuestEvent.objects.count()
    assert [line.rpartition(": ")[2] for line in told()] == ["2 waarden", "8 waarden"]

    assert "4." in rotate()
    assert [line.rpartition(": ")[2] for line in told()] == ["10 waarden", "0 waarden"]
    settings.PERSONAL_DATA_KEYS = (NEW,)
    again = Guest.objects.get(pk=jan.pk)
    assert (again.name, again.born_on, again.number) == (jan.name, jan.born_on, jan.number)
    assert Guest.objects.filter(name_tokens__found_by="berg jan").get() == jan
    assert Guest.objects.filter(number_tokens__found_by="288.123.4567").get() == jan
    assert GuestEvent.objects.count() == events
    assert GuestEvent.objects.filter(pgh_obj_id=jan.pk).get().name == jan.name
    line = JournalEntry.objects.get(action="personal_data.rotate")
    assert line.detail == "4"


def test_rotation_passes_over_what_does_not_open(jan, settings):
    other = Guest.objects.create(name="Ander")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE web_guest SET name = overlay(name PLACING '\\x00' FROM 25) WHERE id = %s",
            [jan.pk],
        )
    settings.PERSONAL_DATA_KEYS = (NEW, OLD)
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("rotate_personal_data", stdout=StringIO(), stderr=said)
    assert f"web.Guest {jan.pk}: A value of guest.name does not open" in said.getvalue()
    settings.PERSONAL_DATA_KEYS = (NEW,)
    assert Guest.objects.get(pk=other.pk).name == "Ander"


def test_a_key_that_is_gone_is_told(jan, settings):
    settings.PERSONAL_DATA_KEYS = (NEW,)
    assert len(told()) == 2
    assert "PERSONAL_DATA_KEYS" in told()[1]


def test_what_somebody_saves_meanwhile_wins(jan, settings, monkeypatch):
    settings.PERSONAL_DATA_KEYS = (NEW, OLD)
    read = rotation._rows_under_other_keys

    def read_and_be_overtaken(model, *, after):
        rows = read(model, after=after)
        if model is Guest and rows:
            guest = Guest.objects.get()
            guest.name = "Piet"
            guest.save()
        return rows

    monkeypatch.setattr(rotation, "_rows_under_other_keys", read_and_be_overtaken)
    rotated = rotation.rotate(Guest, say=lambda so_far: None)
    assert (rotated.done, rotated.overtaken) == (0, 1)
    assert Guest.objects.get().name == "Piet"
    assert Guest.objects.filter(name_tokens__found_by="piet").exists()


def test_more_rows_than_a_batch(settings, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 3)
    Guest.objects.bulk_create(Guest(name=f"Gast {n}") for n in range(7))
    settings.PERSONAL_DATA_KEYS = (NEW, OLD)
    steps = []
    rotation.rotate(Guest, say=lambda so_far: steps.append(so_far.done))
    assert steps == [3, 6, 7]


def test_twice_is_harmless(jan, settings):
    settings.PERSONAL_DATA_KEYS = (NEW, OLD)
    rotate()
    before = raw(), raw("web_guestevent"), JournalEntry.objects.count()
    assert "0." in rotate()
    assert (raw(), raw("web_guestevent"), JournalEntry.objects.count()) == before
    assert all(bytes(row[1])[:HEADER] == ring()[0].header for row in raw())
