"""The runs an alert tells of no more are in its own row, and none are held before it is confirmed."""

import django.contrib.postgres.fields
from django.db import migrations, models

INTO_THE_ALERTS = """
    UPDATE catalogue_coursealert alert
       SET known_runs = ARRAY(SELECT run_id FROM catalogue_alertedrun WHERE alert_id = alert.id ORDER BY run_id)
     WHERE confirmed_at IS NOT NULL
"""
# A run that is gone has no row to go back to, and needs none.
INTO_ROWS = """
    INSERT INTO catalogue_alertedrun (alert_id, run_id)
    SELECT alert.id, run.id FROM catalogue_coursealert alert JOIN catalogue_courserun run ON run.id = ANY(known_runs)
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0025_notes_of_partners_are_searched")]

    operations = [
        migrations.AddField(
            model_name="coursealert",
            name="known_runs",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                default=list,
                help_text="The runs it tells of no more: they were there when it was confirmed, or have been told.",
                size=None,
            ),
        ),
        migrations.RunSQL(INTO_THE_ALERTS, INTO_ROWS),
        migrations.AddConstraint(
            model_name="coursealert",
            constraint=models.CheckConstraint(
                condition=models.Q(("known_runs", []), ("confirmed_at__isnull", False), _connector="OR"),
                name="course_alert_knows_runs_only_when_confirmed",
            ),
        ),
        migrations.DeleteModel(name="AlertedRun"),
    ]
