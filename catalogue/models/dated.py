"""When a row that public pages show was last written, so that an unchanged page can be answered with 304."""

from django.db import models


class Dated(models.Model):
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
