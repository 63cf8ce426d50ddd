"""The course finder's first pages by start date, without sorting all runs."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0010_middles_of_hub_areas")]

    operations = [
        migrations.AddIndex(
            model_name="courserun",
            index=models.Index(fields=["starts_on", "id"], name="course_run_by_start"),
        ),
    ]
