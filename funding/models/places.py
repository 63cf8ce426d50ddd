"""Local authorities."""

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
