"""What is noted of a delivery partner is searched, as a lead provider's note is."""

from importlib import import_module

from django.db import migrations

before = import_module("catalogue.migrations.0015_search_entries_are_kept")
WITHOUT = before.ENTRIES.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
WITH = WITHOUT.replace(
    "SELECT id, name::text, '', '' FROM catalogue_deliverypartner",
    "SELECT id, name::text, '', note::text FROM catalogue_deliverypartner",
)
NO_TRIGGER = "DROP TRIGGER search_entries ON catalogue_deliverypartner"
AGAIN = "SELECT catalogue_search_again('partner', ARRAY(SELECT id FROM catalogue_deliverypartner))"


def trigger(columns: str) -> str:
    return str(before.TRIGGER).format(table="deliverypartner", columns=columns)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0024_other_names_of_districts")]

    operations = [
        migrations.RunSQL(
            [WITH, NO_TRIGGER, trigger("name, note"), AGAIN],
            [WITHOUT, NO_TRIGGER, trigger("name"), AGAIN],
        )
    ]
