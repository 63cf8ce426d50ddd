"""What Ofsted said of a lead provider is searched: its page shows it."""

from importlib import import_module

from django.db import migrations

first = import_module("catalogue.migrations.0015_search_entries_are_kept")
before = import_module("catalogue.migrations.0025_notes_of_partners_are_searched")
WITHOUT = before.WITH
WITH = WITHOUT.replace(
    "SELECT id, name::text, '', note::text FROM catalogue_leadprovider",
    "SELECT id, name::text, '', concat_ws(' ', note, 'Ofsted: ' || nullif(ofsted_grade, '') || '.')"
    " FROM catalogue_leadprovider",
)
NO_TRIGGER = "DROP TRIGGER search_entries ON catalogue_leadprovider"
AGAIN = "SELECT catalogue_search_again('provider', ARRAY(SELECT id FROM catalogue_leadprovider))"


def trigger(columns: str) -> str:
    return str(first.TRIGGER).format(table="leadprovider", columns=columns)


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0030_venues_of_sessions_that_take_place")]

    operations = [
        migrations.RunSQL(
            [WITH, NO_TRIGGER, trigger("name, note, ofsted_grade"), AGAIN],
            [WITHOUT, NO_TRIGGER, trigger("name, note"), AGAIN],
        )
    ]
