"""Brings the rows of a table to what a file says."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model

Row = TypeVar("Row", bound=Model)


def bring(model: type[Row], key: tuple[str, ...], wanted: Iterable[Row], leave: tuple[str, ...] = ()) -> None:
    """Add the rows that are missing and save those that differ; `key` names the fields that tell rows apart.

    The fields in `leave` are the operators': in rows that stand they stay as they are. Rows that are already as wanted
    are not written, so that `updated_at` keeps saying when they changed.
    """
    standing = {_values(row, key): row for row in model._default_manager.all()}
    names = [
        each.attname
        for each in model._meta.concrete_fields
        if each.attname not in ("id", "updated_at", *leave)
    ]
    added = []
    for row in wanted:
        old = standing.get(_values(row, key))
        if old is None:
            added.append(row)
        elif any(getattr(old, name) != getattr(row, name) for name in names):
            row.pk = old.pk
            for name in leave:
                setattr(row, name, getattr(old, name))
            row.save(force_update=True)
    model._default_manager.bulk_create(added)


def add_missing(model: type[Row], key: tuple[str, ...], wanted: Iterable[Row]) -> None:
    """Add the rows that are missing and leave the others as they are: operators keep them."""
    standing = {_values(row, key) for row in model._default_manager.all()}
    model._default_manager.bulk_create([row for row in wanted if _values(row, key) not in standing])


def keep_only(model: type[Row], key: tuple[str, ...], wanted: Iterable[Row]) -> None:
    """Remove the rows that the file no longer has. Only for what nobody may have to explain later."""
    kept = {_values(row, key) for row in wanted}
    gone = [row.pk for row in model._default_manager.all() if _values(row, key) not in kept]
    if gone:
        model._default_manager.filter(pk__in=gone).delete()


def _values(row: Model, key: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in key)
