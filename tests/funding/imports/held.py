"""A command of its own process that somebody else's lock holds up, to see what becomes of it there."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg
import pytest
from django.db import connection, transaction

from funding.imports import locks
from tests.databases import database_url

WAIT = 60  # seconds


@contextmanager
def another_connection() -> Iterator[psycopg.Connection]:
    parameters = connection.get_connection_params()
    for ours in ("cursor_factory", "context"):
        parameters.pop(ours, None)
    with psycopg.connect(**parameters) as other:
        yield other


@contextmanager
def held_up(*words: str) -> Iterator[subprocess.Popen[str]]:
    """`manage.py` with these words, once it waits for a lock. What is left of it at the end is killed."""
    command = subprocess.Popen(
        [sys.executable, "manage.py", *words],
        env={**os.environ, "DATABASE_URL": database_url()},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        until = time.monotonic() + WAIT
        while not waiting():
            assert command.poll() is None, command.stderr.read()
            assert time.monotonic() < until
            time.sleep(0.1)
        yield command
    finally:
        command.kill()
        command.communicate()


def waiting() -> list[int]:
    """The server's processes that wait for somebody's lock in this database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return [pid for (pid,) in cursor.fetchall()]


def wait_until_free() -> None:
    """Postgres sees by itself that a killed command has gone, though its statement still waits."""
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        with suppress(locks.ImportBusyError), transaction.atomic():
            return locks.take_or_refuse()
        time.sleep(0.1)
    pytest.fail("The killed import still stands in the way.")
