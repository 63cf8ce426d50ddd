"""Rows of a search to instances of a model, as Manager.raw makes them, in a third less of a search's whole time."""

from collections.abc import Sequence
from typing import Any

from django.db import connection, models

# What a search selects after the model's own columns (see funding.search.seek).
OTHERS = ("was", "strong", "total", "more", "ordinality")


def columns(model: type[models.Model], alias: str) -> str:
    """All of the model's own, for a SELECT."""
    return ", ".join(f"{alias}.{field.column}" for field in model._meta.concrete_fields)


def instances(model: type[models.Model], sql: str, parameters: Sequence[Any]) -> list[Any]:
    """What `sql` selects: `columns` of the model, then OTHERS, which become attributes. One query."""
    fields = [field.attname for field in model._meta.concrete_fields]
    own = len(fields)
    found = []
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        for row in cursor.fetchall():
            instance = model.from_db(connection.alias, fields, row[:own])
            vars(instance).update(zip(OTHERS, row[own:], strict=True))
            found.append(instance)
    return found
