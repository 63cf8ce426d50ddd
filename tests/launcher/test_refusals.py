"""What the portal cannot work with is told in one clear line, with what to do, and never a traceback."""

import json
import secrets
import socket
from pathlib import Path

import pytest

from npq_portal.launcher import postgres_programs
from tests.launcher.processes import Holder, Portal, manage

STRONG = {
    "PORTAL_SECRET_KEY": secrets.token_urlsafe(50),
    "PORTAL_ALLOWED_HOSTS": "npq.example.org,127.0.0.1",
    "PORTAL_SMTP_URL": "smtp://mail.example.org:25",
    "PORTAL_CONTACT_EMAIL": "help@npq.example.org",
}


def refusal(done):
    """The one line that a refused command says."""
    assert done.returncode == 1, done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


def test_a_port_in_use(installed):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status, _, complained = Portal(installed, port=port).ended()
    assert status == 1
    assert complained == (
        f"CommandError: 127.0.0.1:{port} cannot be used (Address already in use). "
        "Choose another with --port or --host.\n"
    )


def test_a_host_that_is_not_this_machine(installed):
    line = refusal(manage(installed, "portal", "--host", "no.such.host.invalid"))
    assert "Choose another with --port or --host." in line


def test_a_data_folder_that_is_a_file(data):
    data.write_text("")
    line = refusal(manage(data, "portal"))
    assert "data folder cannot be used" in line
    assert "PORTAL_DATA_DIR" in line


def test_a_data_folder_that_nobody_may_write(data):
    line = refusal(manage(Path("/proc/portal"), "portal"))
    assert "PORTAL_DATA_DIR" in line


@pytest.mark.parametrize("version", ["14.9", "9.6.24"])
def test_a_postgres_that_is_too_old(data, version):
    line = refusal(manage(data, "portal", PORTAL_PG_BIN=str(fake_postgres(data.parent, version))))
    assert version in line
    assert "Postgres 15 or newer" in line


def test_a_folder_with_no_postgres(data):
    data.parent.joinpath("empty").mkdir()
    line = refusal(manage(data, "portal", PORTAL_PG_BIN=str(data.parent / "empty")))
    assert "PORTAL_PG_BIN" in line


def test_programs_that_the_servers_account_may_not_run(data):
    programs = fake_postgres(data.parent, "16.1")
    (programs / "postgres").chmod(0o600)
    line = refusal(manage(data, "portal", PORTAL_PG_BIN=str(programs)))
    assert "PORTAL_PG_BIN" in line


def test_data_made_by_another_postgres(data):
    Holder(data).leave()
    (data / "postgres-development" / "data" / "PG_VERSION").write_text("15\n")
    line = refusal(manage(data, "portal"))
    assert "was made by Postgres 15" in line


def test_no_postgres_installed_at_all(monkeypatch):
    monkeypatch.delenv("PORTAL_PG_BIN", raising=False)
    monkeypatch.setattr(postgres_programs, "find_spec", lambda name: None)
    with pytest.raises(postgres_programs.EmbeddedPostgresError, match="DATABASE_URL"):
        postgres_programs.find_programs(None)


def test_a_database_that_does_not_answer(data):
    done = manage(
        data, "portal", "--port", "0", DATABASE_URL="postgresql://portal:secret-word@127.0.0.1:1/portal"
    )
    line = refusal(done)
    assert "The database does not answer" in line
    assert "secret-word" not in line


@pytest.mark.parametrize("words", [("portal",), ("migrate",), ("check", "--deploy")])
def test_production_without_a_database_of_its_own(data, words):
    line = refusal(manage(data, *words, PORTAL_ENV="production", **STRONG))
    assert "DATABASE_URL is not set" in line
    assert not data.exists()


@pytest.mark.parametrize("secret", ["", "short", "a" * 60, "development-only-key-refused-in-production" * 2])
def test_production_with_a_missing_or_weak_secret(data, secret):
    line = refusal(
        manage(
            data,
            "portal",
            PORTAL_ENV="production",
            DATABASE_URL="postgresql://portal@127.0.0.1:1/portal",
            **STRONG | {"PORTAL_SECRET_KEY": secret},
        )
    )
    assert "PORTAL_SECRET_KEY" in line


@pytest.mark.parametrize("hosts", [",", "*", "npq.example.org,*"])
def test_production_for_every_host_or_none(data, hosts):
    production = {
        "PORTAL_ENV": "production",
        "DATABASE_URL": "postgresql://portal@127.0.0.1:1/portal",
        **STRONG,
    }
    assert "PORTAL_ALLOWED_HOSTS" in refusal(
        manage(data, "check", **production | {"PORTAL_ALLOWED_HOSTS": hosts})
    )


@pytest.mark.parametrize("number", ["-1", "one", "1.5"])
def test_proxies_that_are_no_number(data, number):
    assert "PORTAL_TRUSTED_PROXIES" in refusal(manage(data, "check", PORTAL_TRUSTED_PROXIES=number))


@pytest.mark.parametrize("address", ["sqlite:///x", "nonsense", "mysql://a@b/c", "postgres://a@b:port/c"])
def test_a_database_that_is_no_postgres(data, address):
    line = refusal(manage(data, "check", DATABASE_URL=address))
    assert "DATABASE_URL" in line
    assert "Postgres 15 or newer" in line


@pytest.mark.parametrize("number", ["0", "-1", "two"])
def test_no_workers(data, number):
    done = manage(data, "portal", "--workers", number, DATABASE_URL="postgresql://portal@127.0.0.1:1/portal")
    assert done.returncode == 2
    assert "the number of workers is 1 to 64" in done.stderr
    assert "Traceback" not in done.stderr


def test_production_serves_without_demonstration_people_and_passes_its_own_checks(installed):
    holder = Holder(installed)
    production = {"PORTAL_ENV": "production", "DATABASE_URL": holder.address(), **STRONG}
    checked = manage(installed, "check", "--deploy", "--fail-level", "WARNING", **production)
    assert checked.returncode == 0, checked.stderr
    portal = Portal(installed, **production)
    portal.answers()
    status, said, complained = portal.stop()
    assert status == 0
    # In production each request that was answered has its line, and nothing else was told.
    assert {json.loads(line)["message"] for line in complained.splitlines()} == {"answered"}
    assert "example.test" not in said
    refused = refusal(manage(installed, "create_demo", **production))
    assert "refused in production" in refused
    holder.leave()


def fake_postgres(folder: Path, version: str) -> Path:
    programs = folder / "bin"
    programs.mkdir()
    program = programs / "postgres"
    program.write_text(f"#!/bin/sh\necho 'postgres (PostgreSQL) {version}'\n")
    program.chmod(0o755)
    programs.chmod(0o755)
    return programs
