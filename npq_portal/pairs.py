"""Two rows of one table that staff looked at side by side and found to be two: said once, whichever is named first.

A model of such pairs has the foreign keys `one`, of the lower primary key, and `other`, the constraints below, and a
PairQuerySet.
"""

from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

M = TypeVar("M", bound=models.Model)
R = TypeVar("R", bound=models.Model)


class PairQuerySet(models.QuerySet[M]):
    def of(self, row: models.Model) -> Self:
        return self.filter(Q(one=row.pk) | Q(other=row.pk))

    def between(self, one: models.Model, other: models.Model) -> Self:
        return self.of(one).of(other)


def in_order(one: R, other: R) -> tuple[R, R]:
    """As a pair keeps them."""
    return (one, other) if one.pk < other.pk else (other, one)


def constraints(name: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(condition=Q(one__lt=F("other")), name=f"{name}_in_order"),
        models.UniqueConstraint(fields=["one", "other"], name=f"{name}_once"),
    ]
