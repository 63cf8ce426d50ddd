"""An import that is killed half-way leaves nothing that anybody can see, and nothing that stops the next one."""

import signal

import pytest
from django.core.management import call_command
from django.db import connection

from funding.models import Establishment, EstablishmentChange, ImportRun
from tests.funding.imports.extracts import extract_of, school
from tests.funding.imports.held import WAIT, another_connection, held_up, wait_until_free, waiting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def held(tmp_path):
    """One school is locked by somebody else, so that an import that changes it gets that far and no further."""
    old = tmp_path / "old.csv"
    old.write_text(extract_of(school("100000", "Old name"), school("100001")))
    call_command("import_establishments", str(old))
    with another_connection() as other:
        other.execute("SELECT 1 FROM funding_establishment WHERE urn = '100000' FOR UPDATE")
        yield other


@pytest.fixture
def half_way(tmp_path, held):
    """The command, at the lock, with the file that it reads."""
    new = tmp_path / "new.csv"
    new.write_text(extract_of(school("100000", "New name"), school("100001"), school("100002")))
    with held_up("import_establishments", str(new)) as command:
        yield command, new


def test_kill_9(held, half_way):
    command, new = half_way
    rows = list(Establishment.objects.order_by("id").values_list())
    runs = ImportRun.objects.count()
    command.send_signal(signal.SIGKILL)
    command.wait()
    assert list(Establishment.objects.order_by("id").values_list()) == rows
    assert (ImportRun.objects.count(), EstablishmentChange.objects.count()) == (runs, 0)
    wait_until_free()
    held.rollback()
    call_command("import_establishments", str(new))
    assert Establishment.objects.get(urn="100000").name == "New name"


def test_the_database_goes_away(half_way):
    command, _ = half_way
    rows = list(Establishment.objects.order_by("id").values_list())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM unnest(%s) AS pid", [waiting()])
    _, said = command.communicate(timeout=WAIT)
    assert said == (
        "CommandError: Nothing was changed. The database failed: terminating connection due to administrator"
        " command. When it is back, run the command again.\n"
    )
    assert command.returncode == 1
    assert list(Establishment.objects.order_by("id").values_list()) == rows
