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
from django.db import connection, transaction
from django.test import TransactionTestCase
from psycopg.sql import SQL, Identifier

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = "test_migrated_"
FILLED_BY_MIGRATING = {"django_migrations", "django_content_type", "auth_permission", "switches_switches"}


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
    """After a test that committed, only the tables that hold something are emptied.

    Django truncates every table and fills those that migrating fills again, which lasts longer than most such tests.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda test: empty_tables())
        yield


def empty_tables() -> None:
    tables = {name for name in connection.introspection.table_names() if name not in FILLED_BY_MIGRATING}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT FROM \"{name}\")" for name in tables)
        )
        filled = [name for (name,) in cursor.fetchall()]
        if not filled:
            return
        # Audit rows refuse to be deleted, and other tables would write down that theirs were.
        off, on = (
            "".join(f'ALTER TABLE "{name}" {verb} TRIGGER USER;' for name in filled)
            for verb in ("DISABLE", "ENABLE")
        )
        # All in one statement, after which no row refers to one that is gone.
        deletes = ", ".join(f'table{place} AS (DELETE FROM "{name}")' for place, name in enumerate(filled))
        cursor.execute(f"{off} WITH {deletes} SELECT; SET CONSTRAINTS ALL IMMEDIATE; {on}")


def make(name: str, *, template: str) -> None:
    """A database of that name, as `template` is; one that was left behind is dropped first."""
    drop(name)
    with server() as postgres:
        postgres.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(Identifier(name), Identifier(template)))


def drop(name: str) -> None:
    with server() as postgres:
        postgres.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))


def server() -> psycopg.Connection:
    return psycopg.connect(**{**connection.get_connection_params(), "dbname": "postgres"}, autocommit=True)
