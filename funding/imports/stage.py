"""Values to a temporary table, by COPY; rejected rows are counted and the first hundred named."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from psycopg import sql

from funding.imports.read import FileRefusedError, Row
from funding.imports.validate import RowRejectedError

REJECTS_NAMED = 100
ROWS_PER_STEP = 500

Step = Callable[[int], object]


@dataclass
class Staged:
    """What became of a file's rows. `rejected` holds the first hundred: {"row": number, "reason": words}."""

    rows_read: int = 0
    rows_rejected: int = 0
    rejected: list[dict[str, Any]] = field(default_factory=list)

    def reject(self, number: int, reason: str) -> None:
        self.rows_rejected += 1
        if len(self.rejected) < REJECTS_NAMED:
            self.rejected.append({"row": number, "reason": reason})


def copy_rows(
    table: str,
    columns: Sequence[str],
    rows: Iterable[tuple[int, Row]],
    read: Callable[[Row], Sequence[Any]],
    step: Step,
) -> Staged:
    """Makes the temporary table `staged`: the columns of `table` that are named, and the row number of each
    row.

    It lasts until the end of the transaction, which the caller has begun. `step(n)` is called as rows go by.
    A row that `read` rejects is left out.
    """
    staged = Staged()
    with connection.cursor() as cursor:
        _make_table(cursor, table, columns)
        into = sql.SQL("COPY staged ({}, row_number) FROM STDIN").format(_names(columns))
        with cursor.copy(into) as copy:
            for number, row in rows:
                staged.rows_read += 1
                try:
                    copy.write_row((*read(row), number))
                except RowRejectedError as error:
                    staged.reject(number, str(error))
                if staged.rows_read % ROWS_PER_STEP == 0:
                    step(ROWS_PER_STEP)
    step(staged.rows_read % ROWS_PER_STEP)
    if staged.rows_read == 0:
        raise FileRefusedError("The file has a header and no rows.")
    return staged


def _make_table(cursor: Any, table: str, columns: Sequence[str]) -> None:
    cursor.execute("DROP TABLE IF EXISTS pg_temp.staged")
    cursor.execute(
        sql.SQL("CREATE TEMPORARY TABLE staged ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
            _names(columns), sql.Identifier(table)
        )
    )
    cursor.execute("ALTER TABLE staged ADD COLUMN row_number integer")


def _names(columns: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))
