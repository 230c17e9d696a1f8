"""A worker that is killed while it writes an import: another goes on, and no row is doubled."""

import pytest
from django.core.files.base import ContentFile
from django.db import connection

from housing.models import Case, CoaStatement, Dwelling, Person
from partners.choices import ImportState
from partners.models import ImportBatch, JournalEntry
from partners.services.imports import batches
from partners.services.imports.kinds import kind_named
from tests.factories import NOW, VillageFactory
from tests.jobs import processes
from tests.jobs.test_worker_faults import FolderBroker

ROWS = 12_000  # six chunks


def state(batch: ImportBatch) -> str:
    return ImportBatch.objects.values_list("state", flat=True).get(pk=batch.pk)


def sessions() -> set[str]:
    """By which names others are connected to this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT application_name FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_leaves_whole_chunks_and_another_goes_on(cast, tmp_path, settings):
    VillageFactory(region=cast.region, name="Tolbert", postcode4="9356", municipality=cast.leek)
    settings.MEDIA_ROOT = tmp_path / "media"
    broker, log = FolderBroker(tmp_path), tmp_path / "celery.log"
    env = processes.environment(tmp_path, broker.url)
    lines = [
        f"9356X{'ABCDEFGHJK'[n // 1300]};{n % 1300 + 1};Hoofdstraat;Tolbert;Flat;3;2"
        for n in range(ROWS)
    ]
    text = "Postcode;Huisnummer;Straat;Dorp;Soort;Kamers;Slaapkamers\n" + "\n".join(lines)
    batch = batches.upload(
        by=cast.corporation_staff,
        kind=kind_named("dwellings"),
        organisation=cast.corporation,
        name="bestand.csv",
        chunks=ContentFile(text.encode()).chunks(),
        now=NOW,
    )

    def reached(true, what: str, seconds: float = 60) -> None:
        processes.wait_until(true, seconds=seconds, what=what, log=log)

    with processes.beat(env, log):
        with processes.worker(env, log) as first:
            reached(lambda: state(batch) == ImportState.RUNNING and batch.rows.exists(), "a chunk")
            with processes.frozen(first):
                assert state(batch) == ImportState.RUNNING
                assert "worker" in sessions()  # with the limit of a worker's statements
                processes.kill_child(first)
            reached(lambda: state(batch) == ImportState.CHECKED, "the check")
            assert batch.rows.count() == ROWS
            batches.approve(by=cast.coordinator, batch=batch, warnings_seen=True, now=NOW)
            reached(Dwelling.objects.exists, "the first chunk in the register")
            with processes.frozen(first):
                assert state(batch) == ImportState.RUNNING
                written = Dwelling.objects.count()
                assert 0 < written < ROWS
                assert written % 2000 == 0
                processes.kill_all(first)
        with processes.worker(env, log):
            reached(lambda: state(batch) == ImportState.DONE, "the import")

    batch.refresh_from_db()
    assert batch.counts == {"add": ROWS, "change": 0, "same": 0, "error": 0, "warned": 0}
    assert Dwelling.objects.count() == ROWS
    assert JournalEntry.objects.filter(action="import.apply").count() == 1
    assert batch.attempt >= 4


@pytest.mark.django_db(transaction=True)
def test_a_killed_worker_leaves_no_household_twice(cast, tmp_path, settings):
    """The same where services write the rows: two hundred in a transaction."""
    settings.MEDIA_ROOT = tmp_path / "media"
    broker, log = FolderBroker(tmp_path), tmp_path / "celery.log"
    env = processes.environment(tmp_path, broker.url)
    households = 1_000
    lines = [f"D-{number};Marum;2-10-2017;2" for number in range(households)]
    batch = batches.upload(
        by=cast.coordinator,
        kind=kind_named("coa_links"),
        organisation=cast.office,
        name="koppelingen.csv",
        chunks=ContentFile(
            "\n".join(["Kenmerk;Gemeente;Koppeldatum;Personen", *lines]).encode()
        ).chunks(),
        now=NOW,
    )

    def reached(true, what: str, seconds: float = 120) -> None:
        processes.wait_until(true, seconds=seconds, what=what, log=log)

    with processes.beat(env, log):
        with processes.worker(env, log) as first:
            reached(lambda: state(batch) == ImportState.CHECKED, "the check")
            batches.approve(by=cast.coordinator, batch=batch, warnings_seen=True, now=NOW)
            reached(Case.objects.exists, "the first households")
            with processes.frozen(first):
                written = Case.objects.count()
                assert 0 < written < households
                assert written % 200 == 0
                processes.kill_all(first)
        with processes.worker(env, log):
            reached(lambda: state(batch) == ImportState.DONE, "the import")

    assert Case.objects.count() == CoaStatement.objects.count() == households
    assert Person.objects.count() == 2 * households
    assert JournalEntry.objects.filter(action="case.link").count() == households
    assert JournalEntry.objects.filter(action="import.apply").count() == 1
