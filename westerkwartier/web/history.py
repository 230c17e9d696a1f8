"""Row history: what every fact looked like before, whoever changed it and however.

``@facts`` on a model makes PostgreSQL copy a row into ``<model>event`` at each insert, update and
delete (django-pghistory), and all rows when the table is truncated, which pghistory leaves out.
``append_only()`` gives the triggers of a table whose rows may only be added.
"""

from functools import partial

import pghistory
import pgtrigger


def facts(model=None, *, exclude: list[str] | None = None):
    """Class decorator: keep the history of this model's rows, TRUNCATE included.

    ``exclude`` names fields that say nothing of the past (a lease, a progress bar).
    """
    if model is None:
        return partial(facts, exclude=exclude)
    model = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=exclude,
    )(model)
    event = model.pgh_event_models["insert"]
    columns = ", ".join(
        f'"{field.column}"' for field in event._meta.fields if not field.name.startswith("pgh_")
    )
    return pgtrigger.register(
        pgtrigger.Trigger(
            name="truncate_truncate",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func=f"""
                INSERT INTO "{event._meta.db_table}"
                    ({columns}, "pgh_created_at", "pgh_label", "pgh_obj_id", "pgh_context_id")
                SELECT {columns}, NOW(), 'truncate', "{model._meta.pk.column}",
                    _pgh_attach_context()
                FROM "{model._meta.db_table}";
                RETURN NULL;
            """,
        )
    )(model)


def append_only() -> list[pgtrigger.Trigger]:
    """Triggers for ``Meta.triggers``: rows are added, never changed, deleted or truncated."""
    return [
        pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        pgtrigger.Trigger(
            name="no_truncate",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
        ),
    ]


def allowed_transitions(field: str, table: dict[str, set[str]]) -> pgtrigger.Trigger:
    """A trigger for ``Meta.triggers``: ``field`` goes from a state to where ``table`` says only."""
    return pgtrigger.FSM(
        name=f"{field}_transitions",
        field=field,
        transitions=[
            (str(state), str(target)) for state in table for target in sorted(table[state])
        ],
    )
