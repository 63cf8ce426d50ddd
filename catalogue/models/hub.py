"""The teaching school hubs and the districts each serves. Some districts have two hubs."""

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from catalogue.models.dated import Dated
from npq_portal.addresses import path_of

if TYPE_CHECKING:
    from npq_portal.accounts.models import User

REGIONS = {
    "EE": "East of England",
    "EM": "East Midlands",
    "L": "London",
    "NE": "North East",
    "NW": "North West",
    "SE": "South East",
    "SW": "South West",
    "WM": "West Midlands",
    "YH": "Yorkshire and the Humber",
}


class TeachingSchoolHubQuerySet(models.QuerySet["TeachingSchoolHub"]):
    def kept_by(self, user: "User") -> Self:
        """The hubs that `user` works for."""
        return self.filter(pk__in=user.hub_memberships.values("hub"))

    def peopled_by(self, user: "User") -> Self:
        """Those whose people `user` keeps: all for portal staff, else their own hubs'. Who works for one keeps it."""
        if user.sees_everything:
            return self
        return self.kept_by(user) if user.works_here else self.none()


class TeachingSchoolHub(Dated):
    code = models.CharField(max_length=12, unique=True, help_text="The hub's area, for example SE4.")
    # Not unique: a hub that serves several areas has a row for each.
    name = models.CharField(max_length=160)
    slug = models.SlugField(max_length=160, unique=True)
    lead_school_urn = models.CharField("lead school URN", max_length=7)
    lead_school_name = models.CharField(max_length=160)
    website = models.URLField(blank=True)
    email = models.EmailField("e-mail", blank=True, help_text="The hub's own, not a person's.")
    telephone = models.CharField(max_length=20, blank=True, help_text="The hub's own, not a person's.")
    contact_as_of = models.DateField("contact details seen on", null=True, blank=True)

    objects = TeachingSchoolHubQuerySet.as_manager()

    class Meta:
        ordering = ["name", "code"]
        verbose_name = "teaching school hub"
        constraints = [
            models.CheckConstraint(
                condition=Q(contact_as_of__isnull=False) | Q(website="", email="", telephone=""),
                name="hub_contact_has_its_day",
                violation_error_message="Enter the day these contact details were seen.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"

    def get_absolute_url(self) -> str:
        return path_of("catalogue:hub", self.code)

    @property
    def region(self) -> str:
        """The region of England that the code's letters stand for; empty where they stand for none."""
        return REGIONS.get(self.code.rstrip("0123456789"), "")


class HubArea(models.Model):
    """A district that a hub serves.

    The published file names a district once for each authority whose schools lie in it: several rows then, of which
    one is the main one. It also gives some districts a name of its own: both parts of East Suffolk are one district.
    """

    hub = models.ForeignKey(TeachingSchoolHub, models.CASCADE, related_name="areas")
    district_code = models.CharField(max_length=9)
    district_name = models.CharField(max_length=80)
    la_code = models.CharField("local authority code", max_length=4)
    la_name = models.CharField("local authority", max_length=80)
    is_main = models.BooleanField(
        default=True, help_text="Whether most of the district's schools are this authority's."
    )
    known_as = models.CharField(
        max_length=80, blank=True, help_text="What the register of schools calls the district."
    )
    other_names = ArrayField(
        models.CharField(max_length=80),
        default=list,
        blank=True,
        help_text="Districts that were merged into it, and parts of its name that people call it by.",
    )
    easting = models.PositiveIntegerField(
        null=True, help_text="The middle of the district's schools. British National Grid, metres."
    )
    northing = models.PositiveIntegerField(null=True, help_text="British National Grid, metres.")

    class Meta:
        ordering = ["district_name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(easting__isnull=True, northing__isnull=True)
                | Q(easting__isnull=False, northing__isnull=False),
                name="hub_area_middle_is_whole",
            ),
            models.UniqueConstraint(
                fields=["hub", "district_code", "la_code"], name="hub_area_once_per_authority"
            ),
        ]

    def __str__(self) -> str:
        return self.district_name
