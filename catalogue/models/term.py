"""Start terms. DfE calls one a cohort; funding rules, offers and applications all name theirs."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q, Subquery
from django.db.models.functions import Coalesce

from catalogue.models.dated import Dated


class TermQuerySet(models.QuerySet["Term"]):
    def registering_on(self, day: date) -> Self:
        """Terms whose registration window includes `day`. A window with no closing date stays open."""
        return self.filter(registration_opens__lte=day).filter(
            Q(registration_closes__isnull=True) | Q(registration_closes__gte=day)
        )

    def still_starting(self, day: date) -> Self:
        """Terms that may have courses to come which have no date yet: not begun, or not closed for registering."""
        not_closed = Q(registration_closes__isnull=True) | Q(registration_closes__gte=day)
        return self.filter(Q(starts_on__gte=day) | Q(registration_opens__isnull=False) & not_closed)

    def to_begin_in(self, day: date) -> Self:
        """Terms that a course may still begin in: the first that is still starting and, dated or not, all after it.
        While none is, the newest.
        """
        first = Term.objects.still_starting(day).order_by("position").values("position")[:1]
        newest = Term.objects.order_by("-position").values("position")[:1]
        return self.filter(position__gte=Coalesce(Subquery(first), Subquery(newest)))


class Term(Dated):
    class Funding(models.TextChoices):
        NONE = "none", "no scholarship funding"
        CAPPED = "capped", "scholarship funding for a limited number of places"
        FULL = "full", "scholarship funding without a limit on places"

    identifier = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(unique=True)
    starts_on = models.DateField(
        "teaching starts",
        null=True,
        blank=True,
        help_text="The first day of the month teaching starts in. Leave empty where it is not known.",
    )
    registration_opens = models.DateField(null=True, blank=True)
    registration_closes = models.DateField(
        null=True, blank=True, help_text="The last day. Leave empty while it is not known."
    )
    note = models.CharField(
        max_length=200, blank=True, help_text="What readers should know about the dates; shown with them."
    )
    funding = models.CharField(max_length=6, choices=Funding, default=Funding.CAPPED)

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ["-position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(registration_closes__isnull=True)
                | Q(registration_closes__gte=F("registration_opens")),
                name="term_closes_after_it_opens",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_open_on(self, day: date) -> bool:
        """Whether a person may register on `day` (a day in Europe/London)."""
        opens, closes = self.registration_opens, self.registration_closes
        return opens is not None and opens <= day and (closes is None or day <= closes)

    def still_starting_on(self, day: date) -> bool:
        """Whether a course without a date may still begin: see the query set's `still_starting`."""
        opens, closes = self.registration_opens, self.registration_closes
        not_begun = self.starts_on is not None and self.starts_on >= day
        return not_begun or (opens is not None and (closes is None or closes >= day))
