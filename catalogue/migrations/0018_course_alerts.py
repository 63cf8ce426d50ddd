"""Alerts by e-mail of new courses."""

import uuid

import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0017_cancelled_sessions_and_changes_of_runs"),
    ]

    operations = [
        migrations.CreateModel(
            name="CourseAlert",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("email", models.EmailField(max_length=254)),
                ("search", models.CharField(max_length=2000)),
                ("asked_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("told_at", models.DateTimeField(null=True)),
                ("ends_on", models.DateField(help_text="The last day it may tell of a course.")),
            ],
            options={
                "indexes": [models.Index(fields=["search"], name="course_alert_by_search")],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        models.F("search"),
                        name="course_alert_once_for_an_address",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("search", ""), _negated=True),
                        name="course_alert_searches_for_something",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("told_at__isnull", True), ("confirmed_at__isnull", False), _connector="OR"
                        ),
                        name="course_alert_tells_only_when_confirmed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AlertedRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalogue.courserun",
                    ),
                ),
                (
                    "alert",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="alerted_runs",
                        to="catalogue.coursealert",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("alert", "run"), name="alert_tells_of_a_run_once")
                ],
            },
        ),
    ]
