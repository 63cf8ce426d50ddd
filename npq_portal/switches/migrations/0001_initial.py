"""The switches, and their one row: registration is open, and there is no banner."""

from django.db import migrations, models


def make_row(apps, schema_editor):
    apps.get_model("switches", "Switches").objects.create(pk=1)


class Migration(migrations.Migration):
    initial = True
    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.CreateModel(
            name="Switches",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(
                        default=1, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("registration_open", models.BooleanField(default=True)),
                ("closed_words", models.CharField(blank=True, max_length=300)),
                ("banner", models.CharField(blank=True, max_length=300)),
                ("banner_from", models.DateTimeField(blank=True, null=True)),
                ("banner_until", models.DateTimeField(blank=True, null=True)),
                ("changed_at", models.DateTimeField(editable=False, null=True)),
            ],
            options={
                "verbose_name": "switches",
                "verbose_name_plural": "switches",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="switches_are_one_row"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("registration_open", True),
                            models.Q(("closed_words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="closed_registration_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("banner", ""), ("banner_from", None), ("banner_until", None)),
                            models.Q(
                                models.Q(("banner", ""), _negated=True),
                                ("banner_from__isnull", False),
                                ("banner_until__gt", models.F("banner_from")),
                            ),
                            _connector="OR",
                        ),
                        name="banner_has_a_time_and_ends_after_it_begins",
                    ),
                ],
            },
        ),
        migrations.RunPython(make_row, migrations.RunPython.noop),
    ]
