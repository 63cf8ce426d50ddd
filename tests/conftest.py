"""Fixtures for every test. The database is started before this is read, by npq_portal.pytest_plugin."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db.backends.postgresql.operations import DatabaseOperations

pytest_plugins = ["tests.browser"]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """Lets Django empty the tables after a live-server test: audit rows refuse it to all others."""
    from npq_portal.audit.models import AuditEvent

    table = AuditEvent._meta.db_table
    empty = DatabaseOperations.sql_flush

    def sql_flush(self, *arguments, **options):
        statements = empty(self, *arguments, **options)
        return [
            f'ALTER TABLE "{table}" DISABLE TRIGGER USER',
            *statements,
            f'ALTER TABLE "{table}" ENABLE TRIGGER USER',
        ]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", sql_flush)
        yield


@pytest.fixture(autouse=True)
def empty_cache():
    """allauth counts tries in the cache, which outlives a test."""
    cache.clear()
