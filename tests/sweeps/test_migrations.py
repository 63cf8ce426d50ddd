"""Every change of a model has its migration; every migration can be taken back over rows, and applied again."""

from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module

import psycopg
import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from applications.models import Application
from catalogue.loading import load
from catalogue.models import CourseAlert, CourseRun, PostcodeArea
from npq_portal.management.commands import migrate as migrating
from tests.catalogue.conftest import Counter
from tests.databases import drop, make, migrated
from tests.factories.applications import NOW, ApplicationFactory
from tests.factories.catalogue import CourseAlertFactory
from tests.sweeps.source import APPS
from tests.sweeps.world import make_world

LABELS = {app.label for app in apps.get_app_configs() if app.name.partition(".")[0] in APPS}
SCHEMA = """
    SELECT 'column', table_name, column_name, concat_ws(' ', data_type, is_nullable, column_default)
      FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)
      FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT 'index', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
    UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)
      FROM pg_trigger WHERE NOT tgisinternal
    UNION ALL SELECT 'function', proname, '', md5(prosrc) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL SELECT 'extension', extname, '', extversion FROM pg_extension
"""


@pytest.fixture(scope="module")
def scratch(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The connection leads to a migrated database of these tests' own, with a row of each kind and the real catalogue.

    One for them all, since each comes back to the newest state: the last goes back furthest, over what they left.
    """
    usual = connection.settings_dict["NAME"]
    name = f"{usual}_scratch"
    with django_db_blocker.unblock():
        make(name, template=migrated())
        connection.close()
        connection.settings_dict["NAME"] = name
        try:
            make_world()
            load(Counter())
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = usual
            drop(name)


def schema() -> set[tuple[str, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(SCHEMA)
        return set(cursor.fetchall())


def migrate(*targets: tuple[str, str | None]) -> None:
    MigrationExecutor(connection).migrate(list(targets))


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration():
    call_command("makemigrations", *LABELS, check_changes=True, dry_run=True, verbosity=0)


def test_postcode_areas_change_apps_with_their_rows(scratch):
    PostcodeArea.objects.create(outward_code="SK7", easting=391_000, northing=386_000, points=10)
    migrate(("funding", "0009_search_settings"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT outward_code, easting, northing, points FROM funding_postcodearea")
        assert cursor.fetchall() == [("SK7", 391_000, 386_000, 10)]
    migrate(*MigrationExecutor(connection).loader.graph.leaf_nodes())
    assert PostcodeArea.objects.get().northing == 386_000


def test_what_alerts_know_changes_tables_with_them(scratch):
    run, gone, asked_at = CourseRun.objects.first().pk, 10**9, datetime(2026, 11, 22, 12, tzinfo=UTC)
    CourseAlertFactory(email="asked@example.test")
    CourseAlertFactory(email="on@example.test", confirmed_at=asked_at, known_runs=[run, gone])
    migrate(("catalogue", "0024_other_names_of_districts"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT run_id FROM catalogue_alertedrun")
        assert cursor.fetchall() == [(run,)]
        # As it was before: those who had only asked had rows too.
        cursor.execute(
            "INSERT INTO catalogue_alertedrun (alert_id, run_id)"
            " SELECT id, %s FROM catalogue_coursealert WHERE confirmed_at IS NULL",
            [run],
        )
    migrate(*MigrationExecutor(connection).loader.graph.leaf_nodes())
    known = dict(CourseAlert.objects.values_list("email", "known_runs"))
    assert (known["asked@example.test"], known["on@example.test"]) == ([], [run])


@pytest.mark.django_db
def test_places_that_were_given_back_are_mended():
    given_back = import_module("applications.migrations.0031_places_are_given_back").GIVEN_BACK
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE applications_application DROP CONSTRAINT application_place_while_taken_on"
        )
        reason = {"decision_reason": "No.", "decided_at": NOW}
        had = [
            ApplicationFactory(accepted=True, state=state, funded_place=True, **reason)
            for state in ("rejected", "withdrawn", "accepted", "failed")
        ]
        cursor.execute(given_back)
    assert [Application.objects.get(pk=each.pk).funded_place for each in had] == [None, None, True, True]


def test_every_migration_goes_back_over_rows_and_forward_to_the_same_schema(scratch):
    before = schema()
    newest_go_back_and_forward()
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    migrate(*((label, None) for label in LABELS if any(leaf[0] == label for leaf in leaves)))
    ours = {model._meta.db_table for label in LABELS for model in apps.get_app_config(label).get_models()}
    assert not ours & set(connection.introspection.table_names())
    migrate(*leaves)
    after = schema()
    assert after == before, f"lost: {sorted(before - after)}; new: {sorted(after - before)}"


def test_a_migration_gives_way_to_whoever_uses_its_table(scratch, monkeypatch, capsys):
    monkeypatch.setattr(migrating, "PATIENCE", "50ms")
    monkeypatch.setattr(migrating, "PAUSE_SECONDS", 0.01)
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes("catalogue")
    migrate(("catalogue", "0035_a_change_says_which_save"))
    with psycopg.connect(**connection.get_connection_params()) as reader:
        reader.execute("SELECT FROM catalogue_offer")
        with pytest.raises(CommandError, match="Run migrate again"):
            call_command("migrate", verbosity=0)
        assert capsys.readouterr().err.count("A table is in use") == migrating.TRIES - 1
        reader.rollback()
    call_command("migrate", verbosity=0)
    assert set(leaves) <= set(MigrationExecutor(connection).loader.applied_migrations)
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)


def newest_go_back_and_forward() -> None:
    """What a release does whose code has to be taken back: no row is lost but those of tables that it brought."""
    graph, before = MigrationExecutor(connection).loader.graph, rows()
    parents = [
        parent.key
        for leaf in graph.leaf_nodes()
        for parent in graph.node_map[leaf].parents
        if leaf[0] in LABELS and parent.key[0] == leaf[0]
    ]
    migrate(*parents)
    back = rows()
    assert len(back) > 80
    assert {table: before[table] for table in back} == back
    migrate(*graph.leaf_nodes())
    after = rows()
    assert {table: after[table] for table in back} == back


def rows() -> dict[str, int]:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        each = " UNION ALL ".join(f"SELECT '{table}', count(*) FROM \"{table}\"" for table in sorted(tables))
        cursor.execute(each)
        # Django's own record of what was applied is no row of anybody's.
        return {table: number for table, number in cursor.fetchall() if table != "django_migrations"}
