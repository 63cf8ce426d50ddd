"""From the staged rows to the real table: add what is new, change what differs, and let go of what is gone
where asked. A row whose values are all as before is not touched.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, models
from django.db.models.fields import NOT_PROVIDED
from psycopg import sql

from funding.imports.tables import Key, Table
from funding.models import ImportRun
from npq_portal.read import FileRefusedError

# A file that would let go of more than this share of the rows in use is more likely a wrong file.
MOST_LOST = 0.2


@dataclass(frozen=True)
class Changes:
    added: int = 0
    changed: int = 0
    removed: int = 0


class LargeLossError(FileRefusedError):
    """The file lacks more than a fifth of the rows in use."""


def merge(table: Table, columns: Sequence[str], run: ImportRun, *, large_loss: bool) -> Changes:
    """Brings the table in line with `staged`, which holds `columns` of it; other columns stay as they are.

    Raises FileRefusedError, naming two rows, where the file has two for one key; LargeLossError unless
    `large_loss` is accepted.
    """
    target = table.model._meta.db_table
    with connection.cursor() as cursor:
        for key in table.keys:
            _refuse_repeats(cursor, key)
        _prepare(cursor, table)
        removed = _let_go(cursor, table, run, large_loss)
        added = changed = 0
        for key in table.keys:
            changed += _change(cursor, table, columns, key, run)
            added += _add(cursor, target, columns, _defaults(table.model, columns), key)
    return Changes(added, changed, removed)


def _prepare(cursor: Any, table: Table) -> None:
    """So that Postgres compares the two by hashing. With figures of before the last import it would take
    one for small, and look through the other for each of its rows.
    """
    cursor.execute("SET LOCAL work_mem = '64MB'")
    keys = _names([column for key in table.keys for column in key.columns])
    for name in ("staged", table.model._meta.db_table):
        cursor.execute(sql.SQL("ANALYZE {} ({})").format(sql.Identifier(name), keys))


def _refuse_repeats(cursor: Any, key: Key) -> None:
    cursor.execute(
        sql.SQL(
            "SELECT min(row_number), max(row_number), {columns} FROM staged WHERE {condition}"
            " GROUP BY {columns} HAVING count(*) > 1 ORDER BY 1 LIMIT 1"
        ).format(columns=_names(key.columns), condition=_holds(key, "staged"))
    )
    if found := cursor.fetchone():
        first, second, *values = found
        what = ", ".join(f"{column} {value}" for column, value in zip(key.columns, values, strict=True))
        raise FileRefusedError(f"Rows {first} and {second} are both for {what}. Keep one.")


def _let_go(cursor: Any, table: Table, run: ImportRun, large_loss: bool) -> int:
    if not (table.whole or table.history):
        return 0
    target = sql.Identifier(table.model._meta.db_table)
    in_use = _in_use(table)
    told_of = sql.SQL(table.history.told_of if table.history else "true")
    missing = sql.SQL(" AND ").join(
        _missing_from(there, key) for there in ("staged", "spared") for key in table.keys
    )
    cursor.execute("DROP TABLE IF EXISTS pg_temp.lost")
    cursor.execute(
        sql.SQL(
            "CREATE TEMPORARY TABLE lost ON COMMIT DROP AS SELECT id FROM {} kept WHERE ({}) AND ({}) AND {}"
        ).format(target, in_use, told_of, missing)
    )
    lost = int(cursor.rowcount)
    cursor.execute(sql.SQL("SELECT count(*) FROM {} kept WHERE {}").format(target, in_use))
    (before,) = cursor.fetchone()
    if lost > before * MOST_LOST and not large_loss:
        raise LargeLossError(
            f"The file lacks {lost:,} of the {before:,} rows in use, more than {MOST_LOST:.0%}. Is it the whole file?"
        )
    if table.history:
        table.history.retire(cursor, run)
    elif lost:
        cursor.execute(sql.SQL("DELETE FROM {} WHERE id IN (SELECT id FROM lost)").format(target))
    return lost


def _in_use(table: Table) -> sql.Composable:
    """SQL that holds for a kept row which the file would have, were nothing gone."""
    if table.part:
        column, value = table.part
        return sql.SQL("kept.{} = {}").format(sql.Identifier(column), sql.Literal(value))
    return sql.SQL(table.history.in_use if table.history else "true")


def _missing_from(there: str, key: Key) -> sql.Composed:
    """SQL that holds for a kept row which `key` does not find in `there`. One test for each key: Postgres
    hashes those, and would not hash their OR.
    """
    return sql.SQL("NOT EXISTS (SELECT FROM {} WHERE {} AND {} AND {})").format(
        sql.Identifier(there), _same(key, there), _holds(key, there), _holds(key, "kept")
    )


def _change(cursor: Any, table: Table, columns: Sequence[str], key: Key, run: ImportRun) -> int:
    others = [column for column in columns if column not in key.columns]
    target = sql.Identifier(table.model._meta.db_table)
    cursor.execute("DROP TABLE IF EXISTS pg_temp.differing")
    cursor.execute(
        sql.SQL(
            "CREATE TEMPORARY TABLE differing ON COMMIT DROP AS SELECT kept.id, staged.row_number"
            " FROM staged JOIN {target} kept ON {same} AND {staged_holds} AND {kept_holds}"
            " WHERE ROW({old}) IS DISTINCT FROM ROW({new})"
        ).format(
            target=target,
            same=_same(key, "staged"),
            staged_holds=_holds(key, "staged"),
            kept_holds=_holds(key, "kept"),
            old=_names(others, "kept"),
            new=_names(others, "staged"),
        )
    )
    changed = int(cursor.rowcount)
    if changed:
        if table.history:
            table.history.remember(cursor, run, others)
        cursor.execute(
            sql.SQL(
                "UPDATE {target} kept SET ({names}) = ROW({new}) FROM differing JOIN staged USING (row_number)"
                " WHERE kept.id = differing.id"
            ).format(target=target, names=_names(others), new=_names(others, "staged"))
        )
    return changed


def _add(cursor: Any, target: str, columns: Sequence[str], defaults: dict[str, Any], key: Key) -> int:
    # In order, so that all new rows are known before the first is written: an empty table is looked through for each of
    # them, and would grow meanwhile.
    cursor.execute(
        sql.SQL(
            "INSERT INTO {target} ({names}) SELECT {staged}{defaults} FROM staged"
            " WHERE {staged_holds} AND NOT EXISTS (SELECT FROM {target} kept WHERE {same} AND {kept_holds})"
            " ORDER BY row_number"
        ).format(
            target=sql.Identifier(target),
            names=_names([*columns, *defaults]),
            staged=_names(columns, "staged"),
            defaults=sql.Composed(
                [sql.SQL(", {}").format(sql.Literal(value)) for value in defaults.values()]
            ),
            staged_holds=_holds(key, "staged"),
            kept_holds=_holds(key, "kept"),
            same=_same(key, "staged"),
        )
    )
    return int(cursor.rowcount)


def _defaults(model: type[models.Model], columns: Sequence[str]) -> dict[str, Any]:
    """What a new row has in the columns that the file does not: the model's own defaults."""
    return {
        str(field.column): field.get_default()
        for field in model._meta.concrete_fields
        if field.column not in columns
        and not (field.primary_key or field.generated or field.db_default is not NOT_PROVIDED or field.null)
    }


def _same(key: Key, there: str) -> sql.Composed:
    return sql.SQL(" AND ").join(
        sql.SQL("{0}.{1} = kept.{1}").format(sql.Identifier(there), sql.Identifier(column))
        for column in key.columns
    )


def _holds(key: Key, of: str) -> sql.SQL:
    return sql.SQL(key.condition.format(row=of))


def _names(columns: Sequence[str], of: str | None = None) -> sql.Composed:
    prefix = (of,) if of else ()
    return sql.SQL(", ").join(sql.Identifier(*prefix, column) for column in columns)
