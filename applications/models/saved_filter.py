"""The filters of the queue that somebody uses again and again. Nobody sees another's."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from npq_portal.accounts.models import User

LONGEST_NAME = 60
LONGEST_QUERY = 1_000


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    def of(self, user: "User") -> Self:
        return self.filter(owner=user)


class SavedFilter(models.Model):
    """`query` is the part of the queue's address after "?", of filters alone: what was searched for may be a name."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_filters")
    name = models.CharField(max_length=LONGEST_NAME)
    query = models.CharField(max_length=LONGEST_QUERY)
    saved_at = models.DateTimeField()

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="saved_filter_name_once_per_person"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(query=""), name="saved_filter_says_something"),
        ]

    def __str__(self) -> str:
        return self.name
