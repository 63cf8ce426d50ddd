"""Where each outward postcode lies: on the map, and in which districts."""

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


class PostcodeDistrict(models.Model):
    """An outward code lies in a district, wholly or in part: as many schools as are known there say so.

    Of a code without a school it is the childcare settings that say so (catalogue/data/README.md).
    """

    outward_code = models.CharField(max_length=4)
    district_code = models.CharField(max_length=9)
    schools = models.PositiveIntegerField(help_text="How many known schools of the code lie in the district.")

    class Meta:
        ordering = ["outward_code", "-schools"]
        constraints = [
            models.UniqueConstraint(fields=["outward_code", "district_code"], name="postcode_district_once")
        ]

    def __str__(self) -> str:
        return f"{self.outward_code} in {self.district_code}"
