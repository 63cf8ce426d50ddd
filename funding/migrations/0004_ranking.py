"""Rankings of schools by pupil premium that the portal works out itself, each with its computed edition."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("funding", "0003_search_text_without_synonyms"),
    ]

    operations = [
        migrations.CreateModel(
            name="Ranking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "year",
                    models.CharField(
                        help_text="Financial year of the figures, for example 2021-22.", max_length=7
                    ),
                ),
                ("population", models.PositiveIntegerField(help_text="How many schools are ranked.")),
                (
                    "figures",
                    models.PositiveIntegerField(
                        help_text="How many schools' figures they are the figures of."
                    ),
                ),
                ("threshold", models.FloatField(help_text="The lowest share in the top half, from 0 to 1.")),
                (
                    "histogram",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(),
                        help_text="Schools in each band of shares.",
                        size=None,
                    ),
                ),
                ("sources", models.JSONField(default=dict, help_text="The import run of each source.")),
                (
                    "worked_out_at",
                    models.DateTimeField(
                        db_default=django.db.models.functions.datetime.Now(), editable=False
                    ),
                ),
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ranking",
                        to="funding.listedition",
                    ),
                ),
            ],
            options={
                "ordering": ["-year", "-worked_out_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("population__gt", 0)), name="ranking_of_some_school"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("threshold__gte", 0), ("threshold__lte", 1)),
                        name="ranking_threshold_is_a_share",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("year__regex", "^20[0-9]{2}-[0-9]{2}$")),
                        name="ranking_year_format",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RankedSchool",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("urn", models.CharField(max_length=6, verbose_name="URN")),
                (
                    "figures_of",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=6), size=None
                    ),
                ),
                ("roll", models.PositiveIntegerField(verbose_name="pupils on roll")),
                (
                    "eligible",
                    models.PositiveIntegerField(verbose_name="pupils who attract deprivation pupil premium"),
                ),
                ("share", models.FloatField(help_text="Eligible pupils of those on roll, from 0 to 1.")),
                (
                    "rank",
                    models.PositiveIntegerField(
                        help_text="1 is the largest share; equal shares have the same rank."
                    ),
                ),
                (
                    "percent_rank",
                    models.FloatField(
                        help_text="The part of the other schools with a larger share: 0 is the top, under 0.5 the top half."
                    ),
                ),
                (
                    "ranking",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="schools",
                        to="funding.ranking",
                    ),
                ),
            ],
            options={
                "ordering": ["ranking", "rank", "urn"],
                "constraints": [
                    models.UniqueConstraint(fields=("ranking", "urn"), name="ranked_school_once"),
                    models.CheckConstraint(
                        condition=models.Q(("roll__gt", 0)), name="ranked_school_has_pupils"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("eligible__lte", models.F("roll"))),
                        name="ranked_school_eligible_within_roll",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rank__gte", 1)), name="ranked_school_rank_from_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("percent_rank__gte", 0), ("percent_rank__lte", 1)),
                        name="ranked_school_percent_is_a_part",
                    ),
                ],
            },
        ),
    ]
