"""Where each outward postcode lies."""

from django.db import models


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
