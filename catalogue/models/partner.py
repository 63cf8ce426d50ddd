"""Delivery partners, who teach a lead provider's NPQ locally and are not a hub; and who works with whom."""

from typing import Self

from django.db import models
from django.db.models import Q

from catalogue.models.dated import Dated
from catalogue.models.hub import TeachingSchoolHub
from catalogue.models.provider import LeadProvider
from npq_portal.addresses import path_of


class DeliveryPartner(Dated):
    name = models.CharField(max_length=160, unique=True)
    slug = models.SlugField(max_length=160, unique=True)
    note = models.CharField(max_length=300, blank=True)
    website = models.URLField(blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return path_of("catalogue:partner", self.slug)


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def with_names(self) -> Self:
        """With the organisations that a page names; those that go on first, then the newest."""
        return self.select_related("provider", "hub", "partner").order_by("is_past", "-seen_on", "id")


class Partnership(Dated):
    """A lead provider's courses are taught by a hub, by a delivery partner, or by both together.

    What was known of it when it was seen, in the portal's own words. Past ones stay: somebody who took the course
    may have to show with whom.
    """

    provider = models.ForeignKey(LeadProvider, models.PROTECT, related_name="partnerships")
    hub = models.ForeignKey(
        TeachingSchoolHub, models.PROTECT, null=True, blank=True, related_name="partnerships"
    )
    partner = models.ForeignKey(
        DeliveryPartner, models.PROTECT, null=True, blank=True, related_name="partnerships"
    )
    period = models.CharField(
        max_length=80, help_text="As known, for example: from November 2021, until January 2023."
    )
    is_past = models.BooleanField("past", default=False)
    text = models.TextField("what is known", blank=True)
    seen_on = models.DateField(help_text="The day this was seen to be true, or was gathered.")

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["is_past", "provider", "period"]
        constraints = [
            models.CheckConstraint(
                condition=Q(hub__isnull=False) | Q(partner__isnull=False),
                name="partnership_is_with_somebody",
                violation_error_message="Choose a hub, a delivery partner, or both.",
            ),
            models.UniqueConstraint(
                fields=["provider", "hub", "partner", "period"],
                nulls_distinct=False,
                name="partnership_once_a_period",
                violation_error_message="This partnership is on record for that period already.",
            ),
        ]

    def __str__(self) -> str:
        names = [str(each) for each in (self.provider, self.hub, self.partner) if each]
        return f"{', '.join(names)}: {self.period}"
