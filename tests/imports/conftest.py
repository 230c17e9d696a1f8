"""An importer with a corporation, files in their own folder, and a worker that runs on demand."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve, reverse

from partners.models import ImportBatch
from partners.services.imports import jobs
from tests.factories import NOW, TODAY, VillageFactory


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture(autouse=True)
def rung(monkeypatch) -> list[int]:
    """Batches that a worker was rung for; nobody comes by itself."""
    calls: list[int] = []
    monkeypatch.setattr(jobs.bell, "ring", lambda task, key: calls.append(key) or True)
    return calls


class Desk:
    """Somebody of the corporation at the wizard."""

    def __init__(self, cast, who: str = "corporation_staff"):
        self.cast, self.client = cast, cast.client(who)
        self.client.cookies["django_language"] = "en"  # tests read the words of the code

    def send(self, content: bytes | str, *, name="bestand.csv", kind="dwellings", **more):
        """POST a file; gives the response."""
        content = content.encode() if isinstance(content, str) else content
        data = {
            "kind": kind,
            "organisation": self.cast.corporation.pk,
            "file": SimpleUploadedFile(name, content),
            **more,
        }
        return self.client.post(reverse("imports:upload"), data)

    def checked(self, content: bytes | str, **more) -> ImportBatch:
        """Send a file and let the worker check it."""
        response = self.send(content, **more)
        assert response.status_code == 302, self.sentences(response)
        # Not the newest: a file that waits for approval already is not sent twice.
        return self.work(ImportBatch.objects.get(pk=resolve(response.url).kwargs["pk"]))

    def work(self, batch: ImportBatch) -> ImportBatch:
        """Let the worker do what the batch waits for."""
        jobs.run(batch.pk, today=TODAY, now=NOW)
        batch.refresh_from_db()
        return batch

    def approve(self, batch: ImportBatch, **data) -> ImportBatch:
        response = self.client.post(reverse("imports:approve", args=[batch.pk]), data)
        assert response.status_code == 302, self.sentences(response)
        return self.work(batch)

    def imported(self, content: bytes | str, **more) -> ImportBatch:
        """Send, check, approve with its warnings, apply."""
        return self.approve(self.checked(content, **more), warnings_seen="on")

    def give_up(self, batch: ImportBatch) -> None:
        assert self.client.post(reverse("imports:abandon", args=[batch.pk])).status_code == 302

    def undo(self, batch: ImportBatch) -> ImportBatch:
        assert self.client.post(reverse("imports:undo", args=[batch.pk])).status_code == 302
        return self.work(batch)

    def page(self, name: str, batch: ImportBatch, **query) -> str:
        response = self.client.get(reverse(f"imports:{name}", args=[batch.pk]), query)
        assert response.status_code == 200, (name, response.status_code)
        return response.content.decode()

    @staticmethod
    def sentences(response) -> list[str]:
        """What the form says is wrong."""
        form = response.context["form"] if response.context else None
        return [error for errors in form.errors.values() for error in errors] if form else []


@pytest.fixture
def desk(cast) -> Desk:
    VillageFactory(region=cast.region, name="Tolbert", postcode4="9356", municipality=cast.leek)
    return Desk(cast)


@pytest.fixture
def seat(cast) -> Callable[[str], Desk]:
    """A desk for somebody else."""
    return lambda who: Desk(cast, who)
