"""Accredited providers of initial teacher training: whose lead mentors may be funded."""

from django.db import models


class IttProvider(models.Model):
    legal_name = models.CharField(max_length=160, unique=True)
    operating_name = models.CharField(max_length=160)
    approved = models.BooleanField(default=True, help_text="Whether it is on the accredited list in use.")

    class Meta:
        ordering = ["legal_name"]
        verbose_name = "accredited ITT provider"

    def __str__(self) -> str:
        return self.legal_name
