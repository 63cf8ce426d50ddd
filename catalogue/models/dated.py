"""When a row was last written: staff see it, and a form that was opened before is known by it."""

from django.db import models


class Dated(models.Model):
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
