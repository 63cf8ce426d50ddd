"""The version of the whole catalogue, so that an unchanged page can be answered with 304."""

from django.db import models
from django.db.models import Q


class CatalogueVersionQuerySet(models.QuerySet["CatalogueVersion"]):
    def now(self) -> str:
        """Another text after every committed change of the catalogue; "None" before the first."""
        return str(self.values_list("version", flat=True).first())


class CatalogueVersion(models.Model):
    """One row. The database alone writes it, as the last thing before a change of the catalogue is committed
    (trigger `catalogue_changed`), so that bulk writes, imports and removed rows count, and nobody waits for it
    longer than a commit takes.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    version = models.UUIDField()

    objects = CatalogueVersionQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="catalogue_version_is_one_row")]

    def __str__(self) -> str:
        return str(self.version)
