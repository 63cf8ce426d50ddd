"""Who taught with whom, and course runs of which it is not known how they were taught."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

# See 0006: the version of the catalogue moves with every change of what its pages show.
TRIGGER = """
CREATE CONSTRAINT TRIGGER catalogue_changed AFTER INSERT OR UPDATE OR DELETE ON catalogue_partnership
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION catalogue_changed()
"""


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0019_what_organisations_are_called_and_reached_by")]

    operations = [
        migrations.CreateModel(
            name="Partnership",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True)),
                (
                    "provider",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partnerships",
                        to="catalogue.leadprovider",
                    ),
                ),
                (
                    "hub",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partnerships",
                        to="catalogue.teachingschoolhub",
                    ),
                ),
                (
                    "partner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="partnerships",
                        to="catalogue.deliverypartner",
                    ),
                ),
                (
                    "period",
                    models.CharField(
                        help_text="As known, for example: from November 2021, until January 2023.",
                        max_length=80,
                    ),
                ),
                ("is_past", models.BooleanField(default=False, verbose_name="past")),
                ("text", models.TextField(blank=True, verbose_name="what is known")),
                (
                    "seen_on",
                    models.DateField(help_text="The day this was seen to be true, or was gathered."),
                ),
            ],
            options={
                "ordering": ["is_past", "provider", "period"],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(hub__isnull=False) | Q(partner__isnull=False),
                        name="partnership_is_with_somebody",
                        violation_error_message="Choose a hub, a delivery partner, or both.",
                    ),
                    models.UniqueConstraint(
                        fields=["provider", "hub", "partner", "period"],
                        name="partnership_once_a_period",
                        violation_error_message="This partnership is on record for that period already.",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER catalogue_changed ON catalogue_partnership"),
        migrations.AlterField(
            "courserun",
            "mode",
            models.CharField(
                blank=True,
                choices=[("face_to_face", "Face to face"), ("blended", "Blended"), ("online", "Online")],
                default="blended",
                help_text="Leave empty if not known.",
                max_length=12,
                verbose_name="taught",
            ),
        ),
    ]
