"""A term may have no known start. Taken back, where every term must have one, a day no term has stands for that."""

from django.db import migrations, models

FORWARDS = "UPDATE catalogue_term SET starts_on = NULL WHERE starts_on = '1900-01-01'"
BACKWARDS = "UPDATE catalogue_term SET starts_on = '1900-01-01' WHERE starts_on IS NULL"


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="qualificationfact",
            name="kind",
            field=models.CharField(
                choices=[
                    ("since", "Since"),
                    ("length", "Length"),
                    ("study", "Study time"),
                    ("assessment", "Assessment"),
                    ("entry", "Who can take it"),
                    ("history", "History"),
                    ("statutory", "What the law says"),
                    ("framework", "About the framework"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="term",
            name="starts_on",
            field=models.DateField(
                blank=True,
                help_text="The first day of the month teaching starts in. Leave empty where it is not known.",
                null=True,
                verbose_name="teaching starts",
            ),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
