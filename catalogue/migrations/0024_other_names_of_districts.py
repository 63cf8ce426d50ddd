"""Names that people still call a district by: those that were merged into it, and parts of its own."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0023_sessions_by_date")]

    operations = [
        migrations.AddField(
            model_name="hubarea",
            name="other_names",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=80),
                blank=True,
                default=list,
                help_text="Districts that were merged into it, and parts of its name that people call it by.",
                size=None,
            ),
        )
    ]
