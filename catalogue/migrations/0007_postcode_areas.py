"""Where outward postcodes lie belongs to what both courses and schools are found by; funding hands its rows over."""

from django.db import migrations, models

TRIGGER = """
CREATE CONSTRAINT TRIGGER catalogue_changed AFTER INSERT OR UPDATE OR DELETE ON catalogue_postcodearea
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION catalogue_changed()
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0006_catalogue_version")]

    operations = [
        migrations.CreateModel(
            name="PostcodeArea",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("outward_code", models.CharField(max_length=4, unique=True)),
                ("easting", models.PositiveIntegerField(help_text="British National Grid, metres.")),
                ("northing", models.PositiveIntegerField(help_text="British National Grid, metres.")),
                (
                    "points",
                    models.PositiveIntegerField(help_text="How many known postcodes it was worked out from."),
                ),
            ],
            options={
                "ordering": ["outward_code"],
            },
        ),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER catalogue_changed ON catalogue_postcodearea"),
    ]
