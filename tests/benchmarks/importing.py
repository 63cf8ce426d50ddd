"""The register's extract through the importer against a raw COPY of the very rows that it leaves behind.

The import is all until it is committed, and its rows are on every page: looking the file through, reading and checking
every cell, staging, merging, history, the audit and the planner's figures. It is held against a COPY of those
establishments, ready made, into the same table with its indexes and constraints.

Until all of them are found by the search, and ranked, is measured beside it: that is the import and what follows it,
against a COPY of establishments, search names and search words into their tables.
"""

import csv
import gzip
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone
from psycopg import sql

from funding.actions.establishments import take_extract
from funding.bundled import DATA
from funding.follow import follow
from funding.imports.run import Accepted
from funding.models import Establishment, SearchName, SearchWord
from npq_portal import read
from tests.benchmarks.measuring import Figure, percentile, seconds

TITLE = "Import of establishments"
USES_DATABASE = True
ROUNDS = 5
STEPS = ROUNDS
TARGET = 0.4  # of the raw COPY's speed; quality figures, 3.2
ALONE = (Establishment,)
WITH_SEARCH = (Establishment, SearchName, SearchWord)
ALL_AGREED = Accepted(rejected_rows=True, large_loss=True)


def measure(step: Callable[[], object]) -> list[Figure]:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "extract.csv"
        _unpacked(file, "")
        take(file)  # first as it was loaded: what comes next differs from it in nothing but the order
        follow()
        ready = {model: _copy_out(model) for model in WITH_SEARCH}
        raw, raw_with_search, all_new, followed, unchanged = [], [], [], [], []
        for number in range(ROUNDS):
            _empty()
            raw.append(seconds(lambda: _copy_in(ready, ALONE)))
            _empty()
            raw_with_search.append(seconds(lambda: _copy_in(ready, WITH_SEARCH)))
            _empty()
            _unpacked(file, f"new {number}")
            all_new.append(seconds(lambda: take(file)))
            followed.append(seconds(follow))
            _unpacked(file, f"same {number}")
            unchanged.append(seconds(lambda: take(file)))
            follow()
            step()
    copy, new = percentile(raw, 50), percentile(all_new, 50)
    found = new + percentile(followed, 50)
    return [
        Figure("committed and on every page, all rows new", copy / new, "x COPY", TARGET, True),
        Figure(
            "committed and on every page, no row changed",
            copy / percentile(unchanged, 50),
            "x COPY",
            TARGET,
            True,
        ),
        Figure(
            "found and ranked too, to COPY with the search", percentile(raw_with_search, 50) / found, "x COPY"
        ),
        Figure("found and ranked too, to COPY without", copy / found, "x COPY"),
    ]


def take(file: Path) -> None:
    take_extract(
        file=read.look_through(file),
        links=None,
        as_of="",
        agreed=ALL_AGREED,
        by=None,
        now=timezone.now(),
        source="benchmark",
    )


def _unpacked(file: Path, mark: str) -> None:
    """The bundled extract. `mark` makes it another file with the same rows: a column that is not read."""
    with gzip.open(DATA / "establishments.csv.gz", "rt", encoding="utf-8-sig", newline="") as packed:
        rows = list(csv.reader(packed))
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([[*rows[0], f"Mark {mark}"], *([*row, ""] for row in rows[1:])])


def _columns(model: type[Model]) -> sql.Composed:
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    return sql.SQL(", ").join(sql.Identifier(field.column) for field in fields)


def _copy_out(model: type[Model]) -> bytes:
    ready = BytesIO()
    with connection.cursor() as cursor:
        table = sql.Identifier(model._meta.db_table)
        rows = sql.SQL("COPY (SELECT {} FROM {}) TO STDOUT").format(_columns(model), table)
        with cursor.copy(rows) as copy:
            for block in copy:
                ready.write(block)
    return ready.getvalue()


def _copy_in(ready: dict[type[Model], bytes], models: tuple[type[Model], ...]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for model in models:
            table = sql.Identifier(model._meta.db_table)
            with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(table, _columns(model))) as copy:
                copy.write(ready[model])


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE funding_establishment, funding_searchword CASCADE")
