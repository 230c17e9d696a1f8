"""The two addresses that watchers ask."""

import shutil
from collections import namedtuple

import pytest

from tests.servers import free_port
from westerkwartier import health

pytestmark = pytest.mark.django_db

ALL_WELL = {
    "status": "ok",
    "database": "ok",
    "migrations": "ok",
    "broker": "ok",
    "disk": "ok",
}


def ask(client, **changed):
    """The answer of /readyz, which is to differ from all-well in these parts only."""
    response = client.get("/readyz")
    assert response.json() == ALL_WELL | changed
    assert response.status_code == (503 if changed else 200)
    return response


def test_healthz_asks_nothing_of_other_parts(client, settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES["default"], "HOST", "/nowhere")
    response = client.get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


def test_readyz_when_all_is_well(client):
    response = ask(client)
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_only_reading(client, path):
    assert client.post(path).status_code == 405


def test_database_away(client, monkeypatch):
    parameters = {"host": "127.0.0.1", "port": free_port(), "dbname": "secret-name"}
    monkeypatch.setattr(health.connection, "get_connection_params", lambda: dict(parameters))
    response = ask(client, status="not ready", database="away", migrations="away")
    assert b"secret-name" not in response.content


def test_migration_pending(client, monkeypatch):
    more = health.migrations_on_disk() | {("housing", "9999_tomorrow")}
    monkeypatch.setattr(health, "migrations_on_disk", lambda: more)
    ask(client, status="not ready", migrations="pending")


def test_broker_away(client, settings):
    settings.CELERY_BROKER_URL = f"redis://:password@127.0.0.1:{free_port()}/0"
    response = ask(client, status="not ready", broker="away")
    assert b"password" not in response.content


def test_broker_as_a_folder(client, settings, tmp_path):
    settings.CELERY_BROKER_URL = "filesystem://"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_in": str(tmp_path)}
    ask(client)
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_in": str(tmp_path / "gone")}
    ask(client, status="not ready", broker="away")


def test_disk_full(client, monkeypatch):
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage(10**9, 10**9 - 1, 1))
    ask(client, status="not ready", disk="full")
