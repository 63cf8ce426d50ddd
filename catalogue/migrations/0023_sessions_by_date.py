"""The list of all sessions by date, and what clashes on a day, without reading them all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0022_uploads_of_runs"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="session",
            index=models.Index(fields=["on", "starts_at", "id"], name="session_by_date"),
        ),
    ]
