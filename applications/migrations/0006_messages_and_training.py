import datetime

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0005_course_run_of_the_same_course"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("from_applicant", models.BooleanField()),
                ("asks", models.BooleanField(default=False, verbose_name="asks for more information")),
                ("text", models.TextField()),
                ("written_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["written_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="TrainingChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("start_training", "Started the training"),
                            ("defer", "Paused the training"),
                            ("resume", "Went on with the training"),
                            ("leave_training", "Left the training"),
                            ("pass", "Passed"),
                            ("fail", "Did not pass"),
                        ],
                        max_length=20,
                    ),
                ),
                ("on", models.DateField(help_text="The day from which it counts.")),
                ("reason", models.TextField(blank=True, help_text="The applicant reads it word for word.")),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["made_at", "pk"],
            },
        ),
        migrations.AddField(
            model_name="message",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="messages",
                to="applications.application",
            ),
        ),
        migrations.AddField(
            model_name="message",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="trainingchange",
            name="application",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="training",
                to="applications.application",
            ),
        ),
        migrations.AddField(
            model_name="trainingchange",
            name="made_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="message_says_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.CheckConstraint(
                condition=models.Q(("asks", False), ("from_applicant", False), _connector="OR"),
                name="message_only_staff_ask_for_more",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("action__in", ["defer", "fail", "leave_training", "pass", "resume", "start_training"])
                ),
                name="training_change_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("action__in", ["defer", "fail", "leave_training"]), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="training_change_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="trainingchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("on__gte", datetime.date(2017, 1, 1)), ("on__lt", datetime.date(2100, 1, 1))
                ),
                name="training_change_on_a_possible_day",
            ),
        ),
    ]
