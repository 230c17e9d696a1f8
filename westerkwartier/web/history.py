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


def kept_by_triggers(*fields: str, first: dict[str, str]) -> pgtrigger.Trigger:
    """A trigger for ``Meta.triggers``: only other triggers change these columns.

    They repeat what the newest line of another table says. ``first`` maps each column to the SQL
    that it holds in a new row, whatever the writer gave.
    """
    names = ", ".join(fields)
    assigned = " ".join(f"NEW.{name} := {first[name]};" for name in fields)
    return pgtrigger.Trigger(
        name="kept_by_triggers",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf(*fields),
        func=f"""
            IF TG_OP = 'INSERT' THEN
                {assigned}
            ELSIF pg_trigger_depth() < 2
                AND ({", ".join(f"NEW.{name}" for name in fields)})
                    IS DISTINCT FROM ({", ".join(f"OLD.{name}" for name in fields)})
            THEN
                RAISE EXCEPTION 'Only a new line about this % changes: {names}', TG_TABLE_NAME;
            END IF;
            RETURN NEW;
        """,
    )
