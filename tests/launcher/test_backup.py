"""Backup and restore: a drill over a database with a row of each kind; and what is refused, in a sentence."""

import stat
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from npq_portal.audit.models import AuditEvent
from npq_portal.launcher import dumping
from tests.databases import drop, make, migrated
from tests.rows import digests
from tests.sweeps.test_migrations import schema
from tests.sweeps.world import make_world


@pytest.fixture
def databases(django_db_setup, django_db_blocker) -> Iterator[tuple[str, str]]:
    """The names of a database with a row of each kind, which the connection leads to, and of an empty one."""
    usual = connection.settings_dict["NAME"]
    full, empty = f"{usual}_full", f"{usual}_empty"
    with django_db_blocker.unblock():
        make(full, template=migrated())
        make(empty, template="template0")
        lead_to(full)
        try:
            make_world()
            yield full, empty
        finally:
            lead_to(usual)
            drop(full)
            drop(empty)


def lead_to(name: str) -> None:
    connection.close()
    connection.settings_dict["NAME"] = name


def counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(
                f"SELECT '{table}', count(*) FROM \"{table}\""
                for table in connection.introspection.table_names()
            )
        )
        return dict(cursor.fetchall())


def next_keys() -> set[tuple[str, int | None]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public'")
        return set(cursor.fetchall())


def run(*words: str | Path) -> str:
    out = StringIO()
    call_command(*map(str, words), stdout=out)
    return out.getvalue()


def test_the_drill(databases, tmp_path):
    """Every table has the same rows afterwards, and the database still refuses what it refused."""
    _, empty = databases
    file = tmp_path / "portal.dump"
    was = counts(), digests(), next_keys(), schema()
    assert sum(was[0].values()) > 50
    assert f"{file} holds the database" in run("backup", file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600

    lead_to(empty)
    assert f"{len(was[0])} tables" in run("restore", file)
    now = counts(), digests(), next_keys(), schema()
    assert now[0] == was[0]
    assert now[1] == was[1]
    assert now[2] == was[2]
    # By name: Postgres writes some conditions with other brackets after it has read them again.
    assert {each[:3] for each in now[3]} == {each[:3] for each in was[3]}
    with pytest.raises(Exception, match="append-only"):
        AuditEvent.objects.update(note="else")

    with pytest.raises(CommandError, match="The database is not empty"):
        run("restore", file)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE catalogue_courserun CASCADE")
    assert digests() != was[1]
    run("restore", file, "--replace")
    assert digests() == was[1]


def test_a_file_that_is_there_is_left(tmp_path, db):
    file = tmp_path / "mine"
    file.write_text("precious")
    with pytest.raises(CommandError, match="is there already"):
        run("backup", file)
    assert file.read_text() == "precious"


def test_a_dump_that_fails_leaves_no_file(tmp_path):
    file = tmp_path / "portal.dump"
    with pytest.raises(dumping.DumpError, match="pg_dump failed, and nothing was done"):
        dumping.dump(file, database={"host": "/nowhere", "dbname": "none"}, server=1)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("text", "told"), [(b"DROP TABLE x;", "is no backup"), (None, "cannot be read")])
def test_what_is_no_backup_is_told(tmp_path, text, told):
    file = tmp_path / "file"
    if text:
        file.write_bytes(text)
    with pytest.raises(dumping.DumpError, match=told):
        dumping.restore(file, database={}, server=15, replace=False)


def test_programs_that_are_missing_or_too_old_are_told(tmp_path, monkeypatch):
    monkeypatch.setenv("PORTAL_PG_BIN", str(tmp_path))
    with pytest.raises(dumping.DumpError, match=r"none that works.*Set PORTAL_PG_BIN"):
        dumping._found("pg_dump", 15)
    program = tmp_path / "pg_dump"
    program.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 14.9'\n")
    program.chmod(0o755)
    with pytest.raises(dumping.DumpError, match=r"The server is Postgres 15; .* has 14"):
        dumping._found("pg_dump", 15)
    assert dumping._found("pg_dump", 14) == program


def test_none_at_all_is_told(monkeypatch):
    monkeypatch.delenv("PORTAL_PG_BIN", raising=False)
    monkeypatch.setattr(dumping, "_folders", lambda program: iter(()))
    with pytest.raises(dumping.DumpError, match="There is no pg_restore here"):
        dumping._found("pg_restore", 15)


def test_a_password_is_no_argument(monkeypatch, tmp_path):
    asked = {}

    def run(command, **options):
        asked.update(command=command, env=options["env"])
        return type("Done", (), {"returncode": 0, "stderr": ""})

    monkeypatch.setattr(dumping, "_found", lambda program, server: Path(program))
    monkeypatch.setattr(dumping.subprocess, "run", run)
    dumping._run("pg_dump", [], {"host": "h", "dbname": "d", "password": "secret"}, 15)
    assert "secret" not in str(asked["command"])
    assert asked["env"]["PGPASSWORD"] == "secret"
