"""What portal staff turn on and off without a release: whether anybody may register, and the maintenance banner."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q, Subquery


@dataclass(frozen=True, slots=True)
class Notices:
    """What every page says at one moment: the banner's text, and the words about closed registration; "" for none."""

    banner: str = ""
    closed: str = ""


class SwitchesQuerySet(models.QuerySet["Switches"]):
    def now(self, **beside: models.QuerySet[Any]) -> "Switches":
        """The switches, in one query, with what else is wanted in the same one as attributes: of each
        query in `beside`, which asks for one value, the first.

        As they were first, where there is no row: a database that was emptied has open registration and no banner.
        """
        asked = {name: Subquery(values[:1]) for name, values in beside.items()}
        row = self.annotate(**asked).first()
        if row is None:
            row = Switches()
            for name, values in beside.items():
                found = values.first() or {"": None}
                setattr(row, name, next(iter(found.values())))
        return row

    def closing(self) -> Self:
        """The row, while nobody may register; none while people may. For conditions inside another query."""
        return self.filter(registration_open=False)


class Switches(models.Model):
    """One row, which a migration makes. Its history is the audit trail's."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    registration_open = models.BooleanField(default=True)
    closed_words = models.CharField(max_length=300, blank=True)
    banner = models.CharField(max_length=300, blank=True)
    banner_from = models.DateTimeField(null=True, blank=True)
    banner_until = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(null=True, editable=False)

    objects = SwitchesQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "switches"
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="switches_are_one_row"),
            models.CheckConstraint(
                condition=Q(registration_open=True) | ~Q(closed_words=""), name="closed_registration_says_why"
            ),
            models.CheckConstraint(
                condition=Q(banner="", banner_from=None, banner_until=None)
                | (~Q(banner="") & Q(banner_from__isnull=False, banner_until__gt=F("banner_from"))),
                name="banner_has_a_time_and_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return "Switches"

    def at(self, now: datetime) -> Notices:
        """What pages say at `now`. The banner's last moment is the one before `banner_until`."""
        begun, ends = self.banner_from, self.banner_until
        shown = begun is not None and ends is not None and begun <= now < ends
        return Notices(self.banner if shown else "", "" if self.registration_open else self.closed_words)
