"""From staged rows to the real table: add what is new, change what differs, remove what is gone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from psycopg import sql

from funding.imports.read import FileRefusedError
from funding.imports.tables import Key, Table


@dataclass(frozen=True)
class Changes:
    added: int = 0
    changed: int = 0
    removed: int = 0


def merge(table: Table) -> Changes:
    """Upserts `staged` into the table. A row whose values are all as before is not written.

    Raises FileRefusedError, naming two rows, where the file has two for one key.
    """
    target = table.model._meta.db_table
    with connection.cursor() as cursor:
        for key in table.keys:
            _refuse_repeats(cursor, key)
        cursor.execute("ANALYZE staged")
        removed = _remove(cursor, target, table.keys) if table.whole else 0
        written = [_upsert(cursor, target, table.columns, key) for key in table.keys]
    return Changes(sum(added for added, _ in written), sum(changed for _, changed in written), removed)


def _refuse_repeats(cursor: Any, key: Key) -> None:
    cursor.execute(
        sql.SQL(
            "SELECT min(row_number), max(row_number), {columns} FROM staged WHERE {condition}"
            " GROUP BY {columns} HAVING count(*) > 1 ORDER BY 1 LIMIT 1"
        ).format(columns=_names(key.columns), condition=sql.SQL(key.condition))
    )
    if found := cursor.fetchone():
        first, second, *values = found
        what = ", ".join(f"{column} {value}" for column, value in zip(key.columns, values, strict=True))
        raise FileRefusedError(f"Rows {first} and {second} are both for {what}. Keep one.")


def _remove(cursor: Any, target: str, keys: Sequence[Key]) -> int:
    same = sql.SQL(" OR ").join(
        sql.SQL("({})").format(
            sql.SQL(" AND ").join(
                sql.SQL("staged.{0} = kept.{0}").format(sql.Identifier(c)) for c in key.columns
            )
        )
        for key in keys
    )
    cursor.execute(
        sql.SQL("DELETE FROM {} kept WHERE NOT EXISTS (SELECT FROM staged WHERE {})").format(
            sql.Identifier(target), same
        )
    )
    return int(cursor.rowcount)


def _upsert(cursor: Any, target: str, columns: Sequence[str], key: Key) -> tuple[int, int]:
    others = [column for column in columns if column not in key.columns]
    cursor.execute(
        sql.SQL(
            "WITH written AS ("
            " INSERT INTO {target} AS kept ({columns}) SELECT {columns} FROM staged WHERE {condition}"
            " ON CONFLICT ({key}) WHERE {condition} DO UPDATE SET ({others}) = ROW({new})"
            " WHERE ({old}) IS DISTINCT FROM ({new})"
            " RETURNING xmax = 0 AS added)"
            "SELECT count(*) FILTER (WHERE added), count(*) FILTER (WHERE NOT added) FROM written"
        ).format(
            target=sql.Identifier(target),
            columns=_names(columns),
            condition=sql.SQL(key.condition),
            key=_names(key.columns),
            others=_names(others),
            new=_names(others, "excluded"),
            old=_names(others, "kept"),
        )
    )
    added, changed = cursor.fetchone()
    return added, changed


def _names(columns: Sequence[str], of: str | None = None) -> sql.Composed:
    prefix = (of,) if of else ()
    return sql.SQL(", ").join(sql.Identifier(*prefix, column) for column in columns)
