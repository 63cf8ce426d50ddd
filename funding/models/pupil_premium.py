"""Pupil premium figures: what the ranking of schools is worked out from."""

from django.db import models
from django.db.models import F, Q


class PupilPremium(models.Model):
    """One school's figures for one financial year, as published. The school may have closed since."""

    urn = models.CharField("URN", max_length=6)
    year = models.CharField(max_length=7, help_text="Financial year, for example 2021-22.")
    school_type = models.CharField(max_length=40)
    roll = models.PositiveIntegerField("pupils on roll")
    secondary_roll = models.PositiveIntegerField("of whom in secondary years")
    eligible = models.PositiveIntegerField("pupils who attract deprivation pupil premium")

    class Meta:
        ordering = ["-year", "urn"]
        verbose_name_plural = "pupil premium"
        constraints = [
            models.UniqueConstraint(fields=["urn", "year"], name="pupil_premium_once_a_year"),
            models.CheckConstraint(
                condition=Q(eligible__lte=F("roll")), name="pupil_premium_eligible_within_roll"
            ),
            models.CheckConstraint(
                condition=Q(secondary_roll__lte=F("roll")), name="pupil_premium_secondary_within_roll"
            ),
            models.CheckConstraint(
                condition=Q(year__regex=r"^20[0-9]{2}-[0-9]{2}$"), name="pupil_premium_year_format"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.urn}, {self.year}"
