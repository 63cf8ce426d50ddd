"""Backup and restore with 200,000 applications, twice what is asked for (quality figures, 26)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import psycopg
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper

from npq_portal.launcher.dumping import dump, restore
from tests.benchmarks.figures import REGISTERED, many_applications
from tests.benchmarks.measuring import Figure, seconds
from tests.databases import drop, make

TITLE = "Backup and restore"
USES_DATABASE = True
STEPS = 2
TARGET = 10  # minutes, both together


def measure(step: Callable[[], object]) -> list[Figure]:
    database = cast(DatabaseWrapper, connection)
    with many_applications(), TemporaryDirectory() as folder, empty_database() as empty:
        file = Path(folder) / "portal.dump"
        used, server = database.get_connection_params(), database.pg_version // 10_000
        backed_up = seconds(lambda: dump(file, database=used, server=server))
        step()
        there = {**used, "dbname": empty}
        restored = seconds(lambda: restore(file, database=there, server=server, replace=False))
        step()
        megabytes = file.stat().st_size / 1_000_000
        assert _applications(empty) == _applications(used["dbname"]) >= REGISTERED
    return [
        Figure(f"backup of {REGISTERED:,} applications", backed_up / 60, "minutes"),
        Figure("restore into an empty database", restored / 60, "minutes"),
        Figure("both", (backed_up + restored) / 60, "minutes", TARGET),
        Figure("the file", megabytes, "MB"),
    ]


@contextmanager
def empty_database() -> Iterator[str]:
    name = f"{connection.settings_dict['NAME']}_restored"
    make(name, template="template0")
    try:
        yield name
    finally:
        drop(name)


def _applications(database: str) -> int:
    with psycopg.connect(**{**connection.get_connection_params(), "dbname": database}) as there:
        (number,) = there.execute("SELECT count(*) FROM applications_application").fetchone() or (0,)
        return int(number)
