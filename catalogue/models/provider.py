"""Lead providers, and what each offers in a term."""

from typing import Self

from django.db import models
from django.db.models import Q

from catalogue.models.dated import Dated
from catalogue.models.qualification import Qualification
from catalogue.models.term import Term
from npq_portal.addresses import path_of


class LeadProviderQuerySet(models.QuerySet["LeadProvider"]):
    def teaching(self) -> Self:
        """Those that have not left."""
        return self.filter(left_on="")

    def past(self) -> Self:
        return self.exclude(left_on="")


class LeadProvider(Dated):
    class Grade(models.TextChoices):
        OUTSTANDING = "outstanding", "Outstanding"
        GOOD = "good", "Good"
        REQUIRES_IMPROVEMENT = "requires_improvement", "Requires improvement"
        INADEQUATE = "inadequate", "Inadequate"

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    ofsted_grade = models.CharField(max_length=24, choices=Grade, blank=True)
    ofsted_on = models.DateField("Ofsted grade published", null=True, blank=True)
    left_on = models.CharField(
        "stopped",
        max_length=40,
        blank=True,
        help_text="When the provider left, as known: a month or a school year.",
    )
    note = models.CharField(max_length=300, blank=True)
    website = models.URLField(blank=True)

    objects = LeadProviderQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ofsted_grade="", ofsted_on__isnull=True)
                | (~Q(ofsted_grade="") & Q(ofsted_on__isnull=False)),
                name="provider_grade_has_its_date",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return path_of("catalogue:provider", self.slug)


class Offer(Dated):
    """A lead provider offers an NPQ in a term."""

    provider = models.ForeignKey(LeadProvider, models.PROTECT, related_name="offers")
    qualification = models.ForeignKey(Qualification, models.PROTECT, related_name="offers")
    term = models.ForeignKey(Term, models.PROTECT, related_name="offers")
    as_of = models.DateField(null=True, blank=True, help_text="The day the offer was seen to stand.")

    class Meta:
        ordering = ["term", "qualification", "provider"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "qualification", "term"], name="offer_once_per_term")
        ]

    def __str__(self) -> str:
        return f"{self.provider}: {self.qualification}, {self.term}"
