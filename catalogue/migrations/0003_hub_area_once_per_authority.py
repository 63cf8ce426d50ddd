"""A hub may serve a district for two authorities. Taken back, one row of each such district is kept."""

from django.db import migrations, models

KEEP_ONE = """
DELETE FROM catalogue_hubarea a USING catalogue_hubarea earlier
 WHERE (earlier.hub_id, earlier.district_code) = (a.hub_id, a.district_code) AND earlier.id < a.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_unknown_starts_and_facts_of_frameworks"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="hubarea",
            name="hub_area_once",
        ),
        migrations.RunSQL(migrations.RunSQL.noop, KEEP_ONE),
        migrations.AddConstraint(
            model_name="hubarea",
            constraint=models.UniqueConstraint(
                fields=("hub", "district_code", "la_code"), name="hub_area_once_per_authority"
            ),
        ),
    ]
