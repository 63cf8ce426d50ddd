"""Local authorities, and where each outward postcode lies."""

from django.db import models


class LocalAuthority(models.Model):
    code = models.CharField(max_length=3, unique=True, help_text="GIAS code.")
    gss_code = models.CharField("GSS code", max_length=9, unique=True)
    name = models.CharField(max_length=80, unique=True)
    region_code = models.CharField(max_length=9)
    region = models.CharField(max_length=40)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "local authorities"

    def __str__(self) -> str:
        return self.name


class PostcodeArea(models.Model):
    """The middle of the known points in one outward code, to 100 metres: enough for "near SK7"."""

    outward_code = models.CharField(max_length=4, unique=True)
    easting = models.PositiveIntegerField(help_text="British National Grid, metres.")
    northing = models.PositiveIntegerField(help_text="British National Grid, metres.")
    points = models.PositiveIntegerField(help_text="How many known postcodes it was worked out from.")

    class Meta:
        ordering = ["outward_code"]

    def __str__(self) -> str:
        return self.outward_code
