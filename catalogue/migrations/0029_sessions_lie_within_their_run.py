"""No session is held outside its run's dates; one that is cancelled, or has no date, may be anywhere.

The two dates are a run's and the day is a session's, and no constraint looks at two tables. A composite foreign key
would: with the run's dates repeated on every session, as a third truth to keep. A trigger repeats nothing. It looks
when the transaction ends, as a run and its sessions are saved one after the other, and both may move.
"""

from django.db import migrations

# FOR SHARE waits for whoever is moving the run's dates and then sees them; and who moves them after waits for us, and
# sees our session. Without it two people could each look before the other has saved.
FUNCTION = """
CREATE FUNCTION catalogue_session_within_its_run() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  run catalogue_courserun;
  key bigint;
BEGIN
  IF TG_TABLE_NAME = 'catalogue_session' THEN key := NEW.run_id; ELSE key := NEW.id; END IF;
  SELECT * INTO run FROM catalogue_courserun WHERE id = key FOR SHARE;
  IF EXISTS (SELECT FROM catalogue_session session
             WHERE session.run_id = key AND session."on" IS NOT NULL AND NOT session.cancelled
               AND (run.starts_on IS NULL OR session."on" < run.starts_on OR session."on" > run.ends_on)) THEN
    RAISE EXCEPTION 'a session lies outside the dates of course run %, against session_within_its_run', key
      USING ERRCODE = 'check_violation', CONSTRAINT = 'session_within_its_run';
  END IF;
  RETURN NULL;
END $$
"""
OF_SESSIONS = """
CREATE CONSTRAINT TRIGGER session_within_its_run AFTER INSERT OR UPDATE OF run_id, "on", cancelled ON catalogue_session
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW."on" IS NOT NULL AND NOT NEW.cancelled)
  EXECUTE FUNCTION catalogue_session_within_its_run()
"""
OF_RUNS = """
CREATE CONSTRAINT TRIGGER session_within_its_run AFTER UPDATE OF starts_on, ends_on ON catalogue_courserun
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.starts_on IS DISTINCT FROM NEW.starts_on OR OLD.ends_on IS DISTINCT FROM NEW.ends_on)
  EXECUTE FUNCTION catalogue_session_within_its_run()
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0028_what_a_run_and_a_session_cannot_be")]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION catalogue_session_within_its_run()"),
        migrations.RunSQL(OF_SESSIONS, "DROP TRIGGER session_within_its_run ON catalogue_session"),
        migrations.RunSQL(OF_RUNS, "DROP TRIGGER session_within_its_run ON catalogue_courserun"),
    ]
