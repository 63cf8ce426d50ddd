"""The numbered statements of a framework's sections; sections may change places within one transaction."""

import django.db.models.deletion
from django.db import migrations, models

VERSION_MOVES = """
CREATE CONSTRAINT TRIGGER catalogue_changed AFTER INSERT OR UPDATE OR DELETE ON catalogue_frameworkstatement
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION catalogue_changed()
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0011_course_runs_by_start")]

    operations = [
        migrations.RemoveConstraint("frameworksection", "framework_section_position_unique"),
        migrations.AddConstraint(
            "frameworksection",
            models.UniqueConstraint(
                fields=("qualification", "position"),
                name="framework_section_position_unique",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ),
        migrations.CreateModel(
            name="FrameworkStatement",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("learn_that", "Learn that"), ("learn_how_to", "Learn how to")],
                        max_length=12,
                    ),
                ),
                (
                    "number",
                    models.CharField(help_text="As it is printed, for example 2.14.", max_length=12),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(help_text="Its place in the file it was loaded from."),
                ),
                ("text", models.TextField()),
                (
                    "edition",
                    models.ForeignKey(
                        help_text="Empty where no edition of the framework is known.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="catalogue.frameworkedition",
                    ),
                ),
                (
                    "section",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="statements",
                        to="catalogue.frameworksection",
                    ),
                ),
            ],
            options={
                "ordering": ["section", "position"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("section", "edition", "kind", "number"),
                        name="framework_statement_number_unique",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("number__regex", r"^\d{1,3}(\.\d{1,3}){0,2}[a-z]?$")),
                        name="framework_statement_number_is_plain",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text__regex", r"\S")), name="framework_statement_has_text"
                    ),
                ],
            },
        ),
        migrations.RunSQL(VERSION_MOVES, "DROP TRIGGER catalogue_changed ON catalogue_frameworkstatement"),
    ]
