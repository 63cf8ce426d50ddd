"""Before the database refuses them: times of sessions that have no date, and days of figures that no year has.

Forms took both. A time goes where nobody knows of which day it is. A price or a number of places that was seen in a
year like 202 was seen, as far as anybody knows, on the day that the run was last saved.
"""

from django.db import migrations

TIMES = """
UPDATE catalogue_session SET starts_at = NULL, ends_at = NULL WHERE "on" IS NULL AND starts_at IS NOT NULL
"""
DAY = """
UPDATE catalogue_courserun SET {column} = (updated_at AT TIME ZONE 'Europe/London')::date
  WHERE {column} NOT BETWEEN '2000-01-01' AND '2099-12-31'
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0026_what_an_alert_knows")]

    operations = [
        migrations.RunSQL(TIMES, migrations.RunSQL.noop),
        *(
            migrations.RunSQL(DAY.format(column=column), migrations.RunSQL.noop)
            for column in ("price_as_of", "places_as_of")
        ),
    ]
