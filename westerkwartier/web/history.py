"""Row history: what every fact looked like before, whoever changed it and however.

Its lines are as fixed as those of the journal: added, never changed. Two things may pass all the
same. A change of key seals them anew (``web.rotation``, past all triggers), and lines about a
household whose personal data are erased go: ``erased`` says, in SQL, when.

``@facts`` on a model makes PostgreSQL copy a row into ``<model>event`` at each insert, update and
delete (django-pghistory), and all rows when the table is truncated, which pghistory leaves out.
``append_only()`` gives the triggers of a table whose rows may only be added.
"""

from functools import partial

import pghistory
import pgtrigger


def facts(model=None, *, exclude: list[str] | None = None, erased: str = ""):
    """Class decorator: keep the history of this model's rows, TRUNCATE included.

    ``exclude`` names fields that say nothing of the past (a lease, a progress bar). ``erased``: an
    SQL condition over a line of history, ``OLD``, on which it may be deleted; without it never.
    """
    if model is None:
        return partial(facts, exclude=exclude, erased=erased)
    model = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=exclude,
    )(model)
    event = model.pgh_event_models["insert"]
    pgtrigger.register(*append_only(erased=erased))(event)
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


def append_only(
    *, erased: str = "", emptied: dict[str, str] | None = None
) -> list[pgtrigger.Trigger]:
    """Triggers for ``Meta.triggers``: rows are added, never changed, deleted or truncated.

    Where the SQL condition ``erased`` over ``OLD`` holds a row may be deleted, and the columns of
    ``emptied`` may become what it says (SQL for each), and nothing else.
    """
    return [
        _fixed(erased, emptied or {})
        if erased
        else pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        pgtrigger.Trigger(
            name="no_truncate",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func="RAISE EXCEPTION 'Cannot truncate rows of %', TG_TABLE_NAME;",
        ),
    ]


def _fixed(erased: str, emptied: dict[str, str]) -> pgtrigger.Trigger:
    # A column that OLD has emptied already no longer differs from a row that was emptied.
    empty = "".join(f"OLD.{column} := {value}; " for column, value in emptied.items())
    passes = f"{empty}IF NEW IS NOT DISTINCT FROM OLD THEN RETURN NEW; END IF;" if emptied else ""
    return pgtrigger.Trigger(
        name="append_only",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=f"""
            IF {erased} THEN
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                {passes}
            END IF;
            RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;
        """,
    )


def allowed_transitions(field: str, table: dict[str, set[str]]) -> pgtrigger.Trigger:
    """A trigger for ``Meta.triggers``: ``field`` goes from a state to where ``table`` says only."""
    return pgtrigger.FSM(
        name=f"{field}_transitions",
        field=field,
        transitions=[
            (str(state), str(target)) for state in table for target in sorted(table[state])
        ],
    )


def kept_by_triggers(
    *fields: str, first: dict[str, str], unless: str = "FALSE"
) -> pgtrigger.Trigger:
    """A trigger for ``Meta.triggers``: only other triggers change these columns.

    They repeat what the newest line of another table says. ``first`` maps each column to the SQL
    that it holds in a new row, whatever the writer gave. ``unless`` is SQL over ``OLD`` and ``NEW``
    for the one change that anybody may make.
    """
    passes = f"\n                AND NOT ({unless})" if unless != "FALSE" else ""
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
                    IS DISTINCT FROM ({", ".join(f"OLD.{name}" for name in fields)}){passes}
            THEN
                RAISE EXCEPTION 'Only a new line about this % changes: {names}', TG_TABLE_NAME;
            END IF;
            RETURN NEW;
        """,
    )
