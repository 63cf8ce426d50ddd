"""Values to a temporary table, by COPY; rejected rows are counted and the first hundred named."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from psycopg import sql

from funding.copying import copy_lines
from funding.imports.read import FileRefusedError
from funding.imports.validate import RowRejectedError

REJECTS_NAMED = 100
ROWS_PER_STEP = 500

Step = Callable[[int], object]
Values = Iterable[str]


@dataclass(frozen=True)
class Reading:
    """How the rows of one file are read, once its header is known.

    `read` makes a row's values as COPY writes them (funding.copying.cell), in the order of `columns` (the database's),
    or raises RowRejectedError.
    `identify` makes what it can of the key columns of a rejected row, in the order of `columns` too.
    `extra` are columns of text that the database's table does not have; their values come last.
    """

    columns: tuple[str, ...]
    read: Callable[[list[str]], Values]
    identify: Callable[[list[str]], Values] | None = None
    extra: tuple[str, ...] = ()


@dataclass
class Staged:
    """What became of a file's rows. `rejected` holds {"row": number, "reason": words} for the first
    hundred. `doubt` says what somebody should look at before the rows are used, if anything.
    """

    rows_read: int = 0
    rows_rejected: int = 0
    rejected: list[dict[str, Any]] = field(default_factory=list)
    doubt: str = ""

    @property
    def rows_taken(self) -> int:
        return self.rows_read - self.rows_rejected

    def reject(self, number: int, reason: str) -> None:
        self.rows_rejected += 1
        if len(self.rejected) < REJECTS_NAMED:
            self.rejected.append({"row": number, "reason": reason})

    @property
    def first_reasons(self) -> str:
        """The first few rejected rows in a sentence: "Row 3: ...; row 9: ... (and 12 more)"."""
        named = "; ".join(f"row {each['row']}: {each['reason']}" for each in self.rejected[:5])
        more = self.rows_rejected - len(self.rejected[:5])
        return named[:1].upper() + named[1:] + (f" (and {more:,} more)" if more else "")


def copy_rows(table: str, reading: Reading, rows: Iterable[tuple[int, list[str]]], step: Step) -> Staged:
    """Makes the temporary table `staged`: the columns of `table` that are read, and the row number of each
    row.

    It lasts until the end of the transaction, which the caller has begun. `step(n)` is called as rows go
    by. A row that cannot be read is left out; where it can be told whose it is, the temporary table
    `spared` has its key. Raises FileRefusedError where no row can be used.
    """
    staged = Staged()
    with connection.cursor() as cursor:
        _make_table(cursor, table, reading)
        into = sql.SQL("COPY staged ({}, row_number, rejected) FROM STDIN").format(
            _names((*reading.columns, *reading.extra))
        )
        copy_lines(cursor, into, _lines(reading, rows, staged, step))
        _set_aside(cursor, staged)
    step(staged.rows_read % ROWS_PER_STEP)
    if staged.rows_read == 0:
        raise FileRefusedError("The file has a header and no rows.")
    if staged.rows_rejected == staged.rows_read:
        raise FileRefusedError(f"No row of the file can be used. {staged.first_reasons}.")
    return staged


def _lines(
    reading: Reading, rows: Iterable[tuple[int, list[str]]], staged: Staged, step: Step
) -> Iterator[str]:
    read, identify = reading.read, reading.identify
    for count, (number, cells) in enumerate(rows, 1):
        staged.rows_read = count
        try:
            yield "\t".join((*read(cells), str(number), "f"))
        except RowRejectedError as error:
            staged.reject(number, str(error))
            if identify:
                yield "\t".join((*identify(cells), str(number), "t"))
        if count % ROWS_PER_STEP == 0:
            step(ROWS_PER_STEP)


def _make_table(cursor: Any, table: str, reading: Reading) -> None:
    cursor.execute("DROP TABLE IF EXISTS pg_temp.staged, pg_temp.spared")
    cursor.execute(
        sql.SQL("CREATE TEMPORARY TABLE staged ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
            _names(reading.columns), sql.Identifier(table)
        )
    )
    cursor.execute("ALTER TABLE staged ADD COLUMN row_number integer, ADD COLUMN rejected boolean")
    for column in reading.extra:
        cursor.execute(sql.SQL("ALTER TABLE staged ADD COLUMN {} text").format(sql.Identifier(column)))


def _set_aside(cursor: Any, staged: Staged) -> None:
    cursor.execute("CREATE TEMPORARY TABLE spared (LIKE staged) ON COMMIT DROP")
    if staged.rows_rejected:
        cursor.execute(
            "WITH gone AS (DELETE FROM staged WHERE rejected RETURNING *) INSERT INTO spared SELECT * FROM gone"
        )


def _names(columns: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))
