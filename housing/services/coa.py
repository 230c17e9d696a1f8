"""What COA told, kept beside the register; and why a difference is as it is."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from housing.models import CoaDifference, CoaExplanation, CoaStatement
from housing.policies import can_explain_difference
from partners.models import ImportBatch, ImportRow, User
from partners.services.imports.checking import told_rows
from partners.services.journal import record
from westerkwartier.web.refusals import Refused, refused_by_constraints

ROWS, STATEMENTS = ImportRow._meta.db_table, CoaStatement._meta.db_table
FACTS = ("municipality_id", "on", "persons", "unlinked_on", "reported_on", "batch_id")
NAMES = ", ".join(f'"{name}"' for name in FACTS)

# The rows remember what they put out of its place, so that the import can be undone. Looked up row
# by row: of rows that were stored just now the planner knows too little to join them well.
REMEMBER = f"""
    UPDATE {ROWS} AS r SET record = r.record || COALESCE((
        SELECT jsonb_build_object('stood', to_jsonb(s)) FROM {STATEMENTS} AS s
        WHERE s.region_id = %(region)s AND s.about = %(about)s
            AND s.reference = r.record->'told'->>'reference'
    ), '{{}}')
    WHERE r.batch_id = %(batch)s AND r.twin IS NULL AND r.record ? 'told'
"""
KEEP = f"""
    INSERT INTO {STATEMENTS} (region_id, reference, about, {NAMES})
    SELECT %(region)s, v.reference, %(about)s, v.municipality_id, v."on", v.persons,
        v.unlinked_on, %(day)s, %(batch)s
    FROM {ROWS} AS r CROSS JOIN LATERAL jsonb_to_record(r.record->'told')
        AS v(reference text, municipality_id bigint, "on" date, persons int, unlinked_on date)
    WHERE r.batch_id = %(batch)s AND r.twin IS NULL AND r.record ? 'told'
    ORDER BY r.id
    ON CONFLICT (region_id, reference, about) DO UPDATE
        SET ({NAMES}) = ({", ".join(f'EXCLUDED."{name}"' for name in FACTS)})
"""
PUT_BACK = f"""
    UPDATE {STATEMENTS} AS s SET ({NAMES}) = ({", ".join(f'v."{name}"' for name in FACTS)})
    FROM {ROWS} AS r CROSS JOIN LATERAL jsonb_to_record(r.record->'stood')
        AS v(id bigint, municipality_id bigint, "on" date, persons int, unlinked_on date,
            reported_on date, batch_id bigint)
    WHERE r.batch_id = %(batch)s AND r.record ? 'stood' AND s.id = v.id
        AND s.batch_id = %(batch)s
"""


def keep_statements(batch: ImportBatch, about: str) -> None:
    """Keep what the rows of an import say as the last that COA told; once, in bulk.

    Called in the transaction that closes the import.
    """
    parameters = {
        "batch": batch.pk,
        "region": batch.organisation.region_id,
        "about": about,
        "day": timezone.localtime(batch.uploaded_at).date(),
    }
    with connection.cursor() as cursor:
        cursor.execute(REMEMBER, parameters)
        cursor.execute(KEEP, parameters)


def newer_statements(batch: ImportBatch, about: str) -> dict[int, str]:
    """Rows of which a later file of COA told anew, by their ids; holds the statements."""
    stand = CoaStatement.objects.filter(region=batch.organisation.region_id, about=about)
    own = stand.filter(batch=batch).select_for_update().values_list("reference", flat=True)
    ours = set(own)
    sentence = _("COA told of it again in a later file. Undo that import first.")
    return {
        key: sentence
        for key, told in told_rows(batch).values_list("pk", "record__told__reference")
        if told not in ours
    }


def take_back_statements(batch: ImportBatch) -> None:
    """What COA told before stands again; what it had not told before goes."""
    with connection.cursor() as cursor:
        cursor.execute(PUT_BACK, {"batch": batch.pk})
        cursor.execute(f"DELETE FROM {STATEMENTS} WHERE batch_id = %s", [batch.pk])


@transaction.atomic
def explain_difference(
    *, by: User, difference: CoaDifference, reason: str, now: datetime
) -> CoaExplanation:
    """Say why a difference is as it is; it then no longer asks attention, until it changes.

    The same explanation twice is one. ``Refused`` without a reason, and when somebody else
    explained it already.
    """
    if not can_explain_difference(by, difference):
        raise PermissionDenied
    reason = reason.strip()
    if not reason:
        raise Refused(_("Say why this difference is right."), field="reason")
    told = {
        "region_id": difference.region_id,
        "reference": difference.reference,
        "kind": difference.kind,
        "ours": difference.ours,
        "theirs": difference.theirs,
    }
    there = CoaExplanation.objects.standing().filter(**told).first()
    if there is not None and (there.by_id, there.reason) == (by.pk, reason):
        return there
    with refused_by_constraints(CoaExplanation):
        explanation = CoaExplanation.objects.create(
            **told, municipality_id=difference.municipality_id, reason=reason, by=by, at=now
        )
    _journal(by, "coa.explain", explanation)
    return explanation


@transaction.atomic
def take_back_explanation(
    *, by: User, difference: CoaDifference, now: datetime
) -> CoaExplanation | None:
    """The difference asks attention again; None when it had no explanation (any more)."""
    if not can_explain_difference(by, difference):
        raise PermissionDenied
    explanation = (
        CoaExplanation.objects.select_for_update(of=["self"])
        .standing()
        .filter(pk=difference.explanation_id)
        .first()
    )
    if explanation is None:
        return None
    explanation.undone_by, explanation.undone_at = by, now
    explanation.save(update_fields=["undone_by", "undone_at"])
    _journal(by, "coa.unexplain", explanation)
    return explanation


def _journal(by: User, action: str, explanation: CoaExplanation) -> None:
    record(
        by=by, action=action, obj=explanation, region=explanation.region, detail=explanation.kind
    )
