"""The person at the applicant's workplace who stands behind the application."""

from django.db import models
from django.db.models import Q

from applications.models.application import Application


class Sponsor(models.Model):
    application = models.OneToOneField(Application, models.CASCADE, related_name="sponsor")
    name = models.CharField(max_length=200)
    email = models.EmailField("e-mail address")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(email=""), name="sponsor_has_a_name_and_an_address"
            )
        ]

    def __str__(self) -> str:
        return self.name
