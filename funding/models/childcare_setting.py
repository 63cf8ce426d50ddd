"""Nurseries and other childcare that Ofsted registers."""

from django.db import models
from django.db.models import Q


class ChildcareSetting(models.Model):
    """A registered setting, by Ofsted's URN: six or seven digits, or two letters and six digits ("EY101465").

    Ofsted's numbers are not GIAS's, and the same number may be a nursery here and a school there. Nothing may
    look from one to the other by the bare number.
    """

    ofsted_urn = models.CharField("Ofsted URN", max_length=9)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=60, blank=True, help_text="Ofsted's provider subtype.")
    town = models.CharField(max_length=60, blank=True)
    postcode = models.CharField(max_length=8, blank=True, help_text="Empty where Ofsted keeps it private.")
    la_name = models.CharField("local authority", max_length=80)
    region = models.CharField(max_length=40)
    places = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["name", "ofsted_urn"]
        constraints = [
            models.UniqueConstraint(fields=["ofsted_urn"], name="childcare_ofsted_urn_unique"),
            models.CheckConstraint(
                condition=Q(ofsted_urn__regex=r"^[A-Z]{0,2}[0-9]{6,7}$"), name="childcare_ofsted_urn_format"
            ),
        ]

    def __str__(self) -> str:
        return self.name
