"""Postcode areas move to the catalogue, which must tell how far a course is without asking funding."""

from django.db import migrations

FORTH = """
INSERT INTO catalogue_postcodearea (outward_code, easting, northing, points)
  SELECT outward_code, easting, northing, points FROM funding_postcodearea
"""
BACK = """
WITH moved AS (DELETE FROM catalogue_postcodearea RETURNING outward_code, easting, northing, points)
  INSERT INTO funding_postcodearea (outward_code, easting, northing, points) SELECT * FROM moved
"""


class Migration(migrations.Migration):
    dependencies = [("funding", "0009_search_settings"), ("catalogue", "0007_postcode_areas")]

    operations = [
        migrations.RunSQL(FORTH, BACK),
        migrations.DeleteModel(name="PostcodeArea"),
    ]
