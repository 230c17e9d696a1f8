"""Several small tables in one round trip.

A page that weighs a dwelling reads half a dozen tables of a few rows each: norms, limits,
thresholds. Asked one by one the waiting for the network costs more than the rows.
"""

import json
from decimal import Decimal

from django.db import connection
from django.db.models import Model, QuerySet


def read_together(*querysets: QuerySet) -> list[list]:
    """The rows of each queryset, in its own order, by one query; for a few hundred rows at most.

    A queryset gives objects, without what it annotates or selects along; with ``.values(…)`` it
    gives dictionaries of numbers and text.
    """
    parts, params = [], []
    for queryset in querysets:
        sql, given = queryset.query.sql_with_params()
        parts.append(f"(SELECT COALESCE(json_agg(found), '[]')::text FROM ({sql}) found)")
        params += given
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        answers = cursor.fetchone()
    return [
        [_read(queryset, row) for row in json.loads(answer, parse_float=Decimal)]
        for queryset, answer in zip(querysets, answers, strict=True)
    ]


def _read(queryset: QuerySet, row: dict) -> Model | dict:
    if queryset.query.values_select or queryset.query.annotation_select:
        return row
    fields = queryset.model._meta.concrete_fields
    return queryset.model.from_db(
        queryset.db,
        [field.attname for field in fields],
        [field.to_python(row[field.column]) for field in fields],
    )
