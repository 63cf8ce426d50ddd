"""Rows of a search to instances of a model, as Manager.raw makes them, in a third less of a search's whole time."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from django.db import connection, models

# What a search selects after the model's own columns (see funding.search.seek).
OTHERS = ("was", "strong", "total", "more", "ordinality")
Instance = TypeVar("Instance", bound=models.Model)


def columns(model: type[models.Model], alias: str) -> str:
    """All of the model's own, for a SELECT."""
    return ", ".join(f"{alias}.{field.column}" for field in model._meta.concrete_fields)


def select(sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())


def instances(model: type[Instance], rows: Iterable[Sequence[Any]]) -> list[Instance]:
    """Each row holds `columns` of the model, then OTHERS, which become attributes; what follows is left."""
    fields = [field.attname for field in model._meta.concrete_fields]
    own = len(fields)
    found = []
    for row in rows:
        instance = model.from_db(connection.alias, fields, row[:own])
        vars(instance).update(zip(OTHERS, row[own:], strict=False))
        found.append(instance)
    return found
