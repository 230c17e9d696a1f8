"""Writing staged rows by the services of the app above, one by one (``ImportKind.writer``).

What a service refuses is told of its row and leaves the others alone.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, OperationalError, transaction
from django.utils.translation import gettext as _

from partners.models import ImportBatch, ImportRow
from partners.services.imports.kinds import ImportKind
from partners.services.imports.writing import sentence_of, told
from westerkwartier.web.refusals import Refused


def write(batch: ImportBatch, kind: ImportKind, row_ids: list[int], *, now: datetime) -> None:
    """Write these rows; each gets the id that it has in the register as its target.

    What the writer puts into a row's ``record`` is kept too, to undo the import by.
    """
    rows = list(ImportRow.objects.filter(pk__in=row_ids).order_by("pk"))
    kind.writer.lock(rows)
    written = []
    for row in rows:
        try:
            with transaction.atomic():
                row.target = kind.writer.write(batch, row, now)
            written.append(row)
        except Refused as refusal:
            told([row.pk], str(refusal))
        except PermissionDenied:
            told([row.pk], _("Who approved this file may not do this for this household."))
        except OperationalError:
            raise  # the database is away: nothing is known of these rows
        except DatabaseError as error:
            told([row.pk], sentence_of(kind, error))
    ImportRow.objects.bulk_update(written, ["target", "record"])
