"""The register's extract through the importer, validation, history and search columns included, against a raw COPY of
the very same rows, ready made, into the very same table with its indexes.
"""

import csv
import gzip
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection
from django.utils import timezone
from psycopg import sql

from funding.actions.establishments import take_extract
from funding.bundled import DATA
from funding.imports import read
from funding.imports.run import Accepted
from funding.models import Establishment
from tests.benchmarks.measuring import Figure, percentile, seconds

TITLE = "Import of establishments"
USES_DATABASE = True
ROUNDS = 3
STEPS = ROUNDS
TARGET = 0.4  # of the raw COPY's speed; quality figures, 3.2
TABLE = sql.Identifier(Establishment._meta.db_table)
ALL_AGREED = Accepted(rejected_rows=True, large_loss=True)


def measure(step: Callable[[], object]) -> list[Figure]:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "extract.csv"
        _unpacked(file, "")
        take(file)  # first as it was loaded: what follows differs from it in nothing but the order
        ready = _copy_out()
        raw, all_new, unchanged = [], [], []
        for number in range(ROUNDS):
            _empty()
            raw.append(seconds(lambda: _copy_in(ready)))
            _empty()
            _unpacked(file, f"new {number}")
            all_new.append(seconds(lambda: take(file)))
            _unpacked(file, f"same {number}")
            unchanged.append(seconds(lambda: take(file)))
            step()
    baseline = percentile(raw, 50)
    return [
        Figure(
            "speed of the import, all rows new", baseline / percentile(all_new, 50), "x COPY", TARGET, True
        ),
        Figure("speed, no row changed", baseline / percentile(unchanged, 50), "x COPY", TARGET, True),
    ]


def take(file: Path) -> None:
    take_extract(
        file=read.look_through(file),
        links=None,
        as_of="",
        agreed=ALL_AGREED,
        now=timezone.now(),
        source="benchmark",
    )


def _unpacked(file: Path, mark: str) -> None:
    """The bundled extract. `mark` makes it another file with the same rows: a column that is not read."""
    with gzip.open(DATA / "establishments.csv.gz", "rt", encoding="utf-8-sig", newline="") as packed:
        rows = list(csv.reader(packed))
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([[*rows[0], f"Mark {mark}"], *([*row, ""] for row in rows[1:])])


def _columns() -> sql.Composed:
    fields = [field for field in Establishment._meta.concrete_fields if not field.generated]
    return sql.SQL(", ").join(sql.Identifier(field.column) for field in fields)


def _copy_out() -> bytes:
    ready = BytesIO()
    with connection.cursor() as cursor:
        statement = sql.SQL("COPY (SELECT {} FROM {} ORDER BY id) TO STDOUT").format(_columns(), TABLE)
        with cursor.copy(statement) as copy:
            for block in copy:
                ready.write(block)
    return ready.getvalue()


def _copy_in(ready: bytes) -> None:
    with connection.cursor() as cursor:
        statement = sql.SQL("COPY {} ({}) FROM STDIN").format(TABLE, _columns())
        with cursor.copy(statement) as copy:
            copy.write(ready)


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("TRUNCATE {} CASCADE").format(TABLE))
