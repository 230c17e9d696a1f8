"""Writing an import's checked rows against PostgreSQL's COPY of the same rows.

Both go into the same table with its constraints, its history and its other triggers, and both end
in a commit. Before each, the rows of the one before are taken away, unmeasured.
"""

import csv
import io
from collections.abc import Callable

from django.db import connections
from django.utils import translation

from housing.models import Dwelling
from partners.choices import OrganisationKind
from partners.models import ImportBatch, ImportRow, Organisation, Village
from partners.services.imports import batches, jobs
from partners.services.imports.kinds import ImportKind, kind_named
from scripts.bench.site import Site
from westerkwartier.web.clock import now, today

TABLES = "housing_dwelling", "housing_dwellingevent"


class Import:
    """A file of new dwellings, uploaded, checked and approved in the database of a size."""

    def __init__(self, site: Site, rows: int) -> None:
        site.use()
        self.site, self.rows = site, rows
        self.last = {
            table: self.ask(f"SELECT max({key}) FROM {table}")
            for table, key in zip(TABLES, ("id", "pgh_id"), strict=True)
        }
        kind = kind_named("dwellings")
        self.batch = self.checked(kind, rows)
        self.kind = kind
        self.apply()
        names = [field.column for field in Dwelling._meta.concrete_fields]
        self.columns = ", ".join(f'"{name}"' for name in names)
        self.data = self.copied_out()
        self.clean()

    def ask(self, statement: str, *parameters):
        with connections["default"].cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchone()[0] if cursor.description else None

    def checked(self, kind: ImportKind, rows: int) -> ImportBatch:
        corporation = Organisation.objects.filter(kind=OrganisationKind.CORPORATION).first()
        with translation.override("nl"):
            batch = batches.upload(
                by=self.site.user,
                kind=kind,
                organisation=corporation,
                name="bench.csv",
                chunks=[file_of(kind, rows).encode()],
                now=now(),
            )
        jobs.run(batch.pk, today=today(), now=now())
        batch.refresh_from_db()
        if batch.counts.get("add") != rows:
            wrong = ImportRow.objects.filter(batch=batch).exclude(problems=[]).first()
            raise RuntimeError(f"Checked otherwise: {batch.counts} {wrong and wrong.problems}")
        return batches.approve(by=self.site.user, batch=batch, warnings_seen=True, now=now())

    def apply(self) -> None:
        batch = jobs.claim(self.batch.pk)
        jobs.apply(batch, self.kind, now=now())

    def copy(self) -> None:
        connection = connections["default"].connection
        with connection.transaction(), connection.cursor() as cursor:
            # At its best: with foreign keys checked at the end it takes more than twice as long.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            with cursor.copy(f"COPY housing_dwelling ({self.columns}) FROM STDIN") as copy:
                copy.write(self.data)

    def copied_out(self) -> bytes:
        added = ImportRow.objects.filter(batch=self.batch).values_list("target", flat=True)
        low, high = min(added), max(added)
        rows = f"SELECT {self.columns} FROM housing_dwelling WHERE id BETWEEN {low} AND {high}"
        with (
            connections["default"].connection.cursor() as cursor,
            cursor.copy(f"COPY ({rows}) TO STDOUT") as copy,
        ):
            return b"".join(bytes(part) for part in copy)

    def clean(self) -> None:
        """Take the rows away and put the batch before the worker again, past all triggers."""
        self.site.use()
        self.ask("SET session_replication_role = replica")
        self.ask("DELETE FROM housing_dwelling WHERE id > %s", self.last["housing_dwelling"])
        self.ask(
            "DELETE FROM housing_dwellingevent WHERE pgh_id > %s",
            self.last["housing_dwellingevent"] or 0,
        )
        self.ask(
            "UPDATE partners_importbatch SET state = 'queued', phase = 'apply', finished_at = NULL,"
            " lease_until = NULL, tries = 0, step = 0, cursor = 0 WHERE id = %s",
            self.batch.pk,
        )
        self.ask("SET session_replication_role = DEFAULT")
        self.ask(f"VACUUM ANALYZE {', '.join(TABLES)}, partners_importrow, partners_importbatch")

    def cases(self) -> dict[str, Callable[[], object]]:
        return {"import": self.apply, "copy": self.copy}


def file_of(kind: ImportKind, rows: int) -> str:
    """A file as the corporation would send it: every column of the template."""
    villages = list(Village.objects.order_by("pk"))
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([str(column.label) for column in kind.columns])
    for number in range(rows):
        dwelling = Dwelling(
            village=villages[number % len(villages)],
            street=f"Nieuwstraat {number // 200}",
            number=1 + number % 200,
            postcode=f"{9800 + number // 200 % 100}ZZ",
            bag_id=f"009901{number:010}",
            kind="house",
            rooms=4,
            bedrooms=3,
            floor_area=85,
            build_year=1985,
            energy_label="B",
        )
        cells = (column.show(dwelling) for column in kind.columns)
        writer.writerow(["" if cell is None else cell for cell in cells])
    return text.getvalue()
