"""While a release is rolled out, the one before it still writes rows on the new schema: it must be able to.

Nor may it wait meanwhile: an index of a table that is in use is made beside it (quality figures, 27).
"""

from collections.abc import Iterator

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import models
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import (
    AddField,
    AddIndex,
    CreateModel,
    DeleteModel,
    RemoveField,
    RenameField,
    RenameModel,
    SeparateDatabaseAndState,
)
from django.db.migrations.operations.base import Operation

# The newest of each app before this was asked of migrations; no release had been made.
BEFORE = {
    "accounts": "0009_trn_in_words",
    "applications": "0035_provider_set_ups_in_words",
    "audit": "0005_changes_by_actor",
    "catalogue": "0039_ofsted_and_urn_in_words",
    "funding": "0015_who_asks_for_an_extract",
    "mail": "0006_given_up_and_kinds",
    "npq_portal": "0001_extensions",
    "switches": "0001_initial",
}

# What takes something away, with the reason why the release before does not use it: "app.0031_name what".
NOT_USED_ANY_MORE: dict[str, str] = {}


def in_the_way(migration: Migration) -> Iterator[str]:
    """What the release before would stumble over: "app.name what"."""
    made = {each.name.lower() for each in migration.operations if isinstance(each, CreateModel)}
    for operation in flat(migration.operations):
        match operation:
            case AddIndexConcurrently():
                pass
            case AddIndex() if operation.model_name.lower() not in made:
                yield f"{migration} {operation.model_name} {operation.index.name}: not concurrently"
            case AddField(field=field) if not may_be_left_out(field):
                yield f"{migration} {operation.model_name}.{operation.name}: no db_default, and not null"
            case RemoveField() | RenameField() | DeleteModel() | RenameModel():
                yield f"{migration} {operation.describe()}"


def flat(operations: list[Operation]) -> Iterator[Operation]:
    for operation in operations:
        if isinstance(operation, SeparateDatabaseAndState):
            yield from flat(operation.database_operations)
        else:
            yield operation


def may_be_left_out(field: models.Field) -> bool:
    return field.null or field.has_db_default() or field.many_to_many or field.generated


def test_what_the_release_before_would_stumble_over_is_seen():
    class Planted(Migration):
        operations = [
            AddField("offer", "colour", models.CharField(max_length=9, default="")),
            AddField("offer", "tags", ArrayField(models.TextField(), default=list, db_default=[])),
            AddField("offer", "ended_on", models.DateField(null=True)),
            SeparateDatabaseAndState(database_operations=[RemoveField("offer", "price")]),
            AddIndex("offer", models.Index("price", name="waited_for")),
            AddIndexConcurrently("offer", models.Index("price", name="beside")),
            CreateModel("colour", [("name", models.TextField())]),
            AddIndex("colour", models.Index("name", name="of_a_new_table")),
        ]

    assert list(in_the_way(Planted("0099_planted", "catalogue"))) == [
        "catalogue.0099_planted offer.colour: no db_default, and not null",
        "catalogue.0099_planted Remove field price from offer",
        "catalogue.0099_planted offer waited_for: not concurrently",
    ]


def test_the_release_before_can_write_on_the_new_schema():
    migrations = MigrationLoader(None).disk_migrations
    assert BEFORE.items() <= {app: name for app, name in migrations if BEFORE.get(app) == name}.items()
    newer = [
        migration
        for (app, name), migration in sorted(migrations.items())
        if app in BEFORE and name > BEFORE[app]
    ]
    found = {line for migration in newer for line in in_the_way(migration)}
    assert found == NOT_USED_ANY_MORE.keys(), (
        "give it a db_default; take away only a release after its last use"
    )
