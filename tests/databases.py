"""The tests' databases: copied from one that is migrated once for each state of the migrations, then kept.

The copy is made by Postgres in a moment, where migrating takes as long as a hundred tests.
"""

import os
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations
from psycopg.sql import SQL, Identifier

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = "test_migrated_"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, django_db_use_migrations: bool, django_db_blocker: Any
) -> None:
    if django_db_use_migrations:
        with django_db_blocker.unblock():
            connection.settings_dict["TEST"]["TEMPLATE"] = migrated()


def migrated() -> str:
    """The name of the database to copy. The first to ask makes it, and whoever asks meanwhile waits."""
    name = TEMPLATE + state_of_migrations()
    parameters = {**connection.get_connection_params(), "dbname": "postgres"}
    with psycopg.connect(**parameters, autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(hashtext(%s))", [TEMPLATE])
        there = {row[0] for row in server.execute("SELECT datname FROM pg_database")}
        if name not in there:
            for outdated in filter(is_outdated, there):
                server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(outdated)))
            unfinished = f"{TEMPLATE}unfinished"
            migrate(unfinished)
            server.execute(SQL("ALTER DATABASE {} RENAME TO {}").format(*map(Identifier, (unfinished, name))))
    return name


def database_url() -> str:
    """The address of a test's own database, for a program that it starts."""
    settings = connection.settings_dict
    base = os.environ["DATABASE_URL"]
    address, _, options = base.partition("?")
    return f"{address.rpartition('/')[0]}/{settings['NAME']}" + (f"?{options}" if options else "")


def state_of_migrations() -> str:
    """Changes with any migration of ours, and with the version of any library that has its own."""
    digest = sha256((ROOT / "uv.lock").read_bytes())
    for path in sorted(ROOT.glob("*/**/migrations/*.py")):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def is_outdated(name: str) -> bool:
    """Copies for earlier migrations, and what a killed run on the embedded server left behind."""
    if name.startswith(TEMPLATE):
        return True
    run = re.match(r"test_portal_(\d+)(_|$)", name)
    return (
        bool(run) and connection.settings_dict["NAME"].startswith("portal_") and not is_running(int(run[1]))
    )


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def migrate(name: str) -> None:
    """Makes the database and applies every migration to it, as Django's own test runner does."""
    test, database = connection.settings_dict["TEST"], connection.settings_dict["NAME"]
    wanted = test["NAME"]
    test["NAME"] = name
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.close()
        test["NAME"] = wanted
        connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = database


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
