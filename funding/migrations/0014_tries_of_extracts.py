"""An extract at which the portal fails is tried a few times, and then refused: it kept all others out."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("funding", "0013_extracts_that_staff_upload")]
    operations = [
        migrations.AddField(
            model_name="extractupload",
            name="tries",
            field=models.PositiveSmallIntegerField(db_default=0),
        ),
    ]
