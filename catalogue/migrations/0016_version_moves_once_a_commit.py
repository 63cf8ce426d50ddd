"""The catalogue's version moves once for all the rows that one statement, or one commit, has changed.

The deferred triggers of a transaction run in its COMMIT, one for each changed row: to write the same row again for each
takes ever longer the more there are (minutes for 20,000 runs with 80,000 sessions, in place of seconds).
"""

from django.db import migrations

# The setting lasts as long as what it speaks of: both are gone if the transaction, or its savepoint, is rolled back.
ONCE = """
CREATE OR REPLACE FUNCTION catalogue_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE this_statement text := statement_timestamp()::text;
BEGIN
  IF current_setting('portal.catalogue_moved_at', true) IS DISTINCT FROM this_statement THEN
    INSERT INTO catalogue_catalogueversion (id, version) VALUES (1, gen_random_uuid())
      ON CONFLICT (id) DO UPDATE SET version = EXCLUDED.version;
    PERFORM set_config('portal.catalogue_moved_at', this_statement, true);
  END IF;
  RETURN NULL;
END $$
"""
FOR_EACH_ROW = """
CREATE OR REPLACE FUNCTION catalogue_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO catalogue_catalogueversion (id, version) VALUES (1, gen_random_uuid())
    ON CONFLICT (id) DO UPDATE SET version = EXCLUDED.version;
  RETURN NULL;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0015_search_entries_are_kept")]

    operations = [migrations.RunSQL(ONCE, FOR_EACH_ROW)]
