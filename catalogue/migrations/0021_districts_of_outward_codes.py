"""In which districts an outward code lies, so that a postcode leads to its hub."""

from django.db import migrations, models

# See 0006: the version of the catalogue moves with every change of what its pages show.
TRIGGER = """
CREATE CONSTRAINT TRIGGER catalogue_changed AFTER INSERT OR UPDATE OR DELETE ON catalogue_postcodedistrict
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION catalogue_changed()
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0020_partnerships")]

    operations = [
        migrations.CreateModel(
            name="PostcodeDistrict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("outward_code", models.CharField(max_length=4)),
                ("district_code", models.CharField(max_length=9)),
                (
                    "schools",
                    models.PositiveIntegerField(
                        help_text="How many known schools of the code lie in the district."
                    ),
                ),
            ],
            options={
                "ordering": ["outward_code", "-schools"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["outward_code", "district_code"], name="postcode_district_once"
                    )
                ],
            },
        ),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER catalogue_changed ON catalogue_postcodedistrict"),
    ]
