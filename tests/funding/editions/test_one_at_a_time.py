"""Two imports at once, on two real connections: the second is told to wait, and changes nothing."""

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from funding.imports import locks
from funding.models import ImportRun
from tests.factories.catalogue import TermFactory
from tests.funding.editions.making import EVERYTHING, confirm, csv_of, numbers_in_use, preview, urns
from tests.funding.imports.extracts import extract_of, school

pytestmark = pytest.mark.django_db(transaction=True)
FIGURES = (
    "URN,School type,Pupils on roll,Secondary pupils on roll,Pupils eligible for deprivation pupil premium"
)
BUSY = "Another import is running. Wait until it has finished, then try again."


@pytest.fixture
def another_import():
    """One that has begun and is not finished."""
    begun, finish = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            locks.take_or_refuse()
            begun.set()
            finish.wait(20)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert begun.wait(10)
    yield
    finish.set()
    thread.join()


def test_a_confirmation_is_refused(tmp_path, another_import):
    term = TermFactory()
    upload = preview(tmp_path, csv_of(urns(100_000, 3)), term=term)
    with pytest.raises(locks.ImportBusyError, match=BUSY):
        confirm(upload)
    assert numbers_in_use(term) == set()


def test_it_can_be_confirmed_afterwards(tmp_path):
    upload = preview(tmp_path, csv_of(urns(100_000, 3)), term=TermFactory())
    assert confirm(upload, agreed=EVERYTHING).changed


@pytest.mark.parametrize(
    ("command", "content"),
    [
        ("import_establishments", extract_of(school("100000"))),
        ("rank_pupil_premium", f"{FIGURES}\n100000,Mainstream,10,0,9\n"),
    ],
)
def test_a_command_is_refused(tmp_path, another_import, command, content):
    path = tmp_path / "2021_22.csv"
    path.write_text(content)
    with pytest.raises(CommandError, match=f"Nothing was changed. {BUSY}"):
        call_command(command, path)
    assert not ImportRun.objects.exists()
