"""What follows from an import beside it, the search and the ranking, whatever happened to the process that imported."""

import signal

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from funding.follow import follow
from funding.imports import locks
from funding.management.commands import import_establishments
from funding.models import Establishment, ImportRun, SearchName
from funding.search import find_workplaces
from funding.tasks import follow_imports
from tests.factories.funding import EstablishmentFactory, ImportRunFactory
from tests.funding.imports.extracts import extract_of, school
from tests.funding.imports.held import WAIT, another_connection, held_up, wait_until_free, waiting


@pytest.fixture
def extract(tmp_path):
    def write(*rows):
        path = tmp_path / "extract.csv"
        path.write_text(extract_of(*rows))
        return str(path)

    return write


@pytest.mark.django_db
def test_an_import_leaves_nothing_to_follow(extract):
    call_command("import_establishments", extract(school("100000")))
    assert not ImportRun.objects.unsearched().exists()


@pytest.mark.django_db
def test_a_dry_run_is_not_followed(extract):
    call_command("import_establishments", extract(school("100000")), "--dry-run")
    assert not SearchName.objects.exists()


@pytest.mark.django_db
def test_other_sources_and_refused_files_are_not_waited_for():
    ImportRunFactory(source="local-authorities")
    ImportRunFactory(source="establishments", refusal="It is empty.")
    assert not ImportRun.objects.unsearched().exists()


@pytest.mark.django_db
def test_once_is_enough():
    EstablishmentFactory()
    ImportRunFactory(source="establishments")
    went_by: list[int] = []
    follow(went_by.append)
    assert sum(went_by) == 1
    with CaptureQueriesContext(connection) as queries:
        follow(went_by.append)
    assert sum(went_by) == 1
    assert not [each["sql"] for each in queries if each["sql"].startswith(("COPY", "UPDATE", "DELETE"))]


@pytest.mark.django_db
def test_the_same_file_again_follows_what_was_left(extract, monkeypatch, capsys):
    path = extract(school("100000", "Kingfisher Academy"))
    monkeypatch.setattr(import_establishments, "follow", lambda step: None)
    call_command("import_establishments", path)
    assert find_workplaces("kingfisher") == []
    monkeypatch.undo()
    call_command("import_establishments", path)
    assert "Nothing was changed: this file is the one in use." in capsys.readouterr().out
    assert [each.urn for each in find_workplaces("kingfisher")] == ["100000"]


@pytest.mark.django_db(transaction=True)
def test_the_queue_leaves_it_to_an_import_that_is_running():
    EstablishmentFactory(name="Kingfisher Academy")
    SearchName.objects.all().delete()
    ImportRunFactory(source="establishments")
    with another_connection() as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [locks.LOCK])
        follow_imports(0)
        assert find_workplaces("kingfisher") == []
    follow_imports(0)
    assert [each.name for each in find_workplaces("kingfisher")] == ["Kingfisher Academy"]


@pytest.fixture
def between_the_two(extract):
    """The command when it has taken the file, and somebody's lock holds up the search."""
    call_command("import_establishments", extract(school("100000", "Kingfisher Academy")))
    with another_connection() as other:
        other.execute("LOCK TABLE funding_searchname IN SHARE MODE")
        with held_up("import_establishments", extract(school("100000", "Heron Academy"))) as command:
            yield command, other


@pytest.mark.django_db(transaction=True)
def test_kill_9_between_the_two(between_the_two):
    command, held = between_the_two
    command.send_signal(signal.SIGKILL)
    command.wait()
    (found,) = find_workplaces("kingfisher")
    assert (found.urn, found.name) == ("100000", "Heron Academy")
    assert find_workplaces("heron") == []
    wait_until_free()
    held.rollback()
    follow_imports(0)
    assert [each.urn for each in find_workplaces("heron")] == ["100000"]
    assert find_workplaces("kingfisher") == []


@pytest.mark.django_db(transaction=True)
def test_the_database_goes_away_between_the_two(between_the_two):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM unnest(%s) AS pid", [waiting()])
    _, said = between_the_two[0].communicate(timeout=WAIT)
    assert said.startswith("CommandError: The file was taken, and the search follows by itself. The database")
    assert Establishment.objects.get().name == "Heron Academy"
    assert ImportRun.objects.unsearched().count() == 1
