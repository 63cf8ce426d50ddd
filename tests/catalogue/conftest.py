from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction

from catalogue.finder import index
from catalogue.loading import load

DAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


class Counter:
    """A progress bar that nobody watches."""

    total = 0
    done = 0

    def update(self, n=1):
        self.done += n


@contextmanager
def real_catalogue():
    """Loaded for several tests, and gone after them. What one of them writes is undone after it."""
    with transaction.atomic():
        load(Counter())
        with connection.cursor() as cursor:
            # What waits for the commit is checked here and once, not at the end of each test.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def catalogue(django_db_setup, django_db_blocker):
    """The real catalogue, as the data files give it: loaded once for a file all of whose tests want it.

    A file that wants it for some tests only takes `loaded`.
    """
    with django_db_blocker.unblock(), real_catalogue():
        yield


@pytest.fixture
def loaded(db):
    """The real catalogue, as the data files give it. Gives how far loading came."""
    progress = Counter()
    load(progress)
    return progress


@pytest.fixture
def version_moves_at_once(db):
    """A test's transaction never commits, which is when the catalogue's version moves."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


@pytest.fixture
def today(monkeypatch):
    """The day that pages are shown on; call it to change the day."""

    def set_day(day):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda value=None, timezone=None: day)

    set_day(DAY)
    return set_day


@pytest.fixture(autouse=True)
def fresh_index(monkeypatch):
    """The finder's index is read each time: a test's own changes are not committed, so they make no new version."""
    monkeypatch.setattr(index, "KEPT", 0)
