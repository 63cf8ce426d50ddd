"""`manage.py benchmark`: which measurements there are, how they are printed, and in which database they run."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from npq_portal.management.commands import benchmark
from tests.benchmarks import decisions, scratch

NEEDED = {
    "backup",
    "decisions",
    "finder",
    "importing",
    "checker",
    "ranking",
    "search",
    "pages",
    "queue",
    "figures",
    "registrations",
}


@pytest.fixture
def quick(monkeypatch):
    monkeypatch.setattr(decisions, "STEPS", 1)
    monkeypatch.setattr(decisions, "FOR_EACH_TERM", 5)


def run(*names: str, **options: object) -> str:
    out = StringIO()
    call_command("benchmark", *names, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def test_everything_that_is_asked_for_is_measured():
    subjects = benchmark._subjects()
    assert set(subjects) == NEEDED
    for module in subjects.values():
        assert isinstance(module.TITLE, str)
        assert isinstance(module.USES_DATABASE, bool)
        assert module.STEPS > 0


def test_prints_a_table_with_targets_and_marks(quick):
    lines = run("decisions").splitlines()
    assert lines[1] == "Funding decisions"
    name, measured = lines[2].strip().split("included")
    assert name == "decisions on one core, traces "
    assert "at least 50,000" in measured
    assert measured.split()[-1] in {"pass", "MISSED"}
    assert "of 1 targets met." in lines[-2]
    assert lines[-1] == "No database was used."


def test_writes_json(quick):
    found = json.loads(run("decisions", json=True))
    assert found["database"] is None
    (figure,) = found["figures"]
    assert (figure["benchmark"], figure["unit"], figure["target"]) == ("decisions", "a second", 50_000)
    assert figure["passed"] == (figure["measured"] >= 50_000)


def test_an_unknown_name_is_answered_by_the_known():
    with pytest.raises(
        CommandError,
        match=r"There is no benchmark nope\. There are: backup, checker, decisions, figures, finder",
    ):
        run("nope")


def test_where_tests_are_not_deployed_it_says_so(monkeypatch):
    monkeypatch.setattr(benchmark, "FOLDER", Path("/nowhere"))
    with pytest.raises(CommandError, match=r"not deployed here\. Run this from a checkout\."):
        run("decisions")


def test_without_the_right_to_make_a_database_it_says_what_to_do(monkeypatch):
    monkeypatch.setattr(scratch, "_may_make_databases", lambda: False)
    with pytest.raises(CommandError, match="Set DATABASE_URL to a server where it may"):
        run("ranking")


@pytest.fixture
def without_migrating(monkeypatch):
    """An empty scratch database will do: migrating it takes as long as a hundred tests."""
    monkeypatch.setattr("django.core.management.call_command", lambda *args, **options: None)


def databases() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return {row[0] for row in cursor.fetchall()}


def current() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        return str(cursor.fetchone()[0])


def test_the_scratch_database_is_another_and_is_dropped(transactional_db, without_migrating):
    used = current()
    with scratch.scratch_database() as name:
        assert name.startswith("benchmark_")
        assert current() == name != used
    assert current() == used
    assert name not in databases()


def test_it_is_dropped_when_a_measurement_fails(transactional_db, without_migrating):
    used = current()
    with pytest.raises(RuntimeError), scratch.scratch_database() as name:
        raise RuntimeError
    assert current() == used
    assert name not in databases()
