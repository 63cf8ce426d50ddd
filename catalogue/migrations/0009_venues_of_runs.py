"""The outward codes that a run is taught in, so that the course finder can tell how far away it is."""

import django.db.models.deletion
from django.db import migrations, models

# A row for each outward code that a run's sessions are held in: kept by the database, so that bulk writes, imports and
# removed sessions count.
FUNCTION = """
CREATE FUNCTION catalogue_run_venues() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' AND OLD.postcode <> '' THEN
    DELETE FROM catalogue_runvenue venue
      WHERE venue.run_id = OLD.run_id AND venue.outward_code = split_part(OLD.postcode, ' ', 1)
        AND NOT EXISTS (SELECT FROM catalogue_session other WHERE other.run_id = OLD.run_id
                        AND split_part(other.postcode, ' ', 1) = venue.outward_code);
  END IF;
  IF TG_OP <> 'DELETE' AND NEW.postcode <> '' THEN
    INSERT INTO catalogue_runvenue (run_id, outward_code) VALUES (NEW.run_id, split_part(NEW.postcode, ' ', 1))
      ON CONFLICT DO NOTHING;
  END IF;
  RETURN NULL;
END $$
"""
TRIGGER = """
CREATE TRIGGER run_venues AFTER INSERT OR DELETE OR UPDATE OF run_id, postcode ON catalogue_session
  FOR EACH ROW EXECUTE FUNCTION catalogue_run_venues()
"""
SESSIONS_SO_FAR = """
INSERT INTO catalogue_runvenue (run_id, outward_code)
  SELECT DISTINCT run_id, split_part(postcode, ' ', 1) FROM catalogue_session WHERE postcode <> ''
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0008_days_prices_and_places_of_runs")]

    operations = [
        migrations.CreateModel(
            name="RunVenue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("outward_code", models.CharField(max_length=4)),
                (
                    "run",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="venues",
                        to="catalogue.courserun",
                    ),
                ),
            ],
            options={
                "ordering": ["run", "outward_code"],
                "indexes": [models.Index(fields=["outward_code"], name="run_venue_by_outward_code")],
                "constraints": [
                    models.UniqueConstraint(fields=("run", "outward_code"), name="run_venue_once")
                ],
            },
        ),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION catalogue_run_venues()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER run_venues ON catalogue_session"),
        migrations.RunSQL(SESSIONS_SO_FAR, migrations.RunSQL.noop),
    ]
