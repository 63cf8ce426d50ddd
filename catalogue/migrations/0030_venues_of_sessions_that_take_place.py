"""A run is taught where its sessions are held: not where one that is cancelled was to be."""

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION catalogue_run_venues() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.postcode <> '' THEN
    DELETE FROM catalogue_runvenue venue
      WHERE venue.run_id = OLD.run_id AND venue.outward_code = split_part(OLD.postcode, ' ', 1)
        AND NOT EXISTS (SELECT FROM catalogue_session other WHERE other.run_id = OLD.run_id
                        AND split_part(other.postcode, ' ', 1) = venue.outward_code{held});
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.postcode <> ''{new_is_held} THEN
    INSERT INTO catalogue_runvenue (run_id, outward_code) VALUES (NEW.run_id, split_part(NEW.postcode, ' ', 1))
      ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $$
"""
OF_HELD = FUNCTION.format(held=" AND NOT other.cancelled", new_is_held=" AND NOT NEW.cancelled")
OF_ALL = FUNCTION.format(held="", new_is_held="")
TRIGGER = """
CREATE OR REPLACE TRIGGER run_venues AFTER INSERT OR DELETE OR UPDATE OF {columns} ON catalogue_session
  FOR EACH ROW EXECUTE FUNCTION catalogue_run_venues()
"""
DROP_CANCELLED = """
DELETE FROM catalogue_runvenue venue
  WHERE NOT EXISTS (SELECT FROM catalogue_session session WHERE session.run_id = venue.run_id
                    AND NOT session.cancelled AND split_part(session.postcode, ' ', 1) = venue.outward_code)
"""
ADD_CANCELLED = """
INSERT INTO catalogue_runvenue (run_id, outward_code)
  SELECT DISTINCT run_id, split_part(postcode, ' ', 1) FROM catalogue_session WHERE postcode <> '' AND cancelled
  ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0029_sessions_lie_within_their_run")]

    operations = [
        migrations.RunSQL(OF_HELD, OF_ALL),
        migrations.RunSQL(
            TRIGGER.format(columns="run_id, postcode, cancelled"), TRIGGER.format(columns="run_id, postcode")
        ),
        migrations.RunSQL(DROP_CANCELLED, ADD_CANCELLED),
    ]
