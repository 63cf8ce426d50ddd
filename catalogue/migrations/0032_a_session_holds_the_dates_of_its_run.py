"""Who writes a session waits for whoever moves its run's dates, and the other way round, when they write.

Waiting came at the end of the transaction, after the row of the catalogue's version was taken: two who wrote a run and
its session past each other, not by the verbs, each waited for the other, and Postgres ended one of them.
"""

from django.db import migrations

HOLDS = """
CREATE FUNCTION catalogue_session_holds_its_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM catalogue_courserun WHERE id = NEW.run_id FOR SHARE;
  RETURN NULL;
END $$
"""
TRIGGER = """
CREATE TRIGGER session_holds_its_run AFTER INSERT OR UPDATE OF run_id, "on", cancelled ON catalogue_session
  FOR EACH ROW WHEN (NEW."on" IS NOT NULL AND NOT NEW.cancelled)
  EXECUTE FUNCTION catalogue_session_holds_its_run()
"""
WITHIN = """
CREATE OR REPLACE FUNCTION catalogue_session_within_its_run() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  run catalogue_courserun;
  key bigint;
BEGIN
  IF TG_TABLE_NAME = 'catalogue_session' THEN key := NEW.run_id; ELSE key := NEW.id; END IF;
  SELECT * INTO run FROM catalogue_courserun WHERE id = key{lock};
  IF EXISTS (SELECT FROM catalogue_session session
             WHERE session.run_id = key AND session."on" IS NOT NULL AND NOT session.cancelled
               AND (run.starts_on IS NULL OR session."on" < run.starts_on OR session."on" > run.ends_on)) THEN
    RAISE EXCEPTION 'a session lies outside the dates of course run %, against session_within_its_run', key
      USING ERRCODE = 'check_violation', CONSTRAINT = 'session_within_its_run';
  END IF;
  RETURN NULL;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0031_ofsted_grades_are_searched")]

    operations = [
        migrations.RunSQL(HOLDS, "DROP FUNCTION catalogue_session_holds_its_run()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER session_holds_its_run ON catalogue_session"),
        migrations.RunSQL(WITHIN.format(lock=""), WITHIN.format(lock=" FOR SHARE")),
    ]
