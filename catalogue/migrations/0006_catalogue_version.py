"""One row that says whether the catalogue has changed, in place of counting its tables for every visitor."""

import django.db.models
from django.db import migrations, models

TABLES = (
    "courserun",
    "deliverypartner",
    "frameworkedition",
    "frameworksection",
    "hubarea",
    "leadprovider",
    "offer",
    "priceseen",
    "qualification",
    "qualificationfact",
    "session",
    "teachingschoolhub",
    "term",
)
# Deferred, so that the row is held only while a transaction commits: two people who change two course runs do not
# wait for each other, and cannot meet in a deadlock.
FUNCTION = """
CREATE FUNCTION catalogue_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO catalogue_catalogueversion (id, version) VALUES (1, gen_random_uuid())
    ON CONFLICT (id) DO UPDATE SET version = EXCLUDED.version;
  RETURN NULL;
END $$
"""
TRIGGER = """
CREATE CONSTRAINT TRIGGER catalogue_changed AFTER INSERT OR UPDATE OR DELETE ON catalogue_{table}
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION catalogue_changed()
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0005_term_note")]

    operations = [
        migrations.CreateModel(
            name="CatalogueVersion",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("version", models.UUIDField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=django.db.models.Q(("id", 1)), name="catalogue_version_is_one_row"
                    )
                ]
            },
        ),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION catalogue_changed()"),
        *(
            migrations.RunSQL(
                TRIGGER.format(table=table), f"DROP TRIGGER catalogue_changed ON catalogue_{table}"
            )
            for table in TABLES
        ),
    ]
