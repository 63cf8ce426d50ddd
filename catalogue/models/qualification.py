"""The NPQs, and the facts shown about them. A fact carries the date it was true and whether it is certain."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse

from catalogue.models.dated import Dated

if TYPE_CHECKING:
    from catalogue.models.term import Term


class QualificationQuerySet(models.QuerySet["Qualification"]):
    def shown(self) -> Self:
        """The eleven a person may choose from; the 2021 additional support offer stays hidden."""
        return self.filter(hidden=False)

    def offered_in(self, term: "Term") -> Self:
        """Those that at least one lead provider offers in `term`."""
        return self.shown().filter(offers__term=term).distinct()


class Qualification(Dated):
    class Category(models.TextChoices):
        SPECIALIST = "specialist", "Specialist NPQs"
        LEADERSHIP = "leadership", "Leadership NPQs"
        COACHING = "coaching", "Coaching"

    identifier = models.SlugField(max_length=60, unique=True, help_text="The register's identifier.")
    slug = models.SlugField(max_length=60, unique=True)
    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=120, unique=True)
    category = models.CharField(max_length=12, choices=Category)
    position = models.PositiveSmallIntegerField(unique=True)
    summary = models.CharField(max_length=300)
    audience = models.TextField()
    taught_months = models.PositiveSmallIntegerField()
    total_months_low = models.PositiveSmallIntegerField()
    total_months_high = models.PositiveSmallIntegerField()
    hidden = models.BooleanField(default=False)
    first_term = models.ForeignKey(
        "catalogue.Term",
        models.PROTECT,
        null=True,
        related_name="+",
        help_text="The term it was first taught in, in its present form. Empty where that was not confirmed.",
    )

    objects = QualificationQuerySet.as_manager()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(total_months_high__gte=models.F("total_months_low"))
                & Q(total_months_low__gte=models.F("taught_months")),
                name="qualification_months_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("catalogue:qualification", args=[self.slug])

    @property
    def names(self) -> tuple[str, str, str]:
        """What an address may call it, the first of them in the addresses that pages write."""
        return self.slug, self.identifier, self.code


class QualificationFact(Dated):
    """One statement about one NPQ, in the portal's own words."""

    class Kind(models.TextChoices):
        SINCE = "since", "Since"
        LENGTH = "length", "Length"
        STUDY = "study", "Study time"
        ASSESSMENT = "assessment", "Assessment"
        ENTRY = "entry", "Who can take it"
        HISTORY = "history", "History"
        STATUTORY = "statutory", "What the law says"
        FRAMEWORK = "framework", "About the framework"

    qualification = models.ForeignKey(Qualification, models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=12, choices=Kind)
    position = models.PositiveSmallIntegerField(default=0)
    text = models.TextField()
    as_of = models.DateField(null=True, blank=True, help_text="The day the fact was seen to be true.")
    certain = models.BooleanField(default=True, help_text="An uncertain fact is shown as uncertain.")

    class Meta:
        ordering = ["qualification", "kind", "position"]
        constraints = [
            models.UniqueConstraint(fields=["qualification", "kind", "position"], name="fact_position_unique")
        ]

    def __str__(self) -> str:
        return f"{self.qualification}: {self.get_kind_display()}"


class PriceSeen(Dated):
    """What one provider or hub asked of people without a scholarship, in one term. Never a promise."""

    qualification = models.ForeignKey(Qualification, models.CASCADE, related_name="prices")
    seen_in = models.CharField(max_length=40, help_text="The term it was asked for, for example autumn 2025.")
    position = models.PositiveSmallIntegerField(default=0)
    pounds = models.DecimalField(max_digits=8, decimal_places=2)
    plus_vat = models.BooleanField(null=True, help_text="Empty where the source does not say.")

    class Meta:
        ordering = ["qualification", "-position"]
        verbose_name_plural = "prices seen"
        constraints = [
            models.UniqueConstraint(fields=["qualification", "seen_in"], name="price_once_per_term"),
            models.CheckConstraint(condition=Q(pounds__gt=0), name="price_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.qualification}, {self.seen_in}: £{self.pounds}"
