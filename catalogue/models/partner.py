"""Delivery partners, who teach a lead provider's NPQ locally and are not a hub; and who works with whom."""

from typing import Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from catalogue.models.dated import Dated
from catalogue.models.hub import TeachingSchoolHub
from catalogue.models.partner_names import PLAIN_NAME
from catalogue.models.provider import LeadProvider
from npq_portal.addresses import path_of
from npq_portal.pairs import PairQuerySet, constraints


class DeliveryPartner(Dated):
    name = models.CharField(max_length=160, unique=True)
    slug = models.SlugField(max_length=160, unique=True)
    note = models.CharField(max_length=300, blank=True)
    website = models.URLField(blank=True)
    # By which near names are found (catalogue.partner_pairs).
    plain_name = models.GeneratedField(
        expression=PLAIN_NAME, output_field=models.TextField(), db_persist=True
    )

    class Meta:
        ordering = ["name"]
        # Without a list of what is still to be written into it, which each of 2,000 comparisons would read.
        indexes = [
            GinIndex(
                OpClass("plain_name", "gin_trgm_ops"), name="delivery_partner_by_plain_name", fastupdate=False
            )
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The database refuses what is another partner's name of before (`partner_name_is_one_partners`)."""
        taken = PartnerAlias.objects.exclude(partner=self.pk)
        for field, same in (("name", {"name__iexact": self.name}), ("slug", {"slug": self.slug})):
            if alias := taken.filter(**same).select_related("partner").first():
                raise ValidationError({field: f"{alias.partner} was called that before two were merged."})

    def get_absolute_url(self) -> str:
        return path_of("catalogue:partner", self.slug)


class PartnerAlias(models.Model):
    """What a partner was called that has been merged into another: files and old addresses still name it.

    No partner has the name or the address of another's alias (trigger `partner_name_is_one_partners`).
    """

    partner = models.ForeignKey(DeliveryPartner, models.PROTECT, related_name="aliases")
    name = models.CharField(max_length=160, unique=True)
    slug = models.SlugField(max_length=160, unique=True)
    former_key = models.BigIntegerField(unique=True, help_text="The primary key of the partner that is gone.")
    merged_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "partner aliases"

    def __str__(self) -> str:
        return self.name


class DifferentPartners(models.Model):
    """Two partners of near names that staff have looked at and found to be two. `one` has the lower key."""

    one = models.ForeignKey(DeliveryPartner, models.CASCADE, related_name="+")
    other = models.ForeignKey(DeliveryPartner, models.CASCADE, related_name="+")
    said_at = models.DateTimeField()

    objects = PairQuerySet["DifferentPartners"].as_manager()

    class Meta:
        constraints = constraints("different_partners")

    def __str__(self) -> str:
        return f"{self.one} is not {self.other}"


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
