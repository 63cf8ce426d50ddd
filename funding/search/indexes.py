"""The inverted indexes of the search tables around a bulk of new rows."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models


@contextmanager
def filled_at_once(cursor: Any, *tables: type[models.Model]) -> Iterator[None]:
    """Within the block, tables without any row have no index of words; it is made again when all rows are there.

    That is a good deal faster than adding to it, the more so the more rows. Who searches meanwhile waits for the end of
    the transaction, where otherwise nothing would be found. Tables with rows stay as they are: their new rows wait in a
    list beside the index, which every search would read until autovacuum comes by, and are put in place at the end.
    """
    empty = [table for table in tables if not table._default_manager.exists()]
    _execute(cursor, [f"DROP INDEX {name}" for name, _ in _indexes(empty)])
    yield
    _execute(cursor, [definition for _, definition in _indexes(empty)])
    for name, _ in _indexes([table for table in tables if table not in empty]):
        cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [name])


def _execute(cursor: Any, statements: list[str]) -> None:
    """Postgres changes no table's indexes while checks of its rows are outstanding."""
    if statements:
        for statement in ("SET CONSTRAINTS ALL IMMEDIATE", *statements, "SET CONSTRAINTS ALL DEFERRED"):
            cursor.execute(statement)


def _indexes(tables: Iterable[type[models.Model]]) -> Iterator[tuple[str, str]]:
    """Name and definition of each index in the tables' Meta."""
    editor = connection.schema_editor()
    for table in tables:
        for index in table._meta.indexes:
            yield index.name, str(index.create_sql(table, editor))
