"""An import that is killed half-way leaves nothing that anybody can see, and nothing that stops the next one."""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection, transaction

from funding.imports import locks
from funding.models import Establishment, EstablishmentChange, ImportRun
from tests.databases import database_url
from tests.funding.imports.extracts import extract_of, school

pytestmark = pytest.mark.django_db(transaction=True)
WAIT = 60


@pytest.fixture
def held(tmp_path):
    """One school is locked by somebody else, so that an import that changes it gets that far and no further."""
    old = tmp_path / "old.csv"
    old.write_text(extract_of(school("100000", "Old name"), school("100001")))
    call_command("import_establishments", str(old))
    parameters = {
        key: value for key, value in connection.get_connection_params().items() if key != "cursor_factory"
    }
    parameters.pop("context", None)
    with psycopg.connect(**parameters) as other:
        other.execute("SELECT 1 FROM funding_establishment WHERE urn = '100000' FOR UPDATE")
        yield other


def waiting_for_the_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            " AND query LIKE 'UPDATE%%'"
        )
        return bool(cursor.fetchone()[0])


@pytest.fixture
def half_way(tmp_path, held):
    """The command, at the lock, with the file that it reads."""
    new = tmp_path / "new.csv"
    new.write_text(extract_of(school("100000", "New name"), school("100001"), school("100002")))
    command = subprocess.Popen(
        [sys.executable, "manage.py", "import_establishments", str(new)],
        env={**os.environ, "DATABASE_URL": database_url()},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        until = time.monotonic() + WAIT
        while not waiting_for_the_lock():
            assert command.poll() is None, command.stderr.read()
            assert time.monotonic() < until
            time.sleep(0.1)
        yield command, new
    finally:
        command.kill()
        command.communicate()


def test_kill_9(held, half_way):
    command, new = half_way
    rows = list(Establishment.objects.order_by("id").values_list())
    runs = ImportRun.objects.count()
    command.send_signal(signal.SIGKILL)
    command.wait()
    assert list(Establishment.objects.order_by("id").values_list()) == rows
    assert (ImportRun.objects.count(), EstablishmentChange.objects.count()) == (runs, 0)
    assert_free_soon()
    held.rollback()
    call_command("import_establishments", str(new))
    assert Establishment.objects.get(urn="100000").name == "New name"


def assert_free_soon() -> None:
    """Postgres sees by itself that the killed command has gone, though its statement still waits."""
    until = time.monotonic() + WAIT
    while time.monotonic() < until:
        with suppress(locks.ImportBusyError), transaction.atomic():
            return locks.take_or_refuse()
        time.sleep(0.1)
    pytest.fail("The killed import still stands in the way.")


def test_the_database_goes_away(half_way):
    command, _ = half_way
    rows = list(Establishment.objects.order_by("id").values_list())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
            " AND wait_event_type = 'Lock' AND query LIKE 'UPDATE%%'"
        )
    _, said = command.communicate(timeout=WAIT)
    assert said == (
        "CommandError: Nothing was changed. The database failed: terminating connection due to administrator"
        " command. When it is back, run the command again.\n"
    )
    assert command.returncode == 1
    assert list(Establishment.objects.order_by("id").values_list()) == rows
