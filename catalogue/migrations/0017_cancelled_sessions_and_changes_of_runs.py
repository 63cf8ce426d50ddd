"""Sessions can be cancelled, a form sent twice adds one run, and what people must be told of a run waits in rows."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0016_version_moves_once_a_commit"),
    ]

    operations = [
        migrations.CreateModel(
            name="RunChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("cancelled", models.BooleanField(default=False, help_text="The whole run was cancelled.")),
                (
                    "lines",
                    models.JSONField(help_text="A sentence for each thing that moved or was cancelled."),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True, help_text="What the staff who did it say to the people on the run."
                    ),
                ),
                ("told_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["-made_at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="courserun",
            name="added_with",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="session",
            name="cancelled",
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name="courserun",
            constraint=models.UniqueConstraint(fields=("added_with",), name="course_run_added_once"),
        ),
        migrations.AddField(
            model_name="runchange",
            name="run",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="changes", to="catalogue.courserun"
            ),
        ),
        migrations.AddIndex(
            model_name="runchange",
            index=models.Index(
                condition=models.Q(("told_at__isnull", True)),
                fields=["made_at"],
                name="run_change_to_be_told",
            ),
        ),
        migrations.AddConstraint(
            model_name="runchange",
            constraint=models.CheckConstraint(
                condition=models.Q(("lines", []), _negated=True), name="run_change_says_something"
            ),
        ),
    ]
