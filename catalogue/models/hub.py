"""The teaching school hubs and the districts each serves. Some districts have two hubs."""

from django.db import models


class TeachingSchoolHub(models.Model):
    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=160, unique=True)
    slug = models.SlugField(max_length=160, unique=True)
    lead_school_urn = models.CharField(max_length=7)
    lead_school_name = models.CharField(max_length=160)

    class Meta:
        ordering = ["name"]
        verbose_name = "teaching school hub"

    def __str__(self) -> str:
        return self.name


class HubArea(models.Model):
    hub = models.ForeignKey(TeachingSchoolHub, models.CASCADE, related_name="areas")
    district_code = models.CharField(max_length=9)
    district_name = models.CharField(max_length=80)
    la_code = models.CharField("local authority code", max_length=4)
    la_name = models.CharField("local authority", max_length=80)

    class Meta:
        ordering = ["district_name"]
        constraints = [models.UniqueConstraint(fields=["hub", "district_code"], name="hub_area_once")]

    def __str__(self) -> str:
        return self.district_name
