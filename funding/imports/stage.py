"""Values to a temporary table, by COPY; rejected rows are counted and the first hundred named."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db import connection
from psycopg import sql

from funding.copying import copy_lines
from funding.imports.validate import RowRejectedError
from npq_portal.read import FileRefusedError

REJECTS_NAMED = 100
ROWS_PER_STEP = 100

Step = Callable[[int], object]
Cells = Sequence[str]
Values = Iterable[str]
NumberedRow = tuple[int, list[str]]


@dataclass(frozen=True)
class Reading:
    """How the rows of one file are read, once its header is known.

    `read` makes the values of rows as COPY writes them (funding.copying.cell), in the order of `columns` (the
    database's), or raises RowRejectedError where one of the rows cannot be used.
    `identify` makes what it can of the key columns of a rejected row, in the order of `columns` too.
    `extra` are columns of text that the database's table does not have; their values come last.
    """

    columns: tuple[str, ...]
    read: Callable[[Sequence[Cells]], Iterable[Values]]
    identify: Callable[[Cells], Values] | None = None
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


def copy_rows(table: str, reading: Reading, rows: Iterable[NumberedRow], step: Step) -> Staged:
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
    if staged.rows_read == 0:
        raise FileRefusedError("The file has a header and no rows.")
    if staged.rows_rejected == staged.rows_read:
        raise FileRefusedError(f"No row of the file can be used. {staged.first_reasons}.")
    return staged


def _lines(reading: Reading, rows: Iterable[NumberedRow], staged: Staged, step: Step) -> Iterator[str]:
    """A block is read at once, which is much faster, and row by row where one of its rows cannot be used."""
    rows = iter(rows)
    while block := list(islice(rows, ROWS_PER_STEP)):
        staged.rows_read += len(block)
        try:
            lines = _read(reading, block)
        except RowRejectedError:
            lines = _one_by_one(reading, block, staged)
        yield from lines
        step(len(block))


def _read(reading: Reading, block: list[NumberedRow]) -> list[str]:
    numbers, rows = zip(*block, strict=True)
    lines = map("\t".join, reading.read(rows))
    return [f"{line}\t{number}\tf" for number, line in zip(numbers, lines, strict=True)]


def _one_by_one(reading: Reading, block: list[NumberedRow], staged: Staged) -> list[str]:
    lines: list[str] = []
    for number, cells in block:
        try:
            lines += _read(reading, [(number, cells)])
        except RowRejectedError as error:
            staged.reject(number, str(error))
            if reading.identify:
                lines.append("\t".join((*reading.identify(cells), str(number), "t")))
    return lines


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
