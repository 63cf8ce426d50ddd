"""The ranking of schools by pupil premium that the portal works out itself; see funding.ranking."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from funding.models.eligibility_list import ListEdition


class RankingQuerySet(models.QuerySet["Ranking"]):
    def in_use(self) -> Self:
        """The one that pages show, as nothing or one row: of the newest year, the one worked out last."""
        return self.order_by("-year", "-worked_out_at", "-id")[:1]


class Ranking(models.Model):
    """One ranking of all schools, with the computed edition that its top half makes. Never edited: other
    figures or other schools make another ranking.

    `threshold` is the lowest share in the top half. `histogram` counts the schools in bands of equal width
    from 0 to 1, a share on a border in the upper band, and 1 in the last. `sources` says which ImportRun
    of each source it was worked out from.
    """

    edition = models.OneToOneField(ListEdition, models.PROTECT, related_name="ranking")
    year = models.CharField(max_length=7, help_text="Financial year of the figures, for example 2021-22.")
    population = models.PositiveIntegerField(help_text="How many schools are ranked.")
    figures = models.PositiveIntegerField(help_text="How many schools' figures they are the figures of.")
    threshold = models.FloatField(help_text="The lowest share in the top half, from 0 to 1.")
    histogram = ArrayField(models.PositiveIntegerField(), help_text="Schools in each band of shares.")
    sources = models.JSONField(default=dict, help_text="The import run of each source.")
    worked_out_at = models.DateTimeField(db_default=models.functions.Now(), editable=False)

    objects = RankingQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-worked_out_at"]
        constraints = [
            models.CheckConstraint(condition=Q(population__gt=0), name="ranking_of_some_school"),
            models.CheckConstraint(
                condition=Q(threshold__gte=0, threshold__lte=1), name="ranking_threshold_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(year__regex=r"^20[0-9]{2}-[0-9]{2}$"), name="ranking_year_format"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.population} schools by pupil premium, {self.year}"


class RankedSchool(models.Model):
    """One school's place. `figures_of` are the URNs whose figures it has: its own, or those of the schools
    that it followed, added up.
    """

    ranking = models.ForeignKey(Ranking, models.CASCADE, related_name="schools")
    urn = models.CharField("URN", max_length=6)
    figures_of = ArrayField(models.CharField(max_length=6))
    roll = models.PositiveIntegerField("pupils on roll")
    eligible = models.PositiveIntegerField("pupils who attract deprivation pupil premium")
    share = models.FloatField(help_text="Eligible pupils of those on roll, from 0 to 1.")
    rank = models.PositiveIntegerField(help_text="1 is the largest share; equal shares have the same rank.")
    percent_rank = models.FloatField(
        help_text="The part of the other schools with a larger share: 0 is the top, under 0.5 the top half."
    )

    class Meta:
        ordering = ["ranking", "rank", "urn"]
        constraints = [
            models.UniqueConstraint(fields=["ranking", "urn"], name="ranked_school_once"),
            models.CheckConstraint(condition=Q(roll__gt=0), name="ranked_school_has_pupils"),
            models.CheckConstraint(
                condition=Q(eligible__lte=F("roll")), name="ranked_school_eligible_within_roll"
            ),
            models.CheckConstraint(condition=Q(rank__gte=1), name="ranked_school_rank_from_one"),
            models.CheckConstraint(
                condition=Q(percent_rank__gte=0, percent_rank__lte=1), name="ranked_school_percent_is_a_part"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.urn}: {self.rank}"
